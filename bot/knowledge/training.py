"""Trains the model from the phrasings; needs scikit-learn, which only developers have."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler, normalize
from sklearn.svm import LinearSVC

from bot.knowledge import tokens
from bot.knowledge.evidence import weigh
from bot.knowledge.features import Cut, Features
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import WORD_FROM, Arrays, Decision, Header, Model, checksum, weight_of
from bot.knowledge.phrasings import Phrasing, phrasings
from bot.knowledge.readings import other_readings
from bot.knowledge.topics import Topics
from bot.localization.locale import Locale

#: How little the planes may bend for one phrasing; found by cross-validation, flat between 1 and 4.
C = 2.0
#: A piece gets weights for all topics if so many phrasings have it; BM25 makes use of rarer ones, too.
PLANES_FROM = 2
#: BM25: how soon repetition stops counting, and how much a topic's length does.
K1, B = 0.8, 1.0
#: Each held-out fold has one hand of each language, so that it is asked by strangers.
FOLDS = 5
#: Questions that are not ours are held out in blocks of so many neighbours.
BLOCK = 10
#: So many times as frequent in other letters, a word is that one: the Russian typed "xnj" is что.
MEANT_FROM = 5
#: At most so many of the questions that are not ours may pass for ours. Less than is allowed: strangers
#: speak of other things than the hands that wrote what is not ours.
FALSE_ACCEPTS = 0.04
#: An answer is given at once where it is right at least so often.
RIGHT_FROM = 0.6
#: Topics are offered where a question is ours at least so likely.
OURS_FROM = 0.5
_STEPS = 127
_POSTED_STEPS = 65535


@dataclass(frozen=True, slots=True)
class Example:
    """A phrasing in pieces; the column is its topic's, the last one for what is not ours."""

    phrasing: Phrasing
    cut: Cut
    column: int
    #: The columns of all topics that answer it.
    right: frozenset[int]


def examples(topics: Topics, folder: Path) -> list[Example]:
    """All phrasings with those kept aside left out; `folder` holds the languages."""
    columns = {topic_id: column for column, topic_id in enumerate(topics)}
    learned = [phrasing for phrasing in phrasings(folder) if not phrasing.kept_aside]
    features = Features(Lexicon.load(folder), _vocabulary(learned).__contains__)
    return [
        Example(
            each,
            features.cut(each.text),
            columns.get(each.topic_id or "", len(columns)),
            frozenset(columns[topic_id] for topic_id in each.right),
        )
        for each in learned
    ]


def fingerprint(learned: Sequence[Example]) -> str:
    """Changes with whatever the model would be learned from."""
    digest = hashlib.sha256()
    for each in learned:
        digest.update(json.dumps([each.phrasing.topic_id, sorted(each.right), each.cut.pieces]).encode())
    return digest.hexdigest()


def train(topics: Topics, learned: Sequence[Example]) -> Model:
    """The model, its decisions fitted to how it does on hands it did not learn from."""
    tried = [
        _Tried(each, *_asked(model, each))
        for fold in range(FOLDS)
        for model in [_fitted(topics, [each for each in learned if _fold(each) != fold], _UNDECIDED)]
        for each in learned
        if _fold(each) == fold
    ]
    return _fitted(topics, learned, _decisions(tried))


@dataclass(frozen=True, slots=True)
class _Tried:
    """What a model made of a question whose writer it did not know."""

    example: Example
    first: int
    evidence: tuple[float, ...]

    @property
    def is_right(self) -> bool:
        return self.first in self.example.right


def _asked(model: Model, example: Example) -> tuple[int, tuple[float, ...]]:
    weighed = weigh(model.scores(example.cut.pieces), example.cut)
    return weighed.order[0], weighed.evidence


def _fold(example: Example) -> int:
    phrasing = example.phrasing
    if phrasing.topic_id is None:
        return phrasing.position // BLOCK % FOLDS
    # Another hand in each language, so that a topic never loses both its Chinese hands at once.
    return (_HANDS.index(phrasing.hand) + 2 * list(Locale).index(phrasing.locale)) % FOLDS


_HANDS = "abcdefghijklmnopqrstuvwxyz"


def _vocabulary(learned: Sequence[Phrasing]) -> set[str]:
    """The roots of words: several phrasings have them, and they are no other words in the wrong letters."""
    seen = Counter(
        word for each in learned for word in dict.fromkeys(tokens.runs(tokens.prepared(each.text)))
    )
    roots: Counter[str] = Counter()
    for word, count in seen.items():
        if all(seen[each] < MEANT_FROM * count for each in other_readings(word)):
            roots[tokens.root(word)] += count
    return {root for root, count in roots.items() if count >= WORD_FROM}


def _fitted(topics: Topics, learned: Sequence[Example], decisions: dict[str, Any]) -> Model:
    ours = len(topics)
    seen = Counter(piece for each in learned for piece in each.cut.pieces)
    pieces = sorted(seen, key=lambda piece: (seen[piece] < PLANES_FROM, checksum(piece)))
    rare = sum(count < PLANES_FROM for count in seen.values())
    rows = {piece: row for row, piece in enumerate(pieces)}
    frequent = pieces[: len(pieces) - rare]
    planes, intercepts = _planes(frequent, seen, learned)
    steps = np.maximum(np.abs(planes).max(axis=1), 1e-9) / _STEPS
    postings = list(_postings(rows, learned, ours))
    step = max(weight for row in postings for _, weight in row) / _POSTED_STEPS
    starts = np.cumsum([0, *map(len, postings)]).tolist()
    header = Header(
        fingerprint=fingerprint(learned),
        topics=tuple(topics),
        phrasings=len(learned),
        pieces=len(frequent),
        rare=rare,
        postings=starts[-1],
        intercepts=tuple(round(float(each), 6) for each in intercepts),
        step=step,
        **decisions,
    )
    arrays = Arrays(
        checksums=array("I", map(checksum, pieces)),
        frequencies=array("H", (seen[piece] for piece in frequent)),
        steps=array("f", steps.tolist()),
        planes=array("b", np.rint(planes / steps[:, None]).astype(int).ravel().tolist()),
        starts=array("I", starts),
        posted=array("B", (topic for row in postings for topic, _ in row)),
        weights=array("H", (round(weight / step) for row in postings for _, weight in row)),
    )
    return Model(header, arrays)


def _planes(pieces: Sequence[str], seen: Counter[str], learned: Sequence[Example]) -> tuple[Any, Any]:
    """Weights (pieces x columns) and intercepts of a linear support vector machine, one against all."""
    rows = {piece: row for row, piece in enumerate(pieces)}
    weights = {piece: weight_of(seen[piece], len(learned)) for piece in rows}
    found = [[piece for piece in each.cut.pieces if piece in rows] for each in learned]
    matrix = sparse.csr_matrix(
        (
            [weights[piece] for pieces in found for piece in pieces],
            [rows[piece] for pieces in found for piece in pieces],
            np.cumsum([0, *map(len, found)]),
        ),
        shape=(len(learned), len(rows)),
    )
    machine = LinearSVC(C=C, random_state=0).fit(normalize(matrix), [each.column for each in learned])
    return machine.coef_.T, machine.intercept_


def _postings(
    rows: dict[str, int], learned: Sequence[Example], ours: int
) -> Iterator[list[tuple[int, float]]]:
    """For each piece the topics whose phrasings have it, with its weight (BM25)."""
    counts: list[Counter[int]] = [Counter() for _ in rows]
    lengths: Counter[int] = Counter()
    for each in learned:
        if each.column < ours:
            known = [rows[piece] for piece in each.cut.pieces if piece in rows]
            lengths[each.column] += len(known)
            for row in known:
                counts[row][each.column] += 1
    average = lengths.total() / ours
    for count in counts:
        rarity = np.log(1 + (ours - len(count) + 0.5) / (len(count) + 0.5))
        yield [
            (topic, rarity * often * (K1 + 1) / (often + K1 * (1 - B + B * lengths[topic] / average)))
            for topic, often in sorted(count.items())
        ]


def _decisions(tried: Sequence[_Tried]) -> dict[str, Any]:
    ours = [each.example.phrasing.topic_id is not None for each in tried]
    right = [each.is_right for each in tried]
    evidence = np.array([each.evidence for each in tried])
    is_ours, is_right = _decision(evidence, ours), _decision(evidence, right)
    chance = [is_ours.probability(each.evidence) for each in tried]
    outside = [p for p, inside in zip(chance, ours, strict=True) if not inside]
    return {
        "ours": is_ours,
        "right": is_right,
        "sure": (round(float(np.quantile(outside, 1 - FALSE_ACCEPTS)), 4), RIGHT_FROM),
        "unsure": OURS_FROM,
    }


def _decision(evidence: Any, holds: Sequence[bool]) -> Decision:
    """Fitted on a common scale, told in the evidence's own."""
    scale = StandardScaler().fit(evidence)
    fitted = LogisticRegression().fit(scale.transform(evidence), holds)
    weights = fitted.coef_[0] / scale.scale_
    return Decision(
        weights=tuple(round(float(each), 4) for each in weights),
        intercept=round(float(fitted.intercept_[0] - weights @ scale.mean_), 4),
    )


_UNDECIDED: dict[str, Any] = {
    "ours": Decision(weights=(), intercept=0.0),
    "right": Decision(weights=(), intercept=0.0),
    "sure": (1.0, 1.0),
    "unsure": 1.0,
}
