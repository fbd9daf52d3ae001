"""What is done now and then, apart from turns: lists, deletion, new keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    Table,
    bindparam,
    delete,
    func,
    select,
    tuple_,
    type_coerce,
    update,
)

from bot.store import codes
from bot.store.loading import APPLICATIONS, CONVERSATION, STORED, application, conversation
from bot.store.records import Application, ConversationRecord, Idle, Stored
from bot.store.sealing import CIPHERS, Sealed
from bot.store.tables import (
    IS_OPEN,
    activities,
    applications,
    conversations,
    drafts,
    metadata,
    persons,
    reports,
    resume_codes,
    votes,
)

#: How many rows one transaction encrypts anew, so that turns need not wait long.
CHUNK = 500

OPEN = STORED.where(activities.c.role == bindparam("role"), IS_OPEN).order_by(
    activities.c.at, activities.c.conversation_id, activities.c.position
)
UNDELIVERED = OPEN.join(conversations, conversations.c.id == activities.c.conversation_id).add_columns(
    *CONVERSATION
)
#: The conversations of whom a draft waits for, the one that was silent longest first.
IDLE = (
    select(
        drafts.c.id,
        drafts.c.touched,
        drafts.c.reminded,
        conversations.c.last_at,
        *CONVERSATION,
    )
    .select_from(
        drafts.join(conversations, conversations.c.user_id == drafts.c.user_id).outerjoin(
            persons, persons.c.id == drafts.c.user_id
        )
    )
    .where(
        drafts.c.touched < bindparam("before"),
        drafts.c.reminded < bindparam("times"),
        func.coalesce(persons.c.muted, 0) == 0,
    )
    .order_by(conversations.c.last_at)
)
THEIR_CONVERSATIONS = (
    select(*CONVERSATION)
    .where(conversations.c.user_id == bindparam("user_id"))
    .order_by(conversations.c.last_at)
)
STALE = delete(drafts).where(drafts.c.touched < bindparam("before"))

#: Everything of a person. What belongs to a conversation or an application goes with it.
THEIRS = tuple(
    (table.name, delete(table).where(column == bindparam("user_id")))
    for table, column in (
        (drafts, drafts.c.user_id),
        (applications, applications.c.user_id),
        (conversations, conversations.c.user_id),
        (persons, persons.c.id),
        (votes, votes.c.user_id),
        (reports, reports.c.user_id),
        (resume_codes, resume_codes.c.user_id),
    )
)


def unhandled(connection: Connection) -> list[Stored]:
    return [Stored(*row) for row in connection.execute(OPEN, {"role": "user"})]


def undelivered(connection: Connection) -> list[tuple[ConversationRecord, Stored]]:
    found = connection.execute(UNDELIVERED, {"role": "bot"})
    return [(conversation(*row[3:]), Stored(*row[:3])) for row in found]


def idle_drafts(connection: Connection, before: datetime, times: int) -> list[Idle]:
    found = connection.execute(IDLE, {"before": before, "times": times})
    return [
        Idle(*row[:3], conversation(*row[4:]), datetime.fromtimestamp(row[3] / 1000, UTC)) for row in found
    ]


def conversations_of(connection: Connection, user_id: str) -> list[ConversationRecord]:
    return [conversation(*row) for row in connection.execute(THEIR_CONVERSATIONS, {"user_id": user_id})]


def sent_applications(connection: Connection, wanted: Mapping[str, str | None]) -> list[Application]:
    """Applications with these values in their columns, newest first."""
    statement = APPLICATIONS
    for name, value in wanted.items():
        if value is not None:
            statement = statement.where(applications.c[name] == value)
    return [application(*row) for row in connection.execute(statement)]


def forget(connection: Connection, user_id: str) -> dict[str, int]:
    """How many rows of each table went, those not counted that went with them."""
    key = {"user_id": user_id}
    return {name: connection.execute(statement, key).rowcount for name, statement in THEIRS}


def drop_drafts(connection: Connection, before: datetime) -> int:
    codes.drop_old(connection, before)
    return connection.execute(STALE, {"before": before}).rowcount


def sealed_tables() -> list[Table]:
    return [table for table in metadata.sorted_tables if sealed_columns(table)]


def sealed_columns(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if isinstance(column.type, Sealed)]


def sample(connection: Connection) -> None:
    """Opens one sealed value of each table. Raises WrongKey where ours do not fit."""
    for table in sealed_tables():
        column = sealed_columns(table)[0]
        connection.execute(select(column).where(column.is_not(None)).limit(1)).all()


def reencrypt(connection: Connection, table: Table, after: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """Seals the next rows after this key under the first key. The last row's key, None when none is left."""
    cipher = CIPHERS[connection.dialect]
    keys, columns = list(table.primary_key.columns), sealed_columns(table)
    raw = [type_coerce(column, LargeBinary).label(column.name) for column in columns]
    statement = select(*keys, *raw).order_by(*keys).limit(CHUNK).with_for_update()
    if after is not None:
        statement = statement.where(tuple_(*keys) > tuple_(*after))
    found = connection.execute(statement).mappings().all()
    changing = update(table).where(*(key == bindparam(f"key_{key.name}") for key in keys))
    for row in found:
        old = {column.name: row[column.name] for column in columns if row[column.name] is not None}
        new = {
            name: type_coerce(cipher.renewed(value), LargeBinary)
            for name, value in old.items()
            if not cipher.is_current(value)
        }
        if new:
            connection.execute(changing.values(new), {f"key_{key.name}": row[key.name] for key in keys})
    return tuple(found[-1][key.name] for key in keys) if found else None
