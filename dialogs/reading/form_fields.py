"""Which field of a form a phrase means: "the company name", «телефон», 電話."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.localization.folding import fold, phrase, stem, words
from bot.localization.locale import Locale
from bot.localization.vocabulary import Vocabulary
from dialogs.reading.lexicon import Lexicon, Words


class FieldNames:
    def __init__(self, vocabularies: Mapping[Locale, Vocabulary], labels: Iterable[str]) -> None:
        every, labels = tuple(vocabularies.values()), tuple(labels)
        fillers = (phrase(filler) for vocabulary in every for filler in vocabulary.fillers)
        self._fillers = frozenset(filler for filler in map(stems, fillers))
        self._names: dict[str, set[Words]] = {}
        for vocabulary in every:
            for field, names in vocabulary.fields.items():
                self._names.setdefault(field, set()).update(map(_written, names))
        named = [(written, field) for field, names in self._names.items() for written in names]
        named += [(_written(label), label) for label in labels]
        spoken = [name for v in every for names in (*v.fields.values(), v.fillers) for name in names]
        #: As they are written, for the spelling of commands.
        self.words = frozenset(word for name in (*spoken, *labels) for word in phrase(name))
        self._known = Lexicon[str | None]([*named, *((filler, None) for filler in self._fillers)])

    def knows(self, message: Words) -> bool:
        """Whether a message consists of nothing but the names of fields."""
        parts = self._known.parts(stems(message))
        return bool(parts) and any(field is not None for part in parts or () for field in part)

    def named(self, text: str, labels: Mapping[str, Iterable[str]]) -> str | tuple[str, ...] | None:
        said = stems(words(fold(text)))
        names = {field: self._names.get(field, set()) | set(map(_written, labels[field])) for field in labels}
        shorter = list(self._without_fillers(said))
        fitting: tuple[Iterable[str], ...] = (
            *(_called(names, phrase) for phrase in shorter),
            _mentioned(names, said),
            _part_of(names, shorter[-1]) if shorter else (),
        )
        for fields in map(tuple, fitting):
            if fields:
                return fields[0] if len(fields) == 1 else fields
        return None

    def _without_fillers(self, said: Words) -> Iterator[Words]:
        """What was said, then without one filler after the other at its ends."""
        while said:
            yield said
            if said[:1] in self._fillers:
                said = said[1:]
            elif said[-1:] in self._fillers:
                said = said[:-1]
            else:
                return


def stems(message: Words) -> Words:
    return tuple(map(stem, message))


def _written(name: str) -> Words:
    return stems(phrase(name))


def _called(names: Mapping[str, set[Words]], said: Words) -> Iterator[str]:
    return (field for field, phrases in names.items() if said in phrases)


def _mentioned(names: Mapping[str, set[Words]], said: Words) -> list[str]:
    """Fields whose name stands in what was said; the longest name counts."""
    runs = {said[start:end] for start in range(len(said)) for end in range(start + 1, len(said) + 1)}
    lengths = {
        field: max((len(phrase) for phrase in phrases if phrase in runs), default=0)
        for field, phrases in names.items()
    }
    longest = max(lengths.values(), default=0)
    return [field for field, length in lengths.items() if length and length == longest]


def _part_of(names: Mapping[str, set[Words]], said: Words) -> Iterator[str]:
    """Fields with a name that has everything that was said in it: "name" for "company name"."""
    wanted = set(said)
    return (field for field, phrases in names.items() if any(wanted.issubset(phrase) for phrase in phrases))
