"""No text is too strange to be read, and how it is set does not matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.localization.folding import fold
from bot.localization.formats import country_names
from bot.localization.locale import LOCALES, Locale
from bot.localization.vocabulary import vocabularies
from dialogs.reading import Reader
from tests.dialogs.test_reading import LABELS, OPTIONS, READINGS, table

READER = Reader(vocabularies(LOCALES), {locale: country_names(locale) for locale in Locale})
ROWS = [(locale, row) for locale in Locale for row in table(locale)]
_WORDS = sorted({word for _, row in ROWS for word in row["says"].split()})
_PIECES = st.sampled_from(
    [*_WORDS, "?", "，", "(", "-", "2024", "年", "月", "百", "万", "half", "+", "'", "。"]
)
ANYTHING = st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=12).map(" ".join))
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def full_width(text: str) -> str:
    return text.translate(_FULL_WIDTH)


@given(text=ANYTHING, locale=st.sampled_from(Locale))
@settings(max_examples=400)
def test_no_text_is_too_strange(text: str, locale: Locale) -> None:
    today = date(2024, 2, 29)
    READER.command(text, locale)
    READER.field_named(text, LABELS)
    assert READER.yes_no(text) in ("yes", "no", "unsure", None)
    READER.country(text, locale)
    READER.number(text)
    ordinal = READER.ordinal(text)
    assert ordinal is None or ordinal > 0
    READER.day(text, today)
    month = READER.month(text, today)
    assert month is None or 1 <= month[1] <= 12


@given(text=ANYTHING, field=st.sampled_from(sorted(OPTIONS)))
@settings(max_examples=300)
def test_an_option_is_one_of_those_offered(text: str, field: str) -> None:
    values = {value for value, _ in OPTIONS[field]}
    read = READER.option(text, field, OPTIONS[field])
    assert (
        read is None or read in values or (isinstance(read, tuple) and len(read) > 1 and set(read) <= values)
    )


@given(text=ANYTHING)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("set_otherwise", [str.upper, str.lower, full_width, "\u3000 {} \u00a0\n".format])
@pytest.mark.parametrize("locale", Locale)
def test_width_case_and_spaces_around_do_not_matter(
    locale: Locale, set_otherwise: Callable[[str], str]
) -> None:
    """D6: every utterance of the tables, shouted, whispered, in full width and with stray spaces."""
    for row in table(locale):
        read = READINGS[row["kind"]]
        other = row | {"says": set_otherwise(row["says"])}
        assert read(READER, other, locale) == read(READER, row, locale), other["says"]
