"""Finds the topic that answers a question, its rivals, and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from bot.knowledge.evidence import weigh
from bot.knowledge.features import Cut, Features, word
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import FILE, Header, Model
from bot.knowledge.topics import Topics
from bot.localization.locale import Locale

Verdict = Literal["sure", "unsure", "nothing"]
#: How many topics are named at most.
NAMED = 10


@dataclass(frozen=True, slots=True)
class Ranked:
    topic_id: str
    #: Of the first topic the probability that the question is ours at all; of others less, as they fit less.
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """Topics, best first; whether the first answers the question, some may, or none does."""

    ranked: tuple[Ranked, ...]
    verdict: Verdict
    #: The probability that the first topic is the right one.
    certainty: float = 0.0


class Finder:
    """Compares a question with how people ask for each topic, in all languages at once."""

    def __init__(self, model: Model, folder: Path) -> None:
        self._model = model
        self._folder = folder

    @classmethod
    def load(cls, topics: Topics, folder: Path, model: Path = FILE) -> Finder:
        """`folder` holds the languages, each with its concepts.yml and not_ours.yml."""
        trained = Model.load(model)
        if differing := sorted({*trained.header.topics} ^ {*topics}):
            raise OutdatedModel(
                f"run `python -m bot train`: model and topics differ by {', '.join(differing)}"
            )
        return cls(trained, folder)

    def find(self, question: str, locale: Locale) -> Found:
        """The locale is where the conversation stands; the question may be in any language."""
        cut = self._features.cut(question)
        scores = self._model.scores(cut.pieces)
        if not scores.known:
            return Found((), "nothing")
        weighed, header = weigh(scores, cut), self._model.header
        ours = header.ours.probability(weighed.evidence)
        certainty = header.right.probability(weighed.evidence)
        best = weighed.totals[weighed.order[0]]
        ranked = tuple(
            Ranked(header.topics[topic], ours * math.exp(weighed.totals[topic] - best))
            for topic in weighed.order[:NAMED]
        )
        return Found(ranked, _verdict(cut, ours, certainty, header), certainty)

    def warm(self) -> None:
        """Reads what is otherwise read at the first question; any thread may."""
        self.find("", Locale.EN)

    @cached_property
    def _features(self) -> Features:
        return Features(Lexicon.load(self._folder), lambda root: self._model.knows_word(word(root)))


class OutdatedModel(ValueError):
    """The model was trained for other topics than there are. Says which, and what to do."""


def _verdict(cut: Cut, ours: float, certainty: float, header: Header) -> Verdict:
    if ours >= header.sure[0] and certainty >= header.sure[1] and not cut.is_one_word:
        return "sure"
    return "unsure" if ours >= header.unsure else "nothing"
