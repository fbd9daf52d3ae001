"""Before we start: which model, and from where."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel

from bot.domain.countries import check_legal_country, no_market
from bot.domain.fields import Accepted, Ask, Checked, Context, Kind, Model, Option
from bot.domain.form.parts import START, YES_EXAMPLE, YES_NO_UNSURE, YesNoUnsure
from bot.text import text

# Translators: said to a company that is in CSP already and applies as an indirect reseller.
IN_CSP_ALREADY = text(
    "remark.in-csp-already",
    "Then customer-support contact details may be all that is missing. Let's go through the rest together.",
)
# Translators: said to a company that is new to CSP and chose direct bill.
DIRECT_NEEDS_CSP = text(
    "remark.direct-needs-csp",
    "Direct bill is for companies that are in CSP already. New partners start as indirect resellers.",
)


def check_already_in_csp(raw: str, context: Context) -> Accepted:
    is_direct = context.answers.get("model") == Model.DIRECT
    if raw == "yes" and not is_direct:
        return Accepted(raw, (IN_CSP_ALREADY,))
    return Accepted(raw, (DIRECT_NEEDS_CSP,) if raw != "yes" and is_direct else ())


class Start(BaseModel):
    model: Annotated[
        Literal["indirect-reseller", "direct-bill"],
        Ask(
            section=START,
            # Translators: the first question of the application.
            prompt=text(
                "apply.model.ask", "Which model do you want to apply for: indirect reseller or direct bill?"
            ),
            # Translators: names the answer in the summary.
            label=text("apply.model.label", "Partner model"),
            # Translators: a good answer.
            example=text("apply.model.example", "indirect reseller"),
            kind=Kind.CHOICE,
            options=(
                # Translators: an answer, also a button.
                Option("indirect-reseller", text("option.indirect-reseller", "Indirect reseller")),
                # Translators: an answer, also a button.
                Option("direct-bill", text("option.direct-bill", "Direct-bill partner")),
            ),
            explained_by=("model.compare", "model.new-partners"),
        ),
    ]
    already_in_csp: Annotated[
        YesNoUnsure,
        Checked(check_already_in_csp),
        Ask(
            section=START,
            # Translators: CSP is the Cloud Solution Provider program.
            prompt=text("apply.already-in-csp.ask", "Is your company already enrolled in the CSP program?"),
            # Translators: names the answer in the summary.
            label=text("apply.already-in-csp.label", "Already enrolled in CSP"),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO_UNSURE,
            explained_by=("indirect.already-enrolled", "model.new-partners"),
        ),
    ]
    legal_country: Annotated[
        str,
        Checked(check_legal_country),
        Ask(
            section=START,
            # Translators: the country decides the CSP region and which questions follow.
            prompt=text(
                "apply.legal-country.ask", "In which country or region is your company's legal address?"
            ),
            # Translators: names the answer in the summary.
            label=text("apply.legal-country.label", "Country or region of the legal address"),
            # Translators: a good answer; take a country where your language is spoken.
            example=text("apply.legal-country.example", "Singapore"),
            kind=Kind.COUNTRY,
            explained_by=("program.where-to-sell", "region.provider-country", "region.mainland-china"),
            blocks=no_market,
        ),
    ]
