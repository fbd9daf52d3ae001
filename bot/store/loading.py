"""Reading: what a round of turns needs, in one query."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, exists, select

from bot.localization.locale import Locale
from bot.store.lists import is_one_of, triples
from bot.store.records import Application, ConversationRecord, Draft, PersonRecord, Remembered, Stored
from bot.store.sessions import Session
from bot.store.tables import activities, applications, conversations, drafts, persons


class Wanted(NamedTuple):
    """Whose turn it is: everything that a turn needs is read. `key` is the digest of the activity's id."""

    conversation_id: str
    user_id: str
    channel: str
    key: str


class Known(NamedTuple):
    """Whether there is such a conversation is read."""

    conversation_id: str


class History(NamedTuple):
    """Both sides of a conversation after this position are read, in order."""

    conversation_id: str
    after: int


Question = Wanted | Known | History
Found = Remembered | bool | list[Stored]


#: The columns that make a record, as `conversation` and `draft` take them.
CONVERSATION = (
    conversations.c.id,
    conversations.c.user_id,
    conversations.c.channel,
    conversations.c.sealed,
    conversations.c.version,
)
DRAFT = (
    drafts.c.id,
    drafts.c.sealed,
    drafts.c.started,
    drafts.c.touched,
    drafts.c.reminded,
    drafts.c.version,
)

#: A conversation, a person and the key of an activity: one row, whatever of them there is.
ASKED = triples()
REMEMBERED = select(
    ASKED.c.b,
    ASKED.c.c,
    *CONVERSATION[1:],
    persons.c.id,
    persons.c.locale,
    persons.c.muted,
    persons.c.version,
    *DRAFT,
    exists().where(applications.c.user_id == ASKED.c.b),
    activities.c.state,
).select_from(
    ASKED.outerjoin(conversations, conversations.c.id == ASKED.c.a)
    .outerjoin(persons, persons.c.id == ASKED.c.b)
    .outerjoin(drafts, drafts.c.user_id == ASKED.c.b)
    .outerjoin(activities, activities.c.key == ASKED.c.c)
)
APPLICATIONS = select(applications).order_by(applications.c.sent.desc(), applications.c.number.desc())
THEIR_APPLICATIONS = APPLICATIONS.where(is_one_of(applications.c.user_id))
APPLICATION = tuple(applications.columns.keys())
SENDER = APPLICATION.index("user_id")
EXISTS = select(conversations.c.id).where(conversations.c.id == bindparam("conversation_id"))
STORED = select(activities.c.conversation_id, activities.c.position, activities.c.payload)
REPLIES = STORED.where(
    activities.c.conversation_id == bindparam("conversation_id"),
    activities.c.answers == bindparam("key"),
).order_by(activities.c.position)


TRANSCRIPT = STORED.where(
    activities.c.conversation_id == bindparam("conversation_id"),
    activities.c.position > bindparam("after"),
    activities.c.payload.is_not(None),
).order_by(activities.c.position)


def read(session: Session, round_: Sequence[Question]) -> list[Found]:
    """What is found for each: one query for all the turns, one each for the others, which are rare."""
    turns = iter(load(session, [one for one in round_ if isinstance(one, Wanted)]))
    return [next(turns) if isinstance(one, Wanted) else _looked_up(session, one) for one in round_]


def _looked_up(session: Session, one: Known | History) -> bool | list[Stored]:
    if isinstance(one, Known):
        return bool(session.rows(EXISTS, one._asdict()))
    return [Stored(*row) for row in session.rows(TRANSCRIPT, one._asdict())]


def load(session: Session, round_: Sequence[Wanted]) -> list[Remembered]:
    if not round_:
        return []
    keys = [(one.conversation_id, one.user_id, one.key) for one in round_]
    found = {(row[0], row[1]): row[2:] for row in session.rows(REMEMBERED, {"rows": keys})}
    # After the drafts: a draft sent in between is then seen twice, which saving notices, not lost.
    sent = _sent(session, {user_id for (user_id, _), row in found.items() if row[-2]})
    return [
        _remembered(session, one, found[one.user_id, one.key], sent.get(one.user_id, ())) for one in round_
    ]


def _sent(session: Session, users: Collection[str]) -> dict[str, list[Sequence[Any]]]:
    sent: dict[str, list[Sequence[Any]]] = {}
    if users:
        for row in session.rows(THEIR_APPLICATIONS, {"keys": list(users)}):
            sent.setdefault(row[SENDER], []).append(row)
    return sent


def _remembered(
    session: Session, wanted: Wanted, row: Sequence[Any], sent: Sequence[Sequence[Any]]
) -> Remembered:
    return Remembered(
        conversation=conversation(wanted.conversation_id, *row[:4])
        if row[0] is not None
        else ConversationRecord(wanted.conversation_id, wanted.user_id, wanted.channel),
        person=person(*row[4:8]) if row[4] is not None else PersonRecord(wanted.user_id),
        draft=draft(*row[8:14]) if row[8] is not None else None,
        applications=[application(*one) for one in sent],
        replies=_replies(session, wanted) if row[-1] == "done" else None,
    )


def _replies(session: Session, wanted: Wanted) -> list[Stored]:
    found = session.rows(REPLIES, {"conversation_id": wanted.conversation_id, "key": wanted.key})
    return [Stored(*row) for row in found]


def conversation(
    conversation_id: str, user_id: str, channel: str, sealed: dict[str, Any], version: int
) -> ConversationRecord:
    return ConversationRecord(conversation_id, user_id, channel, **sealed, version=version)


def person(user_id: str, locale: str | None, muted: int, version: int) -> PersonRecord:
    return PersonRecord(user_id, Locale(locale) if locale else None, bool(muted), version)


def draft(
    draft_id: str, sealed: dict[str, Any], started: datetime, touched: datetime, reminded: int, version: int
) -> Draft:
    return Draft(draft_id, **sealed, started=started, touched=touched, reminded=reminded, version=version)


def application(*row: Any) -> Application:
    """The application of a row of its table."""
    values = dict(zip(APPLICATION, row, strict=True))
    values |= values.pop("sealed") | {"locale": Locale(values["locale"])}
    return Application(**values)
