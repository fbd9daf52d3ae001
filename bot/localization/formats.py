"""How each language writes dates, amounts, numbers, lists and countries: CLDR, except where we differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache

import babel
from babel import localedata
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from bot.localization.locale import Locale

_CLDR = {Locale.EN: "en", Locale.ZH_CN: "zh_Hans_CN", Locale.ZH_TW: "zh_Hant_TW", Locale.RU: "ru_RU"}

#: Hours and minutes. CLDR 37, which Babel 2.9.1 holds, still had the twelve-hour clock for zh-CN.
_CLOCK = {Locale.EN: "h:mm a", Locale.ZH_CN: "HH:mm", Locale.ZH_TW: "ah:mm", Locale.RU: "HH:mm"}

#: In Taiwan a bare $ is the New Taiwan dollar: there both are named. Russian forms write out the dollar.
_SYMBOLS = {(Locale.ZH_TW, "TWD"): "NT$", (Locale.RU, "USD"): "долл. США"}

#: Names as the program's own pages have them, and the three parts of BQ, which CLDR has no names for.
_COUNTRIES = {
    Locale.EN: {"BQ-BO": "Bonaire", "BQ-SA": "Saba", "BQ-SE": "Sint Eustatius"},
    Locale.ZH_CN: {
        "TW": "中国台湾",
        "HK": "香港特别行政区",
        "MO": "中国澳门",
        "CD": "刚果（金）",
        "BQ-BO": "博奈尔岛",
        "BQ-SA": "萨巴",
        "BQ-SE": "圣尤斯特歇斯",
    },
    Locale.ZH_TW: {
        "TW": "台灣",
        "HK": "香港",
        "MO": "澳門",
        "CD": "剛果民主共和國",
        "BQ-BO": "波奈",
        "BQ-SA": "薩巴",
        "BQ-SE": "聖佑達修斯",
    },
    Locale.RU: {
        "TW": "Тайвань",
        "HK": "Гонконг, САР",
        "MO": "Макао, САР",
        "CD": "Демократическая Республика Конго",
        "BQ-BO": "Бонэйр",
        "BQ-SA": "Саба",
        "BQ-SE": "Синт-Эстатиус",
    },
}

#: What CLDR counts as territories although no company can be registered there, and BQ as a whole.
_NO_COUNTRIES = frozenset(
    ["AC", "BQ", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
)

#: What we never say is most of what Babel knows of a locale, and would stay in memory.
_NEVER_SAID = (
    *("languages", "scripts", "variants", "time_zones", "meta_zones", "interval_formats", "date_fields"),
    *("compact_decimal_formats", "unit_patterns", "unit_display_names", "compound_unit_patterns"),
)


@cache
def _cldr(locale: Locale) -> babel.Locale:
    parts = _CLDR[locale].split("_")
    for size in range(1, len(parts) + 1):
        data = localedata.load("_".join(parts[:size]))
        for name in _NEVER_SAID:
            data.pop(name, None)
    return babel.Locale.parse(_CLDR[locale])


@cache
def country_names(locale: Locale) -> dict[str, str]:
    """The name of every country and region by code, for reading what people type."""
    territories = _cldr(locale).territories
    names = {code: name for code, name in territories.items() if code.isalpha() and code not in _NO_COUNTRIES}
    return names | _COUNTRIES[locale]


def country(code: str, locale: Locale) -> str:
    return country_names(locale)[code]


@lru_cache(maxsize=1024)
def day(value: date, locale: Locale) -> str:
    written = format_date(value, "long", locale=_cldr(locale))
    # In Russian neither a day nor "г." stands at the end or at the beginning of a line, away from its own.
    return "\u00a0".join(written.split(" ", 1)).replace(" г.", "\u00a0г.") if locale is Locale.RU else written


def moment(value: datetime, locale: Locale) -> str:
    """Date and time. A time that knows its zone is written as UTC and says so."""
    if value.tzinfo is not None:
        value = value.astimezone(UTC)
    time = format_time(value.time(), _CLOCK[locale], locale=_cldr(locale))
    written = str(get_datetime_format("long", locale=_cldr(locale))).replace("'", "")
    written = written.replace("{1}", day(value.date(), locale)).replace("{0}", time)
    return f"{written} UTC" if value.tzinfo is not None else written


@lru_cache(maxsize=256)
def month(year: int, number: int, locale: Locale) -> str:
    written: str = format_skeleton("yMMMM", date(year, number, 1), locale=_cldr(locale))
    return written.replace(" г.", "\u00a0г.")


@lru_cache(maxsize=1024)
def number(value: int | Decimal, locale: Locale) -> str:
    written: str = format_decimal(value, locale=_cldr(locale))
    return written


@lru_cache(maxsize=256)
def money(amount: Decimal, currency: str, locale: Locale) -> str:
    """An amount of money, without decimals where it is whole."""
    cldr = _cldr(locale)
    if amount == amount.to_integral_value():
        pattern: str = cldr.currency_formats["standard"].pattern.replace(".00", "")
        written = format_currency(amount, currency, pattern, locale=cldr, currency_digits=False)
    else:
        written = format_currency(amount, currency, locale=cldr)
    symbol = _SYMBOLS.get((locale, currency))
    usual: str = get_currency_symbol(currency, cldr)
    return written.replace(usual, symbol) if symbol else written


def listing(items: Sequence[str], locale: Locale, *, either: bool) -> str:
    written: str = format_list(items, "or" if either else "standard", locale=_cldr(locale))
    return written
