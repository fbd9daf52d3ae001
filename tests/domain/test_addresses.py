"""The parts of a legal address, country by country."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.addresses import (
    asked_parts,
    check_city,
    check_line1,
    check_line2,
    check_postal_code,
    check_region,
    postal_code_form,
    region_options,
)
from bot.domain.fields import Accepted, Context, Problem
from bot.domain.markets import MARKETS
from bot.domain.places import Place, cities, regions
from bot.text import Country

CHECKS = {
    "region": check_region,
    "city": check_city,
    "postal_code": check_postal_code,
    "line1": check_line1,
    "line2": check_line2,
}
CASES = yaml.safe_load(Path(__file__).with_name("addresses.yml").read_text(encoding="utf-8"))
COUNTRIES = st.sampled_from(
    ["CN", "TW", "HK", "MO", "RU", "KZ", "BY", "SG", "US", "UA", "JP", "BQ-SA", "XK", ""]
)


def cases(quality: str) -> list[Any]:
    return [
        pytest.param(part, case, id=f"{part}-{case['country']}-{case['typed']}")
        for part, examples in CASES.items()
        for case in examples[quality]
    ]


def judged(part: str, case: dict[str, Any]) -> Accepted | Problem:
    return CHECKS[part](case["typed"], context(case["country"], case.get("region"), case.get("city")))


def context(country: str, region: str | None = None, city: str | None = None) -> Context:
    answers = {"legal_country": country, "address_region": region, "address_city": city}
    return Context(answers, date(2021, 5, 10))


@pytest.mark.parametrize(("part", "case"), cases("taken"))
def test_a_good_part_is_taken(part: str, case: dict[str, Any]) -> None:
    result = judged(part, case)
    assert isinstance(result, Accepted), result
    assert result.value == case.get("value", case["typed"])
    assert [remark.key for remark in result.remarks] == ([case["told"]] if "told" in case else [])


@pytest.mark.parametrize(("part", "case"), cases("taken"))
def test_a_stored_part_is_taken_again_as_it_is(part: str, case: dict[str, Any]) -> None:
    stored = judged(part, case)
    assert isinstance(stored, Accepted)
    if stored.value is not None:
        again = judged(part, {**case, "typed": stored.value})
        assert isinstance(again, Accepted)
        assert again.value == stored.value


@pytest.mark.parametrize(("part", "case"), cases("refused"))
def test_a_bad_part_is_refused(part: str, case: dict[str, Any]) -> None:
    result = judged(part, case)
    assert isinstance(result, Problem), result
    assert result.type == case["type"]
    if "meant" in case:
        assert [option.value for option in result.meant] == case["meant"]


@pytest.mark.parametrize(("part", "case"), cases("refused"))
def test_what_is_offered_instead_would_be_taken(part: str, case: dict[str, Any]) -> None:
    result = judged(part, case)
    assert isinstance(result, Problem)
    for option in result.meant:
        assert isinstance(judged(part, {**case, "typed": option.value}), Accepted)


@pytest.mark.parametrize(
    ("country", "required"),
    [
        ("CN", {"region", "city", "postal_code", "line1"}),
        ("TW", {"region", "city", "postal_code", "line1"}),
        ("HK", {"region", "line1"}),
        ("MO", {"line1"}),
        ("RU", {"region", "city", "postal_code", "line1"}),
        ("KZ", {"city", "line1", "postal_code"}),
        ("BY", {"city", "line1", "postal_code"}),
        ("SG", {"postal_code", "line1"}),
        ("US", {"region", "city", "postal_code", "line1"}),
        ("BQ-BO", {"city", "line1"}),
        ("unknown", {"city", "line1"}),
    ],
)
def test_each_country_asks_for_its_own_parts(country: str, required: set[str]) -> None:
    assert {part for part, needed in asked_parts(country).items() if needed} == required


def test_what_a_country_does_not_have_is_not_asked() -> None:
    assert set(asked_parts("SG")) == {"postal_code", "line1", "line2"}
    assert set(asked_parts("MO")) == {"line1", "line2"}
    assert "postal_code" not in asked_parts("HK")
    assert asked_parts("KZ")["region"] is False


def test_mainland_china_has_31_regions_without_the_markets_of_their_own() -> None:
    names = {option.value for option in region_options({"legal_country": "CN"})}
    assert len(names) == 31
    assert not names & {"台湾", "香港", "澳门"}


def test_a_region_of_a_longer_address_line_than_a_register_holds_is_refused() -> None:
    for check, limit in ((check_region, 80), (check_city, 80), (check_line1, 120), (check_line2, 120)):
        assert isinstance(check("ж1" * (limit // 2), context("BY")), Accepted)
        result = check("ж1" * (limit // 2) + "ж", context("BY"))
        assert isinstance(result, Problem)
        assert (result.type, result.text.values["count"]) == ("string_too_long", 1)


@pytest.mark.parametrize("country", sorted(MARKETS))
def test_every_region_on_offer_is_taken_as_offered(country: str) -> None:
    options = region_options({"legal_country": country})
    for option in options:
        result = check_region(option.value, context(country))
        assert isinstance(result, Accepted), (option, result)
        assert result.value == option.value


@pytest.mark.parametrize("country", ["CN", "TW"])
def test_every_district_is_taken_by_its_own_name(country: str) -> None:
    def told(region: Place, city: Place) -> Accepted | Problem:
        return check_city(city.name, context(country, region.stored))

    listed = [(region, city) for region in regions(country) for city in cities(country, region.key)]
    assert [pair for pair in listed if not isinstance(told(*pair), Accepted)] == []


@pytest.mark.parametrize("country", sorted(MARKETS))
def test_the_example_of_a_postal_code_is_one(country: str) -> None:
    if "postal_code" in asked_parts(country):
        _, example = postal_code_form(country.partition("-")[0])
        result = check_postal_code(example, context(country))
        assert isinstance(result, Accepted)
        assert result.value == example


def test_a_wrong_postal_code_is_answered_with_an_example_of_the_country() -> None:
    result = check_postal_code("12", context("KZ"))
    assert isinstance(result, Problem)
    assert dict(result.text.values) == {"country": Country("KZ"), "example": "Z05T3D0"}


@given(st.text(), COUNTRIES, st.sampled_from([None, "北京市", "台北市", "Москва", "WA", "Kowloon", "?"]))
def test_no_text_makes_a_check_fail(raw: str, country: str, region: str | None) -> None:
    for check in CHECKS.values():
        assert isinstance(check(raw, context(country, region)), Accepted | Problem)
