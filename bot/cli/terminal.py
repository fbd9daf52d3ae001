"""What several commands have in common: languages as options, files to write, questions line by line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TextIO

import orjson

from bot.localization.locale import Locale, negotiate


class Ranked(NamedTuple):
    """What was found for a question, best first; `abstains` where none of it is given as certain."""

    ids: Sequence[str]
    scores: Sequence[float]
    abstains: bool


def locale_option(name: str) -> Locale:
    """The type of `--locale`."""
    locale = negotiate(name)
    if locale is None:
        raise argparse.ArgumentTypeError(f"we do not speak {name!r}")
    return locale


def hand_over(content: bytes, out: Path | None) -> None:
    """Writes to the file, or to standard output where there is none."""
    if out is None:
        sys.stdout.buffer.write(content)
    else:
        out.write_bytes(content)


def rank_lines(lines: Iterable[str], output: TextIO, rank: Callable[[str, Locale | None], Ranked]) -> None:
    """One answer a line, each written before the next line is read.

    A line is {"query", "locale"?}; the answer {"ids", "scores", "abstain"}.
    """
    for line in lines:
        if not line.strip():
            continue
        asked = orjson.loads(line)
        found = rank(asked["query"], negotiate(asked.get("locale")))
        answer = {
            "ids": found.ids,
            "scores": [round(score, 6) for score in found.scores],
            "abstain": found.abstains,
        }
        output.write(orjson.dumps(answer).decode() + "\n")
        output.flush()
