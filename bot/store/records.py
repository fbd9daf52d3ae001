"""What is kept: the records a turn loads and saves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.localization.locale import Locale
from bot.store.lessons import Lesson

#: What the ids begin with of drafts that are never sent.
SANDBOX = "sandbox-"
#: A draft that nobody touched for so long is gone.
DRAFT_KEPT = timedelta(days=90)


@dataclass(slots=True)
class Draft:
    """An application being filled in. `answers` maps a field's name to its stored value (plain JSON);
    None means skipped. `id` is made once and makes sending idempotent."""

    id: str
    answers: dict[str, Any]
    #: What was noticed on the way, by field: keys of warnings for the reviewer.
    remarks: dict[str, list[str]]
    started: datetime
    touched: datetime
    #: What was told and agreed to on the way: the same shape as an application's consents.
    consents: list[dict[str, Any]] = field(default_factory=list)
    #: How often its owner was reminded of it since they touched it.
    reminded: int = 0
    #: Counts the saves, like a conversation's.
    version: int = 0

    @property
    def is_sandbox(self) -> bool:
        """Whether a tester's tools made it: whoever has it in the end, it is never sent."""
        return self.id.startswith(SANDBOX)


@dataclass(frozen=True, slots=True)
class ResumeCode:
    """What was given out under a code: whoever types it elsewhere in time takes this draft there."""

    user_id: str
    draft_id: str
    #: The language of the conversation it was asked for in.
    locale: Locale
    expires: datetime
    used: datetime | None = None
    #: The draft, as long as it is where the code was asked for.
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Taking:
    """A draft comes from somebody else's hands into those of the person whose turn it is."""

    code: str
    user_id: str
    draft_version: int
    at: datetime


@dataclass(slots=True)
class Application:
    """An application that was sent. `number` is the reference number a person sees; `draft_id` is unique,
    so that the same draft sent twice is one application."""

    number: str
    draft_id: str
    user_id: str
    model: str
    status: str
    #: The answers by field name, plain JSON, byte-identical whatever language they were given in.
    answers: dict[str, Any]
    remarks: dict[str, list[str]]
    #: Text key, version, locale, SHA-256 of the wording as shown, and time of each notice and consent.
    consents: list[dict[str, Any]]
    locale: Locale
    sent: datetime


@dataclass(slots=True)
class ConversationRecord:
    """One conversation: its dialog state, and what a door needs to reach it again.

    `version` counts its saves; 0 means that it was never saved. Saving compares it, so that of two
    writers the second is told (`Conflict`) instead of winning.
    """

    id: str
    user_id: str
    channel: str
    state: dict[str, Any] = field(default_factory=dict)
    reference: dict[str, Any] = field(default_factory=dict)
    version: int = 0


@dataclass(slots=True)
class PersonRecord:
    """A person on a channel: the language they chose, apart from any conversation.

    `muted`: they want no reminders.
    """

    id: str
    locale: Locale | None = None
    muted: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Idle:
    """A draft that nobody touched for a while, and one of its owner's conversations."""

    draft_id: str
    touched: datetime
    reminded: int
    conversation: ConversationRecord
    #: When something was last said there.
    last_said: datetime


@dataclass(frozen=True, slots=True)
class Stored:
    """One activity of a transcript as it was saved: wire JSON with its id and timestamp set.

    `position` counts from 1 within its conversation, without gaps being promised; it is the watermark.
    """

    conversation_id: str
    position: int
    activity: dict[str, Any]


@dataclass(slots=True)
class Remembered:
    """Everything a turn needs, loaded at once. `replies` is set when the activity was seen before:
    the replies that were saved for it, to be delivered again."""

    conversation: ConversationRecord
    person: PersonRecord
    draft: Draft | None
    applications: list[Application]
    replies: list[Stored] | None = None


@dataclass(slots=True)
class Change:
    """Everything a turn changes, saved in one transaction.

    The person's open draft becomes `draft`; None deletes it. `draft_version` is that of the draft that was
    loaded, 0 where there was none. `replies` are rendered activities without id and
    timestamp, which saving gives them. `deliver` says whether a connector must be sent them afterwards.
    """

    activity_id: str
    conversation: ConversationRecord
    person: PersonRecord
    draft: Draft | None
    draft_version: int
    submission: Application | None
    replies: list[dict[str, Any]]
    deliver: bool
    #: A code given out with this turn, with what it stands for. The person's earlier ones end.
    issued: tuple[str, ResumeCode] | None = None
    taking: Taking | None = None
    #: The saved text of the activity itself is blanked in the same transaction (it held a password).
    unsay: bool = False
    learned: list[Lesson] = field(default_factory=list)
