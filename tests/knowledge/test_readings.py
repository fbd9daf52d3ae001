"""Letters of the wrong alphabet are read as they were meant, and right ones are left alone."""

from __future__ import annotations

import pytest

from bot.knowledge.readings import as_meant
from bot.knowledge.retrieval import Finder
from bot.localization.locale import Locale

WORDS = """
    кто может стать партнером сколько ждать проверку что такое как получить номер письмо не пришло
    csp mpn id how long does the review take
"""
KNOWN = set(WORDS.split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rnj vj;tn cnfnm gfhnythjv", "кто может стать партнером"),
        ("crjkmrj ;lfnm ghjdthre", "сколько ждать проверку"),
        ("xnj nfrjt csp", "что такое csp"),
        ("kto mozhet stat' partnerom", "кто может стать партнером"),
        ("kak poluchit nomer mpn", "как получить номер mpn"),
        ("kto mojet stat partnerom", "кто может стать партнером"),
        ("рщц дщтп вщуы еру кумшуц ефлу", "how long does the review take"),
    ],
)
def test_the_reading_in_which_most_words_are_known_is_kept(typed: str, meant: str) -> None:
    assert as_meant(typed, KNOWN.__contains__) == meant


@pytest.mark.parametrize(
    "text",
    [
        "how long does the review take",
        "как получить номер",
        "CSP",
        "wie lange dauert das",
        "怎么获得 mpn id",
        "",
        "' ; [",
        "\u02bc",
    ],
)
def test_what_is_known_or_unknown_in_any_reading_stays(text: str) -> None:
    assert as_meant(text, KNOWN.__contains__) == text.lower()


@pytest.mark.parametrize(
    "question",
    ["crjkmrj ;lfnm ghjdthre pfzdrb", "skolko zhdat proverku zayavki", "сколько ждaть прoверку заявки"],
)
def test_russian_in_other_letters_finds_its_topic(finder: Finder, question: str) -> None:
    assert finder.find(question, Locale.RU).ranked[0].topic_id == "application.review-time"
