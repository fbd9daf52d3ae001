"""Letters that only look right are pointed at, never taken silently."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.slips import is_readable, mixed, slip


def is_number(typed: str) -> bool:
    return bool(re.fullmatch("[0-9]{7}", typed))


def is_latin(typed: str) -> bool:
    return bool(re.fullmatch("[A-Z0-9]{8}", typed))


@pytest.mark.parametrize(
    ("typed", "position", "sign"),
    [
        ("4567О90", 5, "О"),
        ("4567O90", 5, "O"),
        ("З567890", 1, "З"),
        ("45678I0", 6, "I"),
        ("456 7O90", 5, "O"),
    ],
)
def test_a_letter_in_a_number_is_pointed_at_and_the_digit_offered(
    typed: str, position: int, sign: str
) -> None:
    found = slip(typed, is_number)
    assert found is not None
    assert found.text.key == "problem.slip.digit"
    assert (found.text.values["position"], found.text.values["sign"]) == (position, sign)
    assert is_number(found.meant[0].value)


def test_a_cyrillic_letter_in_a_latin_code_is_pointed_at_and_the_latin_offered() -> None:
    found = slip("ТEST1234", is_latin)
    assert found is not None
    assert found.text.key == "problem.slip.latin"
    assert dict(found.text.values) == {"position": 1, "sign": "Т", "right": "T"}
    assert [option.value for option in found.meant] == ["TEST1234"]


def test_a_sign_that_nothing_explains_is_pointed_at() -> None:
    found = slip("45Ж", is_number)
    assert found is not None
    assert dict(found.text.values) == {"position": 3, "sign": "Ж"}
    assert found.meant == ()


def test_half_a_character_is_not_repeated() -> None:
    found = slip("12\ud800", is_number)
    assert found is not None
    assert found.type == "string_unicode"
    assert not is_readable("12\ud800")


def test_a_clean_code_has_no_slip() -> None:
    assert slip("12", is_number) is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Мocква", ["Москва"]), ("ул. Мocква", ["ул. Москва"]), ("Bоrsа", ["Borsa"]), ("Жjжj", [])],
)
def test_a_word_in_two_alphabets_is_offered_in_one(written: str, meant: list[str]) -> None:
    found = mixed(written)
    assert found is not None
    assert [option.value for option in found.meant] == meant


def test_words_in_different_alphabets_may_stand_side_by_side() -> None:
    assert mixed("Microsoft Рус 微软") is None


@given(st.text())
def test_no_text_makes_it_fail(raw: str) -> None:
    assert slip(raw, is_number) is None or not is_number(raw)
    assert mixed(raw) is None or not raw.isascii()
