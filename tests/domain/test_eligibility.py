"""The decision table of direct bill. B9: dated rules with their source; they advise."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.eligibility import INPUTS, RULE_SETS, Finding, assess, rules_on
from bot.text import Country, Money, Month

TABLE = yaml.safe_load(Path(__file__).with_name("eligibility.yml").read_text(encoding="utf-8"))
FIRST = TABLE["first"]
TODAY = date(2021, 5, 20)


def finding(row: str, **given: Any) -> Finding:
    return next(found for found in assess({**FIRST, **given}, TODAY).rows if found.id == row)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_the_table_decides(case: dict[str, Any]) -> None:
    assessment = assess({**FIRST, **case["given"]}, TODAY)
    assert assessment.result == case["result"]
    assert [row.id for row in assessment.rows] == case["rows"]


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_every_finding_names_topic_source_and_remedy(case: dict[str, Any]) -> None:
    """B9: the reason, where it is written, and what to do."""
    for row in assess({**FIRST, **case["given"]}, TODAY).rows:
        assert "." in row.topic
        assert "#" in row.source
        assert row.remedy.english
        assert (row.unmet is None) == (row.effect in ("warn", "advise"))


def test_the_assessment_says_of_which_day_its_rules_are() -> None:
    """B9: “rule as of <date>”."""
    assert assess(FIRST, TODAY).as_of == date(2021, 5, 10)
    assert rules_on(date(2020, 1, 1)) is RULE_SETS[0]
    assert rules_on(date(2030, 1, 1)) is RULE_SETS[-1]
    assert [rules.as_of for rules in RULE_SETS] == sorted(rules.as_of for rules in RULE_SETS)


def test_missing_months_are_counted_and_the_month_to_come_back_in_is_named() -> None:
    assert dict(finding("E04", months_as_indirect=11).remedy.values) == {"count": 1, "month": Month(2021, 6)}
    assert dict(finding("E04", months_as_indirect=1).remedy.values) == {"count": 11, "month": Month(2022, 4)}
    assert dict(finding("E04", months_as_indirect=4).remedy.values) == {"count": 8, "month": Month(2022, 1)}


def test_no_month_is_named_to_a_company_that_has_not_begun() -> None:
    assert finding("E04", months_as_indirect=0).remedy.key == "eligibility.E04.remedy-start"


def test_missing_revenue_is_an_amount() -> None:
    assert finding("E05", revenue_usd="299999.99").remedy.values["missing"] == Money(Decimal("0.01"))
    unmet = finding("E05", revenue_usd="1").unmet
    assert unmet is not None
    assert unmet.values["floor"] == Money(Decimal(300_000))


def test_the_remedy_for_an_mpn_id_names_the_countries() -> None:
    abroad = finding("E07", mpn_country="KZ").remedy
    assert abroad.key == "eligibility.E07.remedy-country"
    assert dict(abroad.values) == {"given": Country("KZ"), "country": Country("RU")}
    assert finding("E07", mpn_id_type="global").remedy.key == "eligibility.E07.remedy"


@pytest.mark.parametrize(
    ("billing", "provisioning", "key"),
    [
        ("no", "no", "eligibility.E10.remedy"),
        ("no", "yes", "eligibility.E10.remedy-billing"),
        ("yes", "no", "eligibility.E10.remedy-provisioning"),
    ],
)
def test_the_missing_system_is_named(billing: str, provisioning: str, key: str) -> None:
    found = finding("E10", billing_infrastructure=billing, provisioning_infrastructure=provisioning)
    assert found.remedy.key == key


def test_a_company_in_mainland_china_is_referred_to_21vianet() -> None:
    assert finding("E01", legal_country="CN").remedy.key == "eligibility.E01.remedy-CN"
    assert finding("E01", legal_country="CN").topic == "region.mainland-china"
    assert finding("E01", legal_country="IR").remedy.values["country"] == Country("IR")


@pytest.mark.parametrize(
    ("row", "given"),
    [
        ("E03", {"already_in_csp": "unsure"}),
        ("E04", {"months_as_indirect": None}),
        ("E05", {"revenue_usd": None}),
        ("E06", {"mpn_active_membership": "unsure"}),
        ("E07", {"mpn_id_type": "unsure"}),
    ],
)
def test_who_is_not_sure_hears_where_to_look_it_up(row: str, given: dict[str, Any]) -> None:
    assert finding(row, **given).look_up is not None


def test_who_is_sure_is_not_sent_to_look_it_up() -> None:
    assert finding("E03", already_in_csp="no").look_up is None
    assert finding("E05", revenue_usd="0").look_up is None


def test_the_inputs_are_those_of_the_table() -> None:
    looked_at = {name for rules in RULE_SETS for row in rules.rows for name in row.inputs}
    assert looked_at <= set(INPUTS) == set(FIRST)


@given(
    st.fixed_dictionaries(
        {},
        optional={name: st.sampled_from(["yes", "no", "unsure", None]) for name in INPUTS if name in FIRST}
        | {
            "legal_country": st.sampled_from(["RU", "TW", "CN", "IR", "BQ-SA", None]),
            "mpn_country": st.sampled_from(["RU", "TW", None]),
            "mpn_id_type": st.sampled_from(["location", "global", "unsure", None]),
            "months_as_indirect": st.none() | st.integers(0, 600),
            "revenue_usd": st.none() | st.decimals(0, 10**9, places=2).map(str),
        },
    )
)
def test_only_who_meets_every_requirement_is_eligible(answers: dict[str, Any]) -> None:
    assessment = assess(answers, TODAY)
    effects = {row.effect.value for row in assessment.rows}
    assert (assessment.result == "stop") == (effects == {"stop"})
    assert (assessment.result == "eligible") == (not effects & {"stop", "not-yet"})
