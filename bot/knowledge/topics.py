"""What the assistant can answer: every topic, its answer in English, where it comes from, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from bot.knowledge.figures import Figure
from bot.knowledge.reading import read
from bot.knowledge.sources import Page, Pages, Source
from bot.localization.catalogs import BLANK
from bot.localization.locale import Locale
from bot.text import Text, Value

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Topic:
    """An answer: paragraphs, then points or numbered steps, with the figures filled in.

    `changes` tell who knows an older rule what has changed, and since when.
    """

    id: str
    subject: Text
    paragraphs: tuple[Text, ...]
    points: tuple[Text, ...]
    steps: tuple[Text, ...]
    changes: tuple[Text, ...]
    follow_ups: tuple[str, ...]
    sources: Mapping[Locale, tuple[Source, ...]]


@dataclass(frozen=True, slots=True)
class Contrast:
    """One aspect in which the two models differ."""

    id: str
    aspect: Text
    indirect: Text
    direct: Text
    sources: Mapping[Locale, Source]


@dataclass(frozen=True, slots=True)
class Contrasts:
    """The two models side by side."""

    title: Text
    indirect: Text
    direct: Text
    rows: tuple[Contrast, ...]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Counted(_Entry):
    """A sentence whose form depends on a figure: the one named by `count`."""

    one: str
    many: str
    count: str


class _Topic(_Entry):
    id: str
    subject: str
    paragraphs: dict[str, str | _Counted]
    points: dict[str, str | _Counted] = {}
    steps: dict[str, str | _Counted] = {}
    changes: dict[str, str | _Counted] = {}
    follow_ups: tuple[str, ...]
    sources: tuple[str, ...]


class _Row(_Entry):
    id: str
    aspect: str
    indirect: str | _Counted
    direct: str | _Counted
    source: str


class _Comparison(_Entry):
    title: str
    indirect: str
    direct: str
    rows: tuple[_Row, ...]


class UnsoundTopics(ValueError):
    """The files contradict each other: something stands twice, or a link leads nowhere. Says which."""


class _Writer:
    """Makes the Texts of answers, each blank filled with its figure."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._values: dict[str, Value] = {figure.id: figure.spoken() for figure in figures}
        self.used: set[str] = set()

    def sentence(self, key: str, entry: str | _Counted) -> Text:
        if isinstance(entry, str):
            made, source, figures = Text(key, entry), entry, {}
        else:
            made, source = Text(key, entry.one, entry.many), entry.one + entry.many
            figures = {"count": entry.count}
        named = {blank: blank for blank in BLANK.findall(source)} | figures
        if missing := sorted(set(named.values()) - self._values.keys()):
            raise UnsoundTopics(f"{key}: no figure is called {', '.join(missing)}")
        self.used |= set(named.values())
        return made.fill(**{blank: self._values[figure] for blank, figure in named.items()})

    def sentences(self, topic: str, entries: Mapping[str, str | _Counted]) -> tuple[Text, ...]:
        return tuple(self.sentence(f"topic.{topic}.{name}", entry) for name, entry in entries.items())


class Topics(Mapping[str, Topic]):
    """All topics by id, in the order of the file."""

    def __init__(self, topics: Iterable[Topic], comparison: Contrasts) -> None:
        self._topics = {topic.id: topic for topic in topics}
        self.comparison = comparison

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Topics:
        """Reads and joins the files, and refuses them where they do not fit together."""
        entries = TypeAdapter(list[_Topic]).validate_python(read(folder / "topics.yml"))
        figures = TypeAdapter(list[Figure]).validate_python(read(folder / "figures.yml"))
        pages = Pages(TypeAdapter(list[Page]).validate_python(read(folder / "sources.yml")))
        comparison = _Comparison.model_validate(read(folder / "comparison.yml"))
        _refuse_doubles("topic", (entry.id for entry in entries))
        _refuse_doubles("figure", (figure.id for figure in figures))
        writer = _Writer(figures)
        topics = cls(
            (_topic(entry, writer, pages) for entry in entries), _contrasts(comparison, writer, pages)
        )
        _refuse_dangling(topics)
        if unused := sorted({figure.id for figure in figures} - writer.used):
            raise UnsoundTopics(f"no answer uses the figures {', '.join(unused)}")
        return topics

    def texts(self) -> list[tuple[Text, str]]:
        """Every sentence with a note for translators, for the catalogs."""
        found = [
            (sentence, _note(topic, sentence))
            for topic in self.values()
            for sentence in (topic.subject, *topic.paragraphs, *topic.points, *topic.steps, *topic.changes)
        ]
        table = self.comparison
        found += [(sentence, _TABLE_NOTE) for sentence in (table.title, table.indirect, table.direct)]
        for row in table.rows:
            found += [(sentence, _TABLE_NOTE) for sentence in (row.aspect, row.indirect, row.direct)]
        return found

    def __getitem__(self, topic_id: str) -> Topic:
        return self._topics[topic_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._topics)

    def __len__(self) -> int:
        return len(self._topics)


_TABLE_NOTE = "The two models side by side on one card: as few words as the English has."


def _note(topic: Topic, sentence: Text) -> str:
    if sentence is topic.subject:
        return "The title of an answer, which is a button as well: short."
    if sentence in topic.paragraphs:
        return f"A paragraph of the answer “{topic.subject.english}”."
    if sentence in topic.changes:
        return f"Under the answer “{topic.subject.english}”, below “What has changed”."
    kind = "An item of the list" if sentence in topic.points else "A numbered step"
    return f"{kind} in the answer “{topic.subject.english}”."


def _topic(entry: _Topic, writer: _Writer, pages: Pages) -> Topic:
    listed = list(chain(("subject",), entry.paragraphs, entry.points, entry.steps, entry.changes))
    _refuse_doubles(f"sentence of {entry.id}", listed)
    cited = [_cite(pages, entry.id, link) for link in entry.sources]
    return Topic(
        id=entry.id,
        subject=writer.sentence(f"topic.{entry.id}.subject", entry.subject),
        paragraphs=writer.sentences(entry.id, entry.paragraphs),
        points=writer.sentences(entry.id, entry.points),
        steps=writer.sentences(entry.id, entry.steps),
        changes=writer.sentences(entry.id, entry.changes),
        follow_ups=entry.follow_ups,
        sources={locale: tuple(source[locale] for source in cited) for locale in Locale},
    )


def _contrasts(entry: _Comparison, writer: _Writer, pages: Pages) -> Contrasts:
    return Contrasts(
        title=writer.sentence("comparison.title", entry.title),
        indirect=writer.sentence("comparison.indirect", entry.indirect),
        direct=writer.sentence("comparison.direct", entry.direct),
        rows=tuple(
            Contrast(
                id=row.id,
                aspect=writer.sentence(f"comparison.{row.id}.aspect", row.aspect),
                indirect=writer.sentence(f"comparison.{row.id}.indirect", row.indirect),
                direct=writer.sentence(f"comparison.{row.id}.direct", row.direct),
                sources=_cite(pages, f"comparison.{row.id}", row.source),
            )
            for row in entry.rows
        ),
    )


def _cite(pages: Pages, cited_by: str, link: str) -> Mapping[Locale, Source]:
    try:
        return pages.cite(link)
    except KeyError as unknown:
        raise UnsoundTopics(f"{cited_by} cites {link}, which sources.yml does not have") from unknown


def _refuse_doubles(what: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise UnsoundTopics(f"the {what} {name} stands twice")
        seen.add(name)


def _refuse_dangling(topics: Topics) -> None:
    for topic in topics.values():
        for follow_up in topic.follow_ups:
            if follow_up not in topics or follow_up == topic.id:
                raise UnsoundTopics(f"{topic.id} is followed by {follow_up}, which is no other topic")
