"""A catalog as CSV, for whoever works in a spreadsheet: one row for each form of each sentence."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from bot.localization.po import Malformed, Message

COLUMNS = (
    *("key", "form", "english", "english_plural", "translation"),
    *("stale", "previous_english", "previous_plural", "comment", "places"),
)
#: A spreadsheet takes what begins like this for a formula; an apostrophe says that it is text.
_FORMULA = tuple("=+-@\t'")


def write(path: Path, messages: Iterable[Message]) -> None:
    # With the mark by which Excel knows UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for message in messages:
            writer.writerows(map(_safe, row) for row in _rows(message))


def _rows(message: Message) -> Iterator[tuple[str, ...]]:
    previous = (*message.previous, "", "")[:2]
    rest = ("yes" if message.fuzzy else "", *previous, message.comment, " ".join(message.places))
    for at, form in enumerate(message.forms):
        yield message.key, str(at), message.english, message.plural or "", form, *rest


def _safe(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA) else words


def read(path: Path) -> list[Message]:
    """The rows as messages, without comments and places. Raises Malformed."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (csv.Error, UnicodeDecodeError) as problem:
        raise Malformed(f"{path}: not CSV in UTF-8: {problem}") from None
    wanted = {"key", "english", "translation"}
    for number, row in enumerate(rows, 2):
        if not wanted <= row.keys() or None in row or any(row[name] is None for name in wanted):
            raise Malformed(f"{path}: row {number} must have the columns {', '.join(sorted(wanted))}")
    return [_message(list(same)) for _, same in groupby(rows, lambda row: row["key"])]


def _message(rows: list[dict[str, str]]) -> Message:
    first = {name: _plain(words or "") for name, words in rows[0].items()}
    is_stale = first.get("stale", "") != ""
    previous = (first.get("previous_english", ""), first.get("previous_plural", "")) if is_stale else ()
    return Message(
        key=first["key"],
        english=first["english"],
        plural=first.get("english_plural") or None,
        forms=tuple(_plain(row["translation"]) for row in rows),
        fuzzy=is_stale,
        previous=tuple(filter(None, previous)),
    )


def _plain(words: str) -> str:
    return words[1:] if words.startswith("'") and words[1:].startswith(_FORMULA) else words
