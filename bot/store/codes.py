"""Codes that move a draft to another channel: given out, looked up, taken once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.localization.locale import Locale
from bot.store import loading
from bot.store.records import ResumeCode
from bot.store.tables import drafts, resume_codes

_CODE = resume_codes.c.code == sa.bindparam("the_code", type_=resume_codes.c.code.type)

ADD_CODE = sa.insert(resume_codes).values(dict.fromkeys(resume_codes.columns.keys()))
END_CODES = sa.delete(resume_codes).where(
    resume_codes.c.user_id == sa.bindparam("key_user_id"), resume_codes.c.used.is_(None)
)
USE_CODE = (
    sa.update(resume_codes).where(_CODE).values(used=sa.bindparam("at", type_=resume_codes.c.used.type))
)
#: The draft leaves its owner before it comes to another: it keeps its id, of which there is one.
GIVE_DRAFT = sa.delete(drafts).where(drafts.c.user_id == sa.bindparam("key_user_id"))
UNUSED = (
    sa.select(resume_codes.c.user_id, resume_codes.c.draft_id, resume_codes.c.expires)
    .where(_CODE, resume_codes.c.used.is_(None))
    .with_for_update()
)
DROP_OLD = sa.delete(resume_codes).where(resume_codes.c.expires < sa.bindparam("before"))

_FOUND = (
    sa.select(
        resume_codes.c.user_id,
        resume_codes.c.draft_id,
        resume_codes.c.locale,
        resume_codes.c.expires,
        resume_codes.c.used,
        *loading.DRAFT,
    )
    .select_from(
        resume_codes.outerjoin(
            drafts,
            (drafts.c.user_id == resume_codes.c.user_id) & (drafts.c.id == resume_codes.c.draft_id),
        )
    )
    .where(_CODE)
)
_MOVED = sa.select(resume_codes.c.draft_id).where(
    resume_codes.c.draft_id == sa.bindparam("draft_id"),
    resume_codes.c.user_id == sa.bindparam("user_id"),
    resume_codes.c.used.is_not(None),
)


def row(code: str, issued: ResumeCode) -> dict[str, Any]:
    return {
        "code": code,
        "user_id": issued.user_id,
        "draft_id": issued.draft_id,
        "locale": issued.locale.value,
        "expires": issued.expires,
        "used": None,
    }


def find(connection: Connection, code: str) -> ResumeCode | None:
    found = connection.execute(_FOUND, {"the_code": code}).one_or_none()
    if found is None:
        return None
    user_id, draft_id, locale, expires, used, *kept = found
    draft = loading.draft(*kept) if kept[0] is not None else None
    return ResumeCode(user_id, draft_id, Locale(locale), expires, used, draft)


def has_moved(connection: Connection, user_id: str, draft_id: str) -> bool:
    return bool(connection.execute(_MOVED, {"user_id": user_id, "draft_id": draft_id}).first())


def drop_old(connection: Connection, before: datetime) -> None:
    connection.execute(DROP_OLD, {"before": before})
