"""Finds the sections that answers rest on, in a checkout of the localized documentation."""

from __future__ import annotations

import datetime
import hashlib
import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cache
from pathlib import Path

from bot.knowledge.documentation.markdown import Part
from bot.knowledge.documentation.pages import BrokenPage, Page, Reader, files, name_of
from bot.knowledge.mirror.answers import Cited
from bot.knowledge.mirror.facts import Fact, address, counted
from bot.knowledge.sources import Translation
from bot.localization.locale import Locale

log = logging.getLogger(__name__)
#: How alike two anchors or two headings must be for one to be the other's likeliest new name.
ALIKE = 0.55


@dataclass(frozen=True, slots=True)
class Found:
    """A section as it stands in one language."""

    page: str
    anchor: str
    heading: str
    text: str
    date: datetime.date | None
    translated: datetime.date | None
    #: None: the original.
    translation: Translation | None
    #: Names the English page it was translated from; empty where the page does not tell.
    version: str
    #: Of all that a reader sees of it, and of where its links lead.
    digest: str
    #: How often it says each fact.
    counts: Mapping[Fact, int]

    @property
    def facts(self) -> frozenset[Fact]:
        return frozenset(self.counts)


@dataclass(frozen=True, slots=True)
class Lost:
    """A section that is not where it should be."""

    page_is_there: bool
    #: The likeliest new name: an anchor of the page, or another page where this one is gone.
    likely: str | None


class Checkout:
    """The documentation in each language; a page is read once, when it is first asked for."""

    def __init__(self, folders: Mapping[Locale, Path], names: Mapping[Locale, tuple[str, ...]]) -> None:
        """`names`: of each language the terms whose digits count nothing."""
        self._folders = folders
        self._names = names
        self._files = {locale: dict(_files(folder)) for locale, folder in folders.items()}
        self._page = cache(self._read)
        self._found = cache(self._look)

    @property
    def locales(self) -> list[Locale]:
        return [locale for locale in Locale if locale in self._folders]

    def find(self, page: str, anchor: str, locale: Locale) -> Found | None:
        return self._found(page, anchor, locale)

    def lost(self, cited: Cited, locale: Locale) -> Lost:
        """What became of it, judged by its anchor and by its heading in this language."""
        read = self._page(cited.page, locale)
        if read is None:
            near = get_close_matches(cited.page, self._files[locale], n=1, cutoff=ALIKE)
            return Lost(page_is_there=False, likely=near[0] if near else None)
        scored = [
            (max(_alike(cited.anchor, part.anchor), _alike(cited.heading, part.heading)), part.anchor)
            for part in read.parts
            if part.anchor and part.anchor not in cited.others
        ]
        score, likely = max(scored, default=(0.0, None))
        return Lost(page_is_there=True, likely=likely if score >= ALIKE else None)

    def _look(self, name: str, anchor: str, locale: Locale) -> Found | None:
        page = self._page(name, locale)
        inside = list(_inside(page, anchor)) if page else []
        if page is None or not inside:
            return None
        lines = [line for part in inside for line in (part.heading, *part.blocks)]
        text = "\n".join(filter(None, lines))
        links = [found for part in inside for link in part.links if (found := address(link, page.name))]
        return Found(
            page=page.name,
            anchor=anchor,
            heading=inside[0].heading or page.title,
            text=text,
            date=page.date,
            translated=page.translated,
            translation=page.translation,
            version=page.version,
            digest=_digest(text, links),
            counts=counted(text, self._names[locale]) + Counter(links),
        )

    def _read(self, name: str, locale: Locale) -> Page | None:
        """A page, or the first page of the folder of that name."""
        path = self._files[locale].get(name) or self._files[locale].get(f"{name}/index")
        if path is None:
            return None
        try:
            return Reader(path, self._folders[locale]).page()
        except BrokenPage as problem:
            log.warning("%s is left out: %s", path, problem)
            return None


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    return ((name_of(path, folder), path) for path in files(folder))


def _inside(page: Page, anchor: str) -> Iterator[Part]:
    """The part of this name with those below it; of the page's own heading only what follows at once."""
    level = 0
    for part in page.parts:
        if level and (part.level <= level or level == 1):
            return
        if level or (part.level and part.anchor == anchor):
            level = level or part.level
            yield part


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()


def _digest(text: str, links: list[Fact]) -> str:
    seen = "\n".join([text, *(link.value for link in links)])
    return hashlib.blake2b(seen.encode(), digest_size=8).hexdigest()
