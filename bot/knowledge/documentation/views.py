"""Text in comparable pieces, in two views: whole words, and runs of letters within them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge import tokens
from bot.knowledge.lexicon import Lexicon

#: How much a word counts that only makes a question of the sentence.
QUESTION_WORD = 0.4
#: A word, with its endings, tells about as much as so many characters of Chinese.
_WORD = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's pieces, each once, by how much it counts."""

    words: dict[str, float]
    grams: dict[str, float]
    #: About how many characters of Chinese it says as much as.
    size: int
    #: It names something of ours; it names something that is not ours.
    familiar: bool
    foreign: bool


def asked(question: str, lexicon: Lexicon) -> Asked:
    prepared, units = tokens.prepared(question), tokens.units(question)
    telling, every = lexicon.telling(prepared), tokens.runs(prepared)
    return Asked(
        words=_weighed(words, telling, every),
        grams=_weighed(grams, telling, every),
        size=sum(len(piece) if tokens.HAN.match(piece) else _WORD for piece in telling),
        familiar=bool(lexicon.concepts(units)),
        foreign=lexicon.is_foreign(units),
    )


def pieces(text: str) -> list[str]:
    return tokens.runs(tokens.prepared(text))


def words(written: Iterable[str]) -> list[str]:
    """Stems; of Chinese the characters and pairs of characters."""
    found: list[str] = []
    for piece in written:
        found += tokens.words((piece,)) if tokens.HAN.match(piece) else _words(piece)
    return found


def grams(written: Iterable[str]) -> list[str]:
    """Runs of four letters; of Chinese the pairs of characters alone, which makes it another view."""
    found: list[str] = []
    for piece in written:
        if tokens.HAN.match(piece):
            found += [piece[at : at + 2] for at in range(len(piece) - 1)] or [piece]
        else:
            found += _grams(piece)
    return found


# Only words of other scripts come again and again; Chinese arrives in whole clauses.
@lru_cache(maxsize=8192)
def _words(piece: str) -> tuple[str, ...]:
    return tuple(tokens.words((piece,)))


@lru_cache(maxsize=8192)
def _grams(piece: str) -> tuple[str, ...]:
    # The index parts tokens at spaces.
    return tuple(gram.replace(" ", "_") for gram in tokens.grams((piece,)))


def _weighed(
    view: Callable[[Iterable[str]], list[str]], telling: Iterable[str], every: Iterable[str]
) -> dict[str, float]:
    return dict.fromkeys(view(every), QUESTION_WORD) | dict.fromkeys(view(telling), 1.0)
