"""The markets of the CSP program as of April 2021: their regions, currencies and registration numbers.

A country is named by its ISO 3166-1 code, the three parts of BQ by ISO 3166-2, Kosovo by the
user-assigned XK. Names of countries come from the languages, not from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.text import Text, text

AS_OF = date(2021, 4, 15)


@dataclass(frozen=True, slots=True)
class Region:
    """Countries whose customers one CSP account may sell to."""

    id: str
    label: Text
    currencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Market:
    """One country of a region. `currency` is None where the price lists name none."""

    code: str
    region: str
    currency: str | None
    registration_id: Literal["required", "optional", "no"]


LABELS: Mapping[str, Text] = {
    # Translators: a CSP region, not the continent: some African countries belong to another region.
    "africa": text("region.africa", "Africa"),
    # Translators: a CSP region, a group of countries.
    "asia-pacific": text("region.asia-pacific", "Asia and Pacific"),
    # Translators: a CSP region: Australia with many Pacific islands.
    "australia": text("region.australia", "Australia"),
    # Translators: a CSP region of one country.
    "brazil": text("region.brazil", "Brazil"),
    # Translators: a CSP region: Canada with Saint Pierre and Miquelon.
    "canada": text("region.canada", "Canada"),
    # Translators: a CSP region: the European Union, the United Kingdom, Norway, Switzerland and neighbors.
    "europe": text("region.europe", "Europe"),
    # Translators: a CSP region of one country.
    "india": text("region.india", "India"),
    # Translators: a CSP region of one country.
    "japan": text("region.japan", "Japan"),
    # Translators: a CSP region of one country, the Republic of Korea.
    "korea": text("region.korea", "Korea"),
    # Translators: a CSP region, a group of countries.
    "latin-america-caribbean": text("region.latin-america-caribbean", "Latin America and the Caribbean"),
    # Translators: a CSP region, a group of countries (Central Europe, not Northern Europe).
    "middle-east-central-eastern-europe": text(
        "region.middle-east-central-eastern-europe", "Middle East, Central Europe and Eastern Europe"
    ),
    # Translators: a CSP region: New Zealand with some Pacific islands.
    "new-zealand": text("region.new-zealand", "New Zealand"),
    # Translators: a CSP region of one country.
    "russia": text("region.russia", "Russia"),
    # Translators: a CSP region of one market.
    "taiwan": text("region.taiwan", "Taiwan"),
    # Translators: a CSP region: the United States with its outlying islands.
    "united-states": text("region.united-states", "United States"),
}

#: Who belongs where: region, currency (None: the price lists leave it empty), codes.
MEMBERS: Mapping[str, Mapping[str | None, str]] = {
    "africa": {
        "USD": "AO BF BI BJ BW CD CF CG CI CM CV DJ ER ET GA GH GM GN GQ GW KE KM LR MG ML MU MW NA NC NE NG "
        "PF RE RW SC SH SL SN SO SS ST TD TG TZ UG YT ZM"
    },
    "asia-pacific": {"USD": "BD BN BT HK ID KH LA LK MM MO MV MY NP PH SG TH TL VN"},
    "australia": {"AUD": "AU CC CK CX FJ FM GU HM KI MH MP NF NR NU PG PN PW SB TF TK TO TV WF"},
    "brazil": {"USD": "BR"},
    "canada": {"CAD": "CA PM"},
    "europe": {
        "EUR": "AD AT AX BE BG BV CY CZ DE EE ES FI FO FR GL GR HR HU IE IS IT LI LT LU LV MC MT NL PL PT RO "
        "SI SK SM",
        "DKK": "DK",
        "GBP": "GB GG GI IM JE",
        "NOK": "NO SJ",
        "SEK": "SE",
        "CHF": "CH",
        None: "VA",
    },
    "india": {"INR": "IN"},
    "japan": {"JPY": "JP"},
    "korea": {"KRW": "KR"},
    "latin-america-caribbean": {
        "USD": "AG AI AQ AR AW BB BL BM BO BQ-BO BQ-SA BQ-SE BS BZ CL CO CR CW DM DO EC FK GD GF GP GS GT GY "
        "HN HT JM KY LC MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI",
        None: "KN",
    },
    "middle-east-central-eastern-europe": {
        "USD": "AE AF AL AM AZ BH BY DZ EG GE IL IO IQ JO KG KW KZ LB LS LY MA MD ME MN MR MZ OM PK QA RS SA "
        "SZ TJ TM TN TR UA UZ XK YE ZA ZW",
        None: "BA MK PS",
    },
    "new-zealand": {"NZD": "AS NZ VU WS"},
    "russia": {"RUB": "RU"},
    "taiwan": {"TWD": "TW"},
    "united-states": {"USD": "UM US"},
}

#: Where doing business takes a company registration number.
NUMBER_REQUIRED = frozenset(
    "AM AZ BY BR HU IN IQ KZ KG MD MM PL RU SA ZA SS TJ TH TR UA AE UZ VE VN".split()  # noqa: SIM905
)
#: Named in the tables of numbers, but not among the countries that must give one.
NUMBER_OPTIONAL = frozenset({"CN", "US"})

#: Known countries that are in no region, with the topic that says more.
NOT_LISTED: Mapping[str, str | None] = {
    "CN": "region.mainland-china",
    "CU": None,
    "EH": None,
    "IR": None,
    "KP": None,
    "SD": None,
    "SY": None,
}


def _number(code: str) -> Literal["required", "optional", "no"]:
    if code in NUMBER_REQUIRED:
        return "required"
    return "optional" if code in NUMBER_OPTIONAL else "no"


REGIONS: Mapping[str, Region] = {
    region: Region(region, LABELS[region], tuple(currency for currency in members if currency))
    for region, members in MEMBERS.items()
}
MARKETS: Mapping[str, Market] = {
    code: Market(code, region, currency, _number(code))
    for region, members in MEMBERS.items()
    for currency, codes in members.items()
    for code in codes.split()
}


def iso(code: str) -> str:
    """The ISO 3166-1 code of a market, as libraries and banks know it."""
    return code.partition("-")[0]


def parts_of(code: str) -> tuple[str, ...]:
    """The markets that stand for a country code: three for BQ, else the country itself."""
    return (code,) if code != "BQ" else tuple(market for market in MARKETS if iso(market) == code)


def listed(code: str) -> bool:
    """Whether a company with this legal country can enroll."""
    return parts_of(code)[0] in MARKETS


def region_of(code: str) -> str:
    """The region whose customers a company of this country may sell to."""
    return MARKETS[parts_of(code)[0]].region
