"""How often somebody may do something: a bucket of tokens for each key, and who "somebody" is."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network

logger = logging.getLogger(__name__)

#: From this many keys on, those who have been quiet long enough are forgotten.
MANY = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_second`."""

    burst: int
    per_second: float


class RateLimit:
    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, key: str) -> float:
        """Takes one from the key's bucket; the seconds to wait where it is empty, else 0."""
        now = self._clock()
        left = self._left(self._buckets.get(key, (self._rate.burst, now)), now)
        if left < 1:
            return (1 - left) / self._rate.per_second
        if len(self._buckets) >= MANY:
            self._forget_the_quiet(now)
        self._buckets[key] = (left - 1, now)
        return 0.0

    def _left(self, bucket: tuple[float, float], now: float) -> float:
        left, since = bucket
        return min(self._rate.burst, left + (now - since) * self._rate.per_second)

    def _forget_the_quiet(self, now: float) -> None:
        full = self._rate.burst
        self._buckets = {key: had for key, had in self._buckets.items() if self._left(had, now) < full}


def whose(remote: str | None, passed_on: str, proxies: int) -> str:
    """The address to count a request by: the one that the outermost of so many `proxies` of ours saw.

    `passed_on` is X-Forwarded-For, to which every proxy adds at the end; what is before is anybody's claim.
    Of IPv6 it is the network: whoever has one address has all of its 64 bits.
    """
    if passed_on and not proxies:
        _warn_of_a_proxy()
    seen = passed_on.split(",")
    if proxies and len(seen) >= proxies and (address := _counted(seen[-proxies])):
        return address
    return _counted(remote or "") or ""


@cache
def _warn_of_a_proxy() -> None:
    """Once: whoever runs the service can mend it, and the next request would say the same."""
    logger.warning(
        "Requests arrive with X-Forwarded-For, but TRUSTED_PROXIES is 0: everybody behind one proxy counts "
        "as one towards the rate limits. If it is yours, set TRUSTED_PROXIES to the number of your proxies."
    )


def _counted(given: str) -> str | None:
    # Some proxies add the port.
    address = re.sub(r"^\[(.*)\](:\d+)?$|^([\d.]+):\d+$", r"\1\3", given.strip())
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((int(parsed), 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
