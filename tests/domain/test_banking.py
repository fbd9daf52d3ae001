"""Bank codes and accounts, country by country."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bank_schemes import SCHEMES, code_asked, code_name, scheme_of, uses_iban
from bot.domain.banking import check_account, check_code, key_holds, masked
from bot.domain.fields import Accepted, Context, Problem
from bot.domain.markets import MARKETS

CHECKS = {"code": check_code, "account": check_account}
CASES = yaml.safe_load(Path(__file__).with_name("banking.yml").read_text(encoding="utf-8"))


def cases(quality: str) -> list[Any]:
    return [
        pytest.param(part, case, id=f"{part}-{case['country']}-{case['typed']}")
        for part, examples in CASES.items()
        for case in examples[quality]
    ]


def judged(part: str, case: dict[str, Any]) -> Accepted | Problem:
    answers = {"bank_country": case["country"], "bank_code": case.get("code")}
    return CHECKS[part](case["typed"], Context(answers, date(2021, 5, 10)))


@pytest.mark.parametrize(("part", "case"), cases("taken"))
def test_a_good_code_or_account_is_taken(part: str, case: dict[str, Any]) -> None:
    result = judged(part, case)
    assert isinstance(result, Accepted), result
    assert result.value == case.get("value", case["typed"])
    assert (result.confirm.key if result.confirm else None) == case.get("asked")
    assert [remark.key for remark in result.remarks] == ([case["told"]] if "told" in case else [])
    assert judged(part, {**case, "typed": result.value}) == result


@pytest.mark.parametrize(("part", "case"), cases("refused"))
def test_a_bad_code_or_account_is_refused(part: str, case: dict[str, Any]) -> None:
    result = judged(part, case)
    assert isinstance(result, Problem), result
    assert result.type == case["type"]
    assert [option.value for option in result.meant] == case.get("meant", [])
    assert all(isinstance(judged(part, {**case, "typed": option.value}), Accepted) for option in result.meant)


def test_an_account_is_never_shown_whole() -> None:
    assert masked("40702810299990000001") == "•••• 0001"
    assert masked("1234") == "••••"
    offered = judged("account", {"country": "KZ", "typed": "КZ35999T000000000001"})
    assert isinstance(offered, Problem)
    assert offered.meant[0].label.values["value"] == "•••• 0001"


@pytest.mark.parametrize("part", CHECKS)
def test_a_card_number_is_not_repeated(part: str) -> None:
    result = judged(part, {"country": "SG", "typed": "4111 1111 1111 1111"})
    assert isinstance(result, Problem)
    assert result.unsaid
    assert "1111" not in repr(result)


def test_the_russian_control_key_covers_bank_and_account() -> None:
    assert key_holds("049999999", "40702810299990000001")
    assert key_holds("049805746", "40602810700000000025")
    assert key_holds("049999999", "30101810300000000999")
    assert not key_holds("049999998", "40702810299990000001")


def test_an_account_of_another_bank_is_refused_when_the_bank_is_known() -> None:
    account = {"country": "RU", "typed": "40702810299990000001"}
    assert isinstance(judged("account", account), Accepted)
    assert isinstance(judged("account", {**account, "code": "044525001"}), Problem)


@pytest.mark.parametrize("country", sorted(MARKETS))
def test_examples_are_what_the_check_takes(country: str) -> None:
    scheme = scheme_of(country)
    case = {"country": country, "code": scheme.example, "typed": scheme.account_example}
    assert isinstance(judged("account", case), Accepted)
    code = judged("code", {**case, "typed": scheme.example})
    assert isinstance(code, Accepted), code


@pytest.mark.parametrize(
    ("country", "asked", "iban"),
    [
        ("RU", "required", False),
        ("CN", "required", False),
        ("US", "required", False),
        ("KZ", "required", True),
        ("BY", "required", True),
        ("DE", "optional", True),
        ("AE", "optional", True),
        ("UA", "optional", True),
        ("IN", "required", False),
        ("DZ", "required", False),
        ("BQ-SA", "required", False),
    ],
)
def test_each_country_asks_for_its_own_code(country: str, asked: str, iban: bool) -> None:
    assert code_asked(country) == asked
    assert uses_iban(country) is iban


def test_every_code_has_a_name() -> None:
    assert {code_name(country).key for country in [*SCHEMES, "DE", "ZW"]} == {
        "bank.code.bic",
        "bank.code.bank-and-branch",
        "bank.code.bik",
        "bank.code.cnaps",
        "bank.code.routing",
    }


@given(st.text(), st.sampled_from([*SCHEMES, "DE", "ZW", "XK", "GP", "BQ-SA", ""]), st.text())
def test_no_text_makes_a_check_fail(raw: str, country: str, code: str) -> None:
    for check in CHECKS.values():
        result = check(raw, Context({"bank_country": country, "bank_code": code}, date(2021, 5, 10)))
        assert isinstance(result, Accepted | Problem)
