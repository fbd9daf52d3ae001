"""Which of a field's options is meant: by its label, another name for it, its number or a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from bot.localization.folding import fold, phrase, words
from bot.localization.locale import Locale
from bot.localization.vocabulary import NEITHER, Vocabulary
from dialogs.reading.form_fields import stems
from dialogs.reading.lexicon import Lexicon, Words
from dialogs.reading.numbers import Numbers
from dialogs.reading.yes_no import YesNo

#: The stored values in the order they are shown, each with its labels in every language.
Offered = Sequence[tuple[str, Sequence[str]]]

_LONGEST = 30
_LETTERS = ("abcdefgh", "абвгдежз", "甲乙丙丁戊己庚辛")
_LISTED_LETTER = re.compile(r"[(]?([a-hа-з甲乙丙丁戊己庚辛])[).:、]?")


class Options:
    def __init__(self, vocabularies: Mapping[Locale, Vocabulary], yes_no: YesNo, numbers: Numbers) -> None:
        every = tuple(vocabularies.values())
        self._yes_no, self._numbers = yes_no, numbers
        self._last = frozenset(phrase(last) for v in every for last in v.counting.last)
        around = [(_label(filler), None) for v in every for filler in (*v.fillers, *v.politeness.anywhere)]
        self._around = Lexicon[None](around)
        fields = {"language", *(field for v in every for field in v.options)}
        self._names = {
            field: Lexicon[str | None]([*(e for v in every for e in _named(v, field)), *around])
            for field in fields
        }

    def read(self, text: str, field: str, offered: Offered) -> str | tuple[str, ...] | None:
        folded = fold(text)
        message = words(folded)
        if "?" in folded or not 0 < len(message) <= _LONGEST or not offered:
            return None
        said, values = stems(message), [value for value, _ in offered]
        labels = [(value, {_label(value), *map(_label, names)}) for value, names in offered]
        if exact := [value for value, names in labels if said in names]:
            return _one_or_several(exact)
        decides = {"yes", "no"}.issubset(values)
        if decides and (answer := self._yes_no.read(text)) in values:
            return answer
        if meant := self._called(said, field):
            return _one_or_several([value for value in values if value in meant and NEITHER not in meant])
        return self._by_place(text, message, values) or (None if decides else self._by_part(said, labels))

    def _called(self, said: Words, field: str) -> set[str]:
        """The values that other names stand for, where nothing else is said."""
        lexicon = self._names.get(field)
        parts = lexicon.parts(said) if lexicon else None
        return {value for part in parts or () for value in part if value is not None}

    def _by_place(self, text: str, message: Words, values: Sequence[str]) -> str | None:
        if message in self._last:
            return values[-1]
        place = self._numbers.ordinal(text) or self._numbers.number(text) or _letter(fold(text))
        if place is None or place != int(place) or not 1 <= place <= len(values):
            return None
        return values[int(place) - 1]

    def _by_part(self, said: Words, labels: Iterable[tuple[str, set[Words]]]) -> str | tuple[str, ...] | None:
        while said and (end := next((end for end, _ in self._around.starting(said, 0)), 0)):
            said = said[end:]
        letters = "".join(said)
        if len(letters) < (2 if "\u3400" <= letters[:1] <= "\u9fff" else 3):
            return None
        return _one_or_several([value for value, names in labels if any(_stands_in(said, n) for n in names)])


@lru_cache(maxsize=8192)
def _label(written: str) -> Words:
    return stems(phrase(written))


def _named(vocabulary: Vocabulary, field: str) -> Iterator[tuple[Words, str]]:
    for value, names in vocabulary.options.get(field, {}).items():
        yield from ((_label(name), value) for name in names)
    if field == "language":
        for locale, names in vocabulary.speaking.names.items():
            called = (*names, locale.value, locale.docs, locale.value[:2])
            yield from ((_label(name), value) for name in called for value in (locale.value, locale.docs))


def _letter(folded: str) -> int | None:
    letter = _LISTED_LETTER.fullmatch(folded)
    alphabet = next((letters for letters in _LETTERS if letter and letter[1] in letters), "")
    return alphabet.index(letter[1]) + 1 if letter and alphabet else None


def _stands_in(said: Words, label: Words) -> bool:
    """Whether a label has these words in a row, long words being allowed to break off: «Московская обл.»"""
    starts = range(len(label) - len(said) + 1)
    return any(all(map(_begins, said, label[start:])) for start in starts)


def _begins(word: str, whole: str) -> bool:
    return word == whole or (len(word) >= 3 and whole.startswith(word))


def _one_or_several(values: Sequence[str]) -> str | tuple[str, ...] | None:
    different = tuple(dict.fromkeys(values))
    if not different:
        return None
    return different[0] if len(different) == 1 else different
