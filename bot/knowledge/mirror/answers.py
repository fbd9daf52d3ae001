"""What each topic says in each language, and the sections of the documentation behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from bot.knowledge.mirror.facts import Fact, facts
from bot.knowledge.reading import read
from bot.knowledge.sources import Copy, Page
from bot.knowledge.topics import FOLDER, Topic, Topics
from bot.localization.catalogs import Catalogs
from bot.localization.glossary import Glossary
from bot.localization.locale import LOCALES, Locale
from bot.text import Text


@dataclass(frozen=True, slots=True)
class Cited:
    """A section as sources.yml has it in one language."""

    page: str
    anchor: str
    heading: str
    #: The anchors of the other sections cited from the page.
    others: frozenset[str]
    #: None: sources.yml knows no copy of the page in this language.
    copy: Copy | None
    #: The copy is known to have no such section.
    lacks: bool


class Answers:
    def __init__(self, folder: Path = FOLDER, locales: Path = LOCALES) -> None:
        self.topics = Topics.load(folder)
        self.links: Mapping[str, tuple[str, ...]] = {
            entry["id"]: tuple(entry["sources"]) for entry in read(folder / "topics.yml")
        }
        pages = TypeAdapter(list[Page]).validate_python(read(folder / "sources.yml"))
        self._pages = {page.page: page for page in pages}
        self._catalogs = Catalogs.load(locales)
        self.glossaries = {locale: Glossary.load(locales, locale) for locale in Locale}
        self.spoken = cache(self._spoken)
        self.facts = cache(self._facts)

    def cited(self, link: str, locale: Locale) -> Cited:
        name, _, section = link.partition("#")
        page = self._pages[name]
        anchors = {each: page.anchors.get(each, {}).get(locale, each) for each in page.sections}
        return Cited(
            page=name,
            anchor=anchors.pop(section),
            others=frozenset(anchors.values()),
            heading=page.sections[section][locale],
            copy=page.copies.get(locale),
            lacks=locale in page.lacks.get(section, ()),
        )

    def of(self, link: str) -> Iterator[str]:
        """The topics that rest on a section."""
        return (topic for topic, links in self.links.items() if link in links)

    def _spoken(self, topic_id: str, locale: Locale) -> str:
        return "\n".join(self._catalogs.say(each, locale) for each in _sentences(self.topics[topic_id]))

    def _facts(self, link: str, locale: Locale) -> frozenset[Fact]:
        """All that our answers resting on this section say of numbers, dates and addresses."""
        names = self.glossaries[locale].keep
        return frozenset().union(*(facts(self.spoken(topic, locale), names) for topic in self.of(link)))


def _sentences(topic: Topic) -> Iterator[Text]:
    yield topic.subject
    yield from topic.paragraphs
    yield from topic.points
    yield from topic.steps
    yield from topic.changes
