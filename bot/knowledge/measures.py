"""How well questions find their topics: what `python -m bot evaluate` measures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import nan

from bot.knowledge.retrieval import Found

#: The calibration table's bands of certainty, as a share of one.
BANDS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the topics of which any answers it (none where it is not ours), and what was found."""

    text: str
    right: frozenset[str]
    found: Found
    #: It is about partner work, and none of our topics answers it.
    is_near: bool = False

    @property
    def score(self) -> float:
        return self.found.ranked[0].score if self.found.ranked else 0.0

    @property
    def first(self) -> str | None:
        return self.found.ranked[0].topic_id if self.found.ranked else None

    def is_right_among(self, count: int) -> bool:
        return any(each.topic_id in self.right for each in self.found.ranked[:count])

    @property
    def answered_at_once(self) -> bool:
        return self.found.verdict == "sure"

    @property
    def offered(self) -> bool:
        """The right topic is the answer, or among the three to choose from."""
        if self.found.verdict == "nothing":
            return False
        return self.is_right_among(1 if self.answered_at_once else 3)


@dataclass(frozen=True, slots=True)
class Band:
    """The questions whose certainty lies in a band, and how many of them were found rightly."""

    low: float
    high: float
    count: int
    right: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Percentages; not a number where there is nothing to measure."""

    ours: int
    not_ours: int
    top1: float
    top3: float
    #: How often a question of ours scores above one that is not; ties count half.
    auroc: float
    #: Questions that are not ours and were answered as if certain.
    false_accepts: float
    #: The same of those about partner work, whose words are ours.
    near_accepts: float
    #: Questions of ours that were answered rightly and at once.
    accepted_right: float
    #: Questions of ours that were answered at once, with the wrong topic.
    accepted_wrong: float
    #: Questions of ours that were answered rightly, or whose topic was among the three offered.
    helped: float


def figures(asked: Sequence[Asked]) -> Figures:
    ours = [each for each in asked if each.right]
    others = [each for each in asked if not each.right]
    return Figures(
        ours=len(ours),
        not_ours=len(others),
        top1=_share(each.is_right_among(1) for each in ours),
        top3=_share(each.is_right_among(3) for each in ours),
        auroc=auroc([each.score for each in ours], [each.score for each in others]),
        false_accepts=_share(each.answered_at_once for each in others),
        near_accepts=_share(each.answered_at_once for each in others if each.is_near),
        accepted_right=_share(each.answered_at_once and each.is_right_among(1) for each in ours),
        accepted_wrong=_share(each.answered_at_once and not each.is_right_among(1) for each in ours),
        helped=_share(each.offered for each in ours),
    )


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The area under the ROC curve as a percentage, by ranks."""
    if not inside or not outside:
        return nan
    marked = sorted([(score, True) for score in inside] + [(score, False) for score in outside])
    below, total = 0, 0.0
    for _, tied in groupby(marked, key=lambda each: each[0]):
        kinds = Counter(is_inside for _, is_inside in tied)
        total += kinds[True] * (below + kinds[False] / 2)
        below += kinds[False]
    return 100 * total / (len(inside) * len(outside))


def confusions(asked: Iterable[Asked]) -> list[tuple[str, str, int]]:
    """Which topic was taken for which, the most frequent first."""
    pairs = Counter(
        (min(each.right), each.first or "") for each in asked if each.right and not each.is_right_among(1)
    )
    return [(expected, first, count) for (expected, first), count in pairs.most_common()]


def calibration(asked: Sequence[Asked]) -> Iterator[Band]:
    """Whether a certainty of 0.9 is right nine times in ten; what is not ours is never right."""
    for low, high in pairwise(BANDS):
        within = [
            each
            for each in asked
            if low <= each.found.certainty < high or each.found.certainty == high == BANDS[-1]
        ]
        yield Band(low, high, len(within), sum(each.is_right_among(1) for each in within))


def _share(holds: Iterable[bool]) -> float:
    every = list(holds)
    return 100 * sum(every) / len(every) if every else nan
