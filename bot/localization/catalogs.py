"""Speaks a Text in a language: its translation, the plural form that fits, and every value in its place."""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from bot.localization import formats, po
from bot.localization.locale import Locale
from bot.localization.plurals import FORMS, form_for
from bot.localization.po import Message
from bot.text import Country, Listing, Money, Month, Text, Value

_log = logging.getLogger(__name__)

#: A named blank. Other braces are what they are.
BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A translation, cut into pieces once: words, name of a blank, words, name of a blank, words."""

    english: str
    #: The language it really is in: English where a translation is wanting.
    locale: Locale
    forms: tuple[list[str], ...]
    #: Set where there is nothing to choose and nothing to fill in.
    plain: str | None
    #: The English for many, where the sentence counts.
    plural: str | None = None


def _sentence(english: str, forms: Iterable[str], locale: Locale, plural: str | None = None) -> Sentence:
    pieces = tuple(BLANK.split(form) for form in forms)
    plain = pieces[0][0] if len(pieces) == 1 and len(pieces[0]) == 1 else None
    return Sentence(english, locale, pieces, plain, plural)


class Catalogs:
    def __init__(self, messages: Mapping[Locale, Iterable[Message]]) -> None:
        self._sentences: dict[Locale, dict[str, Sentence]] = {locale: {} for locale in Locale}
        #: Where English was spoken instead.
        self._missed: set[tuple[Locale, str]] = set()
        self._versions: dict[Locale, str] = {}
        for locale, known in messages.items():
            self.replace(locale, known)

    @classmethod
    def load(cls, folder: Path) -> Catalogs:
        """Reads the translations. English needs none: it stands in every Text."""
        return cls(
            {locale: po.read(po.path_of(folder, locale)) for locale in Locale if locale is not Locale.EN}
        )

    def replace(self, locale: Locale, messages: Iterable[Message]) -> None:
        """Speaks a language as these messages have it, from one sentence to the next; in any thread."""
        self._missed = {each for each in self._missed if each[0] is not locale}
        self._sentences[locale] = {
            sys.intern(message.key): _sentence(
                sys.intern(message.english), message.forms, locale, message.plural
            )
            for message in messages
            if _can_be_spoken(message, locale)
        }
        self._versions.clear()

    def keys(self, locale: Locale) -> Set[str]:
        """What the language has a translation for."""
        return self._sentences[locale].keys()

    def version(self, locale: Locale) -> str:
        """Names what is spoken: it changes with any sentence. Of English, with any that was translated."""
        if locale not in self._versions:
            spoken = self._english_known() if locale is Locale.EN else self._sentences[locale]
            content = repr([(key, one.english, one.plural, one.forms) for key, one in sorted(spoken.items())])
            self._versions[locale] = hashlib.sha256(content.encode()).hexdigest()[:8]
        return self._versions[locale]

    def known(self) -> dict[str, Text]:
        """Every sentence that was translated into any language, by its key, with empty blanks."""
        return {key: Text(key, one.english, one.plural) for key, one in self._english_known().items()}

    def _english_known(self) -> dict[str, Sentence]:
        return {
            key: _sentence(one.english, (one.english,), Locale.EN, one.plural)
            for locale, sentences in self._sentences.items()
            if locale is not Locale.EN
            for key, one in sentences.items()
        }

    def say(self, text: Text, locale: Locale) -> str:
        sentence = self.sentence(text, locale)
        if sentence.plain is not None:
            return sentence.plain
        pieces = pieces_of(sentence, text)
        for index in range(1, len(pieces), 2):
            said = pieces[index] = self.value(self.given(text, pieces[index]), sentence.locale)
            if said.endswith(".") and pieces[index + 1].startswith("."):
                # An abbreviation at the end of a sentence ("Inc.", "2024 г.") ends it.
                pieces[index + 1] = pieces[index + 1][1:]
        return "".join(pieces)

    def sentence(self, text: Text, locale: Locale) -> Sentence:
        """What is known of a Text in a language, or its English."""
        known = self._sentences[locale].get(text.key)
        if known is None or known.english != text.english:
            return self._english(text, locale)
        return known

    def value(self, value: Value, locale: Locale) -> str:
        """A value as the language writes it. Words of people stay as they are."""
        match value:
            case str():
                return value
            case Text():
                return self.say(value, locale)
            case int() | Decimal():
                return formats.number(value, locale)
            case datetime():
                return formats.moment(value, locale)
            case date():
                return formats.day(value, locale)
            case Country(code):
                return formats.country(code, locale)
            case Money(amount, currency):
                return formats.money(amount, currency, locale)
            case Month(year, month):
                return formats.month(year, month, locale)
            case Listing(items, either):
                return formats.listing([self.value(item, locale) for item in items], locale, either=either)

    def typed(self, value: Value, locale: Locale) -> str:
        """A value as a person would type it."""
        return self.value(value, locale)

    def spoken_in(self, text: Text, locale: Locale) -> Locale:
        """The language in which `say` really says it: English where there is no translation."""
        sentence = self._sentences[locale].get(text.key)
        return locale if sentence is not None and sentence.english == text.english else Locale.EN

    def _english(self, text: Text, locale: Locale) -> Sentence:
        if locale is not Locale.EN:
            # Named when it happens first; a busy sentence would fill the log.
            level = logging.DEBUG if (locale, text.key) in self._missed else logging.WARNING
            self._missed.add((locale, text.key))
            _log.log(level, "%s has no translation of %s: English is spoken", locale.value, text.key)
        known = self._sentences[Locale.EN].get(text.key)
        if known is None or known.english != text.english:
            forms = (text.english,) if text.plural is None else (text.english, text.plural)
            known = self._sentences[Locale.EN][text.key] = _sentence(text.english, forms, Locale.EN)
        return known

    @staticmethod
    def given(text: Text, name: str) -> Value:
        """The value of a blank."""
        if name not in text.values:
            raise KeyError(f"{text.key} was said without a value for {{{name}}}")
        return text.values[name]


def _can_be_spoken(message: Message, locale: Locale) -> bool:
    """Not what is missing or stale, lacks a form, or asks for a value that the English does not give."""
    wanted = 1 if message.plural is None else FORMS[locale]
    given = {name for source in message.sources for name in BLANK.findall(source)}
    asked = {name for form in message.forms for name in BLANK.findall(form)}
    return message.translated and len(message.forms) == wanted and asked <= given


def pieces_of(sentence: Sentence, text: Text) -> list[str]:
    """Words, name of a blank, words ...: in the form that fits the number."""
    if len(sentence.forms) == 1:
        return sentence.forms[0].copy()
    count = text.values.get("count")
    if not isinstance(count, int | Decimal):
        raise KeyError(f"{text.key} counts, but was said without a number for {{count}}")
    return sentence.forms[form_for(count, sentence.locale)].copy()
