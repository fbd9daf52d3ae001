"""What typed text is compared by: width, case, accents, ё and the two scripts of Chinese folded away."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache
from importlib.resources import files

from snowballstemmer import stemmer

# After NFKC: zero-width, direction and variation marks, skin tones, and apostrophes, which people leave out.
_DROPPED = [
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0xFE00, 0xFE10),
    *range(0x1F3FB, 0x1F400),
    *map(ord, "\u00ad\u2060\ufeff'’‘ʼ`´′"),
]
_DASHES = [*range(0x2010, 0x2016), 0x2212]
_LETTERS_WITH_MARKS = [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]
#: Letters that decompose into nothing simpler, and spellings of one Chinese word.
_ALIKE = {"ё": "е", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "妳": "你"}

_WORD = re.compile(
    r"[\u3007\u3400-\u4dbf\u4e00-\u9fff]|[0-9]+|[^\W\d_\u3400-\u4dbf\u4e00-\u9fff]+|[+👍👎👌✅❌]"
)
_HAN = re.compile(r"[\u3400-\u9fff]")


def _simplified() -> dict[int, str]:
    """Each Traditional character's Simplified form, where the table names one."""
    lines = files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text(encoding="utf-8").split("\n")
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {ord(traditional): forms.split()[0] for traditional, forms in pairs}


def _without_marks(code: int) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", chr(code)) if not unicodedata.combining(c))


def _digits() -> dict[int, str]:
    decimals = (code for code in range(0x80, 0x1FC00) if chr(code).isdecimal())
    return {code: str(unicodedata.decimal(chr(code))) for code in decimals}


_TABLE: dict[int, str | None] = {
    **_simplified(),
    **_digits(),
    **{code: _without_marks(code) for code in _LETTERS_WITH_MARKS},
    **{ord(letter): plain for letter, plain in _ALIKE.items()},
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_DROPPED, None),
}
_russian = stemmer("russian")


def fold(text: str) -> str:
    """Two texts that a reader takes for the same come out the same; punctuation stays."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_TABLE).split())


def words(folded: str) -> tuple[str, ...]:
    """The words of a folded text without its punctuation; a Chinese character is a word by itself."""
    return tuple(_WORD.findall(folded))


@lru_cache(maxsize=8192)
def phrase(text: str) -> tuple[str, ...]:
    """The words of a phrase that is compared again and again: an entry of a vocabulary, a label.

    Each word is kept once, in however many phrases it stands.
    """
    return tuple(map(sys.intern, words(fold(text))))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A Russian word without its ending; any other word as it is."""
    if "а" <= word[0] <= "я":
        return str(_russian.stemWord(word))
    return word


def is_han(word: str) -> bool:
    return _HAN.match(word) is not None


def joined(tokens: tuple[str, ...]) -> str:
    """Words as they are written: with spaces, except between Chinese characters."""
    written = ""
    for token in tokens:
        tight = not written or (is_han(token) and is_han(written[-1]))
        written += token if tight else f" {token}"
    return written
