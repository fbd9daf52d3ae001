"""Where answers come from: sections of the documentation, as they stand in each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.localization.locale import Locale
from bot.text import Text

ADDRESS = "https://learn.microsoft.com/{locale}/partner-center/{page}#{anchor}"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from: a section of the documentation in the person's locale."""

    title: Text | str
    url: str
    section: str
    date: date
    machine_translated: bool
    #: Another language's copy of the same section is newer.
    outdated: bool = False


class Copy(BaseModel):
    """A page in one language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: date
    translation: Literal["human", "machine"]


class Page(BaseModel):
    """A page of the documentation with the sections that answers rest on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    page: str
    titles: dict[Locale, str]
    copies: dict[Locale, Copy]
    sections: dict[str, dict[Locale, str]]
    lacks: dict[str, frozenset[Locale]] = {}
    anchors: dict[str, dict[Locale, str]] = {}

    def cite(self, section: str, locale: Locale) -> Source:
        """The section in a language; where it has no copy of its own, the site shows the English page."""
        copy = self.copies.get(locale)
        newest = max(each.date for each in self.copies.values())
        anchor = self.anchors.get(section, {}).get(locale, section)
        return Source(
            title=self.titles[locale],
            url=ADDRESS.format(locale=locale.docs.lower(), page=self.page, anchor=anchor),
            section=self.sections[section][locale],
            date=copy.date if copy else newest,
            machine_translated=copy is not None and copy.translation == "machine",
            outdated=copy is not None
            and (copy.date < newest or locale in self.lacks.get(section, frozenset())),
        )


class Pages:
    """The pages by name. A section is named as in a link: "page#section"."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages = {page.page: page for page in pages}

    def cite(self, link: str) -> Mapping[Locale, Source]:
        page, _, section = link.partition("#")
        return {locale: self._pages[page].cite(section, locale) for locale in Locale}
