"""What people type arrives in one spelling (application.yml, N1-N6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.normalising import as_written, code, digit_look_alikes, is_luhn, look_alikes, plain


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12\u200b34\ufeff", "1234"),
        ("со\u00adбака", "собака"),
        ("０１２３ ＠ －", "0123 @ -"),
        ("٣٠٠", "300"),
        ("1\u20102\u20133\u22124", "1-2-3-4"),
        ("\u00a0 a\u202f\u3000 b ", "a b"),
    ],
)
def test_plain_text_has_one_spelling(typed: str, expected: str) -> None:
    assert plain(typed) == expected


def test_a_registered_name_keeps_its_full_width_brackets() -> None:
    assert as_written("示例科技（上海） \u3000有限公司\u200b") == "示例科技（上海） 有限公司"


def test_a_name_typed_in_pieces_is_composed() -> None:
    assert as_written("Cafe\u0301") == "Café"


def test_a_code_has_nothing_between_its_signs() -> None:
    assert code(" ab-12.34/５６ ") == "AB123456"


def test_cyrillic_look_alikes_have_latin_twins() -> None:
    assert look_alikes("ТЕSTRUMM") == "TESTRUMM"


def test_letters_that_look_like_digits_have_digits() -> None:
    assert digit_look_alikes("4З67О9I") == "4367091"


@pytest.mark.parametrize(
    ("digits", "valid"),
    [("4111111111111111", True), ("4111111111111112", False), ("41 11", False), ("", False)],
)
def test_the_luhn_digit_is_recognised(digits: str, valid: bool) -> None:
    assert is_luhn(digits) is valid


@given(st.text())
def test_normalising_twice_changes_nothing(typed: str) -> None:
    for step in (plain, as_written):
        assert step(step(typed)) == step(typed)
