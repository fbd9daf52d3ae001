"""One message, and the replies so far: what doors hand in, what dialogs answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict

from bot.domain.fields import Entry as Entry
from bot.knowledge.documentation.passages import Passage as Passage
from bot.knowledge.sources import Source as Source
from bot.localization.locale import Locale
from bot.localization.pseudo import TAG as PSEUDO
from bot.store.lessons import Given, Lesson
from bot.store.records import Application, Draft, ResumeCode, Taking
from bot.text import Text, Value

#: What a button carries back: plain JSON with the name of what was pressed under "press".
Press = Mapping[str, Any]

#: Where a conversation's state keeps that its English is shown as something else.
SHOWN_AS = "shown_as"
#: Where it keeps the id of a draft for which a code was given out there.
HANDED = "handed"


class Waiting(BaseModel):
    """A draft that waits for its owner, and how often they were reminded of it."""

    model_config = ConfigDict(frozen=True)

    draft_id: str
    touched: datetime
    reminded: int


class Moved(BaseModel):
    """A draft that a code has taken from here to another chat."""

    model_config = ConfigDict(frozen=True)

    draft_id: str


class Incoming(BaseModel):
    """One activity as a door understood it. A door vouches for conversation, user and activity id."""

    model_config = ConfigDict(frozen=True)

    activity_id: str
    conversation_id: str
    user_id: str
    channel: str
    kind: Literal["message", "join", "notice"] = "message"
    text: str = ""
    pressed: dict[str, Any] | None = None
    locale: str | None = None
    #: Where the web page stands that embeds the chat, if it said so.
    page: str | None = None
    #: Of a notice, which nobody sent: what it is about, as it was when that was decided.
    about: Waiting | Moved | None = None
    #: True in a channel or group chat, where no company data may be asked.
    shared: bool = False
    #: Where this person can talk to us alone, if others read along and their channel has such an address.
    private_chat: str | None = None
    #: Whether this channel draws cards with input fields.
    cards: bool = False
    #: The channel's id of the message whose card was pressed, where the channel lets us change it.
    card_id: str | None = None
    #: True where the channel waits for the answer to a press (`adaptiveCard/action`).
    invoke: bool = False
    #: What the door needs to reach this conversation again (Bot Framework conversation reference).
    reference: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. Its label can be typed as well; pressing it sends `press` back, or opens `url`."""

    label: Text | str
    press: Press
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a summary: what was asked, what was answered, and the button that changes it."""

    label: Text
    value: Text | Value
    change: Choice | None = None


@dataclass(frozen=True, slots=True)
class Group:
    title: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Check your answers: groups of lines, each with its change action."""

    title: Text
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Row:
    aspect: Text
    left: Text
    right: Text
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models side by side."""

    title: Text
    left: Text
    right: Text
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A topic's answer: its subject, paragraphs and list items, and its sources.

    `steps` are numbered, `points` are not; both follow the paragraphs, and `closing` follows them. `changes`
    stand apart: what is no longer so, and since when. `nearest` is a section of the documentation that is not
    among the sources and may be closer to what was asked.
    """

    topic: str
    subject: Text
    paragraphs: tuple[Text, ...]
    points: tuple[Text, ...] = ()
    steps: tuple[Text, ...] = ()
    closing: tuple[Text, ...] = ()
    changes: tuple[Text, ...] = ()
    sources: tuple[Source, ...] = ()
    nearest: Passage | None = None


@dataclass(frozen=True, slots=True)
class Passages:
    """Sections of the documentation that may help; they are not our answer, and the title says so."""

    title: Text
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a form: how it is typed, what stands in it, and what is wrong with that.

    `options` are pairs of code and label; where there are any, one is chosen and `value` is a code.
    """

    name: str
    label: Text
    example: Text
    required: bool
    entry: Entry = Entry.TEXT
    options: tuple[tuple[str, Text | str], ...] = ()
    value: Text | Value = ""
    problem: Text | None = None


@dataclass(frozen=True, slots=True)
class InputForm:
    """Several questions at once. Its button sends `submit.press` back, and each input's value under
    `ANSWER` and its name."""

    title: Text
    note: Text
    inputs: tuple[Input, ...]
    submit: Choice


#: Begins the names under which a submitted form carries its values.
ANSWER = "answer."

Attachment = Summary | Comparison | Article | Passages | InputForm


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of ours: text, or an attachment that has a text form on every channel, and buttons.

    `locale` is set only where a reply must not come in the person's language (a greeting in every language).
    `replaces`: it stands in place of the card that was pressed, where the channel can put it there.
    """

    text: Text | None = None
    attachment: Attachment | None = None
    choices: tuple[Choice, ...] = ()
    locale: Locale | None = None
    replaces: bool = False
    #: What a tester sees below it: its number, keys, languages and catalog. Always empty for everybody else.
    note: str = ""

    @property
    def key(self) -> str:
        """What is said, whatever the language: the topic, the card, or the text inside its frame."""
        if isinstance(self.attachment, Article):
            return f"topic.{self.attachment.topic}"
        if self.attachment is not None:
            return self.attachment.title.key
        text = self.text
        while text is not None and isinstance(inner := text.values.get("prompt"), Text):
            text = inner
        return text.key if text is not None else ""


class Archive(Protocol):
    """What a dialog may look up besides what was loaded, for the few turns that need it: drafts under way
    from one chat to another, and what the person has said about answers."""

    async def find(self, code: str) -> ResumeCode | None: ...
    async def has_moved(self, user_id: str, draft_id: str) -> bool: ...
    async def opinions(self, user_id: str) -> list[Given]: ...


class NoArchive:
    async def find(self, code: str) -> ResumeCode | None:
        return None

    async def has_moved(self, user_id: str, draft_id: str) -> bool:
        return False

    async def opinions(self, user_id: str) -> list[Given]:
        return []


@dataclass(slots=True)
class Turn:
    """A message on its way through the house, with everything a dialog may read and change."""

    incoming: Incoming
    now: datetime
    #: The person's own choice, or None before they made one.
    chosen_locale: Locale | None
    #: The language of this turn's replies.
    locale: Locale
    #: False until the channel or the person said which language; then the greeting comes in all of them.
    locale_known: bool
    draft: Draft | None
    #: Dialog stack and what else must survive until the next turn; plain JSON.
    state: dict[str, Any]
    replies: list[Reply] = field(default_factory=list)
    #: The person's applications, newest first.
    applications: list[Application] = field(default_factory=list)
    #: An application to be stored with this turn.
    submission: Application | None = None
    #: The person wants no reminders.
    muted: bool = False
    #: What was said must not be kept (a password): the saved activity loses its text.
    unsay: bool = False
    #: What this turn teaches about our answers; saved with it.
    learned: list[Lesson] = field(default_factory=list)
    archive: Archive = field(default_factory=NoArchive)
    #: A code to be given out with this turn, and what it stands for.
    issued: tuple[str, ResumeCode] | None = None
    #: The draft of this turn was somebody else's until now.
    taking: Taking | None = None
    #: One of those who may use the tools for translators.
    is_tester: bool = False
    #: Everything of the person is to be deleted; the replies are delivered and kept nowhere.
    forget: bool = False

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def is_pseudo(self) -> bool:
        """Whether the English of this conversation is shown as the pseudo-locale; only a tester sees that."""
        return self.is_tester and self.state.get(SHOWN_AS) == PSEUDO

    @property
    def said(self) -> str:
        return self.incoming.text

    @property
    def pressed(self) -> Press | None:
        return self.incoming.pressed

    def press(self, press: Press) -> None:
        """Goes on as if this had been pressed: what was said means it."""
        self.incoming = self.incoming.model_copy(update={"pressed": press})

    def learn(self, lesson: Lesson) -> None:
        self.learned.append(lesson)

    def reply(
        self,
        text: Text | None = None,
        *choices: Choice,
        attachment: Attachment | None = None,
        locale: Locale | None = None,
        replaces: bool = False,
    ) -> None:
        self.replies.append(Reply(text, attachment, choices, locale, replaces))
