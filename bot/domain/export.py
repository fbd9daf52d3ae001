"""Applications as records and as rows of a table, driven by the declared fields."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.domain.application import FIELDS, payload
from bot.domain.banking import masked

#: Shown masked wherever it leaves the store.
MASKED = "bank_account"
#: What a spreadsheet takes for the beginning of a formula, in either width.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BOM = "\ufeff"


class Sent(Protocol):
    """An application that was sent, as it is kept."""

    number: str
    model: str
    status: str
    answers: dict[str, Any]
    locale: Any
    sent: datetime


#: What the store says comes first; the model is a field as well.
COLUMNS = tuple(
    dict.fromkeys(("number", "status", "model", "locale", "sent", *(field.name for field in FIELDS)))
)


def records(applications: Iterable[Sent]) -> list[dict[str, Any]]:
    """One record per application: what it is, and its answers by field name."""
    return [{**_head(application), "answers": _answers(application.answers)} for application in applications]


def rows(applications: Iterable[Sent]) -> list[tuple[Any, ...]]:
    """One row per application under `COLUMNS`."""
    flat = ({**record, **record["answers"]} for record in records(applications))
    return [tuple(record.get(column) for column in COLUMNS) for record in flat]


def to_csv(applications: Iterable[Sent], bom: bool) -> str:
    """A table with the names of the fields above it."""
    return sheet(COLUMNS, rows(applications), bom)


def sheet(columns: Sequence[str], rows: Iterable[Sequence[Any]], bom: bool) -> str:
    """CSV, every cell safe to open in a spreadsheet; `bom` tells Excel that it is UTF-8."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return (BOM if bom else "") + table.getvalue()


def _head(application: Sent) -> dict[str, Any]:
    return {
        "number": application.number,
        "status": application.status,
        "model": application.model,
        "locale": str(application.locale),
        "sent": application.sent.isoformat(),
    }


def _answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    found = payload(answers)
    if found.get(MASKED) is not None:
        found[MASKED] = masked(str(found[MASKED]))
    return found


def _cell(value: Any) -> str:
    """A leading apostrophe keeps a spreadsheet from calculating; phone numbers get one, too."""
    written = "" if value is None else str(value)
    return f"'{written}" if written.startswith(FORMULA) else written
