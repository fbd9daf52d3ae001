"""Letters that only look right: found, pointed at, and their likely meaning offered, never taken silently."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bot.domain.fields import Option, Problem
from bot.domain.normalising import code, digit_look_alikes, look_alikes
from bot.domain.problems import problem
from bot.domain.scripts import alphabets
from bot.text import text

WORD = re.compile(r"[^\W\d_]+")
#: Latin letters and the Cyrillic ones that look the same.
LATIN, CYRILLIC = "ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху"

# Translators: after a number. {position} counts from 1; {sign} is one letter as typed, e.g. the letter O.
NOT_A_DIGIT = text("problem.slip.digit", "Character {position} is the letter “{sign}”, not a digit.")
# Translators: after a number or code; both letters look the same. {position} counts from 1.
NOT_LATIN = text(
    "problem.slip.latin",
    "Character {position} is the Cyrillic letter “{sign}”. Please type the Latin letter “{right}”.",
)
# Translators: after a number or code with a strange sign in it. {position} counts from 1.
STRANGE = text(
    "problem.slip.strange",
    "Character {position} is “{sign}”. Only the digits 0 to 9 and the letters A to Z can stand here.",
)
# Translators: after a name; “{word}” mixes Latin letters with Cyrillic ones that look the same.
MIXED = text(
    "problem.slip.mixed", "“{word}” mixes Latin and Cyrillic letters. Please type it in one alphabet."
)
# Translators: a button with what we think was meant: a name, number or code. Leave as it is.
MEANT = text("problem.slip.meant", "{value}")


def meant(value: str) -> Option:
    """A value to be pressed instead of typed again."""
    return Option(value, MEANT.fill(value=value))


def is_readable(written: str) -> bool:
    """Whether it can be shown and stored: nothing in it controls a device, is private or half a character."""
    return not any(unicodedata.category(sign) in {"Cc", "Co", "Cs"} for sign in written)


def slip(raw: str, passes: Callable[[str], bool]) -> Problem | None:
    """What a look-alike letter did to a code that does not pass, or None if there is none in it."""
    typed = code(raw)
    for repaired in (look_alikes(typed), digit_look_alikes(typed), digit_look_alikes(look_alikes(typed))):
        if repaired != typed and passes(repaired):
            return _pointed_at(typed, repaired)
    position = next((at for at, sign in enumerate(typed) if not re.match("[0-9A-Z]", sign)), None)
    if position is None:
        return None
    if not is_readable(typed[position]):
        return problem("string_unicode")
    return Problem("slip", STRANGE.fill(position=position + 1, sign=typed[position]))


def _pointed_at(typed: str, repaired: str) -> Problem:
    at = next(at for at, (sign, right) in enumerate(zip(typed, repaired, strict=True)) if sign != right)
    note = NOT_A_DIGIT if repaired[at].isdigit() else NOT_LATIN.fill(right=repaired[at])
    return Problem("slip", note.fill(position=at + 1, sign=typed[at]), (meant(repaired),))


def mixed(written: str) -> Problem | None:
    """A word in two alphabets, or None: offered in the alphabet of the other words, if that can be done."""
    word = next((word for word in WORD.findall(written) if _is_mixed(word)), None)
    if word is None:
        return None
    repaired = (word.translate(str.maketrans(*pair)) for pair in ((LATIN, CYRILLIC), (CYRILLIC, LATIN)))
    offers = tuple(meant(written.replace(word, other)) for other in repaired if not _is_mixed(other))
    return Problem("mixed", MIXED.fill(word=word), offers)


def _is_mixed(word: str) -> bool:
    return {"LATIN", "CYRILLIC"} <= alphabets(word)
