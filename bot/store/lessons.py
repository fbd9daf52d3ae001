"""What is learned from use: questions without a certain answer, and what people think of answers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.domain.redaction import redacted
from bot.localization.folding import fold, words
from bot.localization.locale import Locale

Verdict = Literal["unsure", "nothing"]
Opinion = Literal["up", "down"]

#: Of what was typed so much is looked at, and so much is kept.
READ, KEPT = 2000, 500


def anonymous(said: str) -> str:
    """Words as they may be kept: short, and without what tells who wrote them."""
    return redacted(said[:READ])[:KEPT]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was not answered, or only with topics to choose from. Nobody can tell whose it was."""

    text: str
    #: The language of the question.
    locale: Locale
    verdict: Verdict
    #: The topics that came closest, best first.
    near: tuple[str, ...]
    day: date

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", anonymous(self.text))

    @property
    def key(self) -> str:
        """The same for questions in one language that differ in nothing but case, width and punctuation."""
        folded = " ".join((self.locale.value, *words(fold(self.text))))
        return hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Taken:
    """Of the topics offered for a question of this key one was chosen."""

    key: str
    topic: str
    day: date


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as a person saw it: the topic, the language, and which version of its words.

    `version` names the words themselves: it changes whenever a translation or a figure in them does.
    """

    topic: str
    locale: Locale
    version: str


@dataclass(frozen=True, slots=True)
class Vote:
    """What a person thinks of an answer; it replaces what they thought before. None takes it back."""

    shown: Shown
    opinion: Opinion | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Comment:
    """What a person has to say about an answer; it replaces what they said before."""

    shown: Shown
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """What a person has said about an answer, as it is kept: their vote, their comment, or both."""

    shown: Shown
    opinion: Opinion | None
    comment: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    """What a tester finds wrong with a message: which sentence, and how it was shown.

    `text` and `given` (the values of its blanks) show the shape of what people typed, not their words. The
    same id again replaces the comment.
    """

    id: str
    key: str
    #: The language that was really spoken: a tag of ours or the pseudo-locale's.
    locale: str
    #: The language that was wanted; another one where a translation is missing.
    wanted: str
    catalog: str
    channel: str
    text: str
    given: dict[str, str]
    comment: str
    at: datetime
    is_open: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "comment", anonymous(self.comment))


Lesson = Asked | Taken | Vote | Comment | Report


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question of the queue: how often it was asked, and which of the topics offered were taken."""

    locale: Locale
    text: str
    verdict: Verdict
    near: tuple[str, ...]
    count: int
    first: date
    last: date
    taken: dict[str, int]


@dataclass(frozen=True, slots=True)
class Rating:
    """What people think of one version of an answer."""

    shown: Shown
    up: int
    down: int
    comments: tuple[str, ...]
