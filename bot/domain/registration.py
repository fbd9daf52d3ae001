"""The company's registration number: where it is asked, under which name, and whether it can be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from stdnum.az import voen
from stdnum.br import cnpj, cpf
from stdnum.by import unp
from stdnum.cn import uscc
from stdnum.hu import anum
from stdnum.in_ import gstin, pan
from stdnum.md import idno
from stdnum.pl import nip, pesel
from stdnum.ru import inn
from stdnum.sg import uen
from stdnum.th import moa, pin
from stdnum.tr import tckimlik, vkn
from stdnum.ua import edrpou, rntrc
from stdnum.us import ein
from stdnum.ve import rif
from stdnum.vn import mst
from stdnum.za import tin

from bot.domain.fields import Accepted, Answers, Context, Problem
from bot.domain.markets import MARKETS, NUMBER_OPTIONAL, NUMBER_REQUIRED, listed, region_of
from bot.domain.normalising import code, plain
from bot.domain.registration_names import GENERIC, LABELS, NAMES
from bot.domain.slips import meant, slip
from bot.text import Text, text

# Translators: after a registration number. {name} is its kind, e.g. INN; {example} shows the form.
WRONG_FORM = text(
    "problem.registration.form",
    "The {name} looks like this: {example}. Please copy yours from the registration certificate.",
)
# Translators: after a registration number: its check digit is wrong. {name} is its kind, for example INN.
WRONG_DIGIT = text(
    "problem.registration.check-digit",
    "This {name} does not pass our check, so a digit may be wrong. Please compare it with the registration "
    "certificate. It looks like this: {example}.",
)
# Translators: the person gave a number of a person. {name} is the company's kind of number, e.g. BIN.
PERSONAL_NUMBER = text(
    "problem.registration.personal",
    "That looks like the number of a person, so I have not kept it. Please give the company's {name}, for "
    "example {example}.",
)
# Translators: Russia: another register number (OGRN) was given instead of the INN.
OGRN = text(
    "problem.registration.ogrn",
    "This is the OGRN. Please give the INN: 10 digits for a company, for example {example}.",
)
# Translators: Hong Kong: the whole number of the certificate was given; {number} is its beginning, a button.
FIRST_PART = text(
    "problem.registration.first-part",
    "The number of the company is its first 8 digits. Do you mean {number}?",
)
# Translators: a question to confirm. In Russia a sole proprietor is an ИП.
SOLE_PROPRIETOR = text(
    "confirm.registration.sole-proprietor",
    "This is the number of a sole proprietor. Does the business really belong to one person?",
)
# Translators: a note to the applicant and the reviewer, not an error.
FORM_ONLY = text(
    "remark.registration.form-only",
    "We could only check the form of this number. A reviewer compares it with the register.",
)
# Translators: a note to the applicant and the reviewer; the person insisted on the number.
UNCHECKED = text(
    "remark.registration.unchecked",
    "This number did not pass our check. We take it as you gave it, and a reviewer looks at it.",
)


@dataclass(frozen=True, slots=True)
class Number:
    """One kind of number that identifies a company."""

    pattern: str
    example: str
    #: Tests the check digit or what else is known; None where only the form is known.
    test: Callable[[str], bool] | None = None
    confirm: Text | None = None

    def fits(self, number: str) -> bool:
        return bool(re.fullmatch(self.pattern, number))

    def holds(self, number: str) -> bool:
        return self.fits(number) and (self.test is None or self.test(number))


def is_bin(number: str) -> bool:
    """Kazakhstan: a company's number; its fifth digit tells the kind of company."""
    return number[4] in "456" and _kazakh_check(number)


def is_ubn(number: str) -> bool:
    """Taiwan: the rule since April 2023, which stdnum does not know yet."""
    products = (int(digit) * weight for digit, weight in zip(number, (1, 2, 1, 2, 1, 2, 4, 1), strict=True))
    total = sum(sum(divmod(product, 10)) for product in products)
    return total % 5 == 0 or (number[6] == "7" and (total + 1) % 5 == 0)


def is_ogrn(number: str) -> bool:
    """Russia: the register number of a company (13 digits) or a sole proprietor (15), where stdnum errs."""
    modulus = {13: 11, 15: 13}.get(len(number))
    return modulus is not None and number.isdigit() and int(number[:-1]) % modulus % 10 == int(number[-1])


def _kazakh_check(number: str) -> bool:
    digits = [int(digit) for digit in number]
    for weights in (range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11
        if rest < 10:
            return rest == digits[11]
    return False


#: By country. Kinds of numbers are those of the program's pages; forms and check digits are common knowledge.
NUMBERS: Mapping[str, tuple[Number, ...]] = {
    "AE": (Number("[0-9]{15}", "100000000000003"),),
    "AM": (Number("[0-9]{8,10}", "00000001"),),
    "AZ": (Number("[0-9]{9}1", "9900000011", voen.is_valid),),
    "BR": (Number("[0-9A-Z]{12}[0-9]{2}", "99999999000191", cnpj.is_valid),),
    "BY": (Number("[0-9]{9}", "190000005", unp.is_valid),),
    "CN": (Number("[0-9]{8}[0-9A-HJ-NPQRTUWXY]{10}", "91110000MA0000000H", uscc.is_valid),),
    "HK": (Number("[0-9]{8}", "12345678"),),
    "HU": (Number("[0-9]{8}(?:[0-9]{3})?", "99999999", lambda number: bool(anum.is_valid(number[:8]))),),
    "IN": (
        Number("[A-Z]{3}[ABCFGHJLT][A-Z][0-9]{4}[A-Z]", "AAACA9999A", pan.is_valid),
        Number("[0-9]{2}[0-9A-Z]{13}", "29AAACA9999A1ZC", gstin.is_valid),
    ),
    "IQ": (Number("[0-9A-Z]{5,15}", "100000001"),),
    "KG": (Number("[0-9]{14}", "00000000000000"),),
    "KZ": (Number("[0-9]{12}", "990140990004", is_bin),),
    "MD": (Number("1[0-9]{12}", "1003600012344", idno.is_valid),),
    "MM": (Number("[0-9]{9}", "100000001"),),
    "PL": (Number("[0-9]{10}", "9990000008", nip.is_valid),),
    "RU": (
        Number("[0-9]{10}", "9900000017", inn.is_valid),
        Number("[0-9]{12}", "990000000115", inn.is_valid, SOLE_PROPRIETOR),
    ),
    "SA": (Number("[0-9]{10}|3[0-9]{13}3", "1000000001"),),
    "SG": (
        Number("[0-9]{8}[A-Z]|[0-9]{9}[A-Z]|[RST][0-9]{2}[A-Z]{2}[0-9]{4}[A-Z]", "202600001C", uen.is_valid),
    ),
    "SS": (Number("[0-9A-Z]{5,15}", "100000001"),),
    "TH": (
        Number("0[0-9]{12}", "0999999999991", moa.is_valid),
        Number("[1-9][0-9]{12}", "1100000000008", pin.is_valid, SOLE_PROPRIETOR),
    ),
    "TJ": (Number("[0-9]{9}(?:[0-9]{1,3})?", "100000001"),),
    "TR": (Number("[0-9]{10}", "9999999994", vkn.is_valid),),
    "TW": (Number("[0-9]{8}", "00001009", is_ubn),),
    "UA": (Number("[0-9]{8}", "99999994", edrpou.is_valid),),
    "US": (Number("[0-9]{9}", "100000001", ein.is_valid),),
    "UZ": (Number("[0-9]{9}", "200000001"),),
    "VE": (Number("[CGJ][0-9]{9}", "J000000000", rif.is_valid),),
    "VN": (Number("[0-9]{10}(?:[0-9]{3})?", "9999999997", mst.is_valid),),
    "ZA": (Number("[01239][0-9]{9}", "9999999999", tin.is_valid),),
}
FALLBACK = (Number("[0-9A-Z]{4,20}", "12345678"),)

#: Numbers that identify a person, which we must not keep.
PERSONAL: Mapping[str, Callable[[str], bool]] = {
    "AZ": lambda number: number.endswith("2") and bool(voen.is_valid(number)),
    "BR": cpf.is_valid,
    "BY": lambda number: not number[:1].isdigit() and bool(unp.is_valid(number)),
    "IN": lambda number: number[3:4] == "P" and bool(pan.is_valid(number)),
    "KZ": lambda number: bool(re.fullmatch("[0-9]{4}[0-3][0-9]{7}", number)) and _kazakh_check(number),
    "MD": lambda number: number[:1] in ("0", "2") and bool(idno.is_valid(number)),
    "PL": pesel.is_valid,
    "TR": tckimlik.is_valid,
    "UA": rntrc.is_valid,
    "VE": lambda number: number[:1] in ("E", "P", "V") and bool(rif.is_valid(number)),
}
SOCIAL_SECURITY = re.compile("[0-9]{3}-[0-9]{2}-[0-9]{4}")
HONG_KONG_CERTIFICATE = re.compile("[0-9]{16}")
#: Where a hyphen may stand, if one is typed.
HYPHENED = {"US": re.compile("[0-9]{2}-[0-9]{7}")}


@cache
def listed_countries(country: str) -> tuple[str, ...]:
    """The countries of a company's region that ask for a number, if its own does not."""
    if country in NUMBER_REQUIRED or not listed(country):
        return ()
    region = region_of(country)
    return tuple(
        code for code, market in MARKETS.items() if market.region == region and code in NUMBER_REQUIRED
    )


def needed(answers: Answers) -> Literal["required", "optional", "no"]:
    country = answers.get("legal_country") or ""
    if country in NUMBER_REQUIRED or _sells_elsewhere(answers):
        return "required"
    return "optional" if country in NUMBER_OPTIONAL else "no"


def number_country(answers: Answers) -> str:
    """Whose number it is: that of the seat, or of a country the company sells in."""
    if _sells_elsewhere(answers):
        return answers.get("registration_id_country") or ""
    return answers.get("legal_country") or ""


def number_name(country: str) -> Text:
    """What the number is called where it comes from."""
    return NAMES.get(country, GENERIC)


def example(country: str) -> str:
    """A number of the right form that belongs to nobody we know of."""
    return NUMBERS.get(country, FALLBACK)[0].example


def check_number(raw: str, context: Context) -> Accepted | Problem:
    country, typed = number_country(context.answers), _without_name(raw)
    number = code(typed)
    if _is_personal(country, typed):
        return Problem("personal", _filled(PERSONAL_NUMBER, country), unsaid=True)
    kinds = NUMBERS.get(country, FALLBACK)
    kind = next((kind for kind in kinds if kind.holds(number)), None)
    if kind and _is_well_hyphened(country, typed):
        return Accepted(number, () if kind.test else (FORM_ONLY,), kind.confirm)
    return _refused(number, country, kinds)


def _sells_elsewhere(answers: Answers) -> bool:
    """Not sure counts as yes."""
    country = answers.get("legal_country") or ""
    return answers.get("sells_in_listed_country") in ("yes", "unsure") and bool(listed_countries(country))


def _without_name(raw: str) -> str:
    """“ИНН: 9900000017” names its kind first."""
    return LABELS.sub("", plain(raw), count=1)


def _is_personal(country: str, typed: str) -> bool:
    if country == "US":
        return bool(SOCIAL_SECURITY.fullmatch(typed))
    return country in PERSONAL and bool(PERSONAL[country](code(typed)))


def _is_well_hyphened(country: str, typed: str) -> bool:
    return "-" not in typed or country not in HYPHENED or bool(HYPHENED[country].fullmatch(typed))


def _refused(number: str, country: str, kinds: tuple[Number, ...]) -> Problem:
    insisted = Accepted(number, (UNCHECKED,)) if FALLBACK[0].fits(number) else None
    problem = next(_reasons(number, country, kinds))
    return Problem(problem.type, problem.text, problem.meant, insisted=insisted)


def _reasons(number: str, country: str, kinds: tuple[Number, ...]) -> Iterator[Problem]:
    if country == "RU" and is_ogrn(number):
        yield Problem("ogrn", _filled(OGRN, country))
    if country == "HK" and HONG_KONG_CERTIFICATE.fullmatch(number):
        yield Problem("first-part", FIRST_PART.fill(number=number[:8]), (meant(number[:8]),))
    slipped = slip(number, lambda repaired: any(kind.holds(repaired) for kind in kinds))
    if slipped:
        yield slipped
    if any(kind.fits(number) and not kind.holds(number) for kind in kinds):
        yield Problem("check-digit", _filled(WRONG_DIGIT, country))
    yield Problem("registration", _filled(WRONG_FORM, country))


def _filled(sentence: Text, country: str) -> Text:
    return sentence.fill(name=number_name(country), example=example(country))
