"""How often somebody may do something."""

import logging

import pytest

from bot import limits
from bot.limits import Rate, RateLimit, whose


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


@pytest.mark.parametrize(
    ("remote", "passed_on", "proxies", "counted"),
    [
        ("203.0.113.7", "", 0, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", 0, "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "made.up, 192.0.2.9, 198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "192.0.2.9, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1", 2, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1:50412", 1, "198.51.100.1"),
        ("10.0.0.1", "unknown", 1, "10.0.0.1"),
        ("10.0.0.1", "[2001:db8:1:2::3]:443", 1, "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", 0, "203.0.113.7"),
        (None, "", 0, ""),
    ],
)
def test_who_is_counted_behind_proxies(
    remote: str | None, passed_on: str, proxies: int, counted: str
) -> None:
    """I3"""
    assert whose(remote, passed_on, proxies) == counted


def test_a_proxy_that_nobody_trusts_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    """I2, I3: the line names the setting, and nobody's address."""
    limits._warn_of_a_proxy.cache_clear()
    whose("10.0.0.1", "", 0)
    whose("10.0.0.1", "198.51.100.1", 1)
    assert caplog.records == []
    for visitor in ("198.51.100.1", "198.51.100.2"):
        whose("10.0.0.1", visitor, 0)
    (told,) = caplog.records
    assert told.levelno == logging.WARNING
    assert "TRUSTED_PROXIES" in told.message
    assert "198.51" not in told.message
