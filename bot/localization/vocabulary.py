"""What people type for yes, cancel, a month, a market: one file per language, checked when it is loaded."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from bot.localization.folding import phrase
from bot.localization.locale import Locale

CommandName = Literal[
    "help",
    "cancel",
    "back",
    "skip",
    "restart",
    "where",
    "status",
    "mute",
    "unmute",
    "language",
    "summary",
    "form",
    "resume",
    "change",
    "apply",
    "compare",
    "assess",
    "human",
    "hello",
    "thanks",
    "bye",
    "later",
    "why",
    "export",
    "forget",
    "privacy",
    "move",
    "helpful",
    "unhelpful",
    "unvote",
]

#: The key under a field's options for phrases that name none of them, however much they look like one.
NEITHER = "neither"


class VocabularyError(ValueError):
    """A vocabulary file that cannot be used, with the file and the phrase to look at."""


def _has_words(written: str) -> str:
    if not phrase(written):
        raise ValueError(f"{written!r} has no word in it")
    return written


Phrase = Annotated[str, AfterValidator(_has_words)]
Phrases = tuple[Phrase, ...]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Politeness(_Part):
    """What surrounds a request without changing it."""

    before: Phrases = ()
    after: Phrases = ()
    anywhere: Phrases = ()


class Answers(_Part):
    """`hedges` take a yes or no back; a `negation` after a yes contradicts it."""

    yes: Phrases
    no: Phrases
    unsure: Phrases
    hedges: Phrases
    negation: Phrases


class Changing(_Part):
    """What stands before and after the name of a field to be changed, and before its new value."""

    before: Phrases
    after: Phrases = ()
    into: Phrases = ()


class Speaking(_Part):
    """How this language calls the languages, and what stands around the name in a request."""

    names: dict[Locale, Phrases]
    around: Phrases


class Counting(_Part):
    """Number words, ordinals, and the marks that make a number an ordinal ("number 2", "2nd")."""

    numbers: dict[Phrase, Decimal]
    half: Phrases
    ordinals: dict[Phrase, int]
    before: Phrases
    after: Phrases
    last: Phrases


class Calendar(_Part):
    """Twelve months, days and months counted from today, and the words that mean nothing in a date."""

    months: Annotated[tuple[Phrases, ...], AfterValidator(lambda months: _twelve(months))]
    days: dict[int, Phrases]
    months_away: dict[int, Phrases]
    around: Phrases


def _twelve(months: tuple[Phrases, ...]) -> tuple[Phrases, ...]:
    if len(months) != 12:
        raise ValueError(f"a year has 12 months, not {len(months)}")
    return months


class Vocabulary(_Part):
    """One language's phrases. How they are written (case, script, accents) does not matter."""

    commands: dict[CommandName, Phrases]
    changing: Changing
    speaking: Speaking
    politeness: Politeness
    fillers: Phrases
    answers: Answers
    counting: Counting
    calendar: Calendar
    fields: dict[str, Phrases]
    options: dict[str, dict[str, Phrases]]
    countries: dict[str, Phrases]
    #: Big cities by their country: nobody means another place by the name.
    cities: dict[str, Phrases]
    #: Continents and alliances: places that are no country.
    regions: Phrases

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        try:
            vocabulary = cls.model_validate(yaml.load(path.read_text(encoding="utf-8"), _Plain))  # noqa: S506
        except yaml.YAMLError as error:
            raise VocabularyError(f"{path}: {error}") from error
        except ValidationError as error:
            faults = ("{}: {}".format(".".join(map(str, e["loc"])), e["msg"]) for e in error.errors())
            raise VocabularyError(f"{path}: {'; '.join(faults)}") from error
        for contradiction in vocabulary.contradictions():
            raise VocabularyError(f"{path}: {contradiction}")
        return vocabulary

    def contradictions(self) -> Iterator[str]:
        """Phrases with two meanings where only one is possible. (A name may fit two countries.)"""
        yield from _twice(self.commands.items())
        yield from _twice(self.answers)
        yield from _twice((number, (word,)) for word, number in self.counting.ordinals.items())
        yield from _twice((number, (word,)) for word, number in self.counting.numbers.items())
        yield from _twice(enumerate(self.calendar.months, 1))
        yield from _twice(self.calendar.days.items())
        yield from _twice(self.calendar.months_away.items())
        for values in self.options.values():
            yield from _twice(values.items())
        countries = (name for names in self.countries.values() for name in names)
        cities = (name for names in self.cities.values() for name in names)
        yield from _twice([("a country", countries), ("a region", self.regions), ("a city", cities)])
        yield from _twice(self.cities.items())


def vocabularies(folder: Path) -> Mapping[Locale, Vocabulary]:
    """Every language's vocabulary from the folder of the languages."""
    return {locale: Vocabulary.load(folder / locale.folder / "vocabulary.yml") for locale in Locale}


def _twice(meanings: Iterable[tuple[object, Iterable[str]]]) -> Iterator[str]:
    seen: dict[tuple[str, ...], object] = {}
    for meaning, written in meanings:
        for entry in written:
            other = seen.setdefault(phrase(entry), meaning)
            if other != meaning:
                yield f"{entry!r} stands for both {other} and {meaning}"


class _Plain(yaml.CSafeLoader):
    """YAML in which a scalar is what is written: `no` is a word (and Norway), not false."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping = super().construct_mapping(node, deep)
        if len(mapping) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
        return mapping
