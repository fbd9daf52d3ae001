"""What a round of writing may be asked, and why it may be refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from bot.store.records import Change, ConversationRecord, Remembered, Stored


class Conflict(Exception):
    """Somebody else saved the same thing meanwhile: load again, and take the turn again."""


class UnknownConversation(LookupError):
    """There is no such conversation, or not any more."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A conversation to be there from now on. False: it was there."""

    record: ConversationRecord


@dataclass(frozen=True, slots=True)
class Receipt:
    """An activity to be saved before its turn is taken, and what that turn needs to be read at once.

    None instead: it was saved before. `client_key` is the digest of what its client calls it.
    """

    conversation_id: str
    activity: dict[str, Any]
    client_key: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A turn's change; `key` is the digest of the activity it answers."""

    change: Change
    key: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """Replies that have reached their channel, from the first position to the last."""

    conversation_id: str
    first: int
    last: int


Work = Opening | Receipt | Answer | Delivered
Saved = bool | tuple[Stored, Remembered | None] | list[Stored] | None


def digest(conversation_id: str, name: str) -> str:
    """An activity's name within its conversation as one key: names may be anything, at any length."""
    both = f"{conversation_id}\0{name}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(both, digest_size=16).hexdigest()
