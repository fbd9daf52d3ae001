"""Numbers and ordinals, in digits and in the words of every language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.localization.folding import fold, phrase, words
from bot.localization.locale import Locale
from bot.localization.vocabulary import Vocabulary
from dialogs.reading.lexicon import Lexicon, Words, entries

_FIGURE = re.compile(r"([+-]?)([0-9]+(?:[ ,.][0-9]+)*)")
_LISTED = re.compile(r"#\s*([0-9]+)|[(]?([0-9]+)[).、]")
_WORDS_ONLY = re.compile(r"[\w\s.]+")
_HAN_OR_DIGITS = re.compile(r"[0-9\u3007\u3400-\u9fff]+")
_HALF = Decimal("0.5")
#: The Chinese counting word; it changes no number.
_MEASURE = "个"
_LONGEST = 24
_LONGEST_FIGURE = 40


class Numbers:
    def __init__(self, vocabularies: Mapping[Locale, Vocabulary]) -> None:
        every = tuple(vocabularies.values())
        counting = tuple(vocabulary.counting for vocabulary in every)
        numbers = [(phrase(word), value) for c in counting for word, value in c.numbers.items()]
        halves = [entry for c in counting for entry in entries(c.half, _HALF)]
        self._numerals = Lexicon[Decimal]([*numbers, *halves])
        self._ordinals = {phrase(word): value for c in counting for word, value in c.ordinals.items()}
        fillers = [e for v in every for e in entries((*v.fillers, *v.politeness.anywhere), False)]
        self._before = Lexicon[bool]([*(e for c in counting for e in entries(c.before, True)), *fillers])
        self._after = Lexicon[bool]([*(e for c in counting for e in entries(c.after, True)), *fillers])

    def number(self, text: str) -> Decimal | None:
        folded = fold(text)
        figure = _FIGURE.match(folded)
        if figure is None:
            return self._in_words(words(folded))
        if len(figure[0]) > _LONGEST_FIGURE:
            return None
        value, rest = _figure(figure[2]), folded[figure.end() :]
        if not rest:
            return value if value is None or figure[1] != "-" else -value
        if not _WORDS_ONLY.fullmatch(rest):
            return None
        multiplier = self._multiplier(words(rest))
        if value is None or multiplier is None:
            return self._in_words(words(folded))
        return value * multiplier * (-1 if figure[1] == "-" else 1)

    def ordinal(self, text: str) -> int | None:
        folded = fold(text)
        listed = _LISTED.fullmatch(folded)
        if listed:
            return int((listed[1] or listed[2])[-9:]) or None
        message = words(folded)
        if not 0 < len(message) <= _LONGEST:
            return None
        if message in self._ordinals:
            return self._ordinals[message]
        bare, marked = self._unmarked(message)
        number = self._in_words(bare) if marked and bare else None
        if number is None:
            return self._ordinals.get(bare)
        return int(number) if number == int(number) and number > 0 else None

    def _unmarked(self, message: Words) -> tuple[Words, bool]:
        """What is between the marks of an ordinal, and whether there was a mark."""
        marked = False
        while head := self._head(message):
            message, marked = message[head[0] :], marked or head[1]
        while tail := self._tail(message):
            message, marked = message[: tail[0]], marked or tail[1]
        return message, marked

    def _head(self, message: Words) -> tuple[int, bool] | None:
        heads = ((end, True in meanings) for end, meanings in self._before.starting(message, 0))
        return next((head for head in heads if head[0] < len(message)), None)

    def _tail(self, message: Words) -> tuple[int, bool] | None:
        for at in range(1, len(message)):
            meanings = self._after.exact(message[at:])
            if meanings:
                return at, True in meanings
        return None

    def _in_words(self, message: Words) -> Decimal | None:
        if not 0 < len(message) <= _LONGEST:
            return None
        if all(map(_HAN_OR_DIGITS.fullmatch, message)):
            return self._in_chinese(tuple(word for word in message if word != _MEASURE))
        parts = self._numerals.parts(message)
        return _spoken([min(part) for part in parts]) if parts else None

    def _in_chinese(self, message: Words) -> Decimal | None:
        half = _HALF if len(message) > 1 and _HALF in self._numerals.exact(message[-1:]) else Decimal(0)
        message = message[:-1] if half else message
        values = [self._character(word) for word in message]
        whole = _chinese([value for value in values if value is not None]) if None not in values else None
        return None if whole is None else whole + half

    def _character(self, word: str) -> _Figure | None:
        if word.isdigit():
            return _Figure(Decimal(word), True) if len(word) < _LONGEST else None
        value = next(iter(self._numerals.exact((word,))), None)
        return None if value is None or value == _HALF else _Figure(value, value < 10)

    def _multiplier(self, rest: Words) -> Decimal | None:
        parts = self._numerals.parts(rest) if rest else None
        product = Decimal(1)
        for part in parts or ():
            product *= min(part)
        return product if product >= 100 and all(min(part) >= 10 for part in parts or ()) else None


def _figure(digits: str) -> Decimal | None:
    """Groups of three are thousands in every language; a different last mark begins the decimals."""
    groups, marks = re.split("[ ,.]", digits), re.findall("[ ,.]", digits)
    if marks and marks[-1] != " " and (len(marks) == 1 or marks[-1] not in marks[:-1]):
        decimals = groups[-1] if len(groups[-1]) != 3 or groups[0] == "0" or len(marks) > 1 else ""
        if decimals:
            groups, marks = groups[:-1], marks[:-1]
            whole = _grouped(groups, marks)
            return None if whole is None else Decimal(f"{whole}.{decimals}")
    whole = _grouped(groups, marks)
    return None if whole is None else Decimal(whole)


def _grouped(groups: Sequence[str], marks: Sequence[str]) -> str | None:
    if not marks:
        return groups[0]
    regular = len(set(marks)) == 1 and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    return "".join(groups) if regular else None


def _spoken(values: Sequence[Decimal]) -> Decimal | None:
    """Russian and English: hundreds, tens and ones add up, thousands and millions multiply."""
    total = group = Decimal(0)
    largest = Decimal("Infinity")
    for at, value in enumerate(values):
        if value >= 1000 and value < largest:
            total, group, largest = total + (group or 1) * value, Decimal(0), value
        elif value == 100 and 0 < group < 100 and group == int(group):
            group *= 100
        elif _adds(group, value) or (at == 0 and value < 1000):
            group += value
        else:
            return None
    return total + group


def _adds(group: Decimal, value: Decimal) -> bool:
    if value == _HALF:
        return group > 0 and group == int(group)
    if value == 0 or value >= 1000 or group != int(group):
        return False
    return (
        group == 0
        or (group % 100 == 0 and value < 100)
        or (group % 100 >= 20 and group % 10 == 0 and value < 10)
    )


class _Figure(NamedTuple):
    """A character of a Chinese number: a digit (or digits written together), or a unit."""

    value: Decimal
    digit: bool


def _chinese(figures: Sequence[_Figure]) -> Decimal | None:
    """Digits before units; a last digit without one counts the next smaller unit (一万二, 12,000)."""
    if not figures:
        return None
    if len(figures) > 1 and all(figure.digit and figure.value < 10 for figure in figures):
        return Decimal("".join(str(figure.value) for figure in figures))
    total = section = Decimal(0)
    smallest = below_myriad = Decimal("Infinity")
    digit: Decimal | None = None
    after_zero = False
    for at, (value, is_digit) in enumerate(figures):
        if is_digit:
            if digit is not None:
                return None
            after_zero, digit = (True, None) if value == 0 and len(figures) > 1 else (after_zero, value)
        elif value >= 10**4:
            section += digit or 0
            if not section or value >= below_myriad:
                return None
            total, section, digit, after_zero = total + section * value, Decimal(0), None, False
            smallest = below_myriad = value
        else:
            leads = at == 0 and len(figures) > 1
            if value >= smallest or (digit is None and not leads and value > 30):
                return None
            section, digit, after_zero = section + value * (1 if digit is None else digit), None, False
            smallest = value if value >= 100 else Decimal(10)
    if digit is not None:
        section += digit * smallest / 10 if Decimal("Infinity") > smallest > 10 and not after_zero else digit
    return total + section
