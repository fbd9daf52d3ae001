"""Letters, and the alphabets they belong to."""

from __future__ import annotations

import unicodedata

#: Alphabets whose letters are mistaken for each other.
ALIKE = ("LATIN", "CYRILLIC", "GREEK")


def is_letter(sign: str) -> bool:
    return unicodedata.category(sign).startswith("L")


def letters_in(answer: str) -> int:
    return sum(is_letter(sign) for sign in answer)


def alphabets(word: str) -> set[str]:
    names = (unicodedata.name(sign, "") for sign in word if is_letter(sign))
    return {alphabet for name in names for alphabet in ALIKE if name.startswith(alphabet)}
