"""Cuts a sentence into comparable pieces, words and short runs of letters, alike for every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from snowballstemmer import stemmer

from bot.localization import folding
from bot.localization.folding import fold, phrase, stem

HAN = re.compile(r"[\u3007\u3400-\u9fff]")
_RUN = re.compile(r"[\u3007\u3400-\u9fff]+|[^\W_\u3007\u3400-\u9fff]+")
#: A grouped number ("300 000", "300,000"), then a word or sign for thousands.
_GROUPED = re.compile(r"(?<=\d)[ ,.'](?=\d{3}(?!\d))")
_SHORT_NUMBER = re.compile(r"(\d+)\s?(万|[kw](?![a-zа-я])|тыс\b\.?|thousand\b)")
_THOUSANDS = {"万": 10_000, "w": 10_000}
#: Tens of thousands in words: 三十万, 一百二十万.
_CHINESE_NUMBER = re.compile("([一二两三四五六七八九十百千]+)万")
_CHINESE_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_CHINESE_PLACES = {"十": 10, "百": 100, "千": 1000}
_CYRILLIC = re.compile("[а-я]")
_LATIN = re.compile("[a-z]")
#: Where a word goes over from one of the alphabets to the other; hardly any text has one.
_MIXED = re.compile("[а-я][0-9]*[a-z]|[a-z][0-9]*[а-я]")
_TO_LATIN = str.maketrans("авекмнорстух", "abekmhopctyx")
_TO_CYRILLIC = str.maketrans("abekmhopctyx", "авекмнорстух")
_GRAM = 4
_LONGEST_CHINESE_WORD = 3
_english = stemmer("english")


def prepared(text: str) -> str:
    """The text in one spelling: folded, numbers written out, words of one alphabet each."""
    folded = _CHINESE_NUMBER.sub(_in_digits, _GROUPED.sub("", fold(text)))
    written = _SHORT_NUMBER.sub(_written_out, folded)
    return _RUN.sub(lambda run: _one_alphabet(run[0]), written) if _MIXED.search(written) else written


def runs(prepared_text: str) -> list[str]:
    """Its words; Chinese without gaps between words counts as one."""
    return _RUN.findall(prepared_text)


def is_one_word(pieces: list[str]) -> bool:
    """Chinese has no gaps between words; hardly any single word of it has more than three characters."""
    return len(pieces) == 1 and (not HAN.match(pieces[0]) or len(pieces[0]) <= _LONGEST_CHINESE_WORD)


def words(pieces: Iterable[str]) -> Iterator[str]:
    """Stems; of Chinese the characters and pairs of characters."""
    for piece in pieces:
        if HAN.match(piece):
            yield from _characters_and_pairs(piece)
        else:
            yield root(piece)


def grams(pieces: Iterable[str]) -> Iterator[str]:
    """Runs of four letters, which a misspelt or inflected word still shares with the right one."""
    for piece in pieces:
        if HAN.match(piece):
            yield from _characters_and_pairs(piece)
        else:
            padded = f" {piece} "
            yield from (padded[at : at + _GRAM] for at in range(max(1, len(padded) - _GRAM + 1)))


def units(text: str) -> tuple[str, ...]:
    """What phrases are compared by: roots, and single Chinese characters."""
    return tuple(root(word) for word in phrase(prepared(text)))


def units_of(prepared_text: str) -> tuple[str, ...]:
    """The same of a text that is prepared already, and compared this once."""
    return tuple(map(root, folding.words(prepared_text)))


@lru_cache(maxsize=8192)
def root(word: str) -> str:
    """A word without its ending."""
    if _LATIN.match(word):
        return str(_english.stemWord(word))
    return stem(word)


def _characters_and_pairs(piece: str) -> Iterator[str]:
    yield from piece
    yield from (piece[at : at + 2] for at in range(len(piece) - 1))


def _written_out(number: re.Match[str]) -> str:
    return f"{int(number[1]) * _THOUSANDS.get(number[2], 1_000)} "


def _in_digits(number: re.Match[str]) -> str:
    total = digit = 0
    for sign in number[1]:
        if sign in _CHINESE_PLACES:
            total += max(digit, 1) * _CHINESE_PLACES[sign]
            digit = 0
        else:
            digit = _CHINESE_DIGITS[sign]
    return f"{total + digit}万"


def _one_alphabet(word: str) -> str:
    """A word with letters of the other alphabet among its own, as it was meant (СSР is CSP)."""
    if not (_CYRILLIC.search(word) and _LATIN.search(word)):
        return word
    latin = word.translate(_TO_LATIN)
    if not _CYRILLIC.search(latin):
        return latin
    cyrillic = word.translate(_TO_CYRILLIC)
    return cyrillic if not _LATIN.search(cyrillic) else word
