"""The bank account: required for direct bill, for later in the indirect model."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from bot.domain.bank_schemes import code_asked, code_name, scheme_of, uses_iban
from bot.domain.banking import check_account, check_code
from bot.domain.countries import check_bank_country
from bot.domain.fields import Answers, Ask, Checked, Kind, Sensitivity
from bot.domain.form.company import SAMPLE
from bot.domain.form.parts import BANK, answer_of, is_direct
from bot.domain.markets import iso
from bot.domain.names import check_account_holder, check_bank_name
from bot.text import Text, text

AccountHolder = Annotated[str, StringConstraints(min_length=2, max_length=200)]
BankName = Annotated[str, StringConstraints(min_length=2, max_length=140)]

# Translators: {name} is the kind of code that banks of the country have, for example BIK.
CODE = text("apply.bank-code.ask", "What is the {name} of the bank?")
# Translators: {name} is the kind of code that banks of the country have, for example BIC.
CODE_OPTIONAL = text("apply.bank-code.ask-optional", "What is the {name} of the bank? You can skip this.")

# Translators: an IBAN is an international account number.
IBAN = text(
    "apply.bank-account.ask-iban", "What is the IBAN? It is stored encrypted and never shown in full."
)
# Translators: asked in countries without IBAN.
ACCOUNT = text(
    "apply.bank-account.ask", "What is the account number? It is stored encrypted and never shown in full."
)


def is_given(answers: Answers) -> bool:
    """Who leaves the bank's country for later leaves the whole section."""
    return answers.get("bank_country", "") is not None


def needs_code(answers: Answers) -> bool:
    return is_direct(answers) and code_asked(_country(answers)) == "required"


def code_prompt(answers: Answers) -> Text:
    prompt = CODE if needs_code(answers) else CODE_OPTIONAL
    return prompt.fill(name=code_name(_country(answers)))


def code_example(answers: Answers) -> Text:
    return SAMPLE.fill(value=scheme_of(_country(answers)).example)


def account_prompt(answers: Answers) -> Text:
    return IBAN if uses_iban(_country(answers)) else ACCOUNT


def account_example(answers: Answers) -> Text:
    return SAMPLE.fill(value=scheme_of(_country(answers)).account_example)


def _country(answers: Answers) -> str:
    return iso(answers.get("bank_country") or "")


class Bank(BaseModel):
    bank_country: Annotated[
        str | None,
        Checked(check_bank_country),
        Ask(
            section=BANK,
            # Translators: asked before the other bank details.
            prompt=text("apply.bank-country.ask", "In which country or region is your company's bank?"),
            # Translators: names the answer in the summary.
            label=text("apply.bank-country.label", "Country or region of the bank"),
            # Translators: a good answer; take a country where your language is spoken.
            example=text("apply.bank-country.example", "Singapore"),
            kind=Kind.COUNTRY,
            required=is_direct,
            suggest=answer_of("legal_country"),
            sensitivity=Sensitivity.CONFIDENTIAL,
            explained_by=("application.bank-information",),
        ),
    ] = None
    bank_account_holder: Annotated[
        AccountHolder | None,
        Checked(check_account_holder),
        Ask(
            section=BANK,
            # Translators: usually the legal name of the company.
            prompt=text(
                "apply.bank-account-holder.ask", "Who is the holder of the account, as the bank knows it?"
            ),
            # Translators: names the answer in the summary.
            label=text("apply.bank-account-holder.label", "Account holder"),
            # Translators: a good answer: an invented company, with a legal form usual in your language.
            example=text("apply.bank-account-holder.example", "Example Cloud Pte. Ltd."),
            when=is_given,
            required=is_direct,
            suggest=answer_of("legal_name"),
            sensitivity=Sensitivity.CONFIDENTIAL,
            explained_by=("application.bank-information",),
        ),
    ] = None
    bank_name: Annotated[
        BankName | None,
        Checked(check_bank_name),
        Ask(
            section=BANK,
            # Translators: bank and, where it is usual, branch.
            prompt=text(
                "apply.bank-name.ask", "What is your bank called? Please add the branch if transfers need it."
            ),
            # Translators: names the answer in the summary.
            label=text("apply.bank-name.label", "Bank and branch"),
            # Translators: a good answer: an invented bank (zh-CN: with 支行, zh-TW: with 分行).
            example=text("apply.bank-name.example", "Example Bank Ltd"),
            when=is_given,
            required=is_direct,
            depends_on=("bank_country",),
            sensitivity=Sensitivity.CONFIDENTIAL,
            explained_by=("application.bank-information",),
        ),
    ] = None
    bank_code: Annotated[
        str | None,
        Checked(check_code, digits=True),
        Ask(
            section=BANK,
            prompt=code_prompt,
            # Translators: names the answer in the summary.
            label=text("apply.bank-code.label", "Bank code"),
            example=code_example,
            when=is_given,
            required=needs_code,
            depends_on=("bank_country",),
            sensitivity=Sensitivity.CONFIDENTIAL,
            explained_by=("application.bank-information",),
        ),
    ] = None
    bank_account: Annotated[
        str | None,
        Checked(check_account, digits=True),
        Ask(
            section=BANK,
            prompt=account_prompt,
            # Translators: names the answer in the summary.
            label=text("apply.bank-account.label", "Account number or IBAN"),
            example=account_example,
            when=is_given,
            required=is_direct,
            depends_on=("bank_country", "bank_code"),
            sensitivity=Sensitivity.CONFIDENTIAL,
            explained_by=("application.bank-information",),
        ),
    ] = None
