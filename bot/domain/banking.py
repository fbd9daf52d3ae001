"""Bank codes and accounts: what each country uses, and whether an answer can be one."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import cycle

from schwifty import BIC, IBAN
from stdnum.us import rtn

from bot.domain.bank_schemes import Scheme, scheme_of
from bot.domain.fields import Accepted, Answers, Context, Option, Problem
from bot.domain.markets import iso
from bot.domain.normalising import code, is_luhn, plain
from bot.domain.problems import problem
from bot.domain.slips import MEANT, slip
from bot.text import Country, text

# Translators: {name} is the kind of bank code used in {country}, e.g. “BIC (SWIFT code)”.
WRONG_CODE = text(
    "problem.bank.code", "For a bank in {country} I need the {name}. It looks like this: {example}."
)
# Translators: the BIC names another country than {country}, which was given as the country of the bank.
OTHER_COUNTRY = text(
    "problem.bank.other-country",
    "This BIC belongs to a bank outside {country}. Please check it, or change the country of the bank.",
)
# Translators: a note, not an error: the BIC names another country than {country}.
ABROAD = text("remark.bank.other-country", "This BIC belongs to a bank outside {country}.")
# Translators: a question to confirm (Taiwan): only 3 of 7 digits were given.
BANK_ONLY = text(
    "confirm.bank.branch",
    "These 3 digits are the bank; the 4 digits of the branch are missing. Shall we go on without them?",
)
# Translators: {example} is an account number of {country}.
WRONG_ACCOUNT = text(
    "problem.bank.account",
    "This is not an account number of {country}. There it looks like this: {example}. Please copy yours from "
    "your bank.",
)
# Translators: an IBAN whose check digits do not fit.
WRONG_IBAN = text(
    "problem.bank.iban",
    "This IBAN does not pass its own check, so a character may be wrong. It looks like this: {example}. "
    "Please copy yours from your bank.",
)
# Translators: the IBAN begins with another country than {country}, which is the country of the bank.
IBAN_ABROAD = text(
    "problem.bank.iban-country",
    "This IBAN is of another country than {country}. Please check it, or change the country of the bank.",
)
# Translators: Russia: an IBAN was given. {example} is an account number.
NO_IBAN = text(
    "problem.bank.no-iban",
    "Companies in Russia do not use an IBAN. Please give the account number of 20 digits, for example "
    "{example}.",
)
# Translators: Russia: account and BIK do not fit together. {bik} is the bank's code.
WRONG_KEY = text(
    "problem.bank.key",
    "This account does not fit the bank with the BIK {bik}. Please compare both with your bank details.",
)
# Translators: Russia: the bank's own account was given, not the company's. {example} is an account number.
CORRESPONDENT = text(
    "problem.bank.correspondent",
    "This is the correspondent account of the bank. Please give your company's own account, for example "
    "{example}.",
)
# Translators: a question to confirm. {masked} shows the last digits of the number.
IS_ACCOUNT = text(
    "confirm.bank.account",
    "The number {masked} could be a payment card. Is it really the account of your company?",
)

MASK = "••••"
LABELS = re.compile(
    r"^(?:бик|bik|swift|bic|aba|cnaps|iban|联行号|聯行號|行号)(?![a-z])[\s:：№#.-]*", re.IGNORECASE
)
BIC_FORM = re.compile("[A-Z]{4}[A-Z]{2}[0-9A-Z]{2}(?:[0-9A-Z]{3})?")
IBAN_FORM = re.compile("[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}")
CARD = re.compile("[2-6][0-9]{12,18}")
BIK = re.compile("[0-9]{9}")
RU_CORRESPONDENT = re.compile("30101[0-9]{15}")


#: Whose accounts have an IBAN of another country.
TERRITORIES = {
    "FI": ("AX",),
    "FR": ("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"),
    "GB": ("GG", "IM", "JE"),
}
#: Countries whose accounts may look like a payment card: asked, not refused.
CARD_LIKE = frozenset({"CN", "TW"})


def masked(value: str) -> str:
    """A secret number as it may be shown: its last four characters, and not how long it is."""
    return f"{MASK} {value[-4:]}" if len(value) > 4 else MASK


def check_code(raw: str, context: Context) -> Accepted | Problem:
    country, typed = _country(context.answers), code(_without_name(raw))
    scheme = scheme_of(country)
    if _is_card(typed):
        return problem("card-number", unsaid=True)
    if _is_national(typed, country):
        return Accepted(typed, confirm=BANK_ONLY if country == "TW" and len(typed) == 3 else None)
    if is_bic(typed) and scheme.takes_bic:
        return _bic_at(typed, country, scheme)
    wrong = WRONG_CODE.fill(country=Country(country), name=scheme.name, example=scheme.example)
    return slip(typed, lambda repaired: _fits_code(repaired, country)) or Problem("bank-code", wrong)


def check_account(raw: str, context: Context) -> Accepted | Problem:
    country, typed = _country(context.answers), code(_without_name(raw))
    wrong = _account_problem(typed, context.answers)
    if _is_card(typed) and (wrong or country not in CARD_LIKE):
        return problem("card-number", unsaid=True)
    if wrong is None:
        return Accepted(typed, confirm=IS_ACCOUNT.fill(masked=masked(typed)) if _is_card(typed) else None)
    slipped = slip(typed, lambda repaired: _account_problem(repaired, context.answers) is None)
    return _discreet(slipped) if slipped else wrong


def key_holds(bik: str, account: str) -> bool:
    """Russia: the control key over the end of the bank's code and the account."""
    bank = f"0{bik[4:6]}" if RU_CORRESPONDENT.fullmatch(account) else bik[-3:]
    products = (int(digit) * weight for digit, weight in zip(bank + account, cycle((7, 1, 3)), strict=False))
    return sum(product % 10 for product in products) % 10 == 0


def is_bic(typed: str) -> bool:
    """The structure alone: no list of banks is complete. Kosovo's country code is not in ISO 3166."""
    in_kosovo = bool(BIC_FORM.fullmatch(typed)) and typed[4:6] == "XK"
    return in_kosovo or BIC(typed, allow_invalid=True).is_valid


def _country(answers: Answers) -> str:
    return iso(answers.get("bank_country") or "")


def _without_name(raw: str) -> str:
    """“БИК 049999999” names its kind first."""
    return LABELS.sub("", plain(raw), count=1)


def _is_card(typed: str) -> bool:
    return bool(CARD.fullmatch(typed)) and is_luhn(typed)


def _is_national(typed: str, country: str) -> bool:
    """Whether this is a national bank code."""
    pattern = scheme_of(country).code
    if pattern is None or not re.fullmatch(pattern, typed):
        return False
    return country != "US" or bool(rtn.is_valid(typed))


def _fits_code(typed: str, country: str) -> bool:
    scheme = scheme_of(country)
    return _is_national(typed, country) or (is_bic(typed) and scheme.takes_bic)


def _bic_at(typed: str, country: str, scheme: Scheme) -> Accepted | Problem:
    if typed[4:6] == country:
        return Accepted(typed)
    if scheme.at_home:
        return Problem("bank-country", OTHER_COUNTRY.fill(country=Country(country)))
    return Accepted(typed, (ABROAD.fill(country=Country(country)),))


def _account_problem(typed: str, answers: Answers) -> Problem | None:
    country = _country(answers)
    scheme = scheme_of(country)
    if scheme.account is None:
        return _iban_problem(typed, country, scheme)
    if not re.fullmatch(scheme.account, typed):
        return _number_problem(typed, country, scheme)
    bik = code(str(answers.get("bank_code") or ""))
    if country == "RU" and BIK.fullmatch(bik) and not key_holds(bik, typed):
        return Problem("bank-key", WRONG_KEY.fill(bik=bik))
    return None


def _iban_problem(typed: str, country: str, scheme: Scheme) -> Problem | None:
    iban = IBAN(typed, allow_invalid=True)
    if iban.is_valid and country in (iban.country_code, *TERRITORIES.get(iban.country_code, ())):
        return None
    if iban.is_valid:
        return Problem("iban-country", IBAN_ABROAD.fill(country=Country(country)))
    return Problem("iban", WRONG_IBAN.fill(example=scheme.account_example))


def _number_problem(typed: str, country: str, scheme: Scheme) -> Problem:
    if country == "RU" and IBAN_FORM.fullmatch(typed):
        return Problem("no-iban", NO_IBAN.fill(example=scheme.account_example))
    if country == "RU" and RU_CORRESPONDENT.fullmatch(typed):
        return Problem("correspondent", CORRESPONDENT.fill(example=scheme.account_example))
    filled = WRONG_ACCOUNT.fill(country=Country(country), example=scheme.account_example)
    return Problem("bank-account", filled)


def _discreet(slipped: Problem) -> Problem:
    """An offer that shows no more of the account than the person's own summary does."""
    offers = tuple(Option(offer.value, MEANT.fill(value=masked(offer.value))) for offer in slipped.meant)
    return replace(slipped, meant=offers)
