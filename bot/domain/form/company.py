"""The company: its legal name and address, registration number and domain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from bot.domain.addresses import (
    asked_parts,
    check_city,
    check_line1,
    check_line2,
    check_postal_code,
    check_region,
    postal_code_form,
    region_options,
)
from bot.domain.countries import options
from bot.domain.fields import (
    Accepted,
    Answers,
    Ask,
    Checked,
    Context,
    Kind,
    Option,
    Problem,
    Rule,
    Sensitivity,
)
from bot.domain.form.parts import COMPANY, YES_EXAMPLE, YES_NO_UNSURE, YesNoUnsure, never
from bot.domain.markets import iso
from bot.domain.names import check_legal_name
from bot.domain.problems import problem
from bot.domain.registration import (
    check_number,
    example,
    listed_countries,
    needed,
    number_country,
    number_name,
)
from bot.domain.web import check_domain
from bot.text import Country, Listing, Text, text

LegalName = Annotated[str, StringConstraints(min_length=2, max_length=200)]

# Translators: asks for the city of the legal address.
CITY = text("apply.address-city.ask", "Which city or town is it?")
# Translators: asks for the district of the legal address in Taiwan or a Chinese municipality.
DISTRICT = text("apply.address-city.district", "Which district, town or township (區, 鄉, 鎮, 市) is it?")
# Translators: a good answer: the form is shown by a value that belongs to nobody.
SAMPLE = text("apply.sample.example", "{value}")
# Translators: {countries} lists countries: "A, B or C".
SELLS = text(
    "apply.sells-in-listed-country.ask",
    "Does your company do business with customers in {countries}? A registration number is needed there.",
)
# Translators: {name} is the kind of number, for example INN; {country} is whose number it is.
NUMBER = text(
    "apply.registration-id.ask",
    "What is the company's {name} ({country})? Give the company's number, not a person's.",
)
# Translators: the number is useful but not required; {name} is its kind, {country} is whose number it is.
NUMBER_OPTIONAL = text(
    "apply.registration-id.ask-optional",
    "What is the company's {name} ({country})? It helps the review; you can skip it.",
)


def is_asked(part: str) -> Rule:
    return lambda answers: part in _parts(answers)


def is_required(part: str) -> Rule:
    return lambda answers: _parts(answers).get(part, False)


def sells_elsewhere(answers: Answers) -> bool:
    """Not sure counts as yes."""
    return answers.get("sells_in_listed_country") in ("yes", "unsure") and bool(_listed(answers))


def city_prompt(answers: Answers) -> Text:
    return DISTRICT if answers.get("legal_country") in ("TW", "CN") else CITY


def postal_code_example(answers: Answers) -> Text:
    _, sample = postal_code_form(iso(answers.get("legal_country") or ""))
    return SAMPLE.fill(value=sample)


def sells_prompt(answers: Answers) -> Text:
    countries = tuple(Country(code) for code in _listed(answers))
    return SELLS.fill(countries=Listing(countries, either=True))


def number_prompt(answers: Answers) -> Text:
    country = number_country(answers)
    prompt = NUMBER if needed(answers) == "required" else NUMBER_OPTIONAL
    return prompt.fill(name=number_name(country), country=Country(country))


def number_example(answers: Answers) -> Text:
    return SAMPLE.fill(value=example(number_country(answers)))


def listed_options(answers: Answers) -> tuple[Option, ...]:
    return options(_listed(answers))


def check_listed(raw: str, context: Context) -> Accepted | Problem:
    """One of the countries that the question offers."""
    offered = listed_options(context.answers)
    if raw in [option.value for option in offered]:
        return Accepted(raw)
    return problem("literal_error", options=Listing(tuple(option.label for option in offered), either=True))


def _parts(answers: Answers) -> Mapping[str, bool]:
    return asked_parts(answers.get("legal_country") or "")


def _listed(answers: Answers) -> tuple[str, ...]:
    return listed_countries(answers.get("legal_country") or "")


class Company(BaseModel):
    legal_name: Annotated[
        LegalName,
        Checked(check_legal_name),
        Ask(
            section=COMPANY,
            # Translators: the name in the company register, not a brand.
            prompt=text(
                "apply.legal-name.ask",
                "What is your company's legal name, exactly as in the company register?",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.legal-name.label", "Legal business name"),
            # Translators: a good answer: an invented company, with a legal form usual in your language.
            example=text("apply.legal-name.example", "Example Cloud Pte. Ltd."),
            explained_by=("application.legal-profile", "verification.business"),
        ),
    ]
    address_region: Annotated[
        str | None,
        Checked(check_region),
        Ask(
            section=COMPANY,
            # Translators: the first level below the country in the legal address.
            prompt=text(
                "apply.address-region.ask", "In which province, state or region is the legal address?"
            ),
            # Translators: names the answer in the summary.
            label=text("apply.address-region.label", "Province, state, region"),
            # Translators: a good answer; take a region where your language is spoken.
            example=text("apply.address-region.example", "Washington"),
            options=region_options,
            when=is_asked("region"),
            required=is_required("region"),
            depends_on=("legal_country",),
            explained_by=("application.legal-profile",),
        ),
    ] = None
    address_city: Annotated[
        str | None,
        Checked(check_city),
        Ask(
            section=COMPANY,
            prompt=city_prompt,
            # Translators: names the answer in the summary.
            label=text("apply.address-city.label", "City or district"),
            # Translators: a good answer; take a city (zh-TW: a district) where your language is spoken.
            example=text("apply.address-city.example", "Redmond"),
            when=is_asked("city"),
            required=is_required("city"),
            depends_on=("legal_country", "address_region"),
            explained_by=("application.legal-profile",),
        ),
    ] = None
    address_postal_code: Annotated[
        str | None,
        Checked(check_postal_code),
        Ask(
            section=COMPANY,
            # Translators: of the legal address.
            prompt=text("apply.address-postal-code.ask", "What is the postal code?"),
            # Translators: names the answer in the summary.
            label=text("apply.address-postal-code.label", "Postal code"),
            example=postal_code_example,
            when=is_asked("postal_code"),
            required=is_required("postal_code"),
            depends_on=("legal_country", "address_region"),
            explained_by=("application.legal-profile",),
        ),
    ] = None
    address_line1: Annotated[
        str,
        Checked(check_line1),
        Ask(
            section=COMPANY,
            # Translators: of the legal address.
            prompt=text(
                "apply.address-line1.ask", "What are the street and number, as in the company register?"
            ),
            # Translators: names the answer in the summary.
            label=text("apply.address-line1.label", "Street and number"),
            # Translators: a good answer, in the way addresses are written where your language is spoken.
            example=text("apply.address-line1.example", "1 Example Way"),
            depends_on=("legal_country",),
            explained_by=("application.legal-profile",),
        ),
    ]
    address_line2: Annotated[
        str | None,
        Checked(check_line2),
        Ask(
            section=COMPANY,
            # Translators: the second line of the legal address.
            prompt=text("apply.address-line2.ask", "Is there a building, floor or room? You can skip this."),
            # Translators: names the answer in the summary.
            label=text("apply.address-line2.label", "Building, floor, room"),
            # Translators: a good answer, in the way addresses are written where your language is spoken.
            example=text("apply.address-line2.example", "Floor 5, Room 12"),
            required=never,
            depends_on=("legal_country",),
            explained_by=("application.legal-profile",),
        ),
    ] = None
    sells_in_listed_country: Annotated[
        YesNoUnsure | None,
        Ask(
            section=COMPANY,
            prompt=sells_prompt,
            # Translators: names the answer in the summary.
            label=text(
                "apply.sells-in-listed-country.label", "Does business where a registration number is needed"
            ),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO_UNSURE,
            when=lambda answers: bool(_listed(answers)),
            depends_on=("legal_country",),
            explained_by=("application.registration-id",),
        ),
    ] = None
    registration_id_country: Annotated[
        str | None,
        Checked(check_listed),
        Ask(
            section=COMPANY,
            # Translators: asked where the number is not needed for the company's own country.
            prompt=text(
                "apply.registration-id-country.ask",
                "Of which of these countries will you give the registration number? One number is enough.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.registration-id-country.label", "Country of the registration number"),
            # Translators: a good answer; take a country where your language is spoken.
            example=text("apply.registration-id-country.example", "Thailand"),
            kind=Kind.CHOICE,
            options=listed_options,
            when=sells_elsewhere,
            depends_on=("legal_country", "sells_in_listed_country"),
            explained_by=("application.registration-id",),
        ),
    ] = None
    registration_id: Annotated[
        str | None,
        Checked(check_number, digits=True),
        Ask(
            section=COMPANY,
            prompt=number_prompt,
            # Translators: names the answer in the summary.
            label=text("apply.registration-id.label", "Registration number"),
            example=number_example,
            when=lambda answers: needed(answers) != "no",
            required=lambda answers: needed(answers) == "required",
            depends_on=("legal_country", "sells_in_listed_country", "registration_id_country"),
            sensitivity=Sensitivity.CONFIDENTIAL,
            explained_by=("application.registration-id", "application.registration-id-types"),
        ),
    ] = None
    company_domain: Annotated[
        str | None,
        Checked(check_domain),
        Ask(
            section=COMPANY,
            # Translators: an internet domain; the question is optional.
            prompt=text(
                "apply.company-domain.ask",
                "Which web or mail domain does your company own? You can skip this.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.company-domain.label", "Company web or mail domain"),
            # Translators: a good answer; Contoso is Microsoft's invented company.
            example=text("apply.company-domain.example", "contoso.com"),
            required=never,
            explained_by=("application.work-email", "verification.employment"),
        ),
    ] = None
