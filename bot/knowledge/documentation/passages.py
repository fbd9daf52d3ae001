"""What is offered of the documentation."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.knowledge.sources import Translation
from bot.localization.locale import Locale


@dataclass(frozen=True, slots=True)
class Passage:
    """A section that may help, as it is offered: never as an answer of ours."""

    #: The page's language; it may be the other script of Chinese than was asked in.
    locale: Locale
    title: str
    section: str
    #: At most two sentences, those nearest to the question.
    excerpt: str
    url: str
    date: datetime.date | None
    #: None: the original.
    translation: Translation | None
    #: Another language's copy of the page is newer.
    outdated: bool


#: The sections that may help with a question asked in a language, best first.
Offer = Callable[[str, Locale], Sequence[Passage]]


def nothing(question: str, locale: Locale) -> Sequence[Passage]:
    """The offer of whoever has no documentation."""
    return ()
