"""`python -m bot evaluate`: how well questions find their topics, by language."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from operator import ge, le
from pathlib import Path
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.knowledge.measures import Asked, Figures, calibration, confusions, figures
from bot.knowledge.phrasings import NEAR, phrasings
from bot.knowledge.retrieval import Finder
from bot.knowledge.topics import Topics
from bot.localization.locale import LOCALES, Locale, negotiate

#: How many pairs of confused topics are printed.
PAIRS = 15
_COUNTS = ("ours", "not_ours")
_FIGURES = tuple(each.name for each in fields(Figures) if each.name not in _COUNTS)
_HEADS = {
    "top1": "top-1", "top3": "top-3", "auroc": "AUROC", "false_accepts": "false accepts",
    "near_accepts": "near accepts", "accepted_right": "right at once", "accepted_wrong": "wrong at once",
    "helped": "helped",
}  # fmt: skip
_REQUIREMENT = re.compile(rf"({'|'.join(_FIGURES)})(>=|<=)(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    locale: Locale
    #: The topics that answer it; none where it is not ours.
    right: frozenset[str]
    is_near: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a figure must be in every language."""

    figure: str
    sign: str
    number: float

    @classmethod
    def parsed(cls, written: str) -> Requirement:
        match = _REQUIREMENT.fullmatch(written.replace(" ", ""))
        if match is None:
            raise argparse.ArgumentTypeError(
                f"{written!r} is not like top1>=92; figures: {', '.join(_FIGURES)}"
            )
        return cls(match[1], match[2], float(match[3]))

    def missed(self, measured: dict[str, Figures]) -> Iterator[str]:
        holds = ge if self.sign == ">=" else le
        for name, found in measured.items():
            value = getattr(found, self.figure)
            if not holds(value, self.number):
                yield f"{name}: {self.figure} is {value:.1f}, not {self.sign} {self.number:g}"


class _Line(BaseModel):
    """A line of a file of questions."""

    model_config = ConfigDict(frozen=True)

    text: str
    locale: str
    topic: str | None
    also: tuple[str, ...] = ()


class Unreadable(ValueError):
    """A line of the file is no question. Says which."""


def kept_aside() -> list[Question]:
    """The phrasings that the finder never learned from."""
    return [
        Question(each.text, each.locale, each.right, each.hand == NEAR)
        for each in phrasings(LOCALES)
        if each.kept_aside
    ]


def read(path: Path) -> list[Question]:
    found = []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = _Line.model_validate_json(line)
        except ValidationError as wrong:
            fault = wrong.errors()[0]
            where = ".".join(map(str, fault["loc"]))
            raise Unreadable(f"{path}, line {number}: {where} {fault['msg']}".lower()) from wrong
        locale = negotiate(entry.locale)
        if locale is None:
            raise Unreadable(f"{path}, line {number}: we do not speak {entry.locale!r}")
        right = frozenset(filter(None, (entry.topic, *entry.also)))
        found.append(Question(entry.text, locale, right))
    return found


def measured(questions: Sequence[Question], finder: Finder) -> dict[Locale, list[Asked]]:
    asked: dict[Locale, list[Asked]] = {locale: [] for locale in Locale}
    for each in questions:
        found = finder.find(each.text, each.locale)
        asked[each.locale].append(Asked(each.text, each.right, found, each.is_near))
    return {locale: every for locale, every in asked.items() if every}


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot evaluate", description=__doc__)
    parser.add_argument(
        "file", type=Path, nargs="?",
        help='lines of {"text", "locale", "topic", "also"}; the phrasings kept aside if left out',
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--require", type=Requirement.parsed, action="append", default=[], metavar="FIGURE>=NUMBER",
        help="fail with exit code 1 where a language misses it; may be given several times",
    )  # fmt: skip
    chosen = parser.parse_args(arguments)
    try:
        questions = read(chosen.file) if chosen.file else kept_aside()
    except (OSError, Unreadable) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    asked = measured(questions, Finder.load(Topics.load(), LOCALES))
    by_language = {locale.value: figures(found) for locale, found in asked.items()}
    every = [each for found in asked.values() for each in found]
    missed = [line for each in chosen.require for line in each.missed(by_language)]
    print(_as_json(by_language, every, missed) if chosen.json else _readable(by_language, every))
    for line in missed:
        print(line, file=sys.stderr)
    return 1 if missed else 0


def _as_json(by_language: dict[str, Figures], every: Sequence[Asked], missed: Sequence[str]) -> str:
    report: dict[str, Any] = {
        "languages": {name: asdict(found) for name, found in by_language.items()},
        "all": asdict(figures(every)),
        "confusions": [
            {"expected": expected, "found": found, "count": count}
            for expected, found, count in confusions(every)
        ],
        "calibration": [asdict(band) for band in calibration(every)],
        "missed": list(missed),
    }
    return orjson.dumps(report).decode()


def _readable(by_language: dict[str, Figures], every: Sequence[Asked]) -> str:
    rows = [["", "ours", "not ours", *_HEADS.values()]]
    for name, found in {**by_language, "all": figures(every)}.items():
        shares = [f"{getattr(found, figure):.1f}" for figure in _HEADS]
        rows.append([name, str(found.ours), str(found.not_ours), *shares])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    lines += ["", "expected, but found:"]
    lines += [f"{count:4}  {one}, {other}" for one, other, count in confusions(every)[:PAIRS]]
    lines += ["", "certainty, questions, of these right:"]
    for band in calibration(every):
        share = f"{100 * band.right / band.count:.0f} %" if band.count else "-"
        lines.append(f"{band.low:.2f} to {band.high:.2f}  {band.count:5}  {share:>5}")
    return "\n".join(lines)
