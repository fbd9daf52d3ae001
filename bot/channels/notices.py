"""Turns that nobody began: which door can take one, and what it is given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.channels.activity import MADE, is_shared
from bot.store.records import ConversationRecord
from bot.turn import Incoming, Moved, Waiting


class Door(Protocol):
    """A channel that can speak first."""

    def reaches(self, conversation: ConversationRecord) -> bool: ...

    async def tell(self, notice: Incoming) -> bool:
        """Takes the turn of a notice and sends what it says; False where there was nothing (new) to say."""
        ...


def door_to(doors: Sequence[Door], conversation: ConversationRecord) -> Door | None:
    """Who can speak first there; nobody where others would read along."""
    place = conversation.reference.get("conversation", {})
    if is_shared(place.get("conversationType"), place.get("isGroup")):
        return None
    return next((door for door in doors if door.reaches(conversation)), None)


def notice(place: ConversationRecord, name: str, about: Waiting | Moved) -> Incoming:
    """`name` is the notice's own, whoever makes it: told a second time, it is answered as the first was."""
    return Incoming(
        activity_id=f"{MADE}{name}",
        conversation_id=place.id,
        user_id=place.user_id,
        channel=place.channel,
        kind="notice",
        about=about,
        reference=place.reference,
    )
