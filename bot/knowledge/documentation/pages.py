"""Pages of the localized documentation, read from a checkout, as sections that can be found and cited."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.documentation.markdown import Anchors, Part, parts, plain
from bot.knowledge.documentation.sentences import sentences
from bot.knowledge.sources import Translation

#: The folder of a checkout that the site publishes under this name; a checkout may also be that folder.
PUBLISHED = "partner-center"
LARGEST_PAGE = 2 * 1024 * 1024
_FAQ = "### YamlMime:FAQ"
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_INCLUDE = re.compile(r"\[!INCLUDE\s*\[[^\]]*\]\(\s*([^)\s]+)\s*\)\s*\]", re.IGNORECASE)
_INCLUDES = "includes"
_INCLUDED_IN_INCLUDED = 3
#: " | Partner Center" after a title names the site.
_SITE = re.compile(r"\s+\|\s.*$")
_TRANSLATIONS: dict[str, Translation] = {"MT": "machine", "HT": "human"}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, on a page in one language."""

    #: The page's place on the site: "enrolling-in-the-csp-program", "announcements/2021-march".
    page: str
    #: Where a link to it leads; empty at the top of the page.
    anchor: str
    title: str
    heading: str
    sentences: tuple[str, ...]
    date: date | None
    #: None: the original.
    translation: Translation | None
    #: What the page says of itself; at its top only.
    description: str = ""
    #: The headings it stands under, the nearest last; that of the page is not among them.
    above: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """As in a link: "page#section"."""
        return f"{self.page}#{self.anchor}".removesuffix("#")


@dataclass(frozen=True, slots=True)
class Page:
    """A page in one language: what it says of itself, and its parts in their order."""

    #: Its place on the site, as in `Section`.
    name: str
    title: str
    description: str
    #: When the translation was made; None for the original.
    translated: date | None
    date: date | None
    #: None: the original.
    translation: Translation | None
    #: Names the English page it was translated from; the same in all languages. Empty where it tells none.
    version: str
    #: The heading of the page itself.
    first: str
    parts: list[Part]


class BrokenPage(ValueError):
    """A page that cannot be read. Says why."""


def files(folder: Path) -> Iterator[Path]:
    """The pages of one language, in order; what only other pages include is left out."""
    published = folder / PUBLISHED
    for place, folders, names in os.walk(published if published.is_dir() else folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != _INCLUDES)
        yield from (Path(place, name) for name in sorted(names) if name.endswith((".md", ".yml")))


def name_of(path: Path, folder: Path) -> str:
    """The page's place on the site."""
    inside = path.relative_to(folder).with_suffix("")
    return "/".join(part for at, part in enumerate(inside.parts) if at or part != PUBLISHED)


class Reader:
    """Reads one page; afterwards knows which other files it is made of."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._path = path
        self._folder = folder.resolve()
        self._name = name_of(path, folder)
        self.included: list[Path] = []

    def sections(self) -> list[Section]:
        """What can be found: no part that is empty, none of a file that is no page; raises BrokenPage."""
        page = self.page()
        return _sections(page) if page else []

    def page(self) -> Page | None:
        """None for a file that is no page (a table of contents); raises BrokenPage."""
        try:
            source = _text(self._path)
            if self._path.suffix == ".yml":
                return self._faq(source) if source.startswith(_FAQ) else None
            return self._markdown(source)
        except OSError as error:
            raise BrokenPage(error.strerror or "cannot be read") from error
        except UnicodeDecodeError as error:
            raise BrokenPage("not UTF-8") from error
        except yaml.YAMLError as error:
            raise BrokenPage("its metadata is not YAML") from error

    def _markdown(self, source: str) -> Page:
        matter = _FRONT_MATTER.match(source)
        about = _mapping(matter[1]) if matter else {}
        body = self._with_includes(source[matter.end() :] if matter else source, self._path)
        return self._made(about, parts(body, Anchors()))

    def _faq(self, source: str) -> Page:
        content = _mapping(source)
        about = content.get("metadata")
        anchors, found = Anchors(), [_joined(Part(1, _string(content.get("title"))), content.get("summary"))]
        for group in _mappings(content.get("sections")):
            for entry in _mappings(group.get("questions")):
                asked = plain(_string(entry.get("question")))
                part = Part(2, asked, anchors.of(asked))
                found.append(_joined(part, self._with_includes(_string(entry.get("answer")), self._path)))
        return self._made(about if isinstance(about, dict) else {}, found)

    def _with_includes(self, source: str, where: Path, depth: int = _INCLUDED_IN_INCLUDED) -> str:
        return _INCLUDE.sub(lambda include: self._include(include[1], where, depth), source)

    def _include(self, link: str, where: Path, depth: int) -> str:
        """What the link leads to; nothing where that is not in this language's folder."""
        path = (where.parent / link).resolve()
        if not depth or not path.is_relative_to(self._folder) or not path.is_file():
            return ""
        self.included.append(path)
        return self._with_includes(_FRONT_MATTER.sub("", _text(path)), path, depth - 1)

    def _made(self, about: dict[str, Any], found: list[Part]) -> Page:
        first = next((part.heading for part in found if part.level == 1), "")
        translated = _date(about.get("ms.lasthandoff"))
        return Page(
            name=self._name,
            title=_SITE.sub("", plain(_string(about.get("title")))) or first or self._name,
            description=_string(about.get("description")),
            date=_date(about.get("ms.date")) or translated,
            translated=translated,
            translation=_TRANSLATIONS.get(_string(about.get("ms.translationtype"))),
            version=_string(about.get("ms.openlocfilehash")),
            first=first,
            parts=found,
        )


def _sections(page: Page) -> list[Section]:
    top = next((part for part in page.parts if part.level <= 1 and part.blocks), None)
    taken: set[str] = set()
    over: list[tuple[Part, str]] = []
    found = []
    for part in page.parts:
        over = [(each, anchor) for each, anchor in over if each.level < part.level]
        anchor = _anchor(part, page, taken, over)
        if part.blocks:
            found.append(
                Section(
                    page=page.name,
                    anchor=anchor,
                    title=page.title,
                    heading=part.heading or page.title,
                    sentences=tuple(each for block in part.blocks for each in sentences(block)),
                    date=page.date,
                    translation=page.translation,
                    description=page.description if part is top else "",
                    above=tuple(
                        each.heading for each, _ in over if each.level and each.heading != page.first
                    ),
                )
            )
        over.append((part, anchor))
    return found


def _anchor(part: Part, page: Page, taken: set[str], over: list[tuple[Part, str]]) -> str:
    """Its own name; that of the part above where an earlier one has it, to which a link would lead."""
    if part.level == 0 or part.heading == page.first:
        return ""
    if part.anchor in taken:
        return over[-1][1] if over else ""
    taken.add(part.anchor)
    return part.anchor


def _text(path: Path) -> str:
    if path.stat().st_size > LARGEST_PAGE:
        raise BrokenPage(f"larger than {LARGEST_PAGE} bytes")
    return path.read_text("utf-8-sig")


def _joined(part: Part, source: object) -> Part:
    """The part with all of a piece of Markdown under it, headings included."""
    for each in parts(_string(source), Anchors()):
        part.blocks += filter(None, (each.heading, *each.blocks))
        part.links += each.links
    return part


def _mapping(source: str) -> dict[str, Any]:
    try:
        found = yaml.load(source, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (a safe one)
    except (ValueError, RecursionError) as error:  # a date that no calendar has; nesting without end
        raise BrokenPage("its metadata cannot be read") from error
    if not isinstance(found, dict):
        raise BrokenPage("its metadata is not a mapping")
    return found


def _mappings(found: object) -> list[dict[str, Any]]:
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _string(found: object) -> str:
    return "" if found is None else str(found).strip()


def _date(found: object) -> date | None:
    """Written 06/05/2020 (month first) or 2020-06-05."""
    if isinstance(found, date):
        return found.date() if isinstance(found, datetime) else found
    for form in ("%m/%d/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(_string(found), form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    return None
