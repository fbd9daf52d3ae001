"""The audit of the mirror as one HTML page: topics by languages, and below what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.knowledge.mirror.audit import Audited
from bot.knowledge.mirror.findings import Kind
from bot.localization.locale import Locale

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class State:
    """How a cell looks: by its sign and its words, and only then by its colour."""

    name: str
    sign: str
    words: str
    means: str


IN_ORDER = State("in-order", "✓", "in order", "reviewed, and nothing has changed since")
STATES = {
    kind: State(kind.value, sign, words, means)
    for kind, sign, words, means in (
        (
            Kind.RENAMED,
            "#",
            "renamed",
            "the answer's link leads to no section; the likeliest new name is told",
        ),
        (Kind.MISSING, "∅", "missing", "the language has no such page or section"),
        (Kind.AHEAD, "↗", "moved on alone", "changed since the review, while another language did not"),
        (Kind.MOVED, "→", "moved on", "changed since the review"),
        (Kind.CITED, "✎", "source misquoted", "sources.yml gives another day, translation or copy"),
        (Kind.BEHIND, "↙", "left behind", "another language's copy is newer"),
        (Kind.UNREVIEWED, "?", "never reviewed", "nobody has recorded a review"),
        (
            Kind.NOT_CARRIED,
            "+",
            "not in our answers",
            "the section has figures that the answers resting on it do not",
        ),
        (Kind.DIFFERS, "≠", "languages differ", "a figure stands in some languages and not in others"),
        (Kind.TERM, "!", "wrong term", "the section uses a term that our glossary forbids"),
    )
}


@dataclass(frozen=True, slots=True)
class Cell:
    locale: Locale
    state: State
    open: int
    sections: tuple[Audited, ...]


@dataclass(frozen=True, slots=True)
class Row:
    topic: str
    cells: tuple[Cell, ...]

    @property
    def open(self) -> int:
        return sum(cell.open for cell in self.cells)


def html(audited: Sequence[Audited]) -> str:
    locales = sorted({each.locale for each in audited}, key=list(Locale).index)
    rows = [_row(topic, list(each), locales) for topic, each in groupby(audited, lambda each: each.topic)]
    counted = Counter(cell.state.name for row in rows for cell in row.cells)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("mirror.html").render(
        rows=rows,
        locales=locales,
        states=[IN_ORDER, *STATES.values()],
        counted=counted,
        look={kind.value: state for kind, state in STATES.items()},
        open=sum(row.open for row in rows),
    )


def _row(topic: str, audited: list[Audited], locales: Sequence[Locale]) -> Row:
    return Row(topic, tuple(_cell(locale, [e for e in audited if e.locale is locale]) for locale in locales))


def _cell(locale: Locale, sections: Sequence[Audited]) -> Cell:
    states = [each.state for each in sections if each.state]
    gravest = min(states, key=list(Kind).index, default=None)
    return Cell(
        locale,
        STATES[gravest] if gravest else IN_ORDER,
        sum(len(each.open) for each in sections),
        tuple(sections),
    )
