"""The words of all languages that mean the same to us."""

from __future__ import annotations

import pytest

from bot.knowledge import tokens
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.reading import read
from bot.localization.locale import LOCALES, Locale


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load(LOCALES)


@pytest.mark.parametrize("locale", Locale)
def test_concepts_are_called_the_same_in_every_language(locale: Locale) -> None:
    english = read(LOCALES / "en" / "concepts.yml")["concepts"]
    assert read(LOCALES / locale.folder / "concepts.yml")["concepts"].keys() <= english.keys()


@pytest.mark.parametrize(
    "phrase",
    [
        "the distributor",
        "дистрибьютора",
        "косвенный поставщик",
        "непрямые поставщики",
        "总代",
        "分销商",
        "代理商",
        "提供者",
    ],
)
def test_many_words_are_one_concept(lexicon: Lexicon, phrase: str) -> None:
    """C7"""
    assert "provider" in lexicon.concepts(tokens.units(phrase))


@pytest.mark.parametrize(
    "text", ["21Vianet", "M365 и O365", "300 000 USD", "客户（CSP）协议", "СSР-партнёры", "don't"]
)
def test_a_text_and_a_phrase_are_compared_by_the_same_units(text: str) -> None:
    assert tokens.units_of(tokens.prepared(text)) == tokens.units(text)


def test_the_longest_phrase_wins(lexicon: Lexicon) -> None:
    assert lexicon.concepts(tokens.units("客户协议")) == ["customer-agreement"]
    assert lexicon.concepts(tokens.units("support plan")) == ["support-plan"]


def test_question_words_tell_nothing(lexicon: Lexicon) -> None:
    assert lexicon.telling(tokens.prepared("Как мне получить идентификатор?")) == [
        "получить",
        "идентификатор",
    ]
    assert lexicon.telling(tokens.prepared("請問怎麼加入")) == ["加入"]


def test_a_question_of_question_words_keeps_them(lexicon: Lexicon) -> None:
    assert lexicon.telling(tokens.prepared("what is it")) == ["what", "is", "it"]


@pytest.mark.parametrize("question", ["Google Cloud", "как подать на ипотеку", "微信支付", "辦護照"])
def test_what_is_not_ours_is_known_by_name(lexicon: Lexicon, question: str) -> None:
    assert lexicon.is_foreign(tokens.units(question))


@pytest.mark.parametrize("question", ["Microsoft 365", "партнер", "合作伙伴", "營收"])
def test_what_is_ours_is_not_foreign(lexicon: Lexicon, question: str) -> None:
    assert not lexicon.is_foreign(tokens.units(question))
