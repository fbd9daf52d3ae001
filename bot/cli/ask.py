"""`python -m bot ask`: which topic answers a question, how sure that is, and what came close."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from bot.cli.sections import listed, readable, shelves
from bot.cli.terminal import Ranked, locale_option, rank_lines
from bot.knowledge.documentation.passages import Offer, nothing
from bot.knowledge.retrieval import Finder
from bot.knowledge.topics import Topic, Topics
from bot.localization.catalogs import Catalogs
from bot.localization.detection import language_of
from bot.localization.locale import LOCALES, Locale
from bot.settings import ConfigurationError

#: How many other topics are named beside the first.
ALTERNATIVES = 2


class Answers:
    """Finds and speaks answers; knows neither a conversation nor a person."""

    def __init__(self, offer: Offer = nothing) -> None:
        self._offer = offer
        self._topics = Topics.load()
        self._finder = Finder.load(self._topics, LOCALES)
        self._catalogs = Catalogs.load(LOCALES)

    def ask(self, question: str, locale: Locale) -> dict[str, Any]:
        found = self._finder.find(question, locale)
        offered = [] if found.verdict == "nothing" else list(found.ranked[: 1 + ALTERNATIVES])
        confident = found.verdict == "sure"
        topic = self._topics[offered[0].topic_id] if offered else None
        return {
            "topic": topic.id if topic else None,
            "score": round(found.ranked[0].score, 4) if found.ranked else 0.0,
            "confident": confident,
            "alternatives": [
                {
                    "topic": each.topic_id,
                    "score": round(each.score, 4),
                    "subject": self._catalogs.say(self._topics[each.topic_id].subject, locale),
                }
                for each in offered[1:]
            ],
            "answer": self.spoken(topic, locale) if topic and confident else None,
            "sources": list(self.sources(topic, locale)) if topic and confident else [],
            "sections": [] if confident else listed(self._offer(question, locale)),
        }

    def rank(self, question: str, locale: Locale) -> Ranked:
        found = self._finder.find(question, locale)
        ids, scores = ([each.topic_id for each in found.ranked], [each.score for each in found.ranked])
        return Ranked(ids, scores, abstains=found.verdict != "sure")

    def spoken(self, topic: Topic, locale: Locale) -> str:
        """The whole answer as plain text."""
        say = self._catalogs.say
        lines = [say(topic.subject, locale), *(say(each, locale) for each in topic.paragraphs)]
        lines += [f"• {say(each, locale)}" for each in topic.points]
        lines += [f"{number}. {say(each, locale)}" for number, each in enumerate(topic.steps, 1)]
        lines += [say(each, locale) for each in topic.changes]
        return "\n".join(lines)

    def sources(self, topic: Topic, locale: Locale) -> Iterator[dict[str, Any]]:
        for source in topic.sources[locale]:
            yield {
                "title": source.title,
                "url": source.url,
                "section": source.section,
                "date": source.date.isoformat(),
                "translation": source.translation,
                "outdated": source.outdated,
            }


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot ask", description=__doc__)
    parser.add_argument(
        "--locale", type=locale_option, help="the language of the answer; that of the question if left out"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--batch",
        action="store_true",
        help='read {"query", "locale"} lines from standard input, write {"ids", "scores", "abstain"} lines',
    )
    parser.add_argument("question", nargs="*")
    chosen = parser.parse_args(arguments)
    if chosen.batch == bool(chosen.question):
        parser.error("give either a question or --batch")
    if chosen.batch:
        rank, otherwise = Answers().rank, chosen.locale or Locale.EN
        rank_lines(sys.stdin, sys.stdout, lambda query, named: rank(query, named or otherwise))
        return 0
    try:
        documentation = shelves(os.environ)
    except ConfigurationError as problem:
        print(problem, file=sys.stderr)
        return 2
    question = " ".join(chosen.question)
    answers = Answers(documentation.offer if documentation else nothing)
    answer = answers.ask(question, chosen.locale or language_of(question) or Locale.EN)
    print(orjson.dumps(answer).decode() if chosen.json else _readable(answer))
    return 0


def _readable(answer: dict[str, Any]) -> str:
    lines = [f"{answer['topic'] or 'no topic'} ({answer['score']})"]
    lines += [f"or {each['topic']} ({each['score']})" for each in answer["alternatives"]]
    if answer["answer"]:
        lines += ["", answer["answer"], ""]
    lines += [
        f"{each['title']}, {each['section']}, {each['date']}: {each['url']}" for each in answer["sources"]
    ]
    if answer["sections"]:
        lines += ["", "The documentation has something close:", "", readable(answer["sections"])]
    return "\n".join(lines)
