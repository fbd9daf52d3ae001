"""Days and months as people write them: 2024年5月1日, 1 мая 2024, 民國113年5月1日, tomorrow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta

from bot.localization.folding import fold, words
from bot.localization.locale import Locale
from bot.localization.vocabulary import Vocabulary
from dialogs.reading.lexicon import Lexicon, Words, entries
from dialogs.reading.numbers import Numbers

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/. ])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/. ])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_YEAR_AND_MONTH = re.compile(r"([0-9]{4})[-/. ]([0-9]{1,2})")
_MONTH_AND_YEAR = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{4})")
_NUMERAL = r"([0-9〇零元一二三四五六七八九十廿卅]+)"
_CHINESE = re.compile(rf"(民国)?(?:{_NUMERAL}年)?{_NUMERAL}月(?:份|{_NUMERAL}[日号]?)?")
#: The first year of the Republic of China's calendar.
_MINGUO = 1911
_LONGEST = 40


class Dates:
    def __init__(self, vocabularies: Mapping[Locale, Vocabulary], numbers: Numbers) -> None:
        calendars = tuple(vocabulary.calendar for vocabulary in vocabularies.values())
        self._numbers = numbers
        self._months = Lexicon[int](
            entry
            for c in calendars
            for month, names in enumerate(c.months, 1)
            for entry in entries(names, month)
        )
        self._days = Lexicon[int](
            e for c in calendars for away, n in c.days.items() for e in entries(n, away)
        )
        self._months_away = Lexicon[int](
            entry
            for c in calendars
            for away, names in c.months_away.items()
            for entry in entries(names, away)
        )
        fillers = [e for v in vocabularies.values() for e in entries((*v.fillers, *v.calendar.around), None)]
        self._around = Lexicon[None](fillers)

    def day(self, text: str, today: date) -> date | tuple[date, ...] | None:
        """Several days where the order of day and month, or the year, is left open."""
        folded = fold(text)
        if not folded or len(folded) > _LONGEST:
            return None
        message = self._bare(words(folded))
        away = self._days.exact(words(folded)) or self._days.exact(message)
        if away:
            return today + timedelta(days=min(away))
        return _one_or_several(
            self._numeric(folded) or self._chinese(folded, today) or self._named(message, today)
        )

    def month(self, text: str, today: date) -> tuple[int, int] | None:
        folded = fold(text)
        if not folded or len(folded) > _LONGEST:
            return None
        message = self._bare(words(folded))
        away = self._months_away.exact(words(folded)) or self._months_away.exact(message)
        if away:
            months = today.year * 12 + today.month - 1 + min(away)
            return months // 12, months % 12 + 1
        day = self.day(text, today) if self._says_year(folded) else None
        if isinstance(day, date):
            return day.year, day.month
        return self._numeric_month(" ".join(message), folded) or self._named_month(message)

    def _numeric(self, folded: str) -> list[date]:
        bare = folded.rstrip(". ").removesuffix(" г").removesuffix("г.").strip()
        if match := _YEAR_FIRST.fullmatch(bare):
            return _days([(int(match[1]), int(match[3]), int(match[4]))])
        if match := _YEAR_LAST.fullmatch(bare):
            one, other, year = int(match[1]), int(match[3]), _full_year(match[4])
            orders = [(year, other, one)] if match[2] == "." else [(year, other, one), (year, one, other)]
            return _days(orders)
        return []

    def _chinese(self, folded: str, today: date) -> list[date]:
        match = _CHINESE.fullmatch("".join(self._bare(words(folded))))
        if match is None or match[4] is None:
            return []
        month, day = self._numeral(match[3]), self._numeral(match[4])
        return _days((year, month, day) for year in self._years(match[1], match[2], month, day, today))

    def _years(self, minguo: str | None, year: str | None, month: int, day: int, today: date) -> list[int]:
        if year is None:
            return [] if minguo else _nearest_years(month, day, today)
        return [_chinese_year(self._numeral(year), bool(minguo))]

    def _named(self, message: Words, today: date) -> list[date]:
        """A day with the month's name, in either order, with or without a year."""
        months = [
            (at, meanings) for at, word in enumerate(message) if (meanings := self._months.exact((word,)))
        ]
        if len(months) != 1:
            return []
        at, month = months[0][0], min(months[0][1])
        figures = [
            int(word) for word in (*message[:at], *message[at + 1 :]) if word.isdigit() and len(word) < 5
        ]
        if len(figures) != len(message) - 1:
            return []
        match figures:
            case [day] if day <= 31:
                return _days((year, month, day) for year in _nearest_years(month, day, today))
            case [day, year] if day <= 31 and year > 99:
                return _days([(year, month, day)])
            case [year, day] if day <= 31 and year > 99:
                return _days([(year, month, day)])
        return []

    def _numeric_month(self, written: str, folded: str) -> tuple[int, int] | None:
        for form, year, month in ((_YEAR_AND_MONTH, 1, 2), (_MONTH_AND_YEAR, 2, 1)):
            match = form.fullmatch(written) or form.fullmatch(folded)
            if match:
                return _month(int(match[year]), int(match[month]))
        match = _CHINESE.fullmatch(written.replace(" ", ""))
        if match is None or match[2] is None or match[4] is not None:
            return None
        return _month(_chinese_year(self._numeral(match[2]), bool(match[1])), self._numeral(match[3]))

    def _named_month(self, message: Words) -> tuple[int, int] | None:
        months = {month for word in message for month in self._months.exact((word,))}
        years = [int(word) for word in message if word.isdigit() and len(word) == 4]
        if len(message) == 2 and len(months) == 1 and len(years) == 1:
            return years[0], months.pop()
        return None

    def _says_year(self, folded: str) -> bool:
        return "年" in folded or any(len(word) == 4 and word.isdigit() for word in words(folded))

    def _numeral(self, written: str) -> int:
        if written == "元":
            return 1
        value = self._numbers.number(written)
        return 0 if value is None or value > 9999 else int(value)

    def _bare(self, message: Words) -> Words:
        """The message without "the", "of", «года», 從 and the like, wherever they stand."""
        kept: list[str] = []
        at = 0
        while at < len(message):
            end = next((end for end, _ in self._around.starting(message, at)), at)
            if end == at:
                kept.append(message[at])
                end += 1
            at = end
        return tuple(kept)


def _days(candidates: Iterable[tuple[int, int, int]]) -> list[date]:
    found = []
    for year, month, day in candidates:
        with suppress(ValueError):
            found.append(date(year, month, day))
    return found


def _month(year: int, month: int) -> tuple[int, int] | None:
    return (year, month) if 1900 <= year <= 9999 and 1 <= month <= 12 else None


def _full_year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _chinese_year(year: int, minguo: bool) -> int:
    """Three digits are a year of the Republic's calendar, two one of this century."""
    if minguo or 100 <= year < 200:
        return year + _MINGUO
    return 2000 + year if year < 100 else year


def _nearest_years(month: int, day: int, today: date) -> list[int]:
    """The years of the last and the next such day, which are one if it is today."""
    days = _days((year, month, day) for year in range(today.year - 4, today.year + 5))
    past, coming = [d for d in days if d <= today], [d for d in days if d >= today]
    return sorted({day.year for day in (*past[-1:], *coming[:1])})


def _one_or_several(days: list[date]) -> date | tuple[date, ...] | None:
    different = sorted(set(days))
    if not different:
        return None
    return different[0] if len(different) == 1 else tuple(different)
