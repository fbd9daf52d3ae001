"""The people: the primary contact, who may sign, and the administrator."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from bot.domain.fields import Ask, Checked, Entry, Kind, Sensitivity
from bot.domain.form.parts import (
    PEOPLE,
    YES_EXAMPLE,
    YES_NO,
    YES_NO_UNSURE,
    YesNo,
    YesNoUnsure,
    answer_of,
    needs,
    says,
)
from bot.domain.mail import check_admin_email, check_contact_email
from bot.domain.names import check_person_name
from bot.domain.phones import check_contact_phone
from bot.text import text

PersonName = Annotated[str, StringConstraints(min_length=1, max_length=60)]

# Translators: why an application cannot be sent.
SIGNER_FIRST = text(
    "blocked.authority-to-sign",
    "Without somebody who may sign for the company the application cannot be sent. Bring in that person, "
    "then change this answer.",
)
# Translators: said to a company without a work account; Create one during enrollment is what they can do.
CREATE_ACCOUNT = text(
    "remark.no-global-admin",
    "That is fine: you can create a work account during enrollment in Partner Center.",
)
# Translators: said to a person who does not know whether the company has a work account.
LOOK_UP_ACCOUNT = text(
    "remark.unsure-global-admin",
    "You can look it up: sign in to the Azure portal and see whether your company already has a directory.",
)


class People(BaseModel):
    contact_family_name: Annotated[
        PersonName,
        Checked(check_person_name),
        Ask(
            section=PEOPLE,
            # Translators: the primary contact is whom Microsoft writes to.
            prompt=text("apply.contact-family-name.ask", "What is the family name of your primary contact?"),
            # Translators: names the answer in the summary.
            label=text("apply.contact-family-name.label", "Family name of the primary contact"),
            # Translators: a good answer: a family name usual where your language is spoken.
            example=text("apply.contact-family-name.example", "Smith"),
            sensitivity=Sensitivity.PERSONAL,
            explained_by=("application.primary-contact",),
        ),
    ]
    contact_given_name: Annotated[
        PersonName,
        Checked(check_person_name),
        Ask(
            section=PEOPLE,
            # Translators: a Russian patronymic may stand here, too.
            prompt=text("apply.contact-given-name.ask", "What is the given name of your primary contact?"),
            # Translators: names the answer in the summary.
            label=text("apply.contact-given-name.label", "Given name of the primary contact"),
            # Translators: a good answer: a given name usual where your language is spoken.
            example=text("apply.contact-given-name.example", "Anne-Marie"),
            sensitivity=Sensitivity.PERSONAL,
            explained_by=("application.primary-contact",),
        ),
    ]
    contact_email: Annotated[
        str,
        Checked(check_contact_email),
        Ask(
            section=PEOPLE,
            # Translators: free mail services such as Gmail are not accepted.
            prompt=text(
                "apply.contact-email.ask",
                "What is the primary contact's work e-mail? It must be on a domain your company owns.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.contact-email.label", "Work e-mail of the primary contact"),
            # Translators: a good answer; Contoso is Microsoft's invented company.
            example=text("apply.contact-email.example", "anne.smith@contoso.com"),
            entry=Entry.EMAIL,
            sensitivity=Sensitivity.PERSONAL,
            explained_by=("application.work-email", "application.email-verification"),
        ),
    ]
    contact_phone: Annotated[
        str,
        Checked(check_contact_phone, digits=True),
        Ask(
            section=PEOPLE,
            # Translators: with country code and, if there is one, an extension.
            prompt=text(
                "apply.contact-phone.ask", "What is the primary contact's phone number, with country code?"
            ),
            # Translators: names the answer in the summary.
            label=text("apply.contact-phone.label", "Phone of the primary contact"),
            # Translators: a good answer; keep this number: it belongs to nobody.
            example=text("apply.contact-phone.example", "+1 201-555-0123"),
            entry=Entry.PHONE,
            sensitivity=Sensitivity.PERSONAL,
            explained_by=("application.primary-contact", "mpn.no-matching-location"),
        ),
    ]
    authority_to_sign: Annotated[
        YesNo,
        says({"no": SIGNER_FIRST}),
        Ask(
            section=PEOPLE,
            # Translators: the applicant or a colleague.
            prompt=text(
                "apply.authority-to-sign.ask",
                "Is there somebody, you or a colleague, who may sign legal agreements for the company?",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.authority-to-sign.label", "Someone may sign legal agreements for the company"),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO,
            explained_by=("indirect.requirements", "agreement.sign"),
            blocks=needs("authority_to_sign", SIGNER_FIRST, "yes"),
        ),
    ]
    admin_email: Annotated[
        str,
        Checked(check_admin_email),
        Ask(
            section=PEOPLE,
            # Translators: “same” is what people may type to copy the contact's address.
            prompt=text(
                "apply.admin-email.ask",
                "What is the work e-mail of your future Partner Center admin? Say “same” if it is the "
                "primary contact.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.admin-email.label", "Work e-mail of the Partner Center admin"),
            # Translators: a good answer; Contoso is Microsoft's invented company.
            example=text("apply.admin-email.example", "li.wang@contoso.com"),
            entry=Entry.EMAIL,
            suggest=answer_of("contact_email"),
            sensitivity=Sensitivity.PERSONAL,
            explained_by=("application.work-account", "application.work-email"),
        ),
    ]
    has_global_admin: Annotated[
        YesNoUnsure,
        says({"no": CREATE_ACCOUNT, "unsure": LOOK_UP_ACCOUNT}),
        Ask(
            section=PEOPLE,
            # Translators: a global admin is a role in Azure Active Directory.
            prompt=text(
                "apply.has-global-admin.ask",
                "Does the admin have a global admin sign-in of a work account? A yes or no is enough: we "
                "never need your password.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.has-global-admin.label", "Has a global admin sign-in of a work account"),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO_UNSURE,
            explained_by=("application.work-account",),
        ),
    ]
