"""What a question shows the model: roots, runs of letters, concepts, subjects that are not ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from bot.knowledge import tokens
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.readings import as_meant
from bot.localization.folding import fold

#: A text is looked at up to here: nobody asks a question that is longer.
LONGEST = 1000
FOREIGN = "!foreign"


@dataclass(frozen=True, slots=True)
class Cut:
    """A question in pieces, each named once."""

    pieces: tuple[str, ...]
    #: How many concepts of ours it names.
    concepts: int
    #: A single word names a subject and asks nothing.
    is_one_word: bool

    @property
    def is_foreign(self) -> bool:
        """It names something that is not ours."""
        return FOREIGN in self.pieces


class Features:
    """Cuts questions; `known` tells whether a root is among those that people use who ask us."""

    def __init__(self, lexicon: Lexicon, known: Callable[[str], bool]) -> None:
        self._lexicon = lexicon
        self._known = known

    def cut(self, question: str) -> Cut:
        text = as_meant(question[:LONGEST], self._is_word)
        units = tokens.units(text)
        runs = tokens.runs(tokens.prepared(text))
        concepts = sorted(self._lexicon.concepts(units))
        pieces = [
            *_words(runs),
            *(f"={concept}" for concept in concepts),
            *(f"={one}+{other}" for one, other in combinations(concepts, 2)),
            *([FOREIGN] if self._lexicon.is_foreign(units) else ()),
        ]
        return Cut(tuple(dict.fromkeys(pieces)), len(concepts), tokens.is_one_word(runs))

    def _is_word(self, written: str) -> bool:
        folded = fold(written)
        return bool(folded) and self._known(tokens.root(folded))


def _words(runs: list[str]) -> Iterator[str]:
    """Roots, pairs of roots and runs of four letters; of Chinese the characters and pairs of characters."""
    yield from tokens.grams(runs)
    roots = [None if tokens.HAN.match(run) else tokens.root(run) for run in runs]
    yield from (word(root) for root in roots if root)
    yield from (f"{word(one)} {other}" for one, other in pairwise(roots) if one and other)


def word(root: str) -> str:
    """How a root is named, apart from a run of letters that looks the same."""
    return f"_{root}"
