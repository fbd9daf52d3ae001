"""Text in comparable pieces, in two views: whole words, and runs of letters within them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge import tokens
from bot.knowledge.lexicon import Lexicon

#: How much a word counts that says what is asked about, and one that only makes a question of the sentence.
TELLING, QUESTION_WORD = 1.0, 0.4
#: How much one of our concepts counts, by whichever words a heading names it.
CONCEPT = 0.6
#: Tells a concept from a word.
CONCEPT_MARK = "§"
#: A word of Chinese has about so many characters.
_CHARACTERS = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's pieces, each once, by how much it counts."""

    words: dict[str, float]
    grams: dict[str, float]
    #: About how many words say what it is about.
    size: float
    #: It names something of ours; it names something that is not ours.
    familiar: bool
    foreign: bool


def asked(question: str, lexicon: Lexicon) -> Asked:
    prepared, units = tokens.prepared(question), tokens.units(question)
    telling, every = lexicon.telling(prepared), tokens.runs(prepared)
    words, grams = _weighed(telling, every)
    named = concepts(question, lexicon)
    return Asked(
        words=words | dict.fromkeys(named, CONCEPT),
        grams=grams,
        size=sum(len(piece) / _CHARACTERS if tokens.HAN.match(piece) else 1 for piece in telling),
        familiar=bool(named),
        foreign=lexicon.is_foreign(units),
    )


def pieces(text: str) -> list[str]:
    return tokens.runs(tokens.prepared(text))


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


def concepts(text: str, lexicon: Lexicon) -> list[str]:
    """Our concepts in it, which are the same in whichever words and language."""
    return [f"{CONCEPT_MARK}{concept}" for concept in lexicon.concepts(tokens.units(text))]


# Only words of other scripts come again and again; Chinese arrives in whole clauses.
@lru_cache(maxsize=8192)
def _cut(piece: str) -> tuple[str, tuple[str, ...]]:
    # The index parts tokens at spaces.
    return tokens.root(piece), tuple(gram.replace(" ", "_") for gram in tokens.grams((piece,)))


def _weighed(telling: Iterable[str], every: Iterable[str]) -> Iterator[dict[str, float]]:
    for asked, told in zip(cut(every), cut(telling), strict=True):
        yield dict.fromkeys(asked, QUESTION_WORD) | dict.fromkeys(told, TELLING)
