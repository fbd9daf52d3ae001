"""What was meant by letters of another alphabet: the wrong keyboard layout, Russian in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Callable

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_QWERTY = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_RUSSIAN = str.maketrans(_QWERTY, _RUSSIAN)
_TO_LATIN = str.maketrans(_RUSSIAN, _QWERTY)
#: What separates words whichever layout is meant; a comma may be a letter.
_PIECE = re.compile(r"\S+")
_EDGES = re.compile(r"^\W*|\W*$")
#: What Latin letters sound like to a Russian.
_SPELT = (
    "shch=щ sch=щ zh=ж kh=х ts=ц tz=ц ch=ч sh=ш yu=ю ju=ю iu=ю ya=я ja=я ia=я yo=е jo=е ye=е je=же "
    "ck=к a=а b=б c=ц d=д e=е f=ф g=г h=х i=и j=й k=к l=л m=м "
    "n=н o=о p=п q=к r=р s=с t=т u=у v=в w=в x=х y=ы z=з '=ь"
)
_SOUNDS = dict(pair.split("=") for pair in _SPELT.split())
#: A short i, or whatever stands in the table, the longest first.
_SOUND = re.compile(
    "(?<=[aeiouy])(?P<short>y)(?![aeiou])|" + "|".join(sorted(_SOUNDS, key=len, reverse=True))
)
#: A reading is kept where it makes so many more words known (of one word one), and so large a part of all.
GAIN, PART = 2, 1 / 3
#: One letter is a word in any reading.
_SHORTEST = 2


def as_meant(text: str, known: Callable[[str], bool]) -> str:
    """The text in the reading in which most of its words are `known` (a test of one lower-case word).

    Words known as they stand keep their letters: CSP stays CSP in a Russian sentence in Latin letters.
    """
    text = text.lower()
    if _HAN.search(text):
        return text
    pieces = _PIECE.findall(text)
    as_is = [_known(piece, known) for piece in pieces]
    unknown = as_is.count(False)
    if not unknown:
        return text
    best, most = text, max(min(GAIN, len(pieces)), PART * len(pieces))
    for read in _readings(text):
        meant = [
            piece if kept else _spelt(read(piece), known) for piece, kept in zip(pieces, as_is, strict=True)
        ]
        gained = sum(_known(one, known) for one in meant) - (len(pieces) - unknown)
        if gained >= most:
            best, most = " ".join(meant), gained + 1
    return best


def other_readings(word: str) -> list[str]:
    """What a word would be if its letters were meant for the other alphabet."""
    return [read(word) for read in _readings(word)]


def _readings(text: str) -> list[Callable[[str], str]]:
    latin, cyrillic = bool(_LATIN.search(text)), bool(_CYRILLIC.search(text))
    if latin and not cyrillic:
        return [_typed_as_russian, _sounded]
    return [_typed_as_latin] if cyrillic else []


def _known(piece: str, known: Callable[[str], bool]) -> bool:
    word = _EDGES.sub("", piece)
    return not word or (len(word) >= _SHORTEST and known(word))


def _spelt(word: str, known: Callable[[str], bool]) -> str:
    """With the soft sign that many leave out, where only so it is a word."""
    softened = f"{word}ь"
    return softened if not _known(word, known) and _known(softened, known) else word


def _typed_as_russian(piece: str) -> str:
    return piece.translate(_TO_RUSSIAN)


def _typed_as_latin(piece: str) -> str:
    return piece.translate(_TO_LATIN)


def _sounded(piece: str) -> str:
    return _SOUND.sub(lambda sound: "й" if sound["short"] else _SOUNDS[sound[0]], piece)
