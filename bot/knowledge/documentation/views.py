"""Text in comparable pieces, in two views: whole words, and runs of letters within them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from bot.knowledge import tokens
from bot.knowledge.lexicon import Lexicon

#: Tells a concept from a word.
CONCEPT_MARK = "§"


def cut(written: Iterable[str]) -> tuple[list[str], list[str]]:
    """Both views: stems and runs of four letters; of Chinese characters with pairs, and pairs alone."""
    words: list[str] = []
    grams: list[str] = []
    for piece in written:
        if tokens.HAN.match(piece):
            pairs = [piece[at : at + 2] for at in range(len(piece) - 1)]
            words += piece
            words += pairs
            grams += pairs or [piece]
        else:
            word, runs = _cut(piece)
            words.append(word)
            grams += runs
    return words, grams


def concepts(units: tuple[str, ...], lexicon: Lexicon) -> list[str]:
    """Our concepts in it, which are the same in whichever words and language."""
    return [f"{CONCEPT_MARK}{concept}" for concept in lexicon.concepts(units)]


# Only words of other scripts come again and again; Chinese arrives in whole clauses.
@lru_cache(maxsize=8192)
def _cut(piece: str) -> tuple[str, tuple[str, ...]]:
    # The index parts tokens at spaces.
    return tokens.root(piece), tuple(gram.replace(" ", "_") for gram in tokens.grams((piece,)))
