"""Business days, and what is said when they have passed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.lifecycle import Status
from bot.domain.timers import TIMERS, business_days_between, due, is_business_day

FRIDAY, MONDAY = date(2021, 5, 14), date(2021, 5, 17)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, MONDAY),
        (MONDAY, 1, date(2021, 5, 18)),
        (date(2021, 5, 15), 1, MONDAY),
        (FRIDAY, 5, date(2021, 5, 21)),
        (MONDAY, 5, date(2021, 5, 24)),
    ],
)
def test_weekends_are_passed_over(start: date, count: int, end: date) -> None:
    assert business_days_between(start, end) == count


def test_a_holiday_counts_only_where_it_is_configured() -> None:
    assert business_days_between(FRIDAY, MONDAY, holidays={MONDAY}) == 0
    assert is_business_day(MONDAY)
    assert not is_business_day(MONDAY, holidays={MONDAY})


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_a_week_has_five_wherever_it_begins(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    assert business_days_between(start, end + timedelta(days=7)) == business_days_between(start, end) + 5


def said(status: Status, since: datetime, **passed: int) -> list[str]:
    return [timer.id for timer in due(status, since, since + timedelta(**passed))]


def test_the_confirmation_is_offered_again_after_one_business_day() -> None:
    on_friday = datetime(2021, 5, 14, 16, tzinfo=UTC)
    assert said(Status.EMAIL_CONFIRMATION, on_friday, days=2) == []
    assert said(Status.EMAIL_CONFIRMATION, on_friday, days=3) == ["T1"]


def test_a_review_is_late_after_more_than_five_business_days() -> None:
    on_monday = datetime(2021, 5, 17, 9, tzinfo=UTC)
    assert said(Status.IN_REVIEW, on_monday) == ["T2"]
    assert said(Status.IN_REVIEW, on_monday, days=7) == ["T2"]
    assert said(Status.IN_REVIEW, on_monday, days=8) == ["T2", "T3"]


def test_a_profile_shows_within_a_day() -> None:
    since = datetime(2021, 5, 17, 9, tzinfo=UTC)
    assert said(Status.SETUP, since, hours=23) == []
    assert said(Status.SETUP, since, hours=24) == ["T7"]


def test_every_timer_is_listed_once() -> None:
    assert [timer.id for timer in TIMERS] == [f"T{number}" for number in range(1, 8)]
