"""How long things usually take, counted in business days: Monday to Friday where the applicant lives."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.lifecycle import Status
from bot.text import Text, text


@dataclass(frozen=True, slots=True)
class Timer:
    """What is said in a status when some time has passed. Without a time it is said at once."""

    id: str
    #: None: while a direct partner's move to the indirect model waits for approval, whatever the status.
    status: Status | None
    says: Text
    topic: str
    business_days: int = 0
    hours: int = 0


TIMERS: tuple[Timer, ...] = (
    Timer(
        "T1",
        Status.EMAIL_CONFIRMATION,
        # Translators: the confirmation e-mail has not been answered for a business day.
        text(
            "timer.T1",
            "The address is not confirmed yet. Please look in the junk mail and allow Microsoft.com. I "
            "can send the message again.",
        ),
        "application.email-verification",
        business_days=1,
    ),
    Timer(
        "T2",
        Status.IN_REVIEW,
        # Translators: how long a review takes.
        text("timer.T2", "A review usually takes 3 to 5 business days."),
        "application.review-time",
    ),
    Timer(
        "T3",
        Status.IN_REVIEW,
        # Translators: the review has taken more than 5 business days.
        text(
            "timer.T3",
            "The review takes longer than usual. Please look at the verification page in Partner Center; "
            "if it tells you nothing, open a support ticket.",
        ),
        "application.stuck",
        business_days=6,
    ),
    Timer(
        "T4",
        Status.AUTHORIZED,
        # Translators: after the verification.
        text("timer.T4", "The primary contact gets the result by e-mail within some business days."),
        "application.status",
    ),
    Timer(
        "T5",
        Status.CREDIT_CHECK,
        # Translators: there is no upper limit: promise nothing.
        text(
            "timer.T5", "The credit check takes several days or longer. Please buy no support plan meanwhile."
        ),
        "direct.credit-check",
    ),
    Timer(
        "T6",
        None,
        # Translators: a direct-bill partner becomes an indirect reseller.
        text("timer.T6", "The move is usually approved at once, and within 5 business days at the latest."),
        "model.direct-to-indirect",
        business_days=5,
    ),
    Timer(
        "T7",
        Status.SETUP,
        # Translators: a business profile is a page that customers find in a search.
        text("timer.T7", "A business profile that you publish shows in the search within 24 hours."),
        "account.admin-agent",
        hours=24,
    ),
)


def due(status: Status, since: datetime, now: datetime) -> tuple[Timer, ...]:
    """What is to be said in a status entered at `since`; both times in the applicant's own zone."""
    passed = business_days_between(since.date(), now.date())
    return tuple(
        timer
        for timer in TIMERS
        if timer.status is status
        and timer.business_days <= passed
        and since + timedelta(hours=timer.hours) <= now
    )


def is_business_day(day: date, holidays: Collection[date] = ()) -> bool:
    return day.weekday() < 5 and day not in holidays


def business_days_between(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """How many business days lie after `start`, up to and including `end`."""
    days = (start + timedelta(days=at) for at in range(1, (end - start).days + 1))
    return sum(is_business_day(day, holidays) for day in days)
