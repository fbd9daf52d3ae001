"""What only direct bill asks: experience, revenue, support plan and infrastructure."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from bot.domain.fields import Ask, Checked, Entry, Kind, Option, Sensitivity
from bot.domain.form.parts import DIRECT, DIRECT_ONLY, YES_EXAMPLE, YES_NO, YesNo, needs, never, says
from bot.domain.money import check_revenue
from bot.domain.months import check_months
from bot.text import text

# Translators: why an application cannot be sent.
DIRECT_ALREADY = text(
    "blocked.existing-direct-partner",
    "A direct-bill partner needs no new application. Meet the requirements by the renewal date of your "
    "support plan, or apply as an indirect reseller.",
)
# Translators: said to a company that has bought its support plan before the credit check.
BOUGHT_EARLY = text(
    "remark.support-plan-bought",
    "The support plan should wait until the credit check is passed. A reviewer will look at this.",
)
# Translators: why a direct-bill application cannot be sent.
CONSENT_FIRST = text(
    "blocked.credit-check",
    "Without consent to the credit check a direct-bill application cannot be sent. Change this answer, or "
    "go on as an indirect reseller: no credit check is needed there.",
)


class Direct(BaseModel):
    existing_direct_partner: Annotated[
        YesNo | None,
        Ask(
            section=DIRECT,
            # Translators: direct bill is one of the partner models.
            prompt=text(
                "apply.existing-direct-partner.ask", "Is your company already a direct-bill partner?"
            ),
            # Translators: names the answer in the summary.
            label=text("apply.existing-direct-partner.label", "Already a direct-bill partner"),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO,
            applies_to=DIRECT_ONLY,
            explained_by=("direct.restricted",),
            blocks=needs("existing_direct_partner", DIRECT_ALREADY, "no"),
        ),
    ] = None
    months_as_indirect: Annotated[
        Annotated[int, Field(ge=0, le=600)] | None,
        Checked(check_months),
        Ask(
            section=DIRECT,
            # Translators: a number of months or a first month may be answered.
            prompt=text(
                "apply.months-as-indirect.ask",
                "For how many full months has your company sold CSP as an indirect reseller? The first "
                "month, such as 2020-03, will do as well.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.months-as-indirect.label", "Months of transacting as indirect reseller"),
            # Translators: a good answer: a number of months.
            example=text("apply.months-as-indirect.example", "18"),
            entry=Entry.NUMBER,
            applies_to=DIRECT_ONLY,
            explained_by=("direct.twelve-months-indirect",),
        ),
    ] = None
    revenue_usd: Annotated[
        Annotated[Decimal, Field(ge=0, le=1_000_000_000, decimal_places=2)] | None,
        Checked(check_revenue),
        Ask(
            section=DIRECT,
            # Translators: perpetual software is bought once, not as a subscription.
            prompt=text(
                "apply.revenue-usd.ask",
                "What was your CSP cloud revenue in the last 12 months, in US dollars as Partner Center "
                "shows it? Leave out perpetual software.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.revenue-usd.label", "CSP cloud revenue of the last 12 months (USD)"),
            # Translators: a good answer: an amount in US dollars, digits only so that it is clear everywhere.
            example=text("apply.revenue-usd.example", "350000"),
            entry=Entry.NUMBER,
            applies_to=DIRECT_ONLY,
            sensitivity=Sensitivity.CONFIDENTIAL,
            explained_by=("direct.revenue",),
        ),
    ] = None
    first_level_support: Annotated[
        YesNo | None,
        Ask(
            section=DIRECT,
            # Translators: first-level support is the help customers get first.
            prompt=text(
                "apply.first-level-support.ask",
                "Do your customers get first-level support for cloud products from you?",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.first-level-support.label", "Gives customers first-level cloud support"),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO,
            applies_to=DIRECT_ONLY,
            explained_by=("direct.requirements",),
        ),
    ] = None
    support_plan: Annotated[
        Literal["asfp", "psfp", "undecided"] | None,
        Ask(
            section=DIRECT,
            # Translators: ASfP and PSfP are support plans of Microsoft.
            prompt=text(
                "apply.support-plan.ask",
                "Which Microsoft support plan do you intend to buy? Only the intention counts: do not buy "
                "one yet.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.support-plan.label", "Support plan intended"),
            # Translators: a good answer: the short name of a support plan.
            example=text("apply.support-plan.example", "ASfP"),
            kind=Kind.CHOICE,
            options=(
                # Translators: a support plan; also a button.
                Option("asfp", text("option.asfp", "Advanced Support for Partners (ASfP)")),
                # Translators: a support plan; also a button.
                Option("psfp", text("option.psfp", "Premier Support for Partners (PSfP)")),
                # Translators: an answer, also a button: the company has not decided on a support plan.
                Option("undecided", text("option.undecided", "Not decided yet")),
            ),
            applies_to=DIRECT_ONLY,
            explained_by=("direct.support-plan",),
        ),
    ] = None
    support_plan_bought: Annotated[
        YesNo | None,
        says({"yes": BOUGHT_EARLY}),
        Ask(
            section=DIRECT,
            # Translators: the plan should wait until the credit check is passed.
            prompt=text("apply.support-plan-bought.ask", "Have you already bought a Microsoft support plan?"),
            # Translators: names the answer in the summary.
            label=text("apply.support-plan-bought.label", "Support plan already bought"),
            # Translators: a good answer to a yes-or-no question.
            example=text("option.no.example", "no"),
            kind=Kind.CHOICE,
            options=YES_NO,
            applies_to=DIRECT_ONLY,
            explained_by=("direct.support-plan", "direct.credit-check"),
        ),
    ] = None
    billing_infrastructure: Annotated[
        YesNo | None,
        Ask(
            section=DIRECT,
            # Translators: systems that write invoices.
            prompt=text(
                "apply.billing-infrastructure.ask", "Do you have systems in place to bill your customers?"
            ),
            # Translators: names the answer in the summary.
            label=text("apply.billing-infrastructure.label", "Billing infrastructure in place"),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO,
            applies_to=DIRECT_ONLY,
            explained_by=("direct.infrastructure",),
        ),
    ] = None
    provisioning_infrastructure: Annotated[
        YesNo | None,
        Ask(
            section=DIRECT,
            # Translators: systems that set up what customers have ordered.
            prompt=text(
                "apply.provisioning-infrastructure.ask",
                "Do you have systems in place to provision what your customers order?",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.provisioning-infrastructure.label", "Provisioning infrastructure in place"),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO,
            applies_to=DIRECT_ONLY,
            explained_by=("direct.infrastructure",),
        ),
    ] = None
    managed_service: Annotated[
        YesNo | None,
        Ask(
            section=DIRECT,
            # Translators: IP stands for intellectual property.
            prompt=text(
                "apply.managed-service.ask",
                "Do you offer at least one managed service, IP service or solution of your own? This is "
                "recommended, not required.",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.managed-service.label", "Managed service, IP service or solution"),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO,
            applies_to=DIRECT_ONLY,
            required=never,
            explained_by=("direct.managed-service",),
        ),
    ] = None
    credit_check_consent: Annotated[
        YesNo | None,
        says({"no": CONSENT_FIRST}),
        Ask(
            section=DIRECT,
            # Translators: Microsoft checks whether the company is creditworthy.
            prompt=text(
                "apply.credit-check-consent.ask",
                "Microsoft checks the credit of companies that apply for direct bill. Do you agree to that?",
            ),
            # Translators: names the answer in the summary.
            label=text("apply.credit-check-consent.label", "Agrees to the credit check"),
            example=YES_EXAMPLE,
            kind=Kind.CHOICE,
            options=YES_NO,
            applies_to=DIRECT_ONLY,
            explained_by=("direct.credit-check",),
            blocks=needs("credit_check_consent", CONSENT_FIRST, "yes"),
        ),
    ] = None
