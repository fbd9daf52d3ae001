"""Finds the topic that answers a question, its rivals, and how sure that is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations
from pathlib import Path
from typing import Literal

from bot.knowledge import tokens
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.phrasings import phrasings
from bot.knowledge.topics import Topics
from bot.localization.locale import Locale

Verdict = Literal["sure", "unsure", "nothing"]
#: How many topics are named at most.
NAMED = 10
K1, B = 1.2, 0.75
#: What a subject that is not ours takes off the logarithm of the score.
FOREIGN = 1.0
#: From here on the first topic is the answer, if it leads the second by so much of its own score.
SURE, LEAD = 3.35, 0.08
#: From here on three topics are offered; less will do where the question names something of ours, and it
#: takes as much as for an answer where it names something else.
UNSURE, UNSURE_IF_FAMILIAR = 2.9, 1.5


@dataclass(frozen=True, slots=True)
class Ranked:
    topic_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """Topics, best first; whether the first answers the question, some may, or none does."""

    ranked: tuple[Ranked, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Views:
    """A question in comparable pieces."""

    words: list[str]
    grams: list[str]
    #: It names something of ours.
    familiar: bool
    #: It names something that is not ours.
    foreign: bool

    @property
    def each(self) -> tuple[list[str], list[str]]:
        return self.words, self.grams


class Bm25:
    """Scores each document by the query's tokens it has, rare ones above all (BM25)."""

    def __init__(self, documents: Mapping[str, Iterable[str]]) -> None:
        counts = {name: Counter(document) for name, document in documents.items()}
        lengths = {name: count.total() for name, count in counts.items()}
        average = sum(lengths.values()) / max(1, len(lengths))
        self._postings: dict[str, list[tuple[str, float]]] = {}
        for name, count in counts.items():
            norm = K1 * (1 - B + B * lengths[name] / average)
            for token, often in count.items():
                self._postings.setdefault(token, []).append((name, often * (K1 + 1) / (often + norm)))
        self._rarity = {
            token: math.log(1 + (len(counts) - len(found) + 0.5) / (len(found) + 0.5))
            for token, found in self._postings.items()
        }

    def scores(self, query: Iterable[str]) -> dict[str, float]:
        scores: dict[str, float] = {}
        for token in query:
            rarity = self._rarity.get(token, 0.0)
            for name, weight in self._postings.get(token, ()):
                scores[name] = scores.get(name, 0.0) + rarity * weight
        return scores


class Finder:
    """Compares a question with how people ask for each topic, in all languages at once."""

    def __init__(self, topics: Topics, questions: Mapping[str, Iterable[str]], lexicon: Lexicon) -> None:
        self._topics = topics
        self._questions = questions
        self._lexicon = lexicon

    @classmethod
    def load(cls, topics: Topics, folder: Path) -> Finder:
        """`folder` holds the languages, each with its phrasings and concepts.yml."""
        questions: dict[str, list[str]] = {}
        for phrasing in phrasings(folder):
            if phrasing.topic_id is not None and not phrasing.kept_aside:
                questions.setdefault(phrasing.topic_id, []).append(phrasing.text)
        return cls(topics, questions, Lexicon.load(folder))

    def find(self, question: str, locale: Locale) -> Found:
        """The locale is where the conversation stands; the question may be in any language."""
        asked = self._views(question)
        by_words, by_grams = (
            index.scores(view) for index, view in zip(self._indexes, asked.each, strict=True)
        )
        order = _added(by_words, by_grams)
        names = sorted(order, key=order.__getitem__, reverse=True)[:NAMED]
        if not names:
            return Found((), "nothing")
        # Dividing by the question's length would hide how little a short one has said.
        sureness = math.log1p(max(by_grams.values(), default=0.0)) - (FOREIGN if asked.foreign else 0.0)
        best = order[names[0]]
        ranked = tuple(Ranked(name, sureness * order[name] / best) for name in names)
        return Found(ranked, _verdict(sureness, ranked, asked))

    def warm(self) -> None:
        """Builds what is otherwise built at the first question (half a second); any thread may."""
        _ = self._indexes

    @cached_property
    def _indexes(self) -> tuple[Bm25, Bm25]:
        """Built at the first question, so that the start need not wait."""
        asked = {
            name: [
                self._views(question)
                for question in chain((topic.subject.english,), self._questions.get(name, ()))
            ]
            for name, topic in self._topics.items()
        }
        return (
            Bm25({name: chain(*(each.words for each in views)) for name, views in asked.items()}),
            Bm25({name: chain(*(each.grams for each in views)) for name, views in asked.items()}),
        )

    def _views(self, question: str) -> _Views:
        text = tokens.prepared(question)
        units = tokens.units(question)
        concepts = self._lexicon.concepts(units)
        meant = [f"={concept}" for concept in concepts]
        meant += [f"={one}+{other}" for one, other in combinations(sorted(concepts), 2)]
        telling = self._lexicon.telling(text)
        return _Views(
            words=_once(tokens.words(telling), meant),
            grams=_once(tokens.grams(telling), meant),
            familiar=bool(concepts),
            foreign=self._lexicon.is_foreign(units),
        )


def _once(*pieces: Iterable[str]) -> list[str]:
    """A word repeated says no more about the subject."""
    return list(dict.fromkeys(chain(*pieces)))


def _added(*views: Mapping[str, float]) -> dict[str, float]:
    """The views' scores, each view divided by its best, so that none outweighs the other."""
    total: dict[str, float] = {}
    for scores in views:
        best = max(scores.values(), default=1.0)
        for name, score in scores.items():
            total[name] = total.get(name, 0.0) + score / best
    return total


def _verdict(sureness: float, ranked: tuple[Ranked, ...], asked: _Views) -> Verdict:
    second = ranked[1].score if len(ranked) > 1 else 0.0
    if sureness >= SURE and ranked[0].score - second >= LEAD * sureness:
        return "sure"
    enough = SURE if asked.foreign else UNSURE_IF_FAMILIAR if asked.familiar else UNSURE
    return "unsure" if sureness >= enough else "nothing"
