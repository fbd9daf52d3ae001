"""The measures count what they say."""

from __future__ import annotations

import math

from bot.knowledge.measures import Asked, auroc, calibration, confusions, figures
from bot.knowledge.retrieval import Found, Ranked, Verdict


def asked(
    right: str,
    names: str,
    verdict: Verdict,
    score: float = 0.9,
    certainty: float = 0.9,
    is_near: bool = False,
) -> Asked:
    ranked = tuple(Ranked(name, score) for name in names.split())
    return Asked("?", frozenset(right.split()), Found(ranked, verdict, certainty), is_near)


SOME = [
    asked("a", "a b c", "sure", certainty=1.0),
    asked("a", "b a c", "sure"),
    asked("a", "b c a", "unsure"),
    asked("a d", "b c d", "nothing", score=0.1, certainty=0.1),
    asked("", "a b c", "sure", score=0.5, is_near=True),
    asked("", "a b c", "nothing", score=0.05, certainty=0.0),
]


def test_shares_are_of_our_questions_or_of_the_others() -> None:
    found = figures(SOME)
    assert (found.ours, found.not_ours) == (4, 2)
    assert (found.top1, found.top3) == (25, 100)
    assert (found.accepted_right, found.accepted_wrong, found.helped) == (25, 25, 50)
    assert (found.false_accepts, found.near_accepts) == (50, 100)
    assert found.auroc == 100 * (3 * 2 + 1) / 8


def test_ties_count_half() -> None:
    assert auroc([2, 3], [1]) == 100
    assert auroc([1], [1]) == 50
    assert auroc([0], [1]) == 0
    assert math.isnan(auroc([], [1]))


def test_confusions_name_what_was_taken_for_what() -> None:
    assert confusions(SOME) == [("a", "b", 3)]


def test_every_question_is_in_one_band() -> None:
    bands = list(calibration(SOME))
    assert sum(band.count for band in bands) == len(SOME)
    assert sum(band.right for band in bands) == 1
    assert bands[-1].right == bands[-1].count == 1
