"""A question finds its topic in any language, and a question that is not ours finds none."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest
import yaml

from bot.knowledge import tokens
from bot.knowledge.phrasings import phrasings
from bot.knowledge.retrieval import Finder
from bot.knowledge.topics import Topics
from bot.localization.locale import LOCALES, Locale

QUESTIONS = Path(__file__).parents[1] / "questions"


@pytest.mark.parametrize("locale", Locale)
def test_golden_questions_are_never_answered_wrongly(finder: Finder, locale: Locale) -> None:
    """C4: never a wrong confident answer; the right topic is the answer or among the three offered."""
    for entry in yaml.safe_load((QUESTIONS / f"{locale.value}.yml").read_text("utf-8")):
        found = finder.find(entry["asks"], locale)
        if entry["topic"] is None:
            assert found.verdict != "sure", entry["asks"]
            continue
        right = {entry["topic"], *entry.get("also", [])}
        offered = [each.topic_id for each in found.ranked[: 1 if found.verdict == "sure" else 3]]
        assert found.verdict != "nothing" and right & set(offered), f"{entry['asks']}: {found}"


@pytest.mark.parametrize("locale", Locale)
def test_most_golden_questions_are_answered_at_once(finder: Finder, locale: Locale) -> None:
    ours = [
        entry
        for entry in yaml.safe_load((QUESTIONS / f"{locale.value}.yml").read_text("utf-8"))
        if entry["topic"] is not None
    ]
    sure = sum(finder.find(entry["asks"], locale).verdict == "sure" for entry in ours)
    assert sure >= 0.75 * len(ours)


@pytest.mark.parametrize("locale", Locale)
def test_golden_questions_are_not_among_those_the_finder_knows(locale: Locale) -> None:
    golden = {
        entry["asks"] for entry in yaml.safe_load((QUESTIONS / f"{locale.value}.yml").read_text("utf-8"))
    }
    assert not golden & {phrasing.text for phrasing in phrasings(LOCALES)}


@pytest.mark.parametrize("locale", Locale)
def test_every_topic_is_asked_for_in_every_language(topics: Topics, locale: Locale) -> None:
    """C1"""
    known: dict[str | None, list[str]] = {}
    for phrasing in phrasings(LOCALES):
        if phrasing.locale is locale:
            known.setdefault(phrasing.topic_id, []).append(phrasing.text)
    assert known.keys() - {None} == topics.keys()
    for topic in topics:
        assert len(known[topic]) >= 4, topic
        assert len(set(known[topic])) == len(known[topic]), topic


@pytest.mark.parametrize(
    ("one", "other", "locale"),
    [
        ("间接经销商需要什么条件", "间接分销商需要什么条件", Locale.ZH_CN),
        ("間接經銷商的資格", "間接轉銷商的資格", Locale.ZH_TW),
        (
            "требования к косвенному торговому посреднику",
            "требования к непрямому торговому посреднику",
            Locale.RU,
        ),
    ],
)
def test_both_official_terms_find_the_same_answer(
    finder: Finder, one: str, other: str, locale: Locale
) -> None:
    """C7"""
    first, second = finder.find(one, locale), finder.find(other, locale)
    assert first.verdict == second.verdict == "sure"
    assert first.ranked[0].topic_id == second.ranked[0].topic_id == "indirect.requirements"


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("我们要转成间接", "model.direct-to-indirect"),
        ("我們要轉成間接", "model.direct-to-indirect"),
        ("ЧТО ТАКОЕ ИДЕНТИФИКАТОР MPN??", "mpn.get-id"),
        ("what is an mpn id", "mpn.get-id"),
    ],
)
def test_script_case_and_punctuation_do_not_matter(finder: Finder, question: str, topic: str) -> None:
    assert finder.find(question, Locale.EN).ranked[0].topic_id == topic


def test_a_question_in_another_language_than_the_conversation_is_found(finder: Finder) -> None:
    """C6"""
    for locale in Locale:
        assert (
            finder.find("сколько ждать рассмотрения заявки", locale).ranked[0].topic_id
            == "application.review-time"
        )


@pytest.mark.parametrize(
    "question", ["", " ", "???", "🙂", "\u200b", "x" * 5000, "как " * 500, "的", "\x00\ufffd", "{count}"]
)
def test_no_input_is_too_strange(finder: Finder, question: str) -> None:
    found = finder.find(question, Locale.RU)
    assert found.verdict != "sure"
    assert len(found.ranked) <= 10


@pytest.mark.parametrize(
    "question",
    [
        "How do I join the partner program of Google?",
        "сколько ждать посылку с Wildberries",
        "京东店铺审核要几天",
        "房貸審核要多久",
    ],
)
def test_our_verbs_with_the_nouns_of_others_are_not_ours(finder: Finder, question: str) -> None:
    """C4"""
    assert finder.find(question, Locale.EN).verdict != "sure"


@pytest.mark.parametrize(
    ("question", "locale"),
    [
        ("can we return a reservation before its term is over", Locale.EN),
        ("почему токен API отвечает ошибкой", Locale.RU),
        ("怎么停用合作伙伴中心的用户", Locale.ZH_CN),
        ("發票的匯率怎麼算", Locale.ZH_TW),
    ],
)
def test_our_words_in_a_question_that_no_topic_answers_are_no_answer(
    finder: Finder, question: str, locale: Locale
) -> None:
    """C4"""
    assert finder.find(question, locale).verdict != "sure"


@pytest.mark.parametrize(
    "word", ["provider", "status", "поставщик", "статус", "提供商", "狀態", "agreement", "Договор?"]
)
def test_a_single_word_is_answered_by_a_choice(finder: Finder, word: str) -> None:
    """C4"""
    assert finder.find(word, Locale.EN).verdict == "unsure"


def test_the_best_topic_comes_first_and_ten_at_most(finder: Finder) -> None:
    found = finder.find(
        "which support plan must a direct partner buy, and what does a provider do", Locale.EN
    )
    scores = [each.score for each in found.ranked]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 10


def test_a_question_costs_less_than_five_milliseconds(finder: Finder) -> None:
    questions = [phrasing.text for phrasing in phrasings(LOCALES) if phrasing.position < 2]
    finder.warm()
    taken = []
    for question in questions:
        begun = time.thread_time()
        finder.find(question, Locale.EN)
        taken.append(time.thread_time() - begun)
    assert statistics.quantiles(taken, n=20)[-1] < 0.005


@pytest.mark.parametrize(
    ("text", "prepared"),
    [
        ("30万美元", "300000 美元"),
        ("30 萬美元", "300000 美元"),
        ("300 000", "300000"),
        ("300,000", "300000"),
        ("300 тыс. долларов", "300000  долларов"),
        ("$300k", "$300000 "),
        ("СSР", "csp"),
        ("МРN", "mpn"),
        ("ЕЩЁ", "еще"),
        ("三到五天", "三到五天"),
    ],
)
def test_text_is_compared_in_one_spelling(text: str, prepared: str) -> None:
    assert tokens.prepared(text) == prepared


def test_words_are_compared_without_endings() -> None:
    assert tokens.units("требования поставщикам") == tokens.units("требование поставщика")
    assert tokens.units("Resellers' agreements") == tokens.units("reseller agreement")
