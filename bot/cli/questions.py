"""`python -m bot questions`: what was asked and not answered, or what people think of the answers."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from bot.cli.opening import opened_store
from bot.cli.terminal import hand_over, locale_option
from bot.domain.export import sheet
from bot.localization.locale import Locale
from bot.settings import ConfigurationError, Settings
from bot.store.lessons import Rating, Unanswered

Record = dict[str, Any]

#: The columns of the two tables, in the order in which they are written.
QUEUE = ("locale", "question", "count", "verdict", "near", "taken", "first", "last")
VOTES = ("locale", "answer", "version", "up", "down", "comments")


def run(arguments: Sequence[str]) -> int:
    chosen = _parser().parse_args(arguments)
    try:
        records = asyncio.run(_records(Settings.read(os.environ), chosen))
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    content = _written(records, chosen.format, VOTES if chosen.votes else QUEUE, chosen.bom)
    hand_over(content, chosen.out)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot questions", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--unanswered", action="store_true", help="questions without a certain answer, most often asked first"
    )
    what.add_argument(
        "--votes", action="store_true", help="votes and comments by answer and version of its words"
    )
    parser.add_argument("--locale", type=locale_option, help="only those in this language")
    parser.add_argument(
        "--since", type=_day, default=date.min, metavar="DATE", help="only since this day, such as 2026-11-30"
    )
    parser.add_argument("--format", choices=["text", "json", "csv"], default="text")
    parser.add_argument("--out", type=Path, help="a file instead of standard output")
    parser.add_argument("--bom", action="store_true", help="begin the CSV with a byte order mark, for Excel")
    return parser


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is no date such as 2026-11-30") from None


async def _records(settings: Settings, chosen: argparse.Namespace) -> list[Record]:
    """One record each, language by language."""
    async with opened_store(settings) as store:
        if chosen.votes:
            records = [_rating(one) for one in await store.ratings(chosen.since, chosen.locale)]
        else:
            records = [_question(one) for one in await store.questions(chosen.since, chosen.locale)]
    languages = [locale.value for locale in Locale]
    return sorted(records, key=lambda record: languages.index(record["locale"]))


def _question(one: Unanswered) -> Record:
    return {
        "locale": one.locale.value,
        "question": one.text,
        "count": one.count,
        "verdict": one.verdict,
        "near": list(one.near),
        "taken": one.taken,
        "first": one.first.isoformat(),
        "last": one.last.isoformat(),
    }


def _rating(one: Rating) -> Record:
    return {
        "locale": one.shown.locale.value,
        "answer": one.shown.topic,
        "version": one.shown.version,
        "up": one.up,
        "down": one.down,
        "comments": list(one.comments),
    }


def _written(records: list[Record], form: str, columns: Sequence[str], bom: bool) -> bytes:
    if form == "csv":
        rows = [[_flat(record[column]) for column in columns] for record in records]
        return sheet(columns, rows, bom).encode()
    grouped = {locale: list(group) for locale, group in groupby(records, key=lambda record: record["locale"])}
    if form == "json":
        return orjson.dumps(grouped, option=orjson.OPT_INDENT_2) + b"\n"
    spoken = "\n\n".join(_spoken(locale, group) for locale, group in grouped.items())
    return f"{spoken or 'Nothing so far.'}\n".encode()


def _flat(value: Any) -> Any:
    """A cell of a table; what there are several of stands line by line."""
    match value:
        case list():
            return "\n".join(value)
        case dict():
            return "\n".join(f"{name}: {times}" for name, times in value.items())
        case _:
            return value


def _spoken(locale: str, records: list[Record]) -> str:
    if "question" in records[0]:
        heading = f"{locale}: {len(records)} questions, asked {sum(one['count'] for one in records)} times"
        return "\n".join([heading, *map(_spoken_question, records)])
    ups, downs = (sum(one[opinion] for one in records) for opinion in ("up", "down"))
    heading = f"{locale}: {len(records)} answers, {ups} up, {downs} down"
    return "\n".join([heading, *map(_spoken_rating, records)])


def _spoken_question(one: Record) -> str:
    near = f"; close: {', '.join(one['near'])}" if one["near"] else ""
    chosen = ", ".join(f"{name} {times}" for name, times in one["taken"].items())
    taken = f"; taken: {chosen}" if chosen else ""
    return f"{one['count']:6}  {one['question']}  ({one['verdict']}, last {one['last']}{near}{taken})"


def _spoken_rating(one: Record) -> str:
    lines = [f"{one['up']:4} up {one['down']:4} down  {one['answer']}  (version {one['version']})"]
    return "\n".join([*lines, *(f"        - {comment}" for comment in one["comments"])])
