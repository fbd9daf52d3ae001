"""Names of companies, persons and banks: kept as written, refused where they cannot be a name."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.fields import Accepted, Context, Problem
from bot.domain.normalising import as_written
from bot.domain.problems import problem
from bot.domain.scripts import is_letter, letters_in
from bot.domain.shorthands import means_nothing, means_same, means_self
from bot.domain.slips import mixed
from bot.text import Text, text

LINE_BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]")
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\ufe0f\u20e3]")
EMAIL = re.compile(r"\S@\S")
URL = re.compile(r"://|\bwww\.", re.IGNORECASE)
NAME_SIGNS = frozenset(" -'’.·・‧")
MICROSOFT = re.compile("microsoft|майкрософт|微软|微軟", re.IGNORECASE)

LEGAL_FORMS = frozenset(
    {
        "llc", "ltd", "inc", "corp", "co", "coltd", "gmbh", "ag", "plc", "pte", "pteltd", "sa", "bv",
        "company", "ооо", "оао", "зао", "ао", "пао", "ип", "тоо", "одо", "уп", "чуп", "осоо",
        "чп", "тов", "компания", "公司", "有限公司", "股份有限公司", "有限责任公司",
        "有限責任公司", "股份公司",
    }
)  # fmt: skip
GENERIC = frozenset(
    {"bank", "the bank", "my bank", "our bank", "банк", "наш банк", "мой банк", "银行", "銀行", "我的银行"}
)
BRANCH = {"CN": re.compile("支行|分行|营业部|營業部|分理处|总行"), "TW": re.compile("分行|營業部|分社|總行")}

# Translators: said after a company name; {word} has Latin and Cyrillic letters that look alike.
MIXED_LETTERS = text(
    "remark.mixed-letters",
    "“{word}” mixes Latin and Cyrillic letters. If that is a slip, please correct it: the name must equal "
    "the register.",
)
# Translators: said after a company name without capital letters.
LOWER_CASE = text(
    "remark.lower-case",
    "The name is all in small letters. If the register has capitals, please write it the same way.",
)
# Translators: said after a company name that ends in "...".
ABBREVIATED = text(
    "remark.abbreviated",
    "The name ends in dots. If it is shortened, please give it in full as in the register.",
)
# Translators: said after the holder of a bank account.
OTHER_HOLDER = text(
    "remark.other-holder",
    "The holder is not your legal name. A company's account usually runs in its name, so a reviewer will "
    "look at it.",
)
# Translators: said after the name of a bank without its branch.
NO_BRANCH = text(
    "remark.no-branch",
    "Your answer names no branch. Banks in that country usually want it. You can add it at any time.",
)


def check_legal_name(raw: str, context: Context) -> Accepted | Problem:
    """The name as in the company register. Oddities are told, not refused: registers are odd."""
    name = as_written(raw)
    refused = _no_name(raw, least=2) or _no_company(name)
    return refused or Accepted(name, _oddities(name))


def check_person_name(raw: str, context: Context) -> Accepted | Problem:
    """A family or given name in letters of one alphabet a word."""
    name = as_written(raw)
    if EMAIL.search(name):
        return problem("email-instead")
    if LINE_BREAK.search(raw.strip()):
        return problem("line-break")
    if letters_in(name) == 0:
        return problem("letters")
    wrong = next((sign for sign in name if not _may_stand_in_name(sign)), None)
    if wrong is not None:
        return problem("sign", sign=wrong)
    return mixed(name) or Accepted(name)


def check_account_holder(raw: str, context: Context) -> Accepted | Problem:
    """Whose account it is; "same" stands for the legal name."""
    legal_name = context.answers.get("legal_name")
    if means_same(raw):
        return Accepted(legal_name) if legal_name else problem("nothing-above")
    holder = as_written(raw)
    refused = _no_name(raw, least=2) or _no_company(holder)
    if refused or holder.casefold() in GENERIC:
        return refused or problem("generic")
    differs = legal_name is not None and holder.casefold() != legal_name.casefold()
    return Accepted(holder, (OTHER_HOLDER,) if differs else ())


def check_bank_name(raw: str, context: Context) -> Accepted | Problem:
    """The bank, and its branch where banks ask for it."""
    name = as_written(raw)
    if name.casefold() in GENERIC:
        return problem("generic")
    if refused := _no_name(raw, least=2):
        return refused
    branch = BRANCH.get(context.answers.get("bank_country") or "")
    return Accepted(name, (NO_BRANCH,) if branch and not branch.search(name) else ())


def check_provider_name(raw: str, context: Context) -> Accepted | Problem:
    """Another company, or nothing yet."""
    if means_nothing(raw):
        return Accepted(None)
    name = as_written(raw)
    if URL.search(name):
        return problem("provider-url")
    if MICROSOFT.fullmatch(name):
        return problem("provider-microsoft")
    if means_self(name) or name.casefold() == str(context.answers.get("legal_name")).casefold():
        return problem("provider-self")
    return _no_name(raw, least=1) or Accepted(name)


def _no_name(raw: str, least: int) -> Problem | None:
    """What is wrong with the signs of a name on one line that needs so many letters."""
    name = as_written(raw)
    if LINE_BREAK.search(raw.strip()):
        return problem("line-break")
    if EMAIL.search(name):
        return problem("email-instead")
    if URL.search(name):
        return problem("url-instead")
    wrong = next((sign for sign in name if _is_unprintable(sign)), None)
    if wrong is not None:
        return problem("sign", sign=wrong)
    return problem("letters") if letters_in(name) < least else None


def _no_company(name: str) -> Problem | None:
    if means_self(name):
        return problem("pronoun")
    bare = re.sub(r"[^\w]", "", name).casefold()
    return problem("legal-form") if bare in LEGAL_FORMS else None


def _oddities(name: str) -> tuple[Text, ...]:
    odd = []
    if two_alphabets := mixed(name):
        odd.append(MIXED_LETTERS.fill(word=two_alphabets.text.values["word"]))
    if name.islower():
        odd.append(LOWER_CASE)
    if name.endswith(("...", "…")):
        odd.append(ABBREVIATED)
    return tuple(odd)


def _is_unprintable(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn", "Cs") or bool(EMOJI.match(sign))


def _may_stand_in_name(sign: str) -> bool:
    return is_letter(sign) or unicodedata.category(sign).startswith("M") or sign in NAME_SIGNS
