"""The company's membership in the Microsoft Partner Network."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from bot.domain.fields import Ask, Checked, Kind, Option, Sensitivity
from bot.domain.form.parts import (
    MEMBERSHIP,
    YES_EXAMPLE,
    YES_NO_UNSURE,
    YesNoUnsure,
    answer_of,
    needs,
    says,
)
from bot.domain.mpn import NOT_LOCATION, check_mpn_country, check_mpn_id
from bot.text import text

# Translators: said to a company without an active membership. MPN is the Microsoft Partner Network.
NO_MEMBERSHIP = text(
    "remark.no-mpn-membership",
    "CSP needs an active MPN membership. Please join or renew it in Partner Center; your answers are kept "
    "meanwhile.",
)
# Translators: said to a company that has no membership account in Partner Center.
NOT_IN_PARTNER_CENTER = text(
    "remark.not-in-partner-center",
    "Partner Membership Center is closed: membership is managed in Partner Center now. Please find your "
    "account there.",
)
# Translators: why an application cannot be sent.
MEMBERSHIP_FIRST = text(
    "blocked.mpn-membership",
    "An active MPN membership comes first. Join or renew it in Partner Center, then change this answer.",
)
# Translators: why an application cannot be sent.
LOCATION_FIRST = text(
    "blocked.mpn-location",
    "The MPN ID must be of the type Location. Look it up on the Identifiers page in Partner Center, then "
    "change the MPN ID and its type.",
)


class Membership(BaseModel):
    mpn_active_membership: Annotated[
        YesNoUnsure,
        says({"no": NO_MEMBERSHIP, "unsure": NO_MEMBERSHIP}),
        Ask(
            section=MEMBERSHIP,
            # Translators: MPN stands for the network's name.
            prompt=text(
                "apply.mpn-active-membership.ask",
                "Does your company have an active membership in the Microsoft Partner Network (MPN)?",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.mpn-active-membership.label", "Active MPN membership"),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO_UNSURE,
            explained_by=("mpn.get-id", "indirect.requirements"),
            blocks=needs("mpn_active_membership", MEMBERSHIP_FIRST, "yes"),
        ),
    ]
    mpn_id: Annotated[
        Annotated[str, StringConstraints(pattern="^[1-9][0-9]{3,9}$")],
        Checked(check_mpn_id),
        Ask(
            section=MEMBERSHIP,
            # Translators: Identifiers is the name of a page in Partner Center.
            prompt=text(
                "apply.mpn-id.ask",
                "What is the MPN ID of your location? You can find it under Identifiers in Partner Center.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.mpn-id.label", "MPN ID (location)"),
            # Translators: a good answer: digits only.
            example=text("apply.mpn-id.example", "1234567"),
            sensitivity=Sensitivity.CONFIDENTIAL,
            explained_by=("mpn.get-id", "mpn.location-or-global"),
        ),
    ]
    mpn_id_type: Annotated[
        Literal["location", "global", "unsure"],
        says({"global": NOT_LOCATION, "unsure": NOT_LOCATION}),
        Ask(
            section=MEMBERSHIP,
            # Translators: Location and Global are types as Partner Center shows them.
            prompt=text(
                "apply.mpn-id-type.ask",
                "Which type does Partner Center show next to this MPN ID: Location or Global?",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.mpn-id-type.label", "Type of this MPN ID"),
            # Translators: a good answer: the type as Partner Center shows it.
            example=text("apply.mpn-id-type.example", "Location"),
            kind=Kind.CHOICE,
            options=(
                # Translators: a type of MPN ID as Partner Center shows it; also a button.
                Option("location", text("option.mpn-location", "Location")),
                # Translators: a type of MPN ID as Partner Center shows it; also a button.
                Option("global", text("option.mpn-global", "Global")),
                # Translators: an answer, also a button: the person does not know the type.
                Option("unsure", text("option.mpn-unsure", "Not sure")),
            ),
            when=lambda answers: answers.get("mpn_id", "") is not None,
            depends_on=("mpn_id",),
            explained_by=("mpn.associate", "mpn.location-or-global"),
            blocks=needs("mpn_id_type", LOCATION_FIRST, "location"),
        ),
    ]
    mpn_country: Annotated[
        str,
        Checked(check_mpn_country),
        Ask(
            section=MEMBERSHIP,
            # Translators: MPN ID: the number of the partner's location.
            prompt=text("apply.mpn-country.ask", "To which country or region does this MPN ID belong?"),
            # Translators: names the answer in the summary.
            label=text("apply.mpn-country.label", "Country or region of this MPN ID"),
            # Translators: a good answer; take a country where your language is spoken.
            example=text("apply.mpn-country.example", "Singapore"),
            kind=Kind.COUNTRY,
            when=lambda answers: answers.get("mpn_id", "") is not None,
            depends_on=("mpn_id", "legal_country"),
            suggest=answer_of("legal_country"),
            explained_by=("mpn.associate", "mpn.no-matching-location"),
        ),
    ]
    mpn_in_partner_center: Annotated[
        YesNoUnsure,
        says({"no": NOT_IN_PARTNER_CENTER, "unsure": NOT_IN_PARTNER_CENTER}),
        Ask(
            section=MEMBERSHIP,
            # Translators: Partner Center is Microsoft's site for partners.
            prompt=text(
                "apply.mpn-in-partner-center.ask",
                "Is your MPN account in Partner Center? A yes or no is enough: we never need your password.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.mpn-in-partner-center.label", "MPN account is in Partner Center"),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO_UNSURE,
            explained_by=("application.membership-credentials",),
        ),
    ]
