"""The reader of all four languages, built once."""

import pytest

from bot.localization.formats import country_names
from bot.localization.locale import LOCALES, Locale
from bot.localization.vocabulary import vocabularies
from dialogs.reading import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader(vocabularies(LOCALES), {locale: country_names(locale) for locale in Locale})
