"""The phrasings are many, different, and honestly divided into what is learned and what measures."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from bot.knowledge.phrasings import NotOurs, Phrasing, phrasings
from bot.knowledge.reading import read
from bot.knowledge.topics import Topics
from bot.localization.folding import fold
from bot.localization.locale import LOCALES, Locale


@pytest.fixture(scope="module")
def every() -> list[Phrasing]:
    return list(phrasings(LOCALES))


def test_every_tenth_of_each_topic_and_hand_is_kept_aside(every: list[Phrasing]) -> None:
    hands: dict[tuple[object, ...], list[Phrasing]] = defaultdict(list)
    for each in every:
        hands[each.locale, each.hand, each.topic_id].append(each)
    for written in hands.values():
        assert sum(each.kept_aside for each in written) == len(written) // 10


@pytest.mark.parametrize("locale", Locale)
def test_every_topic_has_many_phrasings_by_several_hands(every: list[Phrasing], locale: Locale) -> None:
    """C1"""
    asked = [each for each in every if each.locale is locale and each.topic_id]
    counts = Counter(each.topic_id for each in asked)
    assert min(counts.values()) >= 40
    hands = Counter(topic for topic, _ in {(each.topic_id, each.hand) for each in asked})
    assert min(hands.values()) >= 3


@pytest.mark.parametrize("locale", Locale)
def test_no_phrasing_stands_twice(every: list[Phrasing], locale: Locale) -> None:
    """Least of all one that is learned from and again among those kept aside."""
    texts = Counter(fold(each.text) for each in every if each.locale is locale)
    assert [text for text, count in texts.items() if count > 1] == []


@pytest.mark.parametrize("locale", Locale)
def test_what_another_topic_answers_as_well_stands_under_its_own(
    every: list[Phrasing], topics: Topics, locale: Locale
) -> None:
    listed = read(LOCALES / locale.folder / "also.yml")
    assert listed.keys() <= topics.keys()
    standing = {each.text: each for each in every if each.locale is locale and each.topic_id}
    for topic_id, asked in listed.items():
        for text in asked:
            assert standing[text].topic_id != topic_id and topic_id in standing[text].right


@pytest.mark.parametrize("locale", Locale)
def test_a_subject_that_is_not_ours_stands_once(locale: Locale) -> None:
    """C4"""
    subjects = Counter(map(fold, NotOurs.load(LOCALES, locale).subjects))
    assert subjects.most_common(1)[0][1] == 1
