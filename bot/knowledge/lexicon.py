"""What words mean to us: the same concept, part of a question, or a subject that is not ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bot.knowledge import tokens
from bot.knowledge.phrasings import NotOurs
from bot.knowledge.reading import read
from bot.localization.folding import fold
from bot.localization.locale import Locale


class _Entries(BaseModel):
    """The concepts.yml of one language."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    question_words: list[str]
    concepts: dict[str, list[str]]


class Phrases:
    """Finds known phrases in a text, the longest that begins at each place."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], set[str]]] = {}
        for phrase, name in named:
            if units := tokens.units(phrase):
                self._by_first.setdefault(units[0], {}).setdefault(units, set()).add(name)
        self._longest = {
            first: sorted(phrases, key=len, reverse=True) for first, phrases in self._by_first.items()
        }

    def found(self, units: tuple[str, ...]) -> Iterator[str]:
        """The names of the phrases, in order."""
        at = 0
        while at < len(units):
            match = self._match(units, at)
            if match:
                yield from sorted(self._by_first[match[0]][match])
            at += len(match) or 1

    def _match(self, units: tuple[str, ...], at: int) -> tuple[str, ...]:
        for phrase in self._longest.get(units[at], ()):
            if units[at : at + len(phrase)] == phrase:
                return phrase
        return ()


class Lexicon:
    """The concepts, question words and foreign subjects of all languages together."""

    def __init__(self, entries: Iterable[_Entries], foreign: Iterable[str]) -> None:
        self._entries = list(entries)
        self._subjects = list(foreign)
        self._asking = frozenset(fold(word) for each in self._entries for word in each.question_words)
        chinese = sorted((word for word in self._asking if tokens.HAN.match(word)), key=len, reverse=True)
        self._asking_chinese = re.compile("|".join(map(re.escape, chinese)))

    @classmethod
    def load(cls, folder: Path) -> Lexicon:
        files = (folder / locale.folder / "concepts.yml" for locale in Locale)
        subjects = chain.from_iterable(NotOurs.load(folder, locale).subjects for locale in Locale)
        return cls((_Entries.model_validate(read(path)) for path in files), subjects)

    @cached_property
    def _concepts(self) -> Phrases:
        return Phrases(
            (phrase, name)
            for each in self._entries
            for name, phrases in each.concepts.items()
            for phrase in phrases
        )

    @cached_property
    def _foreign(self) -> Phrases:
        return Phrases((phrase, "foreign") for phrase in self._subjects)

    def concepts(self, units: tuple[str, ...]) -> list[str]:
        return list(dict.fromkeys(self._concepts.found(units)))

    def is_foreign(self, units: tuple[str, ...]) -> bool:
        """Whether it speaks of something that is not ours: another company, everyday life."""
        return any(True for _ in self._foreign.found(units))

    def telling(self, prepared_text: str) -> list[str]:
        """The words that say what a question is about; all of them where nothing else is left."""
        every = tokens.runs(prepared_text)
        told = tokens.runs(self._asking_chinese.sub(" ", prepared_text))
        return [word for word in told if word not in self._asking] or every
