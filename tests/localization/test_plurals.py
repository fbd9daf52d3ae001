from decimal import Decimal

import babel
import pytest

from bot.localization.locale import Locale
from bot.localization.plurals import FORMS, form_for

CLDR = {Locale.EN: "en", Locale.ZH_CN: "zh_Hans_CN", Locale.ZH_TW: "zh_Hant_TW", Locale.RU: "ru"}
#: The categories of CLDR in the order in which a translator writes their forms.
ORDER = {
    Locale.EN: ("one", "other"),
    Locale.ZH_CN: ("other",),
    Locale.ZH_TW: ("other",),
    Locale.RU: ("one", "few", "many"),
}


@pytest.mark.parametrize("locale", Locale)
def test_whole_numbers_take_the_form_that_cldr_names(locale: Locale) -> None:
    """D3: plural forms."""
    rule = babel.Locale.parse(CLDR[locale]).plural_form
    for count in [*range(1000), 1_000_000, 1_000_001, 10**9 + 11]:
        assert ORDER[locale][form_for(count, locale)] == rule(count), count
    assert len(ORDER[locale]) == FORMS[locale]


@pytest.mark.parametrize("count", ["1.5", "0.5", "2.25", "11.1"])
def test_a_russian_fraction_takes_the_genitive_singular(count: str) -> None:
    """D3: 1,5 дня, as in 2 дня."""
    assert form_for(Decimal(count), Locale.RU) == form_for(2, Locale.RU)


def test_a_whole_decimal_counts_like_the_integer() -> None:
    assert form_for(Decimal("21.0"), Locale.RU) == form_for(21, Locale.RU)
    assert form_for(Decimal("1.0"), Locale.EN) == form_for(1, Locale.EN)
