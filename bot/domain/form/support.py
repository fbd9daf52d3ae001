"""How customers reach the company, and the indirect provider it works with."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from bot.domain.fields import Answers, Ask, Checked, Entry
from bot.domain.form.parts import INDIRECT_ONLY, PROVIDER, SUPPORT, never
from bot.domain.mail import check_support_email
from bot.domain.names import check_provider_name
from bot.domain.phones import check_phone
from bot.domain.web import check_url
from bot.text import text

Url = Annotated[str, StringConstraints(max_length=200)]
ProviderName = Annotated[str, StringConstraints(max_length=120)]


def phone_was_skipped(answers: Answers) -> bool:
    """One way to reach support is enough; until the phone is skipped, the e-mail may be."""
    return "support_phone" in answers and answers["support_phone"] is None


class Support(BaseModel):
    support_email: Annotated[
        str | None,
        Checked(check_support_email),
        Ask(
            section=SUPPORT,
            # Translators: for the company's customers; a shared mailbox is fine.
            prompt=text(
                "apply.support-email.ask",
                "Which e-mail address can your customers write to for support? You can skip it if you "
                "give a phone number.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.support-email.label", "Customer support e-mail"),
            # Translators: a good answer; Contoso is Microsoft's invented company.
            example=text("apply.support-email.example", "support@contoso.com"),
            entry=Entry.EMAIL,
            required=phone_was_skipped,
            explained_by=("application.support-contact",),
        ),
    ] = None
    support_phone: Annotated[
        str | None,
        Checked(check_phone, digits=True),
        Ask(
            section=SUPPORT,
            # Translators: for the company's customers; a toll-free number is fine.
            prompt=text("apply.support-phone.ask", "Which phone number can your customers call for support?"),
            # Translators: names the answer in the summary.
            label=text("apply.support-phone.label", "Customer support phone"),
            # Translators: a good answer; keep this number.
            example=text("apply.support-phone.example", "+65 6123 4567"),
            entry=Entry.PHONE,
            required=lambda answers: not answers.get("support_email"),
            explained_by=("application.support-contact",),
        ),
    ] = None
    support_website: Annotated[
        Url | None,
        Checked(check_url),
        Ask(
            section=SUPPORT,
            # Translators: a web page for the company's customers; the question is optional.
            prompt=text(
                "apply.support-website.ask", "Is there a web page for customer support? You can skip this."
            ),
            # Translators: names the answer in the summary.
            label=text("apply.support-website.label", "Customer support web page"),
            # Translators: a good answer; Contoso is Microsoft's invented company.
            example=text("apply.support-website.example", "https://contoso.com/support"),
            entry=Entry.URL,
            required=never,
            explained_by=("application.support-contact",),
        ),
    ] = None


class Provider(BaseModel):
    provider_name: Annotated[
        ProviderName | None,
        Checked(check_provider_name),
        Ask(
            section=PROVIDER,
            # Translators: an indirect provider is a distributor; the question is optional.
            prompt=text(
                "apply.provider-name.ask",
                "Which indirect provider will you work with? It must be in your CSP region. You can skip "
                "this.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.provider-name.label", "Indirect provider chosen"),
            # Translators: a good answer: an invented company.
            example=text("apply.provider-name.example", "Example Distribution"),
            applies_to=INDIRECT_ONLY,
            required=never,
            explained_by=("provider.find", "region.provider-country"),
        ),
    ] = None
