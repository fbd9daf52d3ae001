"""What we show is what can be typed: labels of fields and options, names of countries."""

from __future__ import annotations

import pytest

from bot.domain.application import FIELDS
from bot.domain.fields import Field
from bot.localization.catalogs import Catalogs
from bot.localization.formats import country_names
from bot.localization.locale import LOCALES, Locale
from bot.localization.vocabulary import vocabularies
from dialogs.reading import Command, Reader

#: Names that another country has as well: the bot asks which.
AMBIGUOUS = {"DM", "GN", "KR"}
CATALOGS = Catalogs.load(LOCALES)
LABELS = {field.name: tuple(CATALOGS.say(field.ask.label, locale) for locale in Locale) for field in FIELDS}


@pytest.fixture(scope="module")
def reader() -> Reader:
    countries = {locale: country_names(locale) for locale in Locale}
    return Reader(vocabularies(LOCALES), countries, (label for labels in LABELS.values() for label in labels))


@pytest.mark.parametrize("asks", ["change {}", "изменить {}", "修改{}", "把{}改一下", "{} is wrong"])
@pytest.mark.parametrize("name", LABELS)
def test_a_field_can_be_changed_by_the_label_we_show(reader: Reader, name: str, asks: str) -> None:
    """A3: a field is changed from any step, in words."""
    for label in LABELS[name]:
        command = reader.command(asks.format(label), Locale.EN)
        assert isinstance(command, Command)
        assert command.name == "change"
        assert reader.field_named(command.rest, LABELS) == name


@pytest.mark.parametrize("field", [field for field in FIELDS if isinstance(field.ask.options, tuple)])
def test_an_option_is_chosen_by_its_label_in_any_language(reader: Reader, field: Field) -> None:
    options = [
        (option.value, [CATALOGS.value(option.label, locale) for locale in Locale])
        for option in field.ask.options
    ]
    for value, labels in options:
        for typed in (value, *labels):
            assert reader.option(typed, field.name, options) == value


@pytest.mark.parametrize("locale", Locale)
def test_every_country_is_found_by_the_name_we_show(reader: Reader, locale: Locale) -> None:
    for code, name in country_names(locale).items():
        found = reader.country(name, locale)
        assert found == code or (code in AMBIGUOUS and isinstance(found, tuple) and code in found), name


def test_every_code_is_a_country_except_the_one_that_is_an_answer(reader: Reader) -> None:
    for code in country_names(Locale.EN):
        assert reader.country(code, Locale.EN) == (None if code == "NO" else code)
