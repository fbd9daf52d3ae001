"""A question to the documentation, by what its words count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bot.knowledge import tokens
from bot.knowledge.documentation.synonyms import Exchangeable, Synonyms
from bot.knowledge.documentation.views import concepts, cut
from bot.knowledge.lexicon import Lexicon
from bot.localization.locale import Locale

#: How much a word counts that says what is asked about, and one that only makes a question of the sentence.
TELLING, QUESTION_WORD = 1.0, 0.4
#: How much one of our concepts counts, by whichever words a heading names it.
CONCEPT = 0.6
#: A word of Chinese has about so many characters.
_CHARACTERS = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's pieces, each once, by how much it counts."""

    words: dict[str, float]
    grams: dict[str, float]
    #: What may be said otherwise.
    exchangeable: tuple[Exchangeable, ...]
    #: About how many words say what it is about.
    size: float
    #: It names something of ours; it names something that is not ours.
    familiar: bool
    foreign: bool


class Wording:
    """What words mean: our lexicon, and what each language says otherwise."""

    def __init__(self, lexicon: Lexicon, synonyms: Mapping[Locale, Synonyms]) -> None:
        self._lexicon = lexicon
        self._synonyms = synonyms

    @classmethod
    def load(cls, folder: Path) -> Self:
        """`folder` holds the languages, each with its concepts.yml, not_ours.yml and synonyms.yml."""
        return cls(Lexicon.load(folder), Synonyms.load(folder))

    def asked(self, question: str, locale: Locale) -> Asked:
        """`locale` is the language of the pages to be searched."""
        prepared = tokens.prepared(question)
        units = tokens.units_of(prepared)
        telling, every = self._lexicon.telling(prepared), tokens.runs(prepared)
        words, grams = _weighed(telling, every)
        named = concepts(units, self._lexicon)
        return Asked(
            words=words | dict.fromkeys(named, CONCEPT),
            grams=grams,
            exchangeable=tuple(self._synonyms[locale].of(units)),
            size=sum(len(piece) / _CHARACTERS if tokens.HAN.match(piece) else 1 for piece in telling),
            familiar=bool(named),
            foreign=self._lexicon.is_foreign(units),
        )


def _weighed(telling: Iterable[str], every: Iterable[str]) -> Iterator[dict[str, float]]:
    for asked, told in zip(cut(every), cut(telling), strict=True):
        yield dict.fromkeys(asked, QUESTION_WORD) | dict.fromkeys(told, TELLING)
