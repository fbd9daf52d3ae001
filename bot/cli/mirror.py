"""`python -m bot mirror`: whether the answers still say what the localized documentation says."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson

from bot.cli.mirror_page import STATES, html
from bot.cli.terminal import locale_option
from bot.knowledge.documentation.shelves import folders
from bot.knowledge.mirror import reviews
from bot.knowledge.mirror.answers import Answers
from bot.knowledge.mirror.audit import Audit, Audited
from bot.knowledge.mirror.reviews import UnreadableReviews
from bot.knowledge.mirror.sections import Checkout
from bot.settings import ConfigurationError


class Refused(Exception):
    """What was asked for cannot be done. One line."""


def run(arguments: Sequence[str]) -> int:
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if chosen.command is _accept and bool(chosen.topic) == chosen.all:
        parser.error("give either topics or --all")
    if chosen.docs is None:
        parser.error("give --docs DIR, or set DOCS_DIR")
    try:
        code: int = chosen.command(chosen)
    except (ConfigurationError, UnreadableReviews, Refused) as problem:
        print(problem, file=sys.stderr)
        return 2
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}", file=sys.stderr)
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--docs", type=Path, default=os.environ.get("DOCS_DIR") or None, metavar="DIR",
        help="holds a folder for each language, as DOCS_DIR does; that folder if left out",
    )  # fmt: skip
    shared.add_argument("--locale", type=locale_option, help="only this language")
    shared.add_argument(
        "--reviews", type=Path, default=reviews.FILE, metavar="FILE",
        help="where the reviews are kept; %(default)s if left out",
    )  # fmt: skip
    parser = argparse.ArgumentParser(prog="python -m bot mirror", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    audit = commands.add_parser(
        "audit", parents=[shared],
        help="what moved on, is missing, or says other than our answers; exit code 1 if anything is open",
    )  # fmt: skip
    audit.add_argument("--topic", action="append", help="only this one; may be given several times")
    audit.add_argument("--format", choices=_FORMATS, default="text")
    audit.add_argument("--out", type=Path, metavar="FILE", help="a file instead of standard output")
    audit.set_defaults(command=_audit)
    accept = commands.add_parser(
        "accept", parents=[shared],
        help="record the sections behind these topics as read, and the answers as right beside them",
    )  # fmt: skip
    accept.add_argument("topic", nargs="*", metavar="TOPIC", help="an id of topics.yml")
    accept.add_argument("--all", action="store_true", help="all topics")
    accept.set_defaults(command=_accept)
    return parser


def _opened(chosen: argparse.Namespace) -> tuple[Audit, list[Audited], reviews.Reviews]:
    answers = Answers()
    wanted = list(chosen.topic or answers.links)
    if unknown := [topic for topic in wanted if topic not in answers.links]:
        raise Refused(f"No topic is called {', '.join(unknown)}: topics.yml has them all.")
    names = {locale: glossary.keep for locale, glossary in answers.glossaries.items()}
    checkout = Checkout(folders(chosen.docs, "--docs"), names)
    if chosen.locale and chosen.locale not in checkout.locales:
        raise Refused(f"{chosen.docs} has no folder {chosen.locale.docs}.")
    kept = reviews.load(chosen.reviews)
    audit = Audit(answers, checkout, kept)
    audited = [each for each in audit.topics(wanted) if chosen.locale in (None, each.locale)]
    return audit, audited, kept


def _audit(chosen: argparse.Namespace) -> int:
    _, audited, _ = _opened(chosen)
    report = _FORMATS[chosen.format](audited)
    if chosen.out is None:
        print(report)
    else:
        chosen.out.write_text(report + "\n", "utf-8")
        print(_summary(audited), file=sys.stderr)
    return 1 if any(each.open for each in audited) else 0


def _accept(chosen: argparse.Namespace) -> int:
    audit, audited, kept = _opened(chosen)
    audit.accept(audited, datetime.now(UTC).date())
    reviews.save(chosen.reviews, kept)
    topics = len({each.topic for each in audited})
    print(f"Recorded: {topics} topics, {len(audited)} sections, in {chosen.reviews}.")
    for line in _still_wrong(audited):
        print(line, file=sys.stderr)
    return 0


def _still_wrong(audited: Sequence[Audited]) -> Iterator[str]:
    """What no review settles."""
    wrong = {
        f"{each.link} {each.locale}: {finding.says}"
        for each in audited
        for finding in each.open
        if finding.to_mend
    }
    if wrong:
        yield "Still to be mended in sources.yml:"
        yield from (f"  {line}" for line in sorted(wrong))


def _text(audited: Sequence[Audited]) -> str:
    lines = []
    for topic, sections in groupby(audited, key=lambda each: each.topic):
        wrong = [each for each in sections if each.open]
        if wrong:
            lines += ["", topic]
        for each in wrong:
            lines.append(f"  {each.locale.value} {each.link} ({_about(each)})")
            for kind, same in groupby(each.open, key=lambda finding: finding.kind):
                lines.append(f"    {STATES[kind].words}: {'; '.join(finding.says for finding in same)}")
    return "\n".join([*lines, "", _summary(audited)]).lstrip("\n")


def _about(each: Audited) -> str:
    if each.found is None:
        return "not there"
    return f"{each.found.date or 'no date'}, {each.found.translation or 'original'}"


def _summary(audited: Sequence[Audited]) -> str:
    kinds = Counter(STATES[finding.kind].words for each in audited for finding in each.open)
    counted = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    topics = len({each.topic for each in audited})
    return f"{topics} topics, {len(audited)} sections, open: {kinds.total()}{f' ({counted})' * bool(kinds)}"


def _json(audited: Sequence[Audited]) -> str:
    return orjson.dumps([_entry(each) for each in audited], option=orjson.OPT_INDENT_2).decode()


def _entry(each: Audited) -> dict[str, Any]:
    found, review = each.found, each.review
    return {
        "topic": each.topic,
        "locale": each.locale.docs,
        "section": each.link,
        "anchor": each.cited.anchor,
        "state": each.state or "in order",
        "found": found and {
            "heading": found.heading,
            "date": found.date,
            "translation": found.translation or "original",
            "version": found.version,
            "digest": found.digest,
            "facts": [{"kind": fact.kind, "value": fact.value} for fact in sorted(found.facts)],
        },
        "reviewed": review and {
            "on": review.reviewed,
            "date": review.date,
            "translation": review.translation or "original",
            "version": review.version,
            "digest": review.digest,
        },
        "findings": [
            {"kind": finding.kind, "says": finding.says, "open": finding.open} for finding in each.findings
        ],
    }  # fmt: skip


_FORMATS: dict[str, Callable[[Sequence[Audited]], str]] = {
    "text": _text,
    "json": _json,
    "html": html,
}
