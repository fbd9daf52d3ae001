"""Where a channel may be reached: the addresses that replies, and our token with them, are sent to."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from yarl import URL

#: Channels have few addresses.
REMEMBERED = 1024


def is_address(url: str) -> bool:
    """Whether a request can be made there at all: scheme, host and port are sound, and there is no more."""
    return _parts(url) is not None


def is_loopback(url: str) -> bool:
    """Whether it is this machine."""
    parts = _parts(url)
    return parts is not None and is_loopback_host(parts.hostname)


def is_public(url: str) -> bool:
    """Whether it is encrypted and elsewhere, but not a machine in our own network called by its number."""
    parts = _parts(url)
    if parts is None or parts.scheme != "https":
        return False
    try:
        return ip_address(parts.hostname or "").is_global
    except ValueError:
        return "." in (parts.hostname or "")


@lru_cache(maxsize=REMEMBERED)
def is_loopback_host(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return host is not None and ip_address(host).is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=REMEMBERED)
def _parts(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        whole = URL(url, encoded=True)
        # The client that sends goes by yarl's reading: both must find the same host.
        sound = parts.port != 0 and (whole.host or "").lower() == parts.hostname
    except ValueError:
        return None
    extras = parts.username or parts.query or parts.fragment or "@" in parts.netloc
    return parts if sound and not extras and parts.scheme in ("http", "https") and url.isascii() else None
