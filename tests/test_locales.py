"""Every language says everything, and says it without a fault that a program can find."""

from decimal import Decimal

import pytest

from bot.cli.catalogs import ROOT, sentences
from bot.localization.catalogs import BLANK, Catalogs
from bot.localization.checks import check_catalog, check_up_to_date
from bot.localization.extraction import Source
from bot.localization.locale import LOCALES, Locale
from bot.text import Text

COUNTS = (0, 1, 2, 5, 11, 21, 101, Decimal("1.5"))


@pytest.fixture(scope="module")
def known() -> dict[str, Source]:
    return sentences(ROOT)


@pytest.fixture(scope="module")
def catalogs() -> Catalogs:
    return Catalogs.load(LOCALES)


@pytest.mark.parametrize("locale", Locale)
def test_no_check_finds_a_fault(locale: Locale) -> None:
    """D1, D2, D3, E2, E8, E9: nothing missing, nothing stale, nothing wrong."""
    findings = [f"{each.file}:{each.line} {each.key} {each.says}" for each in check_catalog(LOCALES, locale)]
    assert findings == []


@pytest.mark.parametrize("locale", Locale)
def test_catalogs_are_up_to_date_with_the_source(locale: Locale, known: dict[str, Source]) -> None:
    assert check_up_to_date(LOCALES, locale, known) == []


@pytest.mark.parametrize("locale", Locale)
def test_no_sentence_falls_back_to_another_language(
    locale: Locale, known: dict[str, Source], catalogs: Catalogs
) -> None:
    """D10: in production no fallback occurs."""
    texts = [Text(source.key, source.english, source.plural) for source in known.values()]
    assert [text.key for text in texts if catalogs.spoken_in(text, locale) is not locale] == []


@pytest.mark.parametrize("locale", Locale)
def test_every_sentence_can_be_spoken_with_any_number(
    locale: Locale, known: dict[str, Source], catalogs: Catalogs
) -> None:
    """D3: every countable message with 1, 2, 5, 11, 21 and 1.5; every other one once."""
    for source in known.values():
        names = {name for words in (source.english, source.plural or "") for name in BLANK.findall(words)}
        text = Text(source.key, source.english, source.plural).fill(**{name: f"<{name}>" for name in names})
        for count in COUNTS if source.plural else (1,):
            said = catalogs.say(text.fill(count=count), locale)
            assert said
            assert not BLANK.search(said)
