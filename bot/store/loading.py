"""Reading: what a round of turns needs, in one query a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, bindparam, select

from bot.localization.locale import Locale
from bot.store.lists import is_one_of
from bot.store.records import Application, ConversationRecord, Draft, PersonRecord, Remembered, Stored
from bot.store.tables import activities, applications, conversations, drafts, persons
from bot.store.works import digest


class Wanted(NamedTuple):
    """Whose turn it is: what `load` is asked."""

    conversation_id: str
    user_id: str
    channel: str
    activity_id: str


CONVERSATIONS = select(
    conversations.c.id,
    conversations.c.user_id,
    conversations.c.channel,
    conversations.c.sealed,
    conversations.c.version,
).where(is_one_of(conversations.c.id))
PERSONS = select(persons.c.id, persons.c.locale, persons.c.version).where(is_one_of(persons.c.id))
DRAFTS = select(drafts).where(is_one_of(drafts.c.user_id))
APPLICATIONS = select(applications).order_by(applications.c.sent.desc(), applications.c.number.desc())
THEIR_APPLICATIONS = APPLICATIONS.where(is_one_of(applications.c.user_id))
ANSWERED = select(activities.c.key).where(is_one_of(activities.c.key), activities.c.state == "done")
STORED = select(activities.c.conversation_id, activities.c.position, activities.c.payload)
REPLIES = STORED.where(
    activities.c.conversation_id == bindparam("conversation_id"),
    activities.c.answers == bindparam("key"),
).order_by(activities.c.position)


def rows(connection: Connection, statement: Select[Any], keys: Iterable[str]) -> Sequence[Row[Any]]:
    """The rows of these keys."""
    wanted = list(dict.fromkeys(keys))
    return connection.execute(statement, {"keys": wanted}).all() if wanted else ()


def load(connection: Connection, round_: Sequence[Wanted]) -> list[Remembered]:
    # Drafts before applications: a draft sent in between is then seen twice, which saving notices, not lost.
    users = [wanted.user_id for wanted in round_]
    known = {row.id: row for row in rows(connection, CONVERSATIONS, (one.conversation_id for one in round_))}
    people = {row.id: row for row in rows(connection, PERSONS, users)}
    open_drafts = {row.user_id: row for row in rows(connection, DRAFTS, users)}
    sent: dict[str, list[Row[Any]]] = {}
    for row in rows(connection, THEIR_APPLICATIONS, users):
        sent.setdefault(row.user_id, []).append(row)
    asked = [digest(one.conversation_id, one.activity_id) for one in round_]
    answered = {row.key for row in rows(connection, ANSWERED, asked)}
    return [
        Remembered(
            conversation=conversation(known.get(one.conversation_id), one),
            person=person(people.get(one.user_id), one.user_id),
            draft=draft(open_drafts.get(one.user_id)),
            applications=[application(row) for row in sent.get(one.user_id, ())],
            replies=replies(connection, one.conversation_id, key) if key in answered else None,
        )
        for one, key in zip(round_, asked, strict=True)
    ]


def replies(connection: Connection, conversation_id: str, key: str) -> list[Stored]:
    found = connection.execute(REPLIES, {"conversation_id": conversation_id, "key": key})
    return [Stored(*row) for row in found]


def conversation(row: Row[Any] | None, wanted: Wanted) -> ConversationRecord:
    if row is None:
        return ConversationRecord(wanted.conversation_id, wanted.user_id, wanted.channel)
    return ConversationRecord(row.id, row.user_id, row.channel, **row.sealed, version=row.version)


def person(row: Row[Any] | None, user_id: str) -> PersonRecord:
    if row is None:
        return PersonRecord(user_id)
    return PersonRecord(row.id, row.locale and Locale(row.locale), row.version)


def draft(row: Row[Any] | None) -> Draft | None:
    if row is None:
        return None
    return Draft(row.id, **row.sealed, started=row.started, touched=row.touched, version=row.version)


def application(row: Row[Any]) -> Application:
    return Application(
        number=row.number,
        draft_id=row.draft_id,
        user_id=row.user_id,
        model=row.model,
        status=row.status,
        **row.sealed,
        locale=Locale(row.locale),
        sent=row.sent,
    )
