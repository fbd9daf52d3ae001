"""A time in full months: a number, years, words for them, or the month it began."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from bot.domain import numerals
from bot.domain.fields import Accepted, Context, Problem
from bot.domain.normalising import plain
from bot.domain.problems import problem
from bot.text import Month, counted, text

NEEDED = 12

# Translators: said after an answer of fewer than 12 months.
NOT_YET = text(
    "remark.months-not-yet",
    "Direct bill needs 12 full months as an indirect reseller, so this is not enough yet.",
)
# Translators: the person gave the month it began; {month} is that month, {count} the full months until today.
SINCE = counted(
    "confirm.months-since",
    "From {month} until today that is {count} full month. Is that right?",
    "From {month} until today that is {count} full months. Is that right?",
)

NAMES = (
    ("jan", "янв"), ("feb", "фев"), ("mar", "мар"), ("apr", "апр"), ("may", "май", "мая", "мае"),
    ("jun", "июн"), ("jul", "июл"), ("aug", "авг"), ("sep", "сен"),
    ("oct", "окт"), ("nov", "ноя"), ("dec", "дек"),
)  # fmt: skip
BY_NAME = {name: number for number, names in enumerate(NAMES, 1) for name in names}

MONTHS = r"(?:个月|個月|months?|mos?\.?|месяцев|месяца|месяц|мес\.?)"
YEARS = r"(?:年|years?|yrs?\.?|годов|года|год|лет|г\.?)"
NUMBER = (
    r"(?:[0-9]+(?:[.,]5)?|[〇零一二两兩三四五六七八九十百]+"
    r"|a|an|one|two|three|four|five|один|два|три|четыре|пять)"
)
LASTING = re.compile(
    rf"(?:(?P<years>{NUMBER})?\s*(?P<unit>{YEARS})\s*(?P<half>半|and a half|с половиной)?)?"
    rf"(?:\s*(?:and|и|零|,)?\s*(?P<months>{NUMBER})\s*{MONTHS})?"
)
SMALL_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "один": 1, "два": 2, "три": 3, "четыре": 4, "пять": 5,
}  # fmt: skip
SET_PHRASES = {
    "半年": 6, "полгода": 6, "half a year": 6, "полтора года": 18, "a year and a half": 18, "полтора": 18,
    "one and a half years": 18,
}  # fmt: skip
SINCE_WORDS = re.compile(
    r"^(?:since|from|с|со|自从|自從|自|从|從)\s*|\s*(?:起|开始|開始|以来|以來|至今|г\.?|года)$"
)
YEAR_FIRST = re.compile(
    r"(?P<year>[12][0-9]{3})\s*[-./年]\s*(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*月?"
)
MONTH_FIRST = re.compile(r"(?P<month>[0-9]{1,2})\s*[-./]\s*(?P<year>[12][0-9]{3})")
NAMED = re.compile(r"(?P<name>[a-zа-я]{3,9})\.?,?\s*(?P<year>[12][0-9]{3})")


def check_months(raw: str, context: Context) -> Accepted | Problem:
    """Full months up to today; a first month is turned into months and shown for a yes."""
    written = plain(raw).casefold()
    start = first_month(SINCE_WORDS.sub("", SINCE_WORDS.sub("", written)))
    if start is not None:
        return _since(start, context.today)
    if re.match(r"-\s*[0-9]|минус|minus|[负負]", written):
        return problem("negative")
    months = lasting(written)
    return problem("not-months") if months is None else _accepted(months)


def lasting(written: str) -> int | None:
    """How many months "18", "一年半" or "полтора года" are."""
    if re.fullmatch("[0-9]{1,6}", written):
        return int(written)
    if written in SET_PHRASES:
        return SET_PHRASES[written]
    found = LASTING.fullmatch(written)
    if not found or not written:
        return None
    years, unit, half, months = found.group("years", "unit", "half", "months")
    total = _count(years or "1") * 12 if unit else Decimal(0)
    total += (6 if half else 0) + (_count(months) if months else 0)
    return int(total) if total == int(total) else None


def first_month(written: str) -> tuple[int, int] | None:
    """Year and month of "2020-03", "2020年3月" or "март 2020"."""
    found = YEAR_FIRST.fullmatch(written) or MONTH_FIRST.fullmatch(written)
    if found:
        number = found["month"]
        month = int(number) if re.fullmatch("[0-9]+", number) else int(numerals.read(number) or 0)
    elif found := NAMED.fullmatch(written):
        month = BY_NAME.get(found["name"][:3], 0)
    return (int(found["year"]), month) if found and 1 <= month <= 12 else None


def _since(start: tuple[int, int], today: date) -> Accepted | Problem:
    year, month = start
    months = (today.year - year) * 12 + today.month - month
    if months < 0:
        return problem("future-month")
    accepted = _accepted(months)
    return Accepted(months, accepted.remarks, SINCE.fill(month=Month(year, month), count=months))


def _accepted(months: int) -> Accepted:
    return Accepted(months, (NOT_YET,) if months < NEEDED else ())


def _count(number: str) -> Decimal:
    if number in SMALL_WORDS:
        return Decimal(SMALL_WORDS[number])
    if re.match("[0-9]", number):
        return Decimal(number.replace(",", "."))
    return numerals.read(number) or Decimal(0)
