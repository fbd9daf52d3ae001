"""How often somebody may do something: a bucket of tokens for each key."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

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
