"""Everything a message can be read as, in all four languages at once whatever the current one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from bot.localization.locale import Locale
from bot.localization.vocabulary import Vocabulary
from dialogs.reading.commands import Command, Commands
from dialogs.reading.countries import Countries
from dialogs.reading.dates import Dates
from dialogs.reading.form_fields import FieldNames
from dialogs.reading.numbers import Numbers
from dialogs.reading.options import Offered, Options
from dialogs.reading.yes_no import Answer, YesNo


class Reader:
    """Several values mean that the person must be asked which; None, that nothing was understood."""

    def __init__(
        self,
        vocabularies: Mapping[Locale, Vocabulary],
        country_names: Mapping[Locale, Mapping[str, str]],
        field_labels: Iterable[str] = (),
    ) -> None:
        """`field_labels` are what we call the fields that can be changed, in every language."""
        self._fields = FieldNames(vocabularies, field_labels)
        self._countries = Countries(vocabularies, country_names)
        self._commands = Commands(vocabularies, self._fields, self._countries.words)
        self._yes_no = YesNo(vocabularies)
        self._numbers = Numbers(vocabularies)
        self._dates = Dates(vocabularies, self._numbers)
        self._options = Options(vocabularies, self._yes_no, self._numbers)

    def command(self, text: str, locale: Locale) -> Command | None:
        return self._commands.read(text, locale)

    def field_named(self, phrase: str, labels: Mapping[str, Iterable[str]]) -> str | tuple[str, ...] | None:
        return self._fields.named(phrase, labels)

    def yes_no(self, text: str) -> Answer | None:
        return self._yes_no.read(text)

    def option(self, text: str, field: str, options: Offered) -> str | tuple[str, ...] | None:
        return self._options.read(text, field, options)

    def country(self, text: str, locale: Locale) -> str | tuple[str, ...] | None:
        return self._countries.read(text, locale)

    def country_of_city(self, text: str) -> str | None:
        return self._countries.of_city(text)

    def number(self, text: str) -> Decimal | None:
        return self._numbers.number(text)

    def ordinal(self, text: str) -> int | None:
        return self._numbers.ordinal(text)

    def day(self, text: str, today: date) -> date | tuple[date, ...] | None:
        return self._dates.day(text, today)

    def month(self, text: str, today: date) -> tuple[int, int] | None:
        return self._dates.month(text, today)
