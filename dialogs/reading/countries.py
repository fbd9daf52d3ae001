"""Countries: a name in any language and case, an everyday name, or a code, alone or in a short sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.localization.folding import fold, phrase, words
from bot.localization.locale import Locale
from bot.localization.vocabulary import Vocabulary
from dialogs.reading.declension import forms
from dialogs.reading.keyboard import Spelling, in_other_layout
from dialogs.reading.lexicon import Lexicon, Words

_IN_PARENTHESES = re.compile(r"[(（].*?[)）]")
_BETWEEN_PARTS = re.compile("[,;、()]")
#: What the official names abbreviate and people may not.
_SPELT_OUT = {"&": "and", "St. ": "Saint ", "о-ва": "острова", "о-в": "остров"}
_LONGEST = 30
_Name = tuple[Locale, str]


class Countries:
    def __init__(
        self, vocabularies: Mapping[Locale, Vocabulary], names: Mapping[Locale, Mapping[str, str]]
    ) -> None:
        every = tuple(vocabularies.values())
        self._names = Lexicon[_Name](_names(vocabularies, names))
        answers = {phrase(word) for v in every for many in dict(v.answers).values() for word in many}
        codes = {phrase(code): code for by_code in names.values() for code in by_code}
        #: "no" is an answer before it is Norway.
        self._codes = {written: code for written, code in codes.items() if written not in answers}
        around = [p for v in every for p in (*v.fillers, *v.politeness.anywhere)]
        cities = [(name, code) for v in every for code, names in v.cities.items() for name in names]
        around_a_city = ((form, None) for written in around for form in forms(phrase(written)))
        named_cities = ((form, code) for name, code in cities for form in forms(phrase(name)))
        self._cities = Lexicon[str | None]([*named_cities, *around_a_city])
        regions = [region for vocabulary in every for region in vocabulary.regions]
        nowhere = [(form, None) for written in (*around, *regions) for form in forms(phrase(written))]
        named = [(written, name) for written in self._names for name in self._names.exact(written)]
        self._sentences = Lexicon[_Name | None]([*named, *nowhere])
        self._spelling = Spelling((word for written in self._sentences for word in written), shortest=6)
        #: For those who correct spelling: "Russia" is not "Russian" with a letter missing.
        self.words = frozenset(word for written in self._names for word in written)

    def read(self, text: str, locale: Locale) -> str | tuple[str, ...] | None:
        folded = fold(text)
        message = words(folded)
        if "?" in folded or not 0 < len(message) <= _LONGEST:
            return None
        codes = (
            self._alone(message, locale)
            or self._mentioned(message, locale)
            or self._at_the_end(folded, locale)
            or self._misspelt(message, locale)
            or self._in_other_layout(text, locale)
        )
        if not codes:
            return None
        return codes.pop() if len(codes) == 1 else tuple(sorted(codes))

    def of_city(self, text: str) -> str | None:
        """The country of a city that is named instead, alone or in a short sentence."""
        parts = self._cities.parts(words(fold(text))) or ()
        codes = {code for part in parts for code in part if code is not None}
        return codes.pop() if len(codes) == 1 else None

    def _alone(self, message: Words, locale: Locale) -> set[str]:
        code = self._codes.get(message)
        return _meant(self._names.exact(message), locale) | ({code} if code else set())

    def _mentioned(self, message: Words, locale: Locale) -> set[str]:
        """Of a sentence that is understood whole; one word that is not may change everything."""
        parts = self._sentences.parts(message) or ()
        return {code for part in parts for code in _meant(part, locale)}

    def _at_the_end(self, folded: str, locale: Locale) -> set[str]:
        """ "Singapore" of "1 Example Road, Singapore", and whatever country stands before it."""
        parts = [words(part) for part in _BETWEEN_PARTS.split(folded)]
        if len(parts) < 2 or not self._mentioned(parts[-1], locale):
            return set()
        return {code for part in parts for code in self._mentioned(part, locale)}

    def _misspelt(self, message: Words, locale: Locale) -> set[str]:
        corrected = self._spelling.corrections(message)
        return {code for words in corrected for code in self._mentioned(words, locale)}

    def _in_other_layout(self, text: str, locale: Locale) -> set[str]:
        meant = in_other_layout(text)
        return _meant(self._names.exact(words(fold(meant))), locale) if meant and len(meant) > 3 else set()


def _meant(names: frozenset[_Name | None] | frozenset[_Name], locale: Locale) -> set[str]:
    """A name that two languages give to different countries means what the person's language says."""
    codes = {name[1] for name in names if name is not None}
    own = {name[1] for name in names if name is not None and name[0] == locale}
    return own if own and len(codes) > 1 else codes


def _names(
    vocabularies: Mapping[Locale, Vocabulary], names: Mapping[Locale, Mapping[str, str]]
) -> Iterator[tuple[Words, _Name]]:
    for locale, vocabulary in vocabularies.items():
        official = [(code, name) for code, full in names[locale].items() for name in _spellings(full)]
        everyday = [(code, name) for code, many in vocabulary.countries.items() for name in many]
        yield from (
            (form, (locale, code)) for code, name in official + everyday for form in forms(phrase(name))
        )


def _spellings(name: str) -> set[str]:
    """An official name as it is, spelt out, and without what stands in parentheses."""
    spelt_out = name
    for short, long in _SPELT_OUT.items():
        spelt_out = spelt_out.replace(short, long)
    return {name, spelt_out, _IN_PARENTHESES.sub("", spelt_out).strip() or name}
