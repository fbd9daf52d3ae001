from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from bot.domain.markets import MARKETS
from bot.localization import formats
from bot.localization.locale import Locale

EN, CN, TW, RU = Locale


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        (EN, "January 27, 2021"),
        (CN, "2021年1月27日"),
        (TW, "2021年1月27日"),
        (RU, "27\u00a0января 2021\u00a0г."),
    ],
)
def test_a_day_is_written_in_full(locale: Locale, written: str) -> None:
    assert formats.day(date(2021, 1, 27), locale) == written


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        (EN, "January 27, 2021 at 2:05 PM"),
        (CN, "2021年1月27日 14:05"),
        (TW, "2021年1月27日 下午2:05"),
        (RU, "27\u00a0января 2021\u00a0г., 14:05"),
    ],
)
def test_a_moment_has_a_clock_without_seconds(locale: Locale, written: str) -> None:
    assert formats.moment(datetime(2021, 1, 27, 14, 5, 59), locale) == written  # noqa: DTZ001
    assert formats.moment(datetime(2021, 1, 27, 14, 5, tzinfo=UTC), locale) == f"{written} UTC"


def test_a_moment_of_another_zone_is_written_as_utc() -> None:
    moscow = timezone(timedelta(hours=3))
    assert (
        formats.moment(datetime(2021, 1, 28, 1, 5, tzinfo=moscow), EN) == "January 27, 2021 at 10:05 PM UTC"
    )


@pytest.mark.parametrize(
    ("locale", "written"),
    [(EN, "January 2021"), (CN, "2021年1月"), (TW, "2021年1月"), (RU, "январь 2021\u00a0г.")],
)
def test_a_month_is_written_without_a_day(locale: Locale, written: str) -> None:
    assert formats.month(2021, 1, locale) == written


@pytest.mark.parametrize(
    ("locale", "written"),
    [(EN, "$300,000"), (CN, "US$300,000"), (TW, "US$300,000"), (RU, "300\u00a0000\u00a0долл. США")],
)
def test_whole_dollars_have_no_cents_and_name_their_country(locale: Locale, written: str) -> None:
    assert formats.money(Decimal(300_000), "USD", locale) == written
    assert formats.money(Decimal("300000.00"), "USD", locale) == written


@pytest.mark.parametrize(
    ("currency", "locale", "written"),
    [
        ("TWD", TW, "NT$1,500"),
        ("TWD", CN, "NT$1,500"),
        ("CNY", CN, "¥1,500"),
        ("RUB", RU, "1\u00a0500\u00a0₽"),
        ("EUR", EN, "€1,500"),
        ("JPY", TW, "¥1,500"),
    ],
)
def test_other_currencies_have_the_sign_their_readers_know(
    currency: str, locale: Locale, written: str
) -> None:
    assert formats.money(Decimal(1500), currency, locale) == written


def test_cents_are_kept_where_there_are_any() -> None:
    assert formats.money(Decimal("12.5"), "USD", EN) == "$12.50"
    assert formats.money(Decimal("12.5"), "USD", RU) == "12,50\u00a0долл. США"


@pytest.mark.parametrize(
    ("locale", "written"),
    [(EN, "1,234,567.89"), (CN, "1,234,567.89"), (TW, "1,234,567.89"), (RU, "1\u00a0234\u00a0567,89")],
)
def test_numbers_are_grouped(locale: Locale, written: str) -> None:
    assert formats.number(Decimal("1234567.89"), locale) == written


@pytest.mark.parametrize(
    ("locale", "both", "either"),
    [
        (EN, "A, B, and C", "A, B, or C"),
        (CN, "A、B和C", "A、B或C"),
        (TW, "A、B和C", "A、B或C"),
        (RU, "A, B и C", "A, B или C"),
    ],
)
def test_a_list_is_joined_in_words(locale: Locale, both: str, either: str) -> None:
    assert formats.listing(["A", "B", "C"], locale, either=False) == both
    assert formats.listing(["A", "B", "C"], locale, either=True) == either


def test_short_lists_are_lists_too() -> None:
    assert formats.listing([], RU, either=False) == ""
    assert formats.listing(["{0}"], RU, either=False) == "{0}"


@pytest.mark.parametrize(
    ("code", "names"),
    {
        "TW": ("Taiwan", "中国台湾", "台灣", "Тайвань"),
        "HK": ("Hong Kong SAR China", "香港特别行政区", "香港", "Гонконг, САР"),
        "MO": ("Macao SAR China", "中国澳门", "澳門", "Макао, САР"),
        "CD": ("Congo - Kinshasa", "刚果（金）", "剛果民主共和國", "Демократическая Республика Конго"),
        "XK": ("Kosovo", "科索沃", "科索沃", "Косово"),
        "BQ-SA": ("Saba", "萨巴", "薩巴", "Саба"),
        "RU": ("Russia", "俄罗斯", "俄羅斯", "Россия"),
    }.items(),
)
def test_countries_have_the_names_their_readers_expect(code: str, names: tuple[str, ...]) -> None:
    assert tuple(formats.country(code, locale) for locale in Locale) == names


@pytest.mark.parametrize("locale", Locale)
def test_every_market_and_every_country_we_must_decline_has_a_name(locale: Locale) -> None:
    wanted = {*MARKETS, "CN", "CU", "EH", "IR", "KP", "SD", "SY"}
    assert formats.country_names(locale).keys() == wanted


@pytest.mark.parametrize("locale", Locale)
def test_no_two_countries_share_a_name(locale: Locale) -> None:
    names = list(formats.country_names(locale).values())
    assert len(set(names)) == len(names)
