"""Sections of the documentation for a question, in the person's language or the other script of Chinese."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import quote

from bot.knowledge.documentation.asking import Asked, Wording
from bot.knowledge.documentation.index import Hit, Index
from bot.knowledge.documentation.passages import Passage
from bot.knowledge.documentation.sentences import excerpt
from bot.knowledge.sources import ADDRESS
from bot.localization.locale import Locale

#: How many sections a person gets to see.
OFFERED = 3
#: Evidence from which on sections are offered.
ENOUGH = 15.4
#: How much less is enough for those that stand beside one that has enough.
LESS = 2.0
#: What each part of the evidence counts.
SCORE, AHEAD, COMMON, SIZE, EXCHANGEABLE, FAMILIAR, FOREIGN = 1.5, 0.5, 3.5, 1.8, 1.4, 1.0, 3.3
#: Whose pages can be read as well, where they have so much more evidence.
NEARER = 2.0
_READ_AS_WELL = {Locale.ZH_TW: Locale.ZH_CN, Locale.ZH_CN: Locale.ZH_TW}


class Library:
    """The pages of all languages."""

    def __init__(
        self,
        indexes: Mapping[Locale, Index],
        wording: Wording,
        dates: Mapping[Locale, Mapping[str, date | None]],
    ) -> None:
        self._indexes = indexes
        self._wording = wording
        self._newest: dict[str, date] = {}
        for pages in dates.values():
            for page, day in pages.items():
                if day is not None:
                    self._newest[page] = max(day, self._newest.get(page, day))

    def offer(self, question: str, locale: Locale) -> list[Passage]:
        """The best sections, at most three; none where none is good enough."""
        best: dict[str, Passage] = {}
        needed = ENOUGH
        for weighed, found_in in self._weighed(question, locale):
            strongest = max((weight for weight, _ in weighed), default=0.0)
            if strongest >= needed:
                best, needed = {}, strongest + NEARER
                for weight, hit in weighed:
                    if weight >= ENOUGH - LESS:
                        passage = self._passage(hit, found_in)
                        # What stands before a page's first heading has the same address as what follows it.
                        best.setdefault(passage.url, passage)
        # Pages say the same of the same subject: once is enough.
        different = {passage.excerpt: passage for passage in reversed(best.values())}
        return list(reversed(different.values()))[:OFFERED]

    def ranked(self, question: str, locale: Locale) -> tuple[list[Hit], bool]:
        """The best sections of one language, and whether the first is good enough to be offered."""
        for weighed, _ in self._weighed(question, locale):
            if weighed:
                return [hit for _, hit in weighed], weighed[0][0] >= ENOUGH
        return [], False

    def _weighed(self, question: str, locale: Locale) -> Iterator[tuple[list[tuple[float, Hit]], Locale]]:
        """The sections of each language that is read, best first, each with its evidence."""
        for each in (locale, _READ_AS_WELL.get(locale)):
            if each is not None and each in self._indexes:
                asked = self._wording.asked(question, each)
                hits = self._indexes[each].search(asked)
                beyond = hits[OFFERED].score if len(hits) > OFFERED else 0.0
                yield [(evidence(hit, asked, hit.score - beyond), hit) for hit in hits], each

    def _passage(self, hit: Hit, locale: Locale) -> Passage:
        section = hit.section
        return Passage(
            locale=locale,
            title=section.title,
            section=section.heading,
            excerpt=excerpt(section.sentences, hit.sentence),
            url=address(section.page, section.anchor, locale),
            date=section.date,
            translation=section.translation,
            outdated=section.date is not None and section.date < self._newest.get(section.page, section.date),
        )


def evidence(hit: Hit, asked: Asked, ahead: float) -> float:
    """How much speaks for the section being about what was asked: many words of it together, here only.

    `ahead` is how much more it scores than the first section that is not offered.
    """
    found = SCORE * hit.score + AHEAD * ahead + COMMON * math.log1p(hit.common)
    said = SIZE * math.log1p(asked.size) + EXCHANGEABLE * math.log1p(len(asked.exchangeable))
    return found + said + FAMILIAR * asked.familiar - FOREIGN * asked.foreign


def address(page: str, anchor: str, locale: Locale) -> str:
    whole = ADDRESS.format(locale=locale.docs.lower(), page=quote(page))
    return f"{whole}#{quote(anchor)}" if anchor else whole
