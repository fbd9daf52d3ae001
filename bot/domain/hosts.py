"""Hosts: what a company can own, and what belongs to a mail service."""

from __future__ import annotations

from functools import cache, lru_cache

import idna
from publicsuffixlist import PublicSuffixList

from bot.domain import free_mail
from bot.domain.fields import Problem
from bot.domain.normalising import look_alikes
from bot.domain.problems import problem
from bot.domain.scripts import alphabets
from bot.domain.slips import meant

SIGN_IN = "onmicrosoft.com"


@cache
def _suffixes() -> PublicSuffixList:
    """The list of public suffixes, read when it is first needed."""
    return PublicSuffixList(accept_unknown=False)


# A form looks at the same few hosts again and again, and IDNA is slow.
@lru_cache(maxsize=1024)
def ascii_form(host: str) -> str | None:
    """A host for comparison, or None where it is no host at all."""
    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except UnicodeError:
        return None


def unicode_form(host: str) -> str:
    """A host as people read it."""
    return idna.decode(host)


@lru_cache(maxsize=1024)
def registrable(host: str) -> str | None:
    """The public suffix and one label, in ASCII: what can be registered; None where there is none."""
    ascii_host = ascii_form(host)
    own: str | None = _suffixes().privatesuffix(ascii_host) if ascii_host else None
    return own


def is_free_mail(host: str) -> bool:
    """Whole hosts only: gmailservices.ru and mail.contoso.com are nobody's free mail."""
    return _listed(host, free_mail.DOCUMENTED) or _listed(host, free_mail.OURS)


def may_be_own(host: str) -> bool:
    """Whether a company might own a mail host that we count as free."""
    return not _listed(host, free_mail.DOCUMENTED)


def is_sign_in(host: str) -> bool:
    return f".{host.lower()}".endswith(f".{SIGN_IN}")


def two_alphabets(host: str, whole: str) -> Problem | None:
    """A label that mixes alphabets; its Latin reading is offered in place of it within the whole answer."""
    label = next((label for label in host.split(".") if len(alphabets(label)) > 1), None)
    if label is None:
        return None
    latin = look_alikes(label)
    offers = (meant(whole.replace(label, latin)),) if latin.isascii() else ()
    return problem("mixed-domain", label=label, meant=offers)


def _listed(host: str, hosts: frozenset[str]) -> bool:
    ascii_host = ascii_form(host)
    own = registrable(host)
    return ascii_host in hosts or (
        own is not None and own == ascii_host and f"{own.split('.')[0]}.*" in hosts
    )
