"""Choosing a country with buttons: the likely ones first, the rest region by region."""

from __future__ import annotations

from bot.domain.markets import MARKETS, REGIONS
from bot.localization.locale import Locale
from bot.text import Country, Text, text
from bot.turn import Choice, Turn

# Translators: button; leads to the list of regions and then of countries.
ANOTHER = text("button.another-country", "Another country or region")
# Translators: button; shows the next page of a long list.
MORE = text("button.more", "More")
# Translators: above the list of regions of the world.
WHICH_REGION = text("countries.which-region", "Which CSP region is it in? You can also just type the name.")
# Translators: above a list of countries.
WHICH_COUNTRY = text("countries.which-country", "Which one is it? You can also just type the name.")
# Translators: the label of a button that names a country or region.
NAME = text("countries.name", "{country}")

LIKELY = {
    Locale.EN: ("US", "GB", "IN", "SG", "AU", "ZA"),
    Locale.ZH_CN: ("HK", "MO", "TW", "SG", "MY", "CN"),
    Locale.ZH_TW: ("TW", "HK", "MO", "SG", "US", "MY"),
    Locale.RU: ("RU", "KZ", "BY", "UZ", "AM", "KG"),
}
PAGE = 10


def label(code: str) -> Text:
    return NAME.fill(country=Country(code))


def likely(turn: Turn, field: str) -> tuple[Choice, ...]:
    """Buttons for the countries that speakers of this language most often come from."""
    codes = [_country(field, code) for code in LIKELY[turn.locale]]
    return (*codes, Choice(ANOTHER, {"press": "browse", "field": field}))


def browse(turn: Turn, field: str, region: str | None, page: int) -> None:
    """Answers a press of "another country": the regions, or one page of a region's countries."""
    if region is None:
        choices = tuple(
            Choice(each.label, {"press": "browse", "field": field, "region": each.id})
            for each in REGIONS.values()
        )
        turn.reply(WHICH_REGION, *choices)
        return
    codes = [code for code, market in MARKETS.items() if market.region == region]
    shown = codes[page * PAGE : (page + 1) * PAGE]
    more = {"press": "browse", "field": field, "region": region, "page": page + 1}
    rest = (Choice(MORE, more),) if codes[(page + 1) * PAGE :] else ()
    turn.reply(WHICH_COUNTRY, *(_country(field, code) for code in shown), *rest)


def _country(field: str, code: str) -> Choice:
    return Choice(label(code), {"press": "answer", "field": field, "value": code})
