"""Long lists with buttons: the likely countries first, the rest region by region; any list page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain.fields import Field, Option
from bot.domain.markets import MARKETS, REGIONS
from bot.localization.locale import Locale
from bot.text import Country, text
from bot.turn import Choice, Turn

# Translators: button; leads to the list of regions and then of countries.
ANOTHER = text("button.another-country", "Another country or region")
# Translators: button; shows the next page of a long list.
MORE = text("button.more", "More")
# Translators: above the list of regions of the world.
WHICH_REGION = text("countries.which-region", "Which CSP region is it in? You can also just type the name.")
# Translators: above a page of a long list, of countries for example.
WHICH_ONE = text("countries.which-one", "Which one is it? You can also just type the name.")
# Translators: the label of a button that names a country or region.
NAME = text("countries.name", "{country}")

LIKELY = {
    Locale.EN: ("US", "GB", "IN", "SG", "AU", "ZA"),
    Locale.ZH_CN: ("HK", "MO", "TW", "SG", "MY", "CN"),
    Locale.ZH_TW: ("TW", "HK", "MO", "SG", "US", "MY"),
    Locale.RU: ("RU", "KZ", "BY", "UZ", "AM", "KG"),
}
PAGE = 10


def options(codes: Iterable[str]) -> tuple[Option, ...]:
    """Countries by their names."""
    return tuple(Option(code, NAME.fill(country=Country(code))) for code in codes)


def button(field: Field, option: Option) -> Choice:
    return Choice(option.label, {"press": "answer", "field": field.name, "value": option.value})


def page(field: Field, among: Sequence[Option], number: int, region: str | None = None) -> tuple[Choice, ...]:
    """One page of options, and the way to the next."""
    shown = among[number * PAGE : (number + 1) * PAGE]
    more = {"press": "browse", "field": field.name, "region": region, "page": number + 1}
    rest = (Choice(MORE, more),) if among[(number + 1) * PAGE :] else ()
    return (*(button(field, option) for option in shown), *rest)


def likely(turn: Turn, field: Field) -> tuple[Choice, ...]:
    """Buttons for the countries that speakers of this language most often come from."""
    buttons = (button(field, option) for option in options(LIKELY[turn.locale]))
    return (*buttons, Choice(ANOTHER, {"press": "browse", "field": field.name}))


def browse(turn: Turn, field: Field, region: str | None, number: int) -> None:
    """Answers a press of "another country": the regions, or one page of a region's countries."""
    if region not in REGIONS:
        presses = ({"press": "browse", "field": field.name, "region": each} for each in REGIONS)
        labels = (each.label for each in REGIONS.values())
        turn.reply(WHICH_REGION, *map(Choice, labels, presses))
        return
    members = [code for code, market in MARKETS.items() if market.region == region]
    regions = Choice(ANOTHER, {"press": "browse", "field": field.name})
    turn.reply(WHICH_ONE, *page(field, options(members), number, region), regions)
