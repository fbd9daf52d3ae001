"""Registration numbers, country by country."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fields import Accepted, Context, Problem
from bot.domain.markets import MARKETS, NUMBER_REQUIRED
from bot.domain.registration import (
    NUMBERS,
    check_number,
    example,
    is_ubn,
    listed_countries,
    needed,
    number_country,
    number_name,
)
from bot.domain.registration_names import GENERIC

CASES = yaml.safe_load(Path(__file__).with_name("registration.yml").read_text(encoding="utf-8"))


def cases(quality: str) -> list[Any]:
    return [
        pytest.param(country, case, id=f"{country}-{case['typed']}")
        for country, examples in CASES[quality].items()
        for case in examples
    ]


def judged(country: str, typed: object) -> Accepted | Problem:
    return check_number(str(typed), Context({"legal_country": country}, date(2021, 5, 10)))


@pytest.mark.parametrize(("country", "case"), cases("taken"))
def test_a_good_number_is_taken(country: str, case: dict[str, Any]) -> None:
    result = judged(country, case["typed"])
    assert isinstance(result, Accepted), result
    assert result.value == case.get("value", case["typed"])
    assert (result.confirm.key if result.confirm else None) == case.get("asked")
    assert [remark.key for remark in result.remarks] == ([case["told"]] if "told" in case else [])


@pytest.mark.parametrize(("country", "case"), cases("taken"))
def test_a_stored_number_is_taken_again_as_it_is(country: str, case: dict[str, Any]) -> None:
    stored = case.get("value", case["typed"])
    result = judged(country, stored)
    assert isinstance(result, Accepted)
    assert result.value == stored


@pytest.mark.parametrize(("country", "case"), cases("refused"))
def test_a_bad_number_is_refused(country: str, case: dict[str, Any]) -> None:
    result = judged(country, case["typed"])
    assert isinstance(result, Problem), result
    assert result.type == case["type"]
    assert [option.value for option in result.meant] == case.get("meant", [])


@pytest.mark.parametrize(("country", "case"), cases("refused"))
def test_what_is_offered_instead_would_be_taken(country: str, case: dict[str, Any]) -> None:
    result = judged(country, case["typed"])
    assert isinstance(result, Problem)
    assert all(isinstance(judged(country, option.value), Accepted) for option in result.meant)


@pytest.mark.parametrize(("country", "case"), cases("refused"))
def test_only_a_personal_number_cannot_be_insisted_on(country: str, case: dict[str, Any]) -> None:
    result = judged(country, case["typed"])
    assert isinstance(result, Problem)
    if case["type"] == "personal":
        assert result.unsaid
        assert result.insisted is None
        assert str(case["typed"]) not in repr(result)
    elif str(case["typed"]).isascii() and len(str(case["typed"])) > 3:
        assert result.insisted is not None
        assert [remark.key for remark in result.insisted.remarks] == ["remark.registration.unchecked"]


@pytest.mark.parametrize("country", sorted(NUMBERS))
def test_every_example_passes_its_own_check(country: str) -> None:
    assert isinstance(judged(country, example(country)), Accepted)
    assert all(kind.holds(kind.example) for kind in NUMBERS[country])


def test_every_country_that_requires_a_number_has_a_rule_and_a_name() -> None:
    assert set(NUMBERS) >= NUMBER_REQUIRED
    assert all(number_name(country) is not GENERIC for country in NUMBERS)
    assert number_name("FR") is GENERIC


@pytest.mark.parametrize(
    "country", ["BR", "BY", "HU", "KZ", "MD", "PL", "RU", "TH", "TR", "TW", "UA", "VE", "VN", "ZA"]
)
def test_a_wrong_last_digit_is_noticed(country: str) -> None:
    number = example(country)
    for digit in set("0123456789") - {number[-1]}:
        holds = NUMBERS[country][0].holds(number[:-1] + digit)
        assert holds is (country == "TW" and (int(digit) - int(number[-1])) % 5 == 0)


def test_the_rule_for_taiwan_is_that_of_2023() -> None:
    assert [number for number in ("00001009", "00001004", "00001073", "00001008") if is_ubn(number)] == [
        "00001009",
        "00001004",
        "00001073",
    ]


@pytest.mark.parametrize(
    ("country", "countries"),
    [
        ("NG", "SS"),
        ("SG", "MM TH VN"),
        ("DE", "HU PL"),
        ("MX", "VE"),
        ("GE", "AE AM AZ BY IQ KG KZ MD SA TJ TR UA UZ ZA"),
        ("KZ", ""),
        ("RU", ""),
        ("BR", ""),
        ("TW", ""),
        ("US", ""),
        ("CN", ""),
        ("BQ", "VE"),
    ],
)
def test_the_question_names_the_countries_of_the_region(country: str, countries: str) -> None:
    assert set(listed_countries(country)) == set(countries.split())


@pytest.mark.parametrize(
    ("answers", "need"),
    [
        ({"legal_country": "RU"}, "required"),
        ({"legal_country": "US"}, "optional"),
        ({"legal_country": "CN"}, "optional"),
        ({"legal_country": "TW"}, "no"),
        ({"legal_country": "HK"}, "no"),
        ({"legal_country": "HK", "sells_in_listed_country": "yes"}, "required"),
        ({"legal_country": "HK", "sells_in_listed_country": "unsure"}, "required"),
        ({"legal_country": "HK", "sells_in_listed_country": "no"}, "no"),
        ({"legal_country": "TW", "sells_in_listed_country": "yes"}, "no"),
        ({}, "no"),
    ],
)
def test_a_number_is_needed_where_the_company_does_business(answers: dict[str, str], need: str) -> None:
    assert needed(answers) == need


def test_the_number_may_be_that_of_a_country_the_company_sells_in() -> None:
    answers = {"legal_country": "SG", "sells_in_listed_country": "yes", "registration_id_country": "TH"}
    assert number_country(answers) == "TH"
    assert isinstance(check_number("0999999999991", Context(answers, date(2021, 5, 10))), Accepted)


@given(st.text(), st.sampled_from(sorted({*NUMBERS, *list(MARKETS)[:3], ""})))
def test_no_text_makes_the_check_fail(raw: str, country: str) -> None:
    assert isinstance(judged(country, raw), Accepted | Problem)


@given(st.from_regex("[0-9A-ZО]{4,20}", fullmatch=True), st.sampled_from(sorted(NUMBERS)))
def test_no_code_makes_the_check_fail(raw: str, country: str) -> None:
    assert isinstance(judged(country, raw), Accepted | Problem)
