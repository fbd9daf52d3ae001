"""Turns as the house takes them, with as little said as a test needs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.localization.locale import Locale
from bot.store.database import Store
from bot.store.records import Application, Change, ConversationRecord, Draft, Remembered, Stored

NOW = datetime(2026, 11, 21, 12, 30, 15, 123456, tzinfo=UTC)
HELLO = {"type": "message", "text": "Здравствуйте, 您好"}


async def load(store: Store, activity_id: str, conversation: str = "c", user: str = "u") -> Remembered:
    return await store.load(conversation, user, "directline", activity_id)


def change(known: Remembered, activity_id: str, **different: Any) -> Change:
    """What a turn on what was loaded changes: nothing but one reply, unless said otherwise."""
    usual: dict[str, Any] = {
        "draft": known.draft,
        "submission": None,
        "replies": [HELLO],
        "deliver": False,
    }
    return Change(
        activity_id=activity_id,
        conversation=known.conversation,
        person=known.person,
        draft_version=known.draft.version if known.draft else 0,
        **(usual | different),
    )


async def take(
    store: Store, activity_id: str, conversation: str = "c", user: str = "u", **different: Any
) -> list[Stored]:
    """A whole turn."""
    known = await load(store, activity_id, conversation, user)
    return await store.commit(change(known, activity_id, **different))


async def opened(store: Store, conversation: str = "c", user: str = "u") -> ConversationRecord:
    record = ConversationRecord(conversation, user, "directline")
    await store.open_conversation(record)
    return record


def draft(**answers: Any) -> Draft:
    return Draft("draft-1", answers, {}, started=NOW, touched=NOW)


def application(
    number: str = "CSP-1", draft_id: str = "draft-1", user: str = "u", **more: Any
) -> Application:
    usual: dict[str, Any] = {"model": "direct-bill", "status": "submitted", "sent": NOW}
    return Application(
        number=number,
        draft_id=draft_id,
        user_id=user,
        answers={"legal_name": "ООО «Ромашка»"},
        remarks={"tax_number": ["problem.checksum"]},
        consents=[{"key": "consent.privacy", "version": 1}],
        locale=Locale.RU,
        **(usual | more),
    )
