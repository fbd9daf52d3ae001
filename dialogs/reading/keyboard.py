"""Slips of the keyboard: one wrong letter in a long word, or a whole message in the other layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import normalize

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)


def in_other_layout(text: str) -> str | None:
    """The same keys on the other keyboard, Russian or English; None for a text of both or neither."""
    lower = normalize("NFKC", text).strip().lower()
    latin = any("a" <= letter <= "z" for letter in lower)
    cyrillic = any("а" <= letter <= "ё" for letter in lower)
    if latin == cyrillic:
        return None
    return lower.translate(_TO_CYRILLIC if latin else _TO_LATIN)


class Spelling:
    """Long words, found although one letter is missing, added, wrong or swapped with its neighbour.

    The first letter counts as right: it nearly always is, and "Hanks" is not "thanks".
    """

    def __init__(self, words: Iterable[str], shortest: int = 5, others: Iterable[str] = ()) -> None:
        """`others` are right as they are, although no such word is looked for."""
        meant = frozenset(words)
        self._right = meant.union(others)
        self._shortest = shortest
        #: By half of their letters: the words, with spaces between them.
        self._similar: dict[str, str] = {}
        for word in meant:
            if len(word) >= shortest and word.isalpha():
                for half in _halves(word, len(word)):
                    others_like_it = self._similar.get(half)
                    self._similar[half] = f"{others_like_it} {word}" if others_like_it else word

    def corrections(self, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """The message with one unknown word replaced by each word it may have been."""
        for at, word in enumerate(words):
            if word not in self._right:
                for meant in sorted(self.meant(word)):
                    yield (*words[:at], meant, *words[at + 1 :])

    def meant(self, word: str) -> set[str]:
        if not self._shortest - 1 <= len(word) <= 30:
            return set()
        halves = (half for length in range(len(word) - 1, len(word) + 2) for half in _halves(word, length))
        similar = {known for half in halves for known in self._similar.get(half, "").split()}
        return {known for known in similar if known[0] == word[0] and _one_edit_apart(known, word)}


def _halves(word: str, length: int) -> tuple[str, str]:
    """What stands before and after the middle of a word so long; one slip leaves one of them alone."""
    middle = length // 2
    return f"{length}{word[:middle]}-", f"{length}-{word[middle + 1 - length :]}"


def _one_edit_apart(one: str, other: str) -> bool:
    at = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    rest, remaining = one[at:], other[at:]
    if len(rest) != len(remaining):
        return rest[1:] == remaining or rest == remaining[1:]
    swapped = rest[1::-1] + rest[2:]
    return rest[1:] == remaining[1:] or (len(rest) > 1 and swapped == remaining)
