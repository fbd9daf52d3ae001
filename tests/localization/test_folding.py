"""What typed text is compared by."""

import pytest

from bot.localization.folding import fold, joined, phrase, stem, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＨＥＬＰ　ｍｅ", "help me"),
        ("  Ещё\u00a0нет ", "еще нет"),
        ("Don’t", "dont"),
        ("Côte d’Ivoire", "cote divoire"),
        ("臺灣", "台湾"),
        ("還沒有", "还没有"),
        ("妳好", "你好"),
        ("٣٤", "34"),
        ("a\u200bb\ufeffc", "abc"),
        ("2020–03", "2020-03"),
        ("👍🏽", "👍"),
    ],
)
def test_what_a_reader_takes_for_the_same_is_folded_alike(one: str, other: str) -> None:
    """D6: width, case, accents, ё, apostrophes and both scripts of Chinese."""
    assert fold(one) == fold(other)


def test_russian_letters_with_a_mark_of_their_own_stay() -> None:
    assert fold("Йод") == "йод"


def test_a_chinese_character_is_a_word_and_punctuation_is_none() -> None:
    assert words(fold("我們 in HK, 2号!")) == ("我", "们", "in", "hk", "2", "号")


def test_words_are_joined_as_they_are_written() -> None:
    assert joined(phrase("把 MPN ID 改一下")) == "把 mpn id 改一下"


def test_only_russian_words_lose_their_endings() -> None:
    assert (stem("телефона"), stem("phones"), stem("电")) == (stem("телефон"), "phones", "电")
