"""Months are read from numbers, words and the month it began."""

from datetime import date

import pytest

from bot.domain.fields import Accepted, Context, Problem
from bot.domain.months import check_months


def check(text: str) -> Accepted | Problem:
    return check_months(text, Context({}, date(2021, 5, 10)))


@pytest.mark.parametrize(
    ("typed", "months"),
    [
        ("12", 12),
        ("１４ 个月", 14),
        ("18 個月", 18),
        ("полтора года", 18),
        ("11", 11),
        ("год", 12),
        ("一年", 12),
        ("一年半", 18),
        ("两年", 24),
        ("十二个月", 12),
        ("半年", 6),
        ("2 года", 24),
        ("5 лет", 60),
        ("1,5 года", 18),
        ("1 год 6 месяцев", 18),
        ("1年6个月", 18),
        ("2 years and 3 months", 27),
        ("a year", 12),
        ("three years", 36),
        ("14 мес.", 14),
        ("2020-03", 14),
        ("2020年3月", 14),
        ("2020年三月起", 14),
        ("март 2020", 14),
        ("с марта 2020 года", 14),
        ("since March 2020", 14),
        ("03/2020", 14),
        ("2021-05", 0),
    ],
)
def test_a_time_is_counted_in_months(typed: str, months: int) -> None:
    result = check(typed)
    assert isinstance(result, Accepted)
    assert result.value == months


@pytest.mark.parametrize(
    ("typed", "type"),
    [
        ("一直", "not-months"),
        ("с прошлого года", "not-months"),
        ("-3", "negative"),
        ("2021-06", "future-month"),
        ("2020-13", "not-months"),
        ("", "not-months"),
        ("about 12", "not-months"),
        ("3月", "not-months"),
    ],
)
def test_what_is_no_number_of_months_is_asked_again(typed: str, type: str) -> None:
    result = check(typed)
    assert isinstance(result, Problem)
    assert result.type == type


def test_a_first_month_is_shown_for_a_yes() -> None:
    result = check("2020-03")
    assert isinstance(result, Accepted)
    assert result.confirm is not None
    assert result.confirm.values["count"] == 14


@pytest.mark.parametrize(("typed", "told"), [("11", 1), ("12", 0)])
def test_one_month_short_is_told(typed: str, told: int) -> None:
    result = check(typed)
    assert isinstance(result, Accepted)
    assert len(result.remarks) == told
