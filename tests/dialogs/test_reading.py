"""What people type, row by row: tests/reading/ holds the utterances of each language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.localization.locale import Locale
from dialogs.reading import Command, Reader

TODAY = date(2024, 3, 10)
TABLES = Path(__file__).parent.parent / "reading"

_YES_NO = [("yes", ("Yes", "是", "是", "Да")), ("no", ("No", "否", "否", "Нет"))]
_UNSURE = ("unsure", ("Not sure", "不确定", "不確定", "Не знаю"))
#: The options of a field as a dialog hands them over: what is stored, and the labels in every language.
OPTIONS: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "model": [
        (
            "indirect-reseller",
            ("Indirect reseller", "间接经销商", "間接經銷商", "Косвенный торговый посредник"),
        ),
        (
            "direct-bill",
            (
                "Direct-bill partner",
                "直接计费合作伙伴",
                "直接計費合作夥伴",
                "Партнер с прямым выставлением счетов",
            ),
        ),
    ],
    "mpn_id_type": [
        ("location", ("Location", "位置", "位置", "Расположение")),
        ("global", ("Global", "全局", "全域", "Глобальный")),
        _UNSURE,
    ],
    "support_plan": [
        (
            "asfp",
            (
                "Advanced Support for Partners (ASfP)",
                "合作伙伴高级支持 (ASfP)",
                "合作夥伴進階支援 (ASfP)",
                "План расширенной поддержки для партнеров (ASfP)",
            ),
        ),
        (
            "psfp",
            (
                "Premier Support for Partners (PSfP)",
                "合作伙伴顶级支持 (PSfP)",
                "合作夥伴頂級支援 (PSfP)",
                "План поддержки Premier для партнеров (PSfP)",
            ),
        ),
        ("undecided", ("Not decided yet", "尚未决定", "尚未決定", "Еще не решили")),
    ],
    "language": [
        ("en-US", ("English",)),
        ("zh-CN", ("简体中文",)),
        ("zh-TW", ("繁體中文",)),
        ("ru-RU", ("Русский",)),
    ],
    "address_region": [
        (name, (name,))
        for name in (
            "北京市",
            "上海市",
            "台北市",
            "新竹市",
            "新竹縣",
            "Москва",
            "Московская область",
            "Омская область",
        )
    ],
    **{
        field: [*_YES_NO, _UNSURE]
        for field in ("already_in_csp", "mpn_active_membership", "mpn_in_partner_center", "has_global_admin")
    },
    **dict.fromkeys(
        (
            "existing_direct_partner",
            "first_level_support",
            "support_plan_bought",
            "billing_infrastructure",
            "provisioning_infrastructure",
            "managed_service",
            "credit_check_consent",
            "sells_in_listed_country",
            "authority_to_sign",
            "confirmed",
        ),
        _YES_NO,
    ),
}
#: Fields in the order of the form, each with a label that has no synonym among the vocabularies' own.
LABELS = {
    field: (f"Field {number}",)
    for number, field in enumerate(
        (
            *("model", "mpn_id", "revenue_usd", "legal_name", "registration_id"),
            *("address_region", "address_city", "address_postal_code", "address_line1", "address_line2"),
            *("contact_family_name", "contact_given_name", "contact_email", "contact_phone", "admin_email"),
            *("support_email", "support_phone", "bank_name", "bank_code", "bank_account"),
        )
    )
}


def table(locale: Locale) -> list[dict[str, Any]]:
    written = (TABLES / f"{locale.folder}.yml").read_text(encoding="utf-8")
    return list(yaml.load(written, yaml.CSafeLoader))


def _rows() -> list[Any]:
    return [
        pytest.param(locale, row, id=f"{locale}-{n}")
        for locale in Locale
        for n, row in enumerate(table(locale), 1)
    ]


def _changed(reader: Reader, says: str, locale: Locale) -> object:
    command = reader.command(says, locale)
    if command is None or command.name != "change":
        return None
    return reader.field_named(command.rest, LABELS)


READINGS: dict[str, Callable[[Reader, dict[str, Any], Locale], object]] = {
    "command": lambda reader, row, locale: reader.command(row["says"], locale),
    "change": lambda reader, row, locale: _changed(reader, row["says"], locale),
    "field": lambda reader, row, _: reader.field_named(row["says"], LABELS),
    "yes_no": lambda reader, row, _: reader.yes_no(row["says"]),
    "option": lambda reader, row, _: reader.option(row["says"], row["field"], OPTIONS[row["field"]]),
    "country": lambda reader, row, locale: reader.country(row["says"], locale),
    "number": lambda reader, row, _: reader.number(row["says"]),
    "ordinal": lambda reader, row, _: reader.ordinal(row["says"]),
    "day": lambda reader, row, _: reader.day(row["says"], TODAY),
    "month": lambda reader, row, _: reader.month(row["says"], TODAY),
}


def _shown(read: object) -> object:
    """A result as the tables write it."""
    match read:
        case None:
            return "nothing"
        case Command(name=name, rest=rest, among=among):
            return " ".join([name, *([rest] if rest else []), *among])
        case (int() as year, int() as month):
            return f"{year}-{month:02}"
        case tuple():
            return [str(item) for item in read]
        case Decimal():
            return f"{read.normalize():f}"
        case _:
            return str(read)


@pytest.mark.parametrize(("locale", "row"), _rows())
def test_an_utterance_is_read_as_the_table_says(reader: Reader, locale: Locale, row: dict[str, Any]) -> None:
    """D6, A10: yes/no, choices, ordinals, numbers, dates, countries and commands of each language."""
    assert _shown(READINGS[row["kind"]](reader, row, locale)) == row["expected"], row["says"]


@pytest.mark.parametrize("current", Locale)
@pytest.mark.parametrize("written_in", Locale)
def test_the_current_language_does_not_matter(reader: Reader, written_in: Locale, current: Locale) -> None:
    """A10, D6: the same commands and countries are understood whatever the current language."""
    for row in table(written_in):
        if row["kind"] in ("command", "country"):
            assert _shown(READINGS[row["kind"]](reader, row, current)) == row["expected"], row["says"]


@pytest.mark.parametrize("locale", Locale)
def test_every_language_has_two_hundred_utterances_of_every_kind(locale: Locale) -> None:
    """D6: a table of at least 200 utterances per language."""
    rows = table(locale)
    assert len({(row["says"], row["kind"], row.get("field")) for row in rows}) >= 200
    assert {row["kind"] for row in rows} == set(READINGS)
