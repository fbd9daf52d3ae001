"""A company's domain and web address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.domain.fields import Accepted, Context, Problem
from bot.domain.hosts import (
    ascii_form,
    is_free_mail,
    is_sign_in,
    may_be_own,
    registrable,
    two_alphabets,
    unicode_form,
)
from bot.domain.mail import SAID_TO_BE_OWN
from bot.domain.normalising import plain
from bot.domain.problems import UNDERSTOOD, problem

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?![0-9])", re.IGNORECASE)
NOT_IN_URL = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f]")


def check_domain(raw: str, context: Context) -> Accepted | Problem:
    """What the company has registered, taken out of a web address or an address of mail."""
    written = plain(raw).casefold().replace("。", ".").rpartition("@")[2]
    host = re.split("[/?#:]", re.sub(r"^[a-z]+://", "", written))[0].removeprefix("www.").rstrip(".")
    own = registrable(host)
    if own is None:
        return problem("domain")
    if wrong := two_alphabets(host, host):
        return wrong
    if is_sign_in(host):
        return problem("onmicrosoft")
    domain = unicode_form(own)
    if is_free_mail(host):
        kept = Accepted(domain, (SAID_TO_BE_OWN.fill(domain=domain),))
        return problem("free-mail", domain=domain, insisted=kept if may_be_own(host) else None)
    return Accepted(domain, confirm=UNDERSTOOD.fill(value=domain) if own != ascii_form(host) else None)


def check_url(raw: str, context: Context) -> Accepted | Problem:
    """A page that a browser can open; https where nothing was said."""
    url = plain(raw).replace("。", ".")
    scheme = SCHEME.match(url)
    if scheme and scheme[1].lower() not in ("http", "https"):
        return problem("url-scheme", scheme=scheme[1])
    url = url if scheme else f"https://{url}"
    if NOT_IN_URL.search(url):
        return problem("url")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        has_port = parts.port is not None
    except ValueError:
        return problem("url")
    if "@" in parts.netloc or registrable(host) is None or (has_port and parts.port == 0):
        return problem("url")
    return two_alphabets(host, url) or Accepted(url)
