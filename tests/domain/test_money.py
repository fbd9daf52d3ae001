"""Amounts are read exactly or asked again."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.domain.fields import Accepted, Context, Problem
from bot.domain.money import check_revenue

CASES = yaml.safe_load(Path(__file__).with_name("money.yml").read_text(encoding="utf-8"))


def check(text: str, locale: str = "en") -> Accepted | Problem:
    return check_revenue(text, Context({}, date(2021, 5, 10), locale))


@pytest.mark.parametrize("case", CASES["understood"], ids=lambda case: f"{case['locale']}-{case['text']}")
def test_an_exact_amount_is_understood(case: dict[str, str]) -> None:
    result = check(case["text"], case["locale"])
    assert isinstance(result, Accepted)
    assert result.value == case["value"]


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: f"{case['locale']}-{case['text']}")
def test_an_unclear_amount_is_asked_again(case: dict[str, str]) -> None:
    result = check(case["text"], case["locale"])
    assert isinstance(result, Problem)
    assert result.type == case["problem"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3千萬", "30000000"),
        ("1亿2000万", "120000000"),
        ("一千零五", "1005"),
        ("两百万美金", "2000000"),
        ("30万美元整", "300000"),
        ("1,200.5万", "12005000"),
        ("US$ 1.5 million", "1500000"),
        ("2 миллиона долларов", "2000000"),
        ("12.50", "12.50"),
        ("0", "0"),
    ],
)
def test_other_spellings_of_an_amount(typed: str, value: str) -> None:
    result = check(typed)
    assert isinstance(result, Accepted)
    assert result.value == value


@pytest.mark.parametrize("typed", ["三千五", "3,00,000", "1,234万", "百十万", "十十", "", "$", "万"])
def test_what_can_be_read_in_two_ways_is_not_guessed(typed: str) -> None:
    assert isinstance(check(typed), Problem)


@pytest.mark.parametrize("typed", ["30万", "300 тыс.", "300,000", "三十万"])
def test_an_amount_that_was_worked_out_is_shown_for_a_yes(typed: str) -> None:
    result = check(typed)
    assert isinstance(result, Accepted)
    assert result.confirm is not None


def test_plain_digits_need_no_yes() -> None:
    result = check("300000 USD")
    assert isinstance(result, Accepted)
    assert result.confirm is None


def test_a_letter_that_looks_like_zero_is_offered_as_zero() -> None:
    result = check("3О0000")
    assert isinstance(result, Problem)
    assert [option.value for option in result.meant] == ["300000"]


@pytest.mark.parametrize(("typed", "told"), [("299999.99", 1), ("300000", 0)])
def test_one_cent_below_the_floor_is_told(typed: str, told: int) -> None:
    result = check(typed)
    assert isinstance(result, Accepted)
    assert len(result.remarks) == told
