"""Countries as answers: known codes, the seat that cannot be changed later, a bank somewhere else."""

from __future__ import annotations

from bot.domain.fields import Accepted, Answers, Context, Option, Problem
from bot.domain.markets import MARKETS, NOT_LISTED, listed, parts_of
from bot.domain.problems import problem
from bot.text import Country, Text, text

# Translators: an answer, also a button: the name of a country or region.
NAMED = text("option.country", "{country}")
# Translators: {country} is the company's country or region. CSP is the Cloud Solution Provider program.
FOR_GOOD = text(
    "confirm.legal-country",
    "The country or region cannot be changed once the CSP account exists. Is {country} right?",
)
# Translators: {country} is where the bank is, {seat} where the company is.
BANK_ABROAD = text(
    "confirm.bank-abroad", "The bank is in {country}, and your company is in {seat}. Is that right?"
)
# Translators: why an application cannot be sent; {country} is in none of the program's regions.
NO_MARKET = text(
    "blocked.no-market",
    "CSP has no market in {country}. A company of your group in another country or region can apply.",
)
# Translators: why an application cannot be sent; {country} is mainland China, 21Vianet a company.
MAINLAND_CHINA = text(
    "blocked.mainland-china",
    "The cloud in {country} is operated by 21Vianet, which has a partner program of its own: please apply "
    "there. A company of your group in another country or region can apply here.",
)


def check_legal_country(raw: str, context: Context) -> Accepted | Problem:
    """A country outside the markets is an answer, too: it ends the form (`no_market`)."""
    refused = check_country(raw, context)
    if isinstance(refused, Problem) or not listed(raw):
        return refused
    return Accepted(raw, confirm=FOR_GOOD.fill(country=Country(raw)))


def check_bank_country(raw: str, context: Context) -> Accepted | Problem:
    """Usually the company's own country; another one is shown for a yes."""
    result, seat = check_country(raw, context), context.answers.get("legal_country")
    if isinstance(result, Problem) or seat in (None, raw):
        return result
    return Accepted(raw, confirm=BANK_ABROAD.fill(country=Country(raw), seat=Country(seat)))


def check_country(raw: str, context: Context) -> Accepted | Problem:
    if len(parts := parts_of(raw)) > 1:
        return problem("which-territory", meant=options(parts))
    return Accepted(raw) if raw in MARKETS or raw in NOT_LISTED else problem("country")


def no_market(answers: Answers) -> Text | None:
    """Why a company with this legal country cannot enroll."""
    country = answers.get("legal_country")
    if country is None or listed(country):
        return None
    reason = MAINLAND_CHINA if country == "CN" else NO_MARKET
    return reason.fill(country=Country(country))


def options(codes: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(code, NAMED.fill(country=Country(code))) for code in codes)
