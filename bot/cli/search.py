"""`python -m bot search`: the sections of the documentation that may help with a question."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from bot.cli.sections import listed, readable, shelves
from bot.cli.terminal import Ranked, rank_lines
from bot.knowledge.documentation.asking import Wording
from bot.knowledge.documentation.index import Writer
from bot.knowledge.documentation.library import Library
from bot.knowledge.documentation.pages import Section
from bot.knowledge.documentation.sentences import sentences
from bot.knowledge.lexicon import Lexicon
from bot.localization.detection import language_of
from bot.localization.locale import LOCALES, Locale, negotiate
from bot.settings import ConfigurationError


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot search", description=__doc__)
    parser.add_argument("--locale", help="the language to search; that of the question if left out")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--batch",
        action="store_true",
        help='read {"query", "locale"} lines from standard input, write {"ids", "scores", "abstain"} lines',
    )
    parser.add_argument(
        "--corpus",
        type=Path,
        metavar="FILE.jsonl",
        help='with --batch: search {"id", "locale", "title", "heading", "text"} lines instead of DOCS_DIR',
    )
    parser.add_argument("question", nargs="*", metavar="QUERY")
    chosen = parser.parse_args(arguments)
    locale = negotiate(chosen.locale)
    if chosen.locale and locale is None:
        parser.error(f"we do not speak {chosen.locale!r}")
    if chosen.batch == bool(chosen.question) or (chosen.corpus and not chosen.batch):
        parser.error("give either a question, or --batch and perhaps --corpus")
    try:
        library = _of_corpus(chosen.corpus) if chosen.corpus else _of_documentation()
    except (ConfigurationError, UnusableCorpus) as problem:
        print(problem, file=sys.stderr)
        return 2
    if chosen.batch:
        rank_lines(
            sys.stdin,
            sys.stdout,
            lambda query, named: _rank(library, query, named or locale or language_of(query) or Locale.EN),
        )
        return 0
    question = " ".join(chosen.question)
    found = listed(library.offer(question, locale or language_of(question) or Locale.EN))
    print(orjson.dumps({"sections": found}).decode() if chosen.json else readable(found) or "no section")
    return 0


class UnusableCorpus(ValueError):
    """A corpus that is not what was asked for. Says where."""


def _of_documentation() -> Library:
    found = shelves(os.environ)
    if found is None:
        raise ConfigurationError.missing("DOCS_DIR", "set it to the folder that holds the documentation")
    return found.library


def _of_corpus(file: Path) -> Library:
    writers: dict[Locale, Writer] = {}
    lexicon = Lexicon.load(LOCALES)
    try:
        for section, locale in _sections(file):
            if locale not in writers:
                writers[locale] = Writer(lexicon)
            writers[locale].add([section])
    except OSError as problem:
        raise UnusableCorpus(f"{file}: {problem.strerror}") from problem
    indexes = {locale: writer.finish() for locale, writer in writers.items()}
    return Library(indexes, Wording.load(LOCALES), {})


def _sections(file: Path) -> Iterator[tuple[Section, Locale]]:
    """One for each id; neighbouring lines with one id belong together."""
    lines = file.read_text("utf-8-sig").splitlines()
    try:
        rows = [orjson.loads(line) for line in lines if line.strip()]
        for name, same in groupby(sorted(rows, key=_id), key=_id):
            together = list(same)
            page, _, anchor = name.partition("#")
            text = [row.get("text") or "" for row in together]
            section = Section(
                page=page,
                anchor=anchor,
                title=together[0].get("title") or "",
                heading=together[0].get("heading") or "",
                sentences=tuple(each for one in text for line in one.split("\n") for each in sentences(line)),
                date=None,
                translation=None,
            )
            yield section, negotiate(together[0].get("locale")) or Locale.EN
    except (orjson.JSONDecodeError, KeyError, AttributeError, TypeError) as problem:
        raise UnusableCorpus(f'{file}: every line must be a JSON object with "id" and "text"') from problem


def _id(row: dict[str, Any]) -> str:
    return str(row["id"])


def _rank(library: Library, question: str, locale: Locale) -> Ranked:
    hits, good = library.ranked(question, locale)
    return Ranked([hit.section.id for hit in hits], [hit.score for hit in hits], abstains=not good)
