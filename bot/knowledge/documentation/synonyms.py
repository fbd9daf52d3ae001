"""Other words for what a question says, as the documentation may have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict

from bot.knowledge import tokens
from bot.knowledge.documentation.views import cut
from bot.knowledge.lexicon import Phrases
from bot.knowledge.reading import read
from bot.localization.locale import Locale

#: The tokens of a word or phrase, in the view of words. A text has it where it has all of them.
Form = frozenset[str]


class _Groups(BaseModel):
    """The synonyms.yml of one language."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    same: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Exchangeable:
    """Words of a question, and what could stand in their place."""

    typed: Form
    instead: tuple[Form, ...]


class Synonyms:
    """Groups of words that mean the same to those who search the documentation in one language."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._groups_of: dict[str, list[Sequence[str]]] = {}
        for group in groups:
            for phrase in group:
                self._groups_of.setdefault(phrase, []).append(group)
        self._phrases = Phrases((phrase, phrase) for phrase in self._groups_of)

    @classmethod
    def load(cls, folder: Path) -> dict[Locale, Self]:
        """Those of every language; `folder` holds the languages, each with its synonyms.yml."""
        groups = {
            locale: _Groups.model_validate(read(folder / locale.folder / "synonyms.yml")).same.values()
            for locale in Locale
        }
        chinese = cls(group for locale in (Locale.ZH_CN, Locale.ZH_TW) for group in groups[locale])
        return {
            Locale.EN: cls(groups[Locale.EN]),
            Locale.RU: cls(groups[Locale.RU]),
            Locale.ZH_CN: chinese,
            Locale.ZH_TW: chinese,
        }

    def of(self, units: tuple[str, ...]) -> Iterator[Exchangeable]:
        """For each word of a text that belongs to a group, once for each group."""
        for phrase in self._phrases.found(units):
            typed = _form(phrase)
            for group in self._groups_of[phrase]:
                forms = dict.fromkeys(_form(each) for each in group)
                yield Exchangeable(typed, tuple(form for form in forms if not form <= typed))


@lru_cache(maxsize=4096)
def _form(phrase: str) -> Form:
    written, _ = cut(tokens.runs(tokens.prepared(phrase)))
    # Single characters of Chinese words occur everywhere.
    whole = [token for token in written if len(token) > 1 or not tokens.HAN.match(token)]
    return frozenset(whole or written)
