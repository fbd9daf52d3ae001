"""The statements of a round of writing, made once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Update, bindparam, delete, insert, or_, select, update

from bot.store.lists import is_one_of
from bot.store.loading import STORED
from bot.store.tables import activities, applications, conversations, drafts, moves, persons

# Locked in the order of their keys, so that of two processes none holds what the other waits for.
CONVERSATIONS = (
    select(
        conversations.c.id, conversations.c.version, conversations.c.last_position, conversations.c.last_at
    )
    .where(is_one_of(conversations.c.id))
    .order_by(conversations.c.id)
    .with_for_update()
)
PERSONS = select(persons).where(is_one_of(persons.c.id)).order_by(persons.c.id).with_for_update()
DRAFTS = (
    select(drafts.c.user_id, drafts.c.version)
    .where(is_one_of(drafts.c.user_id))
    .order_by(drafts.c.user_id)
    .with_for_update()
)
SEEN = select(activities.c.key, activities.c.position, activities.c.state).where(is_one_of(activities.c.key))
RECEIVED = STORED.add_columns(activities.c.client_key).where(is_one_of(activities.c.client_key))
SENT = select(applications.c.draft_id, applications.c.number).where(
    or_(applications.c.draft_id == bindparam("draft_id"), applications.c.number == bindparam("number"))
)
PAYLOAD = select(activities.c.payload).where(
    activities.c.conversation_id == bindparam("key_conversation_id"),
    activities.c.position == bindparam("key_position"),
)


def _changing(*keys: Column[Any]) -> Update:
    """Changes the row of these keys; which columns, its parameters say."""
    return update(keys[0].table).where(*(column == bindparam(f"key_{column.name}") for column in keys))


ADD_CONVERSATION = insert(conversations)
SAVE_CONVERSATION, MOVE_CONVERSATION = _changing(conversations.c.id), _changing(conversations.c.id)
ADD_ACTIVITY = insert(activities)
FINISH_ACTIVITIES = (
    _changing(activities.c.conversation_id)
    .where(activities.c.position.between(bindparam("first"), bindparam("last")))
    .values(state="done")
)
UNSAY_ACTIVITY = _changing(activities.c.conversation_id, activities.c.position)
ADD_PERSON, SAVE_PERSON = insert(persons), _changing(persons.c.id)
ADD_DRAFT, SAVE_DRAFT = insert(drafts), _changing(drafts.c.user_id)
DROP_DRAFT = delete(drafts).where(drafts.c.user_id == bindparam("key_user_id"))
ADD_APPLICATION, ADD_MOVE = insert(applications), insert(moves).inline()

#: Rows that others refer to come first.
ORDER = (
    ADD_CONVERSATION,
    SAVE_CONVERSATION,
    MOVE_CONVERSATION,
    ADD_ACTIVITY,
    FINISH_ACTIVITIES,
    UNSAY_ACTIVITY,
    ADD_PERSON,
    SAVE_PERSON,
    ADD_DRAFT,
    SAVE_DRAFT,
    DROP_DRAFT,
    ADD_APPLICATION,
    ADD_MOVE,
)
