"""How often somebody may do something."""

import pytest

from bot import limits
from bot.limits import Rate, RateLimit


def test_a_burst_passes_then_one_at_a_time() -> None:
    now = 0.0
    limit = RateLimit(Rate(burst=3, per_second=2), lambda: now)
    assert [limit.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]
    now = 0.5
    assert [limit.wait("a") for _ in range(2)] == [0, 0.5]
    now = 100
    assert [limit.wait("a") for _ in range(4)] == [0, 0, 0, 0.5]


def test_one_does_not_use_up_what_is_anothers() -> None:
    limit = RateLimit(Rate(burst=1, per_second=1), lambda: 0)
    assert (limit.wait("a"), limit.wait("b")) == (0, 0)
    assert limit.wait("a") == 1


def test_the_quiet_are_forgotten_and_the_hasty_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MANY", 3)
    now = 0.0
    limit = RateLimit(Rate(burst=2, per_second=1), lambda: now)
    for key in "abc":
        limit.wait(key)
    now = 10
    limit.wait("hasty")
    limit.wait("hasty")
    limit.wait("d")
    assert limit.wait("hasty") > 0
    assert len(limit._buckets) <= 3
