"""The markets, as the lists of April 2021 have them."""

from collections import Counter

import pytest

from bot.domain.markets import (
    LABELS,
    MARKETS,
    NOT_LISTED,
    NUMBER_OPTIONAL,
    NUMBER_REQUIRED,
    REGIONS,
    iso,
    listed,
    parts_of,
    region_of,
)

SIZES = {
    "africa": 47,
    "asia-pacific": 18,
    "australia": 23,
    "brazil": 1,
    "canada": 2,
    "europe": 45,
    "india": 1,
    "japan": 1,
    "korea": 1,
    "latin-america-caribbean": 53,
    "middle-east-central-eastern-europe": 45,
    "new-zealand": 4,
    "russia": 1,
    "taiwan": 1,
    "united-states": 2,
}


def test_fifteen_regions_have_245_markets() -> None:
    assert Counter(market.region for market in MARKETS.values()) == SIZES
    assert len(MARKETS) == sum(SIZES.values()) == 245
    assert set(LABELS) == set(REGIONS) == set(SIZES)


def test_five_markets_have_no_currency() -> None:
    assert {code for code, market in MARKETS.items() if market.currency is None} == {
        "BA",
        "KN",
        "MK",
        "PS",
        "VA",
    }


@pytest.mark.parametrize(
    ("region", "currencies"),
    [
        ("europe", {"EUR", "DKK", "GBP", "NOK", "SEK", "CHF"}),
        ("brazil", {"USD"}),
        ("new-zealand", {"NZD"}),
        ("taiwan", {"TWD"}),
    ],
)
def test_a_region_knows_its_currencies(region: str, currencies: set[str]) -> None:
    assert set(REGIONS[region].currencies) == currencies


@pytest.mark.parametrize(
    ("code", "region", "currency"),
    [
        ("ZA", "middle-east-central-eastern-europe", "USD"),
        ("EG", "middle-east-central-eastern-europe", "USD"),
        ("MN", "middle-east-central-eastern-europe", "USD"),
        ("PF", "africa", "USD"),
        ("GU", "australia", "AUD"),
        ("AS", "new-zealand", "NZD"),
        ("PR", "latin-america-caribbean", "USD"),
        ("NO", "europe", "NOK"),
        ("CH", "europe", "CHF"),
        ("HK", "asia-pacific", "USD"),
        ("XK", "middle-east-central-eastern-europe", "USD"),
        ("RU", "russia", "RUB"),
    ],
)
def test_a_market_stands_where_the_program_puts_it(code: str, region: str, currency: str) -> None:
    assert (MARKETS[code].region, MARKETS[code].currency) == (region, currency)


def test_the_three_parts_of_bq_share_region_and_currency() -> None:
    assert parts_of("BQ") == ("BQ-BO", "BQ-SA", "BQ-SE")
    assert {(MARKETS[part].region, MARKETS[part].currency, iso(part)) for part in parts_of("BQ")} == {
        ("latin-america-caribbean", "USD", "BQ")
    }
    assert region_of("BQ") == "latin-america-caribbean"
    assert listed("BQ")


def test_countries_outside_every_region_are_not_listed() -> None:
    assert set(NOT_LISTED) == {"CN", "CU", "EH", "IR", "KP", "SD", "SY"}
    assert not any(listed(code) for code in (*NOT_LISTED, "", "ZZ"))
    assert NOT_LISTED["CN"] == "region.mainland-china"


def test_every_market_says_whether_it_asks_for_a_number() -> None:
    required = {code for code, market in MARKETS.items() if market.registration_id == "required"}
    assert required == NUMBER_REQUIRED
    assert len(required) == 24
    assert {code for code, market in MARKETS.items() if market.registration_id == "optional"} == {"US"}
    assert {"US", "CN"} == NUMBER_OPTIONAL
