"""What an applicant sees and is told in each status, by the statuses of `lifecycle.py`."""

from __future__ import annotations

from collections.abc import Mapping

from bot.text import Text, text

LABELS: Mapping[str, Text] = {
    # Translators: a status of an application.
    "draft": text("lifecycle.draft", "Draft"),
    # Translators: a status of an application.
    "email-confirmation": text("lifecycle.email-confirmation", "Sent, waiting for the e-mail confirmation"),
    # Translators: a status of an application.
    "in-review": text("lifecycle.in-review", "In review"),
    # Translators: a status of an application: the applicant has to do something.
    "action-required": text("lifecycle.action-required", "Action needed"),
    # Translators: a status of an application: company and contact were verified.
    "authorized": text("lifecycle.authorized", "Verified"),
    # Translators: a status of an application.
    "agreement-due": text("lifecycle.agreement-due", "Agreement to be signed"),
    # Translators: a status of an application: the account is active, some set-up remains.
    "setup": text("lifecycle.setup", "Active, set-up open"),
    # Translators: a status of an application: the company can sell.
    "ready": text("lifecycle.ready", "Ready to transact"),
    # Translators: a status of a direct-bill application.
    "eligibility-review": text("lifecycle.eligibility-review", "Eligibility is being confirmed"),
    # Translators: a status of a direct-bill application.
    "credit-check": text("lifecycle.credit-check", "Credit check running"),
    # Translators: a status of a direct-bill application.
    "support-plan-due": text("lifecycle.support-plan-due", "Credit check passed, support plan due"),
    # Translators: a status of a direct-bill application.
    "terms-due": text("lifecycle.terms-due", "Direct-bill terms to be accepted"),
    # Translators: a status of a direct-bill application.
    "not-eligible": text("lifecycle.not-eligible", "Direct bill not possible now"),
    # Translators: a status of an application.
    "rejected": text("lifecycle.rejected", "Rejected"),
    # Translators: a status of an application: the applicant took it back.
    "withdrawn": text("lifecycle.withdrawn", "Withdrawn"),
}

TOLD: Mapping[str, Text] = {
    # Translators: explains the status "Draft".
    "draft": text("lifecycle.draft.told", "Nothing has been sent yet. You can go on whenever you like."),
    # Translators: explains the status "Sent, waiting for the e-mail confirmation".
    "email-confirmation": text(
        "lifecycle.email-confirmation.told",
        "The primary contact has been sent a message and must confirm the address. The review starts only "
        "then. If nothing comes within one business day, please look in the junk mail, allow "
        "Microsoft.com, and have it sent again.",
    ),
    # Translators: explains the status "In review".
    "in-review": text(
        "lifecycle.in-review.told",
        "We check that the contact owns the e-mail address and works for your company, and that the "
        "company data match the register. This usually takes 3 to 5 business days. You need not do "
        "anything.",
    ),
    # Translators: explains the status "Action needed"; what is needed follows in another message.
    "action-required": text(
        "lifecycle.action-required.told",
        "One of the checks needs something from you. The review stands still until you have supplied it.",
    ),
    # Translators: explains the status "Verified"; MPN ID is the number of a partner in Microsoft's network.
    "authorized": text(
        "lifecycle.authorized.told",
        "Your company is verified. Next, associate your location MPN ID; then the agreement can be signed.",
    ),
    # Translators: explains the status "Agreement to be signed".
    "agreement-due": text(
        "lifecycle.agreement-due.told",
        "A global admin reads and signs the Microsoft Partner Agreement on the overview page of the "
        "Partner Center dashboard.",
    ),
    # Translators: explains the status "Active, set-up open"; admin agent is a role in Partner Center.
    "setup": text(
        "lifecycle.setup.told",
        "Your account is active. Please check that the right people are admin agents. An indirect "
        "reseller also connects with an indirect provider.",
    ),
    # Translators: explains the status "Ready to transact".
    "ready": text("lifecycle.ready.told", "Everything is in place. You can invite your customers."),
    # Translators: explains the status "Eligibility is being confirmed".
    "eligibility-review": text(
        "lifecycle.eligibility-review.told",
        "A reviewer compares your answers with the minimum requirements and may ask you for more, for "
        "example on revenue.",
    ),
    # Translators: explains the status "Credit check running".
    "credit-check": text(
        "lifecycle.credit-check.told",
        "This may take several days or longer. The result comes by e-mail. Please do not buy a support "
        "plan yet.",
    ),
    # Translators: explains the status "Credit check passed, support plan due".
    "support-plan-due": text(
        "lifecycle.support-plan-due.told",
        "Your company passed the credit check. Now please buy ASfP or PSfP and confirm it here.",
    ),
    # Translators: explains the status "Direct-bill terms to be accepted".
    "terms-due": text(
        "lifecycle.terms-due.told",
        "A global admin accepts the terms of the Microsoft Partner Agreement. After that you can transact.",
    ),
    # Translators: explains the status "Direct bill not possible now"; the reason follows in another message.
    "not-eligible": text(
        "lifecycle.not-eligible.told",
        "A requirement is not met. You can enroll or stay as an indirect reseller, with the answers you "
        "have given.",
    ),
    # Translators: explains the status "Rejected"; the reason follows in another message.
    "rejected": text(
        "lifecycle.rejected.told",
        "A check failed. You can correct your answers and send them again, or open a support ticket.",
    ),
    # Translators: explains the status "Withdrawn".
    "withdrawn": text(
        "lifecycle.withdrawn.told",
        "Nothing more happens. Personal data is deleted after the retention time.",
    ),
}

#: The topics that go with a status.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "draft": ("application.required-information",),
    "email-confirmation": ("application.email-verification", "verification.email-ownership"),
    "in-review": ("application.review-time", "verification.overview"),
    "action-required": ("verification.employment", "verification.business", "verification.statuses"),
    "authorized": ("mpn.associate", "mpn.postpone"),
    "agreement-due": ("agreement.sign", "agreement.confirm"),
    "setup": ("account.admin-agent", "provider.accept-invitation", "provider.granted-access"),
    "ready": ("customer.invite", "program.customer-agreement"),
    "eligibility-review": ("direct.eligibility",),
    "credit-check": ("direct.credit-check", "direct.support-plan"),
    "support-plan-due": ("direct.support-plan",),
    "terms-due": ("agreement.sign", "direct.enroll-steps"),
    "not-eligible": ("direct.requirements", "model.direct-to-indirect"),
    "rejected": ("verification.statuses", "application.stuck"),
    "withdrawn": (),
}
