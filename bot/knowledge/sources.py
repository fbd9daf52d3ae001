"""Where answers come from: sections of the documentation, as they stand in each language."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.localization.locale import Locale
from bot.text import Text

Translation = Literal["human", "machine", "missing"]

ADDRESS = "https://learn.microsoft.com/{locale}/partner-center/{page}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from: a section of the documentation in the person's locale."""

    title: Text | str
    url: str
    section: str
    date: datetime.date
    #: "missing": the language has no copy, the link shows the English page. None: the original, or not known.
    translation: Translation | None = None
    #: Another language's copy of the same section is newer.
    outdated: bool = False

    @property
    def place(self) -> tuple[str, str]:
        """Page and section; the address alone is the page's where the section has no anchor we know."""
        return self.url, self.section


class Copy(BaseModel):
    """A page in one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: datetime.date
    translation: Literal["human", "machine"]


class Page(BaseModel):
    """A page of the documentation with the sections that answers rest on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: str
    titles: dict[Locale, str]
    copies: dict[Locale, Copy] = {}
    #: The day of the English page, where no copy tells it.
    date: datetime.date | None = None
    sections: dict[str, dict[Locale, str]]
    lacks: dict[str, frozenset[Locale]] = {}
    anchors: dict[str, dict[Locale, str]] = {}
    #: Languages of which we don't know how their copy names its sections: their links lead to the page.
    unanchored: frozenset[Locale] = frozenset()

    def cite(self, section: str, locale: Locale) -> Source:
        """The section in a language; where it has no copy of its own, the site shows the English page."""
        copy = self.copies.get(locale)
        newest = self._newest()
        address = ADDRESS.format(locale=locale.docs.lower(), page=self.page)
        anchor = self.anchors.get(section, {}).get(locale, section)
        return Source(
            title=self.titles[locale],
            url=address if locale in self.unanchored else f"{address}#{anchor}",
            section=self.sections[section][locale],
            date=copy.date if copy else newest,
            translation=self._translation(locale),
            outdated=copy is not None
            and (copy.date < newest or locale in self.lacks.get(section, frozenset())),
        )

    def _newest(self) -> datetime.date:
        days = [copy.date for copy in self.copies.values()] + ([self.date] if self.date else [])
        if not days:
            raise ValueError(f"{self.page}: give its date, as no copy has one")
        return max(days)

    def _translation(self, locale: Locale) -> Translation | None:
        if locale in self.copies:
            return self.copies[locale].translation
        return "missing" if self.copies and locale is not Locale.EN else None


class Pages:
    """The pages by name. A section is named as in a link: "page#section"."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages = {page.page: page for page in pages}

    def cite(self, link: str) -> Mapping[Locale, Source]:
        page, _, section = link.partition("#")
        return {locale: self._pages[page].cite(section, locale) for locale in Locale}
