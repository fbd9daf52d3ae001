"""From scores to an order of topics, and to what speaks for trusting it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from bot.knowledge.features import Cut
from bot.knowledge.model import Scores


@dataclass(frozen=True, slots=True)
class Weighed:
    """The topics' columns, best first, with both views of the question added up."""

    order: tuple[int, ...]
    #: By column: standard deviations above the mean of all topics, of both views together.
    totals: tuple[float, ...]
    #: What the decisions are made from.
    evidence: tuple[float, ...]


def weigh(scores: Scores, cut: Cut) -> Weighed:
    margins = scores.margins[:-1]
    totals = [one + other for one, other in zip(_standard(margins), _standard(scores.bm25), strict=True)]
    order = sorted(range(len(totals)), key=totals.__getitem__, reverse=True)
    first, second, third = order[:3]
    best, next_best = sorted(scores.bm25, reverse=True)[:2]
    return Weighed(
        tuple(order),
        tuple(totals),
        (
            totals[first] - totals[second],
            totals[first] - totals[third],
            margins[first],
            scores.margins[-1],
            math.log1p(best),
            (best - next_best) / (best + 1),
            float(cut.is_foreign),
            math.log1p(cut.concepts),
            math.log1p(len(cut.pieces)),
            scores.known,
        ),
    )


def _standard(values: Sequence[float]) -> list[float]:
    mean = fmean(values)
    spread = pstdev(values, mean) or 1.0
    return [(value - mean) / spread for value in values]
