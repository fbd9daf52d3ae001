"""E-mail addresses: of a person at work, of customer support, of an administrator."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, validate_email

from bot.domain.fields import Accepted, Context, Problem
from bot.domain.hosts import is_free_mail, is_sign_in, may_be_own, registrable, two_alphabets
from bot.domain.normalising import plain
from bot.domain.problems import UNDERSTOOD, problem
from bot.domain.shorthands import means_same
from bot.text import Text, text

ROLES = frozenset(
    {"info", "admin", "administrator", "email", "mail", "marketing", "office", "noreply", "no-reply"}
)
IN_A_SENTENCE = re.compile(r"[^\s<>()\[\],;:«»“”\"]+@[^\s<>()\[\],;:«»“”\"]+")

# Translators: said after an e-mail address; {domain} is the part after the @ sign.
OTHER_DOMAIN = text(
    "remark.other-domain",
    "{domain} is not the domain of your other answers. Employment verification will ask for proof that your "
    "company owns it.",
)
# Translators: said after an administrator's address on onmicrosoft.com.
SIGN_IN_ONLY = text(
    "remark.sign-in-only",
    "You can sign in with this address, but it usually receives no mail. A work address is better where you "
    "have one.",
)
# Translators: said when a person keeps an address on {domain}, which we take for a free mail service.
SAID_TO_BE_OWN = text(
    "remark.said-to-be-own", "You say that {domain} is your company's own domain. A reviewer will look at it."
)


def check_contact_email(raw: str, context: Context) -> Accepted | Problem:
    """The primary contact's own work address."""
    return _personal(raw, context, beside="admin_email")


def check_admin_email(raw: str, context: Context) -> Accepted | Problem:
    """The future administrator's work address; "same" copies the contact's."""
    if not means_same(raw):
        return _personal(raw, context, beside="contact_email", signs_in=True)
    contact = context.answers.get("contact_email")
    return Accepted(contact) if contact else problem("nothing-above")


def check_support_email(raw: str, context: Context) -> Accepted | Problem:
    """An address for customers: a shared mailbox is welcome."""
    read = _address(raw)
    if isinstance(read, Problem):
        return read
    domain = read.value.rpartition("@")[2]
    return problem("onmicrosoft") if is_sign_in(domain) else _no_free_mail(read, domain)


def _personal(raw: str, context: Context, beside: str, signs_in: bool = False) -> Accepted | Problem:
    read = _address(raw)
    if isinstance(read, Problem):
        return read
    name, _, domain = read.value.rpartition("@")
    if name.casefold() in ROLES:
        return problem("role-mailbox", name=name)
    if is_sign_in(domain):
        return Accepted(read.value, (SIGN_IN_ONLY,), read.confirm) if signs_in else problem("onmicrosoft")
    remarks = (OTHER_DOMAIN.fill(domain=domain),) if _is_strange(domain, context, beside) else ()
    return _no_free_mail(Accepted(read.value, remarks, read.confirm), domain)


def _address(raw: str) -> Accepted | Problem:
    """One valid address. If it stood in a sentence, it is shown for a yes."""
    written = plain(raw).replace("。", ".")
    found = IN_A_SENTENCE.findall(written)
    typed = found[0].rstrip(".") if len(found) == 1 and found[0] != written else written
    typed = typed.removeprefix("mailto:")
    try:
        address = validate_email(typed, allow_smtputf8=False, check_deliverability=False).normalized
    except EmailNotValidError:
        return problem("email")
    domain = address.rpartition("@")[2]
    if wrong := two_alphabets(domain, address):
        return wrong
    if registrable(domain) is None:
        return problem("email")
    return Accepted(address, confirm=None if typed == written else UNDERSTOOD.fill(value=address))


def _no_free_mail(read: Accepted, domain: str) -> Accepted | Problem:
    if not is_free_mail(domain):
        return read
    kept: tuple[Text, ...] = (SAID_TO_BE_OWN.fill(domain=domain),)
    return problem(
        "free-mail", domain=domain, insisted=Accepted(read.value, kept) if may_be_own(domain) else None
    )


def _is_strange(domain: str, context: Context, beside: str) -> bool:
    """Whether a domain differs from every one that the company has given so far."""
    other = str(context.answers.get(beside) or "").rpartition("@")[2]
    known = {registrable(given) for given in (context.answers.get("company_domain"), other) if given}
    return bool(known) and registrable(domain) not in known
