"""How banks and accounts are addressed, country by country."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from schwifty import registry
from schwifty.exceptions import SchwiftyException

from bot.domain.markets import iso
from bot.text import Text, text

# Translators: inside a sentence: the international code of a bank.
BIC_NAME = text("bank.code.bic", "BIC (SWIFT code)")
# Translators: inside a sentence: the 12-digit code of a Chinese bank branch.
CNAPS_NAME = text("bank.code.cnaps", "CNAPS code (联行号)")
# Translators: inside a sentence: the code of a bank with that of its branch.
BRANCH_NAME = text("bank.code.bank-and-branch", "bank and branch code")
# Translators: inside a sentence: the 9-digit code of a Russian bank.
BIK_NAME = text("bank.code.bik", "BIK (БИК)")
# Translators: inside a sentence: the 9-digit code of a bank in the United States.
ROUTING_NAME = text("bank.code.routing", "ABA routing number")


@dataclass(frozen=True, slots=True)
class Scheme:
    """How the banks of a country are addressed. Without `account`, an IBAN is used."""

    name: Text
    example: str
    #: The national code; None where the BIC is the code.
    code: str | None
    account_example: str
    account: str | None = None
    required: bool = True
    #: Takes a BIC instead of the national code, as payments in US dollars need it.
    or_bic: bool = False
    #: Whether a BIC must name this country.
    at_home: bool = True

    @property
    def takes_bic(self) -> bool:
        return self.or_bic or self.code is None


SCHEMES: Mapping[str, Scheme] = {
    "BY": Scheme(BIC_NAME, "TESTBY2X", None, "BY73TEST30120000000000000001"),
    "CN": Scheme(CNAPS_NAME, "999999999999", "[0-9]{12}", "100000000001", "[0-9]{8,32}", or_bic=True),
    "HK": Scheme(BRANCH_NAME, "999-123", "[0-9]{6}", "123456001", "[0-9]{6,9}", or_bic=True),
    "KZ": Scheme(BIC_NAME, "TESTKZKA", None, "KZ35999T000000000001"),
    "RU": Scheme(BIK_NAME, "049999999", "[0-9]{9}", "40702810299990000001", "(?:40[1-8]|42[1-8])[0-9]{17}"),
    "SG": Scheme(BRANCH_NAME, "9999-123", "[0-9]{7}", "1234567890", "[0-9]{6,14}", or_bic=True),
    "TW": Scheme(BRANCH_NAME, "9991234", "[0-9]{7}|[0-9]{3}", "00123456789012", "[0-9]{10,16}", or_bic=True),
    "US": Scheme(ROUTING_NAME, "099900001", "[0-9]{9}", "0001234567", "[0-9]{4,17}"),
}
ELSEWHERE = Scheme(BIC_NAME, "TESTDEFF", None, "1234567890", "[0-9A-Z]{4,34}", at_home=False)
WITH_IBAN = Scheme(BIC_NAME, "TESTDEFF", None, "", required=False, at_home=False)


def code_asked(country: str) -> Literal["required", "optional"]:
    return "required" if scheme_of(country).required else "optional"


def code_name(country: str) -> Text:
    """What the bank code is called there, for the question."""
    return scheme_of(country).name


def uses_iban(country: str) -> bool:
    return scheme_of(country).account is None


@lru_cache(maxsize=256)
def scheme_of(country: str) -> Scheme:
    code = iso(country)
    if code in SCHEMES or not code:
        return SCHEMES.get(code, ELSEWHERE)
    if not _has_iban(code):
        return replace(ELSEWHERE, example=f"TEST{code}2X")
    return replace(WITH_IBAN, example=f"TEST{code}2X", account_example=_iban_example(code))


def _has_iban(country: str) -> bool:
    """Where the official register has IBANs; Russian companies do not use theirs."""
    try:
        return not registry.get_iban_spec(country).aspirational
    except SchwiftyException:
        return False


def _iban_example(country: str) -> str:
    """An IBAN of zeros, in which only its own check digits are right."""
    spec = registry.get_iban_spec(country)
    parts: list[tuple[str, str]] = re.findall("([0-9]+)!([nac])", spec.bban_spec)
    bban = "".join(("A" if kind == "a" else "0") * int(length) for length, kind in parts)
    rest = int("".join(str(int(sign, 36)) for sign in f"{bban}{country}00")) % 97
    return f"{country}{98 - rest:02}{bban}"
