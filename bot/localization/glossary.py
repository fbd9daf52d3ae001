"""A language's terms: which translation is the right one, and which forms are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import yaml
from snowballstemmer import stemmer

from bot.localization.locale import Locale


@dataclass(frozen=True, slots=True)
class Term:
    #: What the English must contain for the forms to avoid to be wrong.
    english: tuple[str, ...]
    preferred: str
    also: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    #: Where the English has the term, the translation must have `preferred` or one of `also`.
    always: bool = False

    def is_in(self, english: str) -> bool:
        return any(
            re.search(rf"(?<!\w){re.escape(term)}(?:s|es)?(?!\w)", english, re.IGNORECASE)
            for term in self.english
        )


@dataclass(frozen=True)
class Glossary:
    locale: Locale
    terms: tuple[Term, ...]
    #: Wrong in any sentence.
    never: tuple[str, ...]
    #: Names and abbreviations that stay in English.
    keep: tuple[str, ...]

    @classmethod
    def load(cls, folder: Path, locale: Locale) -> Glossary:
        content = yaml.safe_load((folder / locale.folder / "glossary.yml").read_text("utf-8"))
        terms = tuple(
            Term(
                tuple(term["english"]),
                term["preferred"],
                tuple(term.get("also", ())),
                tuple(term.get("avoid", ())),
                bool(term.get("always", False)),
            )
            for term in content["terms"]
        )
        return cls(locale, terms, tuple(content["never"]), tuple(content["keep"]))

    def faults(self, english: str, translation: str) -> Iterator[tuple[str, str | None]]:
        """Each wrong form with the right one, where there is one."""
        for right in self._right:
            translation = translation.replace(right, " ¦ ")
        for term in self.terms:
            if term.avoid and term.is_in(english):
                yield from (
                    (wrong, term.preferred) for wrong in term.avoid if self._holds(translation, wrong)
                )
        yield from ((wrong, None) for wrong in self.never if self._holds(translation, wrong))

    def lacking(self, english: str, translation: str) -> Iterator[Term]:
        """The terms that the English has, and that must be in the translation but are not."""
        for term in self.terms:
            if term.always and term.is_in(english):
                forms = (term.preferred, *term.also)
                if not any(self._holds(translation, form) for form in forms):
                    yield term

    @cached_property
    def _right(self) -> tuple[str, ...]:
        """What no wrong form is looked for in, the longest first: 夥伴中心 is a part of 合作夥伴中心."""
        forms = {form for term in self.terms for form in (term.preferred, *term.also)}
        return tuple(sorted(forms, key=len, reverse=True))

    def _holds(self, translation: str, wrong: str) -> bool:
        if self.locale in (Locale.ZH_CN, Locale.ZH_TW):
            return wrong in translation
        words, wanted = _stems(translation, self.locale), _stems(wrong, self.locale)
        return any(
            words[start : start + len(wanted)] == wanted for start in range(len(words) - len(wanted) + 1)
        )


_STEMMERS = {Locale.RU: stemmer("russian"), Locale.EN: None}


@lru_cache(maxsize=4096)
def _stems(text: str, locale: Locale) -> Sequence[str]:
    words = re.findall(r"\w+(?:-\w+)*", text.casefold())
    language = _STEMMERS[locale]
    return words if language is None else language.stemWords(words)
