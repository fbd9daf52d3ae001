"""The form's order, what applies, what becomes void, what keeps it from being sent."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from bot.domain.application import (
    FIELDS,
    NAMED,
    asked,
    blockers,
    dependents,
    dropped_by_model,
    payload,
    required,
    validated,
)
from bot.domain.checking import check
from bot.domain.fields import Accepted, Context, Kind, Model, Sensitivity
from bot.domain.markets import MARKETS
from bot.text import Text

TODAY = date(2021, 5, 10)

TAIWAN: dict[str, Any] = {
    "model": "indirect-reseller",
    "already_in_csp": "no",
    "legal_country": "TW",
    "mpn_active_membership": "yes",
    "mpn_id": "1234567",
    "mpn_id_type": "location",
    "mpn_country": "TW",
    "mpn_in_partner_center": "yes",
    "legal_name": "範例資訊股份有限公司",
    "address_region": "台北市",
    "address_city": "信義區",
    "address_postal_code": "110204",
    "address_line1": "市府路1號",
    "address_line2": None,
    "company_domain": "contoso.com.tw",
    "contact_family_name": "陳",
    "contact_given_name": "怡君",
    "contact_email": "chen.yijun@contoso.com.tw",
    "contact_phone": "+886221234567;ext=12",
    "authority_to_sign": "yes",
    "admin_email": "chen.yijun@contoso.com.tw",
    "has_global_admin": "yes",
    "support_email": "service@contoso.com.tw",
    "support_phone": None,
    "support_website": None,
    "provider_name": None,
    "bank_country": None,
    "language": "zh-TW",
    "confirmed": "yes",
}
RUSSIA: dict[str, Any] = {
    "model": "direct-bill",
    "already_in_csp": "yes",
    "legal_country": "RU",
    "mpn_active_membership": "yes",
    "mpn_id": "7654321",
    "mpn_id_type": "location",
    "mpn_country": "RU",
    "mpn_in_partner_center": "yes",
    "existing_direct_partner": "no",
    "months_as_indirect": 18,
    "revenue_usd": "300000",
    "first_level_support": "yes",
    "support_plan": "asfp",
    "support_plan_bought": "no",
    "billing_infrastructure": "yes",
    "provisioning_infrastructure": "yes",
    "managed_service": "no",
    "credit_check_consent": "yes",
    "legal_name": "ООО «Пример Облачные Решения»",
    "address_region": "Москва",
    "address_city": "Москва",
    "address_postal_code": "125009",
    "address_line1": "ул. Примерная, д. 1",
    "address_line2": None,
    "registration_id": "9900000017",
    "company_domain": None,
    "contact_family_name": "Петрова",
    "contact_given_name": "Анна Сергеевна",
    "contact_email": "anna.petrova@контосо.рф",
    "contact_phone": "+73011234567",
    "authority_to_sign": "yes",
    "admin_email": "anna.petrova@контосо.рф",
    "has_global_admin": "unsure",
    "support_email": None,
    "support_phone": "+78002000000",
    "support_website": "https://контосо.рф",
    "bank_country": "RU",
    "bank_account_holder": "ООО «Пример Облачные Решения»",
    "bank_name": "АО «Пример Банк»",
    "bank_code": "049999999",
    "bank_account": "40702810299990000001",
    "language": "ru-RU",
    "confirmed": "yes",
}


def names(answers: dict[str, Any]) -> list[str]:
    return [field.name for field in asked(answers)]


def test_the_form_has_every_field_of_both_models() -> None:
    indirect = [field for field in FIELDS if Model.INDIRECT in field.ask.applies_to]
    direct = [field for field in FIELDS if Model.DIRECT in field.ask.applies_to]
    assert (len(FIELDS), len(indirect), len(direct)) == (46, 36, 45)


def test_sections_are_asked_one_after_the_other() -> None:
    sections = [field.ask.section.id for field in FIELDS]
    order = ["start", "membership", "direct", "company", "people", "support", "provider", "bank", "confirm"]
    assert list(dict.fromkeys(sections)) == order
    assert sections == sorted(sections, key=order.index)


def test_the_model_is_asked_first_and_the_final_yes_is_no_question() -> None:
    assert names({})[0] == "model"
    assert "confirmed" not in names(TAIWAN)


def test_each_model_is_asked_only_what_it_needs() -> None:
    """B4: fields not relevant to the chosen model are never asked."""
    assert "revenue_usd" not in names(TAIWAN)
    assert "provider_name" in names(TAIWAN)
    assert "revenue_usd" in names(RUSSIA)
    assert "provider_name" not in names(RUSSIA)


def test_another_model_drops_only_its_own_answers() -> None:
    """B4: changing the model keeps shared answers and says what is dropped."""
    dropped = dropped_by_model(RUSSIA, Model.INDIRECT)
    assert dropped[0] == "existing_direct_partner"
    assert len(dropped) == 10
    assert {NAMED[name].ask.section.id for name in dropped} == {"direct"}
    assert dropped_by_model(TAIWAN, Model.DIRECT) == ("provider_name",)


def test_the_order_of_names_follows_the_language() -> None:
    given_first = [field.name for field in asked({}, family_first=False)]
    assert given_first.index("contact_given_name") + 1 == given_first.index("contact_family_name")
    assert names({}).index("contact_family_name") + 1 == names({}).index("contact_given_name")


@pytest.mark.parametrize(
    ("country", "parts"),
    [
        ("RU", ["region", "city", "postal_code", "line1", "line2"]),
        ("KZ", ["region", "city", "postal_code", "line1", "line2"]),
        ("HK", ["region", "city", "line1", "line2"]),
        ("SG", ["postal_code", "line1", "line2"]),
        ("MO", ["line1", "line2"]),
    ],
)
def test_an_address_is_asked_as_the_country_writes_it(country: str, parts: list[str]) -> None:
    answers = {"model": "indirect-reseller", "legal_country": country}
    assert [name for name in names(answers) if name.startswith("address_")] == [
        f"address_{part}" for part in parts
    ]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"legal_country": "RU"}, ["registration_id"]),
        ({"legal_country": "US"}, ["registration_id"]),
        ({"legal_country": "TW"}, []),
        ({"legal_country": "HK"}, ["sells_in_listed_country"]),
        (
            {"legal_country": "HK", "sells_in_listed_country": "yes"},
            ["sells_in_listed_country", "registration_id_country", "registration_id"],
        ),
        (
            {"legal_country": "HK", "sells_in_listed_country": "unsure"},
            ["sells_in_listed_country", "registration_id_country", "registration_id"],
        ),
        ({"legal_country": "HK", "sells_in_listed_country": "no"}, ["sells_in_listed_country"]),
    ],
)
def test_a_registration_number_is_asked_where_it_is_needed(
    answers: dict[str, str], expected: list[str]
) -> None:
    about = {"sells_in_listed_country", "registration_id_country", "registration_id"}
    assert [name for name in names(answers) if name in about] == expected


@pytest.mark.parametrize(
    ("answers", "is_required"),
    [({"legal_country": "RU"}, True), ({"legal_country": "US"}, False)],
)
def test_a_registration_number_is_required_by_country(answers: dict[str, str], is_required: bool) -> None:
    assert required(NAMED["registration_id"], answers) is is_required


def test_one_way_to_reach_support_is_enough() -> None:
    email, phone = NAMED["support_email"], NAMED["support_phone"]
    assert not required(email, {})
    assert required(phone, {"support_email": None})
    assert not required(phone, {"support_email": "help@contoso.com"})
    assert required(email, {"support_phone": None})
    stopped = blockers({**TAIWAN, "support_email": None, "support_phone": None})
    assert [name for name, _ in stopped] == ["support_email", "support_phone"]


def test_the_bank_may_wait_in_the_indirect_model_only() -> None:
    assert not required(NAMED["bank_account"], TAIWAN)
    assert required(NAMED["bank_account"], RUSSIA)
    assert "bank_account" not in names({**TAIWAN, "bank_country": None})
    assert "bank_account" in names(RUSSIA)


def test_another_country_voids_what_hangs_on_it() -> None:
    """A3: dependent answers are asked again, others kept."""
    assert dependents("legal_country", RUSSIA) == (
        "mpn_country",
        "address_region",
        "address_city",
        "address_postal_code",
        "address_line1",
        "address_line2",
        "registration_id",
    )
    assert dependents("bank_country", RUSSIA) == ("bank_name", "bank_code", "bank_account")
    assert dependents("legal_name", RUSSIA) == ()


def test_every_dependence_names_an_earlier_field() -> None:
    position = {field.name: index for index, field in enumerate(FIELDS)}
    for field in FIELDS:
        for name in field.ask.depends_on:
            assert position[name] < position[field.name]


@pytest.mark.parametrize("answers", [TAIWAN, RUSSIA])
def test_a_complete_application_can_be_sent(answers: dict[str, Any]) -> None:
    assert blockers(answers) == ()
    assert validated(answers, TODAY).model_dump()["model"] == answers["model"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("authority_to_sign", "no"),
        ("mpn_active_membership", "unsure"),
        ("mpn_id_type", "global"),
        ("credit_check_consent", "no"),
        ("existing_direct_partner", "yes"),
        ("legal_country", "CN"),
        ("legal_name", None),
        ("mpn_id", None),
    ],
)
def test_some_answers_keep_an_application_from_being_sent(name: str, value: str | None) -> None:
    stopped = dict(blockers({**RUSSIA, name: value}))
    assert name in stopped
    assert stopped[name].key.startswith("blocked.")


def test_what_was_never_asked_is_still_open() -> None:
    answers = {name: value for name, value in RUSSIA.items() if name != "bank_account"}
    assert [name for name, _ in blockers(answers)] == ["bank_account"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mpn_country", "KZ"),
        ("legal_name", "X"),
        ("contact_email", "info@contoso.ru"),
        ("revenue_usd", "-1"),
        ("registration_id", "9900000018"),
        ("bank_account", "40702810399990000001"),
        ("bank_account", None),
        ("support_plan", "gold"),
        ("language", "kz"),
    ],
)
def test_a_stored_form_is_refused_where_an_answer_would_be(name: str, value: str | None) -> None:
    with pytest.raises(ValidationError):
        validated({**RUSSIA, name: value}, TODAY)


def test_a_number_that_the_person_insists_on_is_kept() -> None:
    answers = {**RUSSIA, "registration_id": "9900000018"}
    insisted = frozenset({"registration_id"})
    kept = check(NAMED["registration_id"], "9900000018", Context(answers, TODAY, insisted=insisted))
    assert isinstance(kept, Accepted)
    assert kept.remarks
    assert validated(answers, TODAY, insisted).registration_id == "9900000018"


@pytest.mark.parametrize(
    ("address", "is_kept"),
    [("li.wei@aliyun.com", True), ("li.wei@gmail.com", False), ("li.wei@outlook.de", False)],
)
def test_only_a_host_that_companies_may_own_can_be_insisted_on(address: str, is_kept: bool) -> None:
    context = Context({}, TODAY, insisted=frozenset({"contact_email"}))
    assert isinstance(check(NAMED["contact_email"], address, context), Accepted) is is_kept


def test_the_payload_holds_codes_in_the_order_of_the_form() -> None:
    """B6: the stored value is a code, not a translated label."""
    shuffled = dict(reversed(TAIWAN.items()))
    assert list(payload(shuffled).items()) == list(payload(TAIWAN).items())
    assert payload(TAIWAN)["mpn_id_type"] == "location"
    assert "revenue_usd" not in payload({**TAIWAN, "revenue_usd": "1"})
    assert payload(TAIWAN)["provider_name"] is None


@pytest.mark.parametrize("country", sorted(MARKETS))
def test_every_market_has_its_prompts_and_examples(country: str) -> None:
    answers = {"model": "direct-bill", "legal_country": country, "bank_country": country}
    for field in asked({**answers, "sells_in_listed_country": "yes"}):
        assert isinstance(field.prompt(answers), Text)
        assert isinstance(field.example(answers), Text)
        assert isinstance(field.options(answers), tuple)


def test_choices_have_options_and_secrets_are_marked() -> None:
    for field in FIELDS:
        choice = field.ask.kind is Kind.CHOICE
        assert not choice or callable(field.ask.options) or len(field.ask.options) > 1
        if field.ask.section.id == "bank":
            assert field.ask.sensitivity is Sensitivity.CONFIDENTIAL


def test_no_field_asks_what_is_never_collected() -> None:
    forbidden = ("password", "birth", "passport", "card")
    assert not [field.name for field in FIELDS if any(word in field.name for word in forbidden)]
