"""The statements of a round of writing, made once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.store import codes, learning
from bot.store.lists import is_one_of
from bot.store.sealing import Sealed
from bot.store.tables import activities, applications, conversations, drafts, moves, persons


def _locked(statement: sa.Select[Any], name: str) -> sa.CTE:
    """Locked in the order of their keys, so that of two processes none holds what the other waits for."""
    return statement.order_by(*statement.selected_columns[:1]).with_for_update().cte(name)


def _part(kind: str, *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return sa.select(sa.literal_column(f"'{kind}'", sa.String), *columns)


_NO_NUMBER, _NO_WORD = sa.cast(sa.null(), sa.BigInteger), sa.cast(sa.null(), sa.String)
_PLACES = _locked(
    sa.select(
        conversations.c.id,
        conversations.c.version,
        conversations.c.last_position,
        conversations.c.last_at,
        conversations.c.user_id,
    ).where(is_one_of(conversations.c.id, "conversations")),
    "places",
)
_PERSONS = _locked(
    sa.select(persons.c.id, persons.c.version, persons.c.muted, persons.c.locale).where(
        is_one_of(persons.c.id, "persons")
    ),
    "people",
)
_DRAFTS = _locked(
    sa.select(drafts.c.user_id, drafts.c.version).where(is_one_of(drafts.c.user_id, "persons")), "begun"
)
#: What is there of everything a round may change: its kind, key, version, position, time, and one more word.
THERE = sa.union_all(
    _part("conversation", *_PLACES.c),
    _part("person", _PERSONS.c.id, _PERSONS.c.version, _PERSONS.c.muted, _NO_NUMBER, _PERSONS.c.locale),
    _part("draft", *_DRAFTS.c, _NO_NUMBER, _NO_NUMBER, _NO_WORD),
    _part("seen", activities.c.key, _NO_NUMBER, activities.c.position, _NO_NUMBER, activities.c.state).where(
        is_one_of(activities.c.key, "seen")
    ),
    _part(
        "received",
        activities.c.client_key,
        _NO_NUMBER,
        activities.c.position,
        _NO_NUMBER,
        activities.c.conversation_id,
    ).where(is_one_of(activities.c.client_key, "received")),
)
SENT = sa.select(applications.c.draft_id, applications.c.number).where(
    (applications.c.draft_id == sa.bindparam("draft_id")) | (applications.c.number == sa.bindparam("number"))
)
PAYLOAD = sa.select(activities.c.payload).where(
    activities.c.conversation_id == sa.bindparam("key_conversation_id"),
    activities.c.position == sa.bindparam("key_position"),
)


def _adding(table: sa.Table) -> sa.Insert:
    """Adds a row; a number for it is the database's affair."""
    given = [column.name for column in table.columns if column is not table.autoincrement_column]
    return sa.insert(table).values(dict.fromkeys(given))


def _changing(keys: Sequence[sa.Column[Any]], *columns: sa.Column[Any]) -> sa.Update:
    """Changes these columns in the row of these keys."""
    return (
        sa.update(keys[0].table)
        .where(*(column == sa.bindparam(f"key_{column.name}") for column in keys))
        .values(dict.fromkeys(column.name for column in columns))
    )


_CONVERSATION, _ACTIVITY = (conversations.c.id,), (activities.c.conversation_id, activities.c.position)
_MOVED = (conversations.c.last_position, conversations.c.last_at)

ADD_CONVERSATION = _adding(conversations)
#: Where something was received and no turn taken, there is nothing to seal, and what was sealed stays.
SAVE_CONVERSATION = _changing(_CONVERSATION, *_MOVED, conversations.c.version).values(
    sealed=sa.func.coalesce(sa.bindparam("state", type_=Sealed), conversations.c.sealed)
)
ADD_ACTIVITY = _adding(activities)
FINISH_ACTIVITIES = (
    sa.update(activities)
    .where(
        activities.c.conversation_id == sa.bindparam("key_conversation_id"),
        activities.c.position.between(sa.bindparam("first"), sa.bindparam("last")),
    )
    .values(state=sa.literal_column("'done'"))
)
UNSAY_ACTIVITY = _changing(_ACTIVITY, activities.c.payload)
ADD_PERSON = _adding(persons)
SAVE_PERSON = _changing((persons.c.id,), persons.c.locale, persons.c.muted, persons.c.version)
ADD_DRAFT = _adding(drafts)
SAVE_DRAFT = _changing(
    (drafts.c.user_id,),
    *(drafts.c.id, drafts.c.version, drafts.c.started, drafts.c.touched, drafts.c.reminded, drafts.c.sealed),
)
DROP_DRAFT = sa.delete(drafts).where(drafts.c.user_id == sa.bindparam("key_user_id"))
ADD_APPLICATION, ADD_MOVE = _adding(applications), _adding(moves)

#: Rows that others refer to come first.
ORDER = (
    *(ADD_CONVERSATION, SAVE_CONVERSATION, ADD_ACTIVITY, FINISH_ACTIVITIES, UNSAY_ACTIVITY),
    *(codes.END_CODES, codes.ADD_CODE, codes.USE_CODE, codes.GIVE_DRAFT),
    *(ADD_PERSON, SAVE_PERSON, ADD_DRAFT, SAVE_DRAFT, DROP_DRAFT, ADD_APPLICATION, ADD_MOVE),
    *learning.ORDER,
)
