"""Phrases and what each stands for, looked up whole, from a word on, or as what a message is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from bot.localization.folding import phrase

Meaning = TypeVar("Meaning")
Words = tuple[str, ...]


class Lexicon(Generic[Meaning]):
    def __init__(self, entries: Iterable[tuple[Words, Meaning]]) -> None:
        self._meanings: dict[Words, frozenset[Meaning]] = {}
        #: By first word: the lengths of the phrases that begin with it, the longest first.
        self._lengths: dict[str, tuple[int, ...]] = {}
        # Thousands of phrases have few different meanings and lengths: what is equal is kept once.
        meanings: dict[frozenset[Meaning], frozenset[Meaning]] = {}
        lengths: dict[tuple[int, ...], tuple[int, ...]] = {}
        for words, meaning in entries:
            meant = self._meanings.get(words, frozenset()) | {meaning}
            self._meanings[words] = meanings.setdefault(meant, meant)
        for words in self._meanings:
            known = self._lengths.get(words[0], ())
            if len(words) not in known:
                longer = tuple(sorted((*known, len(words)), reverse=True))
                self._lengths[words[0]] = lengths.setdefault(longer, longer)

    def __iter__(self) -> Iterator[Words]:
        return iter(self._meanings)

    def exact(self, words: Words) -> frozenset[Meaning]:
        return self._meanings.get(words, frozenset())

    def starting(self, words: Words, at: int) -> Iterator[tuple[int, frozenset[Meaning]]]:
        """Phrases that begin at a word, the longest first: where each ends and what it means."""
        for size in self._lengths.get(words[at], ()):
            meanings = self._meanings.get(words[at : at + size]) if at + size <= len(words) else None
            if meanings:
                yield at + size, meanings

    def parts(self, words: Words) -> list[frozenset[Meaning]] | None:
        """What the message means phrase by phrase, or None if a word belongs to no phrase."""
        following: list[tuple[int, frozenset[Meaning]] | None] = [None] * len(words)
        for at in range(len(words) - 1, -1, -1):
            for end, meanings in self.starting(words, at):
                if end == len(words) or following[end] is not None:
                    following[at] = end, meanings
                    break
        found, at = [], 0
        while at < len(words):
            step = following[at]
            if step is None:
                return None
            at = step[0]
            found.append(step[1])
        return found


def entries(phrases: Iterable[str], meaning: Meaning) -> Iterator[tuple[Words, Meaning]]:
    """One meaning for many phrases, as a lexicon takes them."""
    return ((phrase(written), meaning) for written in phrases)
