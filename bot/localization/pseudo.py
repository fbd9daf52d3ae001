"""The pseudo-locale `qps-ploc`: the English of this moment, accented, longer, in brackets.

What stands outside the brackets, or inside without accents, came from no catalog. Words that are nobody's to
translate (a name that was typed, an address) stand between direction isolates, so that none of them, in
whatever script, can turn the sentence around it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from bot.localization import formats
from bot.localization.catalogs import Catalogs, pieces_of
from bot.localization.locale import Locale
from bot.text import Country, Listing, Money, Month, Text, Value

TAG = "qps-ploc"
OPEN, CLOSE = "⟦", "⟧"
ISOLATE, RELEASE = "\u2068", "\u2069"
#: Translations are up to this much longer than the English.
LONGER = 0.4

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "áƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻḾÑÖÞǪŔŠŢÛṼŴẊÝŽ"
_DISGUISE = str.maketrans(_PLAIN, _ACCENTED)
_SIGHT = str.maketrans(_ACCENTED, _PLAIN) | dict.fromkeys(map(ord, (OPEN, CLOSE, ISOLATE, RELEASE)))
_DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_PADDING = re.compile(rf"(?: ~+)+(?={CLOSE})")
#: No word of ours: it must work as it stands.
_ADDRESS = re.compile(r"(https?://\S*[\w/]|[\w.+-]+@[\w.-]*\w)", re.ASCII)
#: What holds a place in a list while the words between the places are put into disguise.
_PLACE = 0xE000
_ENGLISH = Catalogs({})


class Pseudo(Catalogs):
    """Speaks the English of every Text in disguise, whatever the language asked for."""

    def __init__(self) -> None:
        super().__init__({})

    def say(self, text: Text, locale: Locale) -> str:
        pieces = pieces_of(self.sentence(text, Locale.EN), text)
        length = sum(map(len, pieces[::2]))
        words = [
            self._value_of(text, piece) if at % 2 else accented(piece) for at, piece in enumerate(pieces)
        ]
        return f"{OPEN}{''.join(words)}{_padding(length)}{CLOSE}"

    def value(self, value: Value, locale: Locale) -> str:
        match value:
            case str():
                return _isolated(value)
            case Text():
                return self.say(value, locale)
            case Listing(items, either):
                said = {_PLACE + at: self.value(item, locale) for at, item in enumerate(items)}
                joined = formats.listing([chr(place) for place in said], Locale.EN, either=either)
                return f"{OPEN}{accented(joined).translate(said)}{CLOSE}"
            case int() | Decimal():
                return super().value(value, Locale.EN)
            case datetime() | date() | Country() | Money() | Month():
                return f"{OPEN}{accented(super().value(value, Locale.EN))}{CLOSE}"

    def typed(self, value: Value, locale: Locale) -> str:
        """Not in disguise: what stands in a box comes back, and is read as English."""
        return _ENGLISH.value(value, Locale.EN)

    def _value_of(self, text: Text, name: str) -> str:
        return self.value(self.given(text, name), Locale.EN)


def accented(words: str) -> str:
    parts = _ADDRESS.split(words)
    parts[::2] = (part.translate(_DISGUISE) for part in parts[::2])
    parts[1::2] = map(_isolated, parts[1::2])
    return "".join(parts)


def seen_through(said: str) -> str:
    """The English behind what was shown, for whoever types or sends a label as it stands on the screen."""
    return _PADDING.sub("", said).translate(_SIGHT) if OPEN in said else said


def _isolated(words: str) -> str:
    """Line by line: the end of a line ends an isolate. Direction marks that were typed could end it too."""
    lines = words.translate(_DIRECTIONS).split("\n")
    return "\n".join(f"{ISOLATE}{line}{RELEASE}" if line else "" for line in lines)


def _padding(length: int) -> str:
    """In pieces of five, so that it wraps like words."""
    rest = max(2, round(length * LONGER) - len(OPEN + CLOSE))
    return "".join(f" {'~' * min(4, size - 1)}" for size in range(rest, 1, -5))
