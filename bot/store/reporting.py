"""What testers report: written with the turn it comes from, listed and closed by whoever mends it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.store.changing import adding, changing, new
from bot.store.lessons import Report
from bot.store.tables import reports

SET_REPORT = changing(reports, "key", "locale", "wanted", "catalog", "at", "is_open", "sealed")
ADD_REPORT = adding(reports)
CLOSE_REPORT = sa.update(reports).where(reports.c.id == sa.bindparam("the_id")).values(is_open=0)
REPORTED = (
    sa.select(reports).where(reports.c.at >= sa.bindparam("since")).order_by(reports.c.at, reports.c.id)
)
OLD_REPORTS = sa.delete(reports).where(reports.c.at < sa.bindparam("before"))


def report_row(report: Report, user_id: str) -> dict[str, Any]:
    return new(
        id=report.id,
        user_id=user_id,
        key=report.key,
        locale=report.locale,
        wanted=report.wanted,
        catalog=report.catalog,
        channel=report.channel,
        at=report.at,
        is_open=int(report.is_open),
        sealed={"text": report.text, "given": report.given, "comment": report.comment},
    )


def reported(connection: Connection, since: datetime) -> list[Report]:
    """Reports since then, oldest first."""
    return [_report(**found) for found in connection.execute(REPORTED, {"since": since}).mappings()]


def _report(*, user_id: str, sealed: dict[str, Any], is_open: int, **columns: Any) -> Report:
    return Report(**columns, **sealed, is_open=bool(is_open))


def close(connection: Connection, ids: Collection[str]) -> list[str]:
    """Closes these reports; the ids of which there is none."""
    return [each for each in ids if not connection.execute(CLOSE_REPORT, {"the_id": each}).rowcount]
