"""Which of its plural forms a language uses for a number, by the rules of CLDR."""

from __future__ import annotations

from decimal import Decimal

from bot.localization.locale import Locale

#: How many forms a translator writes. Russian: one, few, many (1 день, 2 дня, 5 дней).
FORMS = {Locale.EN: 2, Locale.ZH_CN: 1, Locale.ZH_TW: 1, Locale.RU: 3}


def form_for(count: int | Decimal, locale: Locale) -> int:
    """The index of the form for a number."""
    if locale is Locale.RU:
        return _russian(count)
    if locale is Locale.EN:
        return 0 if count == 1 else 1
    return 0


def _russian(count: int | Decimal) -> int:
    if count != int(count):
        return 1  # 1,5 дня: a fraction takes the genitive singular, which only the second form holds
    last, last_two = abs(int(count)) % 10, abs(int(count)) % 100
    if last == 1 and last_two != 11:
        return 0
    return 1 if 2 <= last <= 4 and not 12 <= last_two <= 14 else 2
