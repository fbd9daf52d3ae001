"""Whether a company can become a direct-bill partner now, by its own answers and dated rules.

It advises, Microsoft decides. A later set of rules is another entry of `RULE_SETS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from bot.domain.eligibility_texts import LOOK_UP, REMEDIES, UNMET
from bot.domain.fields import Answers
from bot.domain.markets import listed
from bot.text import Country, Money, Month, Text

FLOOR = Decimal(300_000)
MONTHS = 12
LEGAL, TIME, REVENUE = "legal_country", "months_as_indirect", "revenue_usd"
MPN = ("mpn_id_type", "mpn_country")
SYSTEMS = ("billing_infrastructure", "provisioning_infrastructure")

#: The sections of the documentation that the rows follow.
MARKET_LISTS = (
    "regional-authorization-overview"
    "#cloud-solution-provider-program-regional-markets-and-currencies-where-you-can-sell-csp-offers"
)
RESTRICTED = "restricted-direct-bill-capabilities#overview"
INDIRECT_FIRST = "indirect-reseller-tasks-in-partner-center#before-you-begin"
MINIMUM = "direct-partner-new-requirements#minimum-requirements"
CHECKS = "direct-partner-new-requirements#verify-direct-bill-eligibility"
REQUIREMENTS = "csp-overview#requirements"
RECOMMENDED = "csp-overview#recommendations"

Test = Callable[[Answers], bool]
Remedy = Callable[[Answers, date], Text]


class Effect(StrEnum):
    """What a row does to the result; only the first two make it less than eligible."""

    STOP = "stop"
    NOT_YET = "not-yet"
    WARN = "warn"
    ADVISE = "advise"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the decision table: when it applies, what it does, where it comes from."""

    id: str
    effect: Effect
    #: The answers it looks at.
    inputs: tuple[str, ...]
    applies: Test
    remedy: Remedy
    topic: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that applied: the requirement that is not met, what to do, and what to look up if unsure."""

    id: str
    effect: Effect
    inputs: tuple[str, ...]
    unmet: Text | None
    remedy: Text
    topic: str
    source: str
    look_up: Text | None = None


@dataclass(frozen=True, slots=True)
class RuleSet:
    version: str
    as_of: date
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The findings in the order of the table, and the date of the rules they follow."""

    result: Literal["eligible", "not_yet", "stop"]
    rows: tuple[Finding, ...]
    as_of: date
    version: str


#: What is asked before the assessment, in this order.
INPUTS = (
    "legal_country",
    "already_in_csp",
    "existing_direct_partner",
    "months_as_indirect",
    "revenue_usd",
    "mpn_active_membership",
    "mpn_id_type",
    "mpn_country",
    "authority_to_sign",
    "first_level_support",
    "support_plan_bought",
    "support_plan",
    "billing_infrastructure",
    "provisioning_infrastructure",
    "managed_service",
    "credit_check_consent",
)


def assess(answers: Answers, today: date) -> Assessment:
    """What the answers come to; those that are missing count as not met."""
    rules = rules_on(today)
    found = [_finding(row, answers, today) for row in rules.rows if row.applies(answers)]
    stops = tuple(finding for finding in found if finding.effect is Effect.STOP)
    if stops:
        return Assessment("stop", stops, rules.as_of, rules.version)
    not_yet = any(finding.effect is Effect.NOT_YET for finding in found)
    return Assessment("not_yet" if not_yet else "eligible", tuple(found), rules.as_of, rules.version)


def rules_on(day: date) -> RuleSet:
    """The newest rules of that day; before the first there are only the first."""
    return next((rules for rules in reversed(RULE_SETS) if rules.as_of <= day), RULE_SETS[0])


def _finding(row: Row, answers: Answers, today: date) -> Finding:
    unsure = any(answers.get(name) in (None, "unsure") for name in row.inputs)
    unmet, remedy = UNMET.get(row.id), row.remedy(answers, today)
    if unmet:
        unmet = unmet.fill(floor=Money(FLOOR))
    look_up = LOOK_UP.get(row.id) if unsure else None
    return Finding(row.id, row.effect, row.inputs, unmet, remedy, row.topic, row.source, look_up)


def _yes(
    id: str, effect: Effect, names: tuple[str, ...], topic: str, source: str, remedy: Remedy | None = None
) -> Row:
    """A row that asks for a yes. Not sure, and not asked, count as no."""

    def applies(answers: Answers) -> bool:
        return any(answers.get(name) != "yes" for name in names)

    return Row(id, effect, names, applies, remedy or _says(id), topic, source)


def _if(id: str, effect: Effect, name: str, value: str, topic: str, source: str) -> Row:
    """A row for one answer."""
    return Row(id, effect, (name,), lambda answers: answers.get(name) == value, _says(id), topic, source)


def _says(key: str) -> Remedy:
    return lambda answers, today: REMEDIES[key]


def _amount(answers: Answers) -> Decimal:
    return Decimal(str(answers.get(REVENUE) or 0))


def _months(answers: Answers) -> int:
    return int(answers.get(TIME) or 0)


def _in_china(answers: Answers) -> bool:
    return bool(answers.get(LEGAL) == "CN")


def _no_market(answers: Answers) -> bool:
    country = answers.get(LEGAL)
    return country is not None and not listed(country) and not _in_china(answers)


def _of_country(key: str) -> Remedy:
    return lambda answers, today: REMEDIES[key].fill(country=Country(answers.get(LEGAL) or ""))


def _too_few_months(answers: Answers) -> bool:
    return _months(answers) < MONTHS


def _wait(answers: Answers, today: date) -> Text:
    """Whoever has begun has 12 full months when the missing ones are over, if not a little earlier."""
    missing = MONTHS - _months(answers)
    if missing == MONTHS:
        return REMEDIES["E04.start"]
    years, month = divmod(today.month - 1 + missing, 12)
    return REMEDIES["E04"].fill(count=missing, month=Month(today.year + years, month + 1))


def _too_little_revenue(answers: Answers) -> bool:
    return _amount(answers) < FLOOR


def _missing_revenue(answers: Answers, today: date) -> Text:
    return REMEDIES["E05"].fill(missing=Money(FLOOR - _amount(answers)))


def _wrong_mpn(answers: Answers) -> bool:
    location = answers.get("mpn_id_type") == "location"
    return not location or answers.get("mpn_country") != answers.get(LEGAL)


def _mpn_remedy(answers: Answers, today: date) -> Text:
    given = answers.get("mpn_country")
    if answers.get("mpn_id_type") == "location" and given:
        return _of_country("E07.country")(answers, today).fill(given=Country(given))
    return _of_country("E07")(answers, today)


def _missing_systems(answers: Answers, today: date) -> Text:
    missing = [name for name in SYSTEMS if answers.get(name) != "yes"]
    return REMEDIES["E10" if len(missing) == len(SYSTEMS) else f"E10.{missing[0]}"]


STOP, NOT_YET, WARN, ADVISE = Effect

ROWS_OF_2021 = (
    Row("E01", STOP, (LEGAL,), _in_china, _of_country("E01.CN"), "region.mainland-china", MARKET_LISTS),
    Row("E01", STOP, (LEGAL,), _no_market, _of_country("E01"), "program.where-to-sell", MARKET_LISTS),
    _if("E02", STOP, "existing_direct_partner", "yes", "direct.restricted", RESTRICTED),
    _yes("E03", NOT_YET, ("already_in_csp",), "model.new-partners", INDIRECT_FIRST),
    Row("E04", NOT_YET, (TIME,), _too_few_months, _wait, "direct.twelve-months-indirect", MINIMUM),
    Row("E05", NOT_YET, (REVENUE,), _too_little_revenue, _missing_revenue, "direct.revenue", MINIMUM),
    _yes("E06", NOT_YET, ("mpn_active_membership",), "mpn.get-id", MINIMUM),
    Row("E07", NOT_YET, MPN, _wrong_mpn, _mpn_remedy, "mpn.no-matching-location", MINIMUM),
    _yes("E08", NOT_YET, ("authority_to_sign",), "direct.requirements", MINIMUM),
    _yes("E09", NOT_YET, ("first_level_support",), "direct.requirements", MINIMUM),
    _yes("E10", NOT_YET, SYSTEMS, "direct.infrastructure", REQUIREMENTS, _missing_systems),
    _yes("E11", NOT_YET, ("credit_check_consent",), "direct.credit-check", CHECKS),
    _if("E12", WARN, "support_plan_bought", "yes", "direct.support-plan", CHECKS),
    _if("E13", ADVISE, "support_plan_bought", "no", "direct.support-plan", CHECKS),
    _yes("E14", ADVISE, ("managed_service",), "direct.managed-service", RECOMMENDED),
)
RULE_SETS = (RuleSet("2021-05", date(2021, 5, 10), ROWS_OF_2021),)
