"""What is said about each requirement of direct bill: what is not met, what to do, what to look up.

The keys are the rows of the decision table in `eligibility.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.text import Text, counted, text

UNMET: Mapping[str, Text] = {
    # Translators: in a list of requirements a company does not meet; not a whole sentence.
    "E01": text("eligibility.E01.unmet", "A legal address in a market of the program"),
    # Translators: in a list of reasons; not a whole sentence.
    "E02": text("eligibility.E02.unmet", "Your company is already a direct-bill partner"),
    # Translators: in a list of requirements a company does not meet; not a whole sentence.
    "E03": text("eligibility.E03.unmet", "Experience in CSP as an indirect reseller"),
    # Translators: in a list of requirements a company does not meet; not a whole sentence.
    "E04": text("eligibility.E04.unmet", "12 months of transacting as an indirect reseller"),
    # Translators: in a list of requirements a company does not meet; {floor} is an amount of US dollars.
    "E05": text(
        "eligibility.E05.unmet",
        "{floor} of CSP cloud revenue in the last 12 months, perpetual software not counted",
    ),
    # Translators: in a list of requirements a company does not meet; MPN is Microsoft Partner Network.
    "E06": text("eligibility.E06.unmet", "An active MPN membership"),
    # Translators: in a list of requirements a company does not meet; not a whole sentence.
    "E07": text("eligibility.E07.unmet", "An MPN ID for the location of your sales"),
    # Translators: in a list of requirements a company does not meet; not a whole sentence.
    "E08": text("eligibility.E08.unmet", "Authority to accept and sign legal agreements"),
    # Translators: in a list of requirements a company does not meet; not a whole sentence.
    "E09": text("eligibility.E09.unmet", "First-level support for cloud products"),
    # Translators: in a list of requirements a company does not meet; provisioning: setting up orders.
    "E10": text("eligibility.E10.unmet", "Systems for billing and provisioning"),
    # Translators: in a list of requirements a company does not meet; not a whole sentence.
    "E11": text("eligibility.E11.unmet", "Consent to the credit check"),
}

REMEDIES: Mapping[str, Text] = {
    # Translators: {country} has no CSP market at all.
    "E01": text(
        "eligibility.E01.remedy",
        "There is no CSP market in {country}, so a company there cannot enroll. A company of your group in "
        "another country or region can.",
    ),
    # Translators: {country} is mainland China; 21Vianet is a company.
    "E01.CN": text(
        "eligibility.E01.remedy-CN",
        "In {country} 21Vianet operates Microsoft's cloud and enrolls partners itself. Please turn to "
        "21Vianet; with a legal address elsewhere you can apply here.",
    ),
    # Translators: to a company that is a direct-bill partner already.
    "E02": text(
        "eligibility.E02.remedy",
        "You need no new application. Meet the requirements by the renewal date of your support plan, or "
        "switch to the indirect model.",
    ),
    # Translators: to a company new to CSP, or unsure.
    "E03": text(
        "eligibility.E03.remedy",
        "Companies new to CSP start as indirect resellers. Please enroll as one first.",
    ),
    # Translators: {count} is the number of months that are missing, {month} a month with its year.
    "E04": counted(
        "eligibility.E04.remedy",
        "{count} month is missing. By {month} the 12 months will be full: please come back then.",
        "{count} months are missing. By {month} the 12 months will be full: please come back then.",
    ),
    # Translators: to a company that has not yet been an indirect reseller for a month.
    "E04.start": text(
        "eligibility.E04.remedy-start", "Please come back after 12 full months as an indirect reseller."
    ),
    # Translators: {missing} is an amount of US dollars. Analytics is a menu in Partner Center.
    "E05": text(
        "eligibility.E05.remedy",
        "{missing} is missing. Please compare your figure with Analytics in Partner Center. Only cloud "
        "revenue counts.",
    ),
    # Translators: MPN is Microsoft Partner Network.
    "E06": text(
        "eligibility.E06.remedy", "Please join the Microsoft Partner Network, or renew your membership."
    ),
    # Translators: the MPN ID is global, or of an unknown type. {country} is that of the legal address.
    "E07": text(
        "eligibility.E07.remedy",
        "CSP needs an MPN ID of type Location. Please choose that of a location in {country}, or add a "
        "location there.",
    ),
    # Translators: {given} is the country of the MPN ID, {country} that of the legal address.
    "E07.country": text(
        "eligibility.E07.remedy-country",
        "Your MPN ID belongs to {given}. Please choose that of a location in {country}, or add a location "
        "there.",
    ),
    # Translators: someone in the company must be allowed to sign.
    "E08": text(
        "eligibility.E08.remedy", "Please apply together with a person who may sign for your company."
    ),
    # Translators: first-level support is the first help a customer gets.
    "E09": text(
        "eligibility.E09.remedy",
        "Please build it up, or stay with an indirect provider who helps you support your customers.",
    ),
    # Translators: both systems are missing; provisioning: setting up what customers ordered.
    "E10": text(
        "eligibility.E10.remedy",
        "Please set up systems that bill your customers and that provision what they order.",
    ),
    # Translators: only billing is missing.
    "E10.billing_infrastructure": text(
        "eligibility.E10.remedy-billing",
        "Provisioning is there; please set up a system that bills your customers.",
    ),
    # Translators: only provisioning is missing; provisioning: setting up what customers ordered.
    "E10.provisioning_infrastructure": text(
        "eligibility.E10.remedy-provisioning",
        "Billing is there; please set up a system that provisions what your customers order.",
    ),
    # Translators: Microsoft checks whether the company is creditworthy.
    "E11": text(
        "eligibility.E11.remedy",
        "Without your consent to the credit check, direct bill cannot go on. The indirect model is open "
        "to you.",
    ),
    # Translators: a warning; ASfP and PSfP are Microsoft support plans.
    "E12": text(
        "eligibility.E12.remedy",
        "A support plan should wait until the credit check is passed. You have bought one, so we tell a "
        "reviewer.",
    ),
    # Translators: advice; ASfP and PSfP are Microsoft support plans.
    "E13": text(
        "eligibility.E13.remedy",
        "Please do not buy ASfP or PSfP yet. You will need one of them after the credit check is passed.",
    ),
    # Translators: advice; an IP service is one that rests on the company's own intellectual property.
    "E14": text(
        "eligibility.E14.remedy",
        "At least one managed service, IP service or solution of your own is recommended, not required.",
    ),
}

LOOK_UP: Mapping[str, Text] = {
    # Translators: to somebody who is not sure; Partner Center is a website.
    "E03": text(
        "eligibility.E03.look-up", "If your company is enrolled, Partner Center shows a CSP section for it."
    ),
    # Translators: to somebody who is not sure how many months it has been.
    "E04": text(
        "eligibility.E04.look-up", "Your indirect provider can tell you the month of your first CSP order."
    ),
    # Translators: to somebody who does not know the revenue. Analytics is a menu in Partner Center.
    "E05": text(
        "eligibility.E05.look-up",
        "You can find the revenue of the last 12 months under Analytics in Partner Center.",
    ),
    # Translators: to somebody who is not sure about the membership. Membership is a menu in Partner Center.
    "E06": text("eligibility.E06.look-up", "You see the state of your membership in Partner Center."),
    # Translators: to somebody who is not sure about the MPN ID. The path is made of menus in Partner Center.
    "E07": text(
        "eligibility.E07.look-up",
        "You can find the type in Partner Center under Settings > Account settings > Organization profile > "
        "Identifiers.",
    ),
}
