"""The life of an application: its statuses, and the moves between them as a table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.fields import Model
from bot.domain.status_texts import LABELS, TOLD, TOPICS
from bot.text import Text


class Status(StrEnum):
    DRAFT = "draft"
    EMAIL_CONFIRMATION = "email-confirmation"
    IN_REVIEW = "in-review"
    ACTION_REQUIRED = "action-required"
    AUTHORIZED = "authorized"
    AGREEMENT_DUE = "agreement-due"
    SETUP = "setup"
    READY = "ready"
    ELIGIBILITY_REVIEW = "eligibility-review"
    CREDIT_CHECK = "credit-check"
    SUPPORT_PLAN_DUE = "support-plan-due"
    TERMS_DUE = "terms-due"
    NOT_ELIGIBLE = "not-eligible"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class By(StrEnum):
    """Who moves: the person or the primary contact, the back office, or the bot on an event."""

    APPLICANT = "applicant"
    REVIEWER = "reviewer"
    SYSTEM = "system"


class Event(StrEnum):
    SEND = "send"
    RESEND = "resend"
    ADDRESS_CONFIRMED = "address confirmed"
    ELIGIBILITY_CONFIRMED = "eligibility confirmed"
    MORE_INFORMATION_NEEDED = "more information needed"
    REQUIREMENT_NOT_MET = "requirement not met"
    CHECK_FAILED = "check failed or document needed"
    SUPPLIED = "supplied"
    CONTACT_ADDRESS_CHANGED = "contact address changed"
    ALL_CHECKS_PASSED = "all three checks passed"
    REJECTED = "rejected"
    MPN_ID_ASSOCIATED = "MPN ID associated"
    AGREEMENT_SIGNED = "MPA signed"
    CREDIT_CHECK_PASSED = "credit check passed"
    CREDIT_CHECK_NOT_PASSED = "credit check not passed"
    SUPPORT_PLAN_CONFIRMED = "support plan confirmed"
    TERMS_ACCEPTED = "terms accepted"
    SETUP_COMPLETE = "set-up complete"
    GO_ON_AS_INDIRECT = "go on as indirect reseller"
    SEND_AGAIN = "correct and send again"
    WITHDRAW = "withdraw"


class Fact(StrEnum):
    """What a guard asks for; whoever moves vouches for it."""

    FIELDS_VALID = "all required fields are valid"
    CONFIRMED = "the applicant confirmed the summary"
    ELIGIBLE = "the assessment is eligible"
    REVIEWER_NOTE = "a note to the reviewer is attached"
    DAY_PASSED = "a business day has passed since the last message"
    ADDRESS_CORRECTED = "the address was corrected"
    ADDRESS_VALID = "the new address passes the e-mail rules"
    REQUIREMENTS_MET = "every minimum requirement is met"
    CHECK_NAMED = "the failed check is named"
    REASON_GIVEN = "a reason is given"
    SOMETHING_SUPPLIED = "something changed or a document was reported as supplied"
    CREDIT_CHECK_CONSENT = "the applicant agreed to the credit check"
    LOCATION_MPN_ID = "an MPN ID of type Location in the same country is associated"
    GLOBAL_ADMIN = "a global admin did it"
    PLAN_QUALIFIES = "the plan is ASfP or PSfP"
    ADMIN_AGENT = "the admin agent permission was checked"
    PROVIDER_CONNECTED = "at least one indirect provider is connected"
    DROPPING_AGREED = "the applicant agreed that direct-bill answers are dropped"
    ASKED_TWICE = "the applicant was asked twice"


class IllegalMove(Exception):
    """A move that the table does not allow; who checks `possible` first never meets it."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a guard may look at: the model, what is known, and how the present status was reached."""

    model: Model
    facts: frozenset[Fact] = frozenset()
    came_from: Status | None = None
    arrived_by: Event | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One row: it takes all facts of `needs`, and one of `either` if there are any."""

    start: Status
    event: Event
    end: Status
    by: By
    needs: frozenset[Fact] = frozenset()
    either: frozenset[Fact] = frozenset()
    model: Model | None = None
    came_from: Status | None = None

    def allows(self, case: Case) -> bool:
        return (
            self.model in (None, case.model)
            and self.came_from in (None, case.came_from)
            and self.needs <= case.facts
            and (not self.either or bool(self.either & case.facts))
        )


INITIAL = Status.DRAFT
FINAL = frozenset({Status.READY, Status.WITHDRAWN})

INDIRECT, DIRECT = Model
APPLICANT, REVIEWER, SYSTEM = By


def _facts(*facts: Fact) -> frozenset[Fact]:
    return frozenset(facts)


COMPLETE = _facts(Fact.FIELDS_VALID, Fact.CONFIRMED)
FIT = _facts(Fact.ELIGIBLE, Fact.REVIEWER_NOTE)
LATE = _facts(Fact.DAY_PASSED, Fact.ADDRESS_CORRECTED)
ACCEPTED = _facts(Fact.GLOBAL_ADMIN, Fact.LOCATION_MPN_ID)
CONNECTED = _facts(Fact.ADMIN_AGENT, Fact.PROVIDER_CONNECTED)

MOVES: tuple[Move, ...] = (
    Move(Status.DRAFT, Event.SEND, Status.EMAIL_CONFIRMATION, APPLICANT, COMPLETE, model=INDIRECT),
    Move(Status.DRAFT, Event.SEND, Status.EMAIL_CONFIRMATION, APPLICANT, COMPLETE, FIT, model=DIRECT),
    Move(Status.EMAIL_CONFIRMATION, Event.RESEND, Status.EMAIL_CONFIRMATION, APPLICANT, either=LATE),
    Move(Status.EMAIL_CONFIRMATION, Event.ADDRESS_CONFIRMED, Status.IN_REVIEW, SYSTEM, model=INDIRECT),
    Move(Status.EMAIL_CONFIRMATION, Event.ADDRESS_CONFIRMED, Status.ELIGIBILITY_REVIEW, SYSTEM, model=DIRECT),
    Move(
        Status.ELIGIBILITY_REVIEW,
        Event.ELIGIBILITY_CONFIRMED,
        Status.IN_REVIEW,
        REVIEWER,
        _facts(Fact.REQUIREMENTS_MET),
    ),
    Move(Status.ELIGIBILITY_REVIEW, Event.MORE_INFORMATION_NEEDED, Status.ACTION_REQUIRED, REVIEWER),
    Move(Status.ELIGIBILITY_REVIEW, Event.REQUIREMENT_NOT_MET, Status.NOT_ELIGIBLE, REVIEWER),
    Move(Status.IN_REVIEW, Event.CHECK_FAILED, Status.ACTION_REQUIRED, REVIEWER, _facts(Fact.CHECK_NAMED)),
    Move(
        Status.ACTION_REQUIRED,
        Event.SUPPLIED,
        Status.IN_REVIEW,
        APPLICANT,
        _facts(Fact.SOMETHING_SUPPLIED),
        came_from=Status.IN_REVIEW,
    ),
    Move(
        Status.ACTION_REQUIRED,
        Event.SUPPLIED,
        Status.ELIGIBILITY_REVIEW,
        APPLICANT,
        came_from=Status.ELIGIBILITY_REVIEW,
    ),
    Move(
        Status.ACTION_REQUIRED,
        Event.CONTACT_ADDRESS_CHANGED,
        Status.EMAIL_CONFIRMATION,
        APPLICANT,
        _facts(Fact.ADDRESS_VALID),
    ),
    Move(Status.IN_REVIEW, Event.ALL_CHECKS_PASSED, Status.AUTHORIZED, REVIEWER, model=INDIRECT),
    Move(
        Status.IN_REVIEW,
        Event.ALL_CHECKS_PASSED,
        Status.CREDIT_CHECK,
        REVIEWER,
        _facts(Fact.CREDIT_CHECK_CONSENT),
        model=DIRECT,
    ),
    Move(Status.IN_REVIEW, Event.REJECTED, Status.REJECTED, REVIEWER, _facts(Fact.REASON_GIVEN)),
    Move(
        Status.AUTHORIZED, Event.MPN_ID_ASSOCIATED, Status.AGREEMENT_DUE, SYSTEM, _facts(Fact.LOCATION_MPN_ID)
    ),
    Move(Status.AGREEMENT_DUE, Event.AGREEMENT_SIGNED, Status.SETUP, APPLICANT, _facts(Fact.GLOBAL_ADMIN)),
    Move(Status.CREDIT_CHECK, Event.CREDIT_CHECK_PASSED, Status.SUPPORT_PLAN_DUE, REVIEWER),
    Move(Status.CREDIT_CHECK, Event.CREDIT_CHECK_NOT_PASSED, Status.NOT_ELIGIBLE, REVIEWER),
    Move(
        Status.SUPPORT_PLAN_DUE,
        Event.SUPPORT_PLAN_CONFIRMED,
        Status.TERMS_DUE,
        REVIEWER,
        _facts(Fact.PLAN_QUALIFIES),
    ),
    Move(Status.TERMS_DUE, Event.TERMS_ACCEPTED, Status.SETUP, APPLICANT, ACCEPTED),
    Move(Status.SETUP, Event.SETUP_COMPLETE, Status.READY, SYSTEM, CONNECTED, model=INDIRECT),
    Move(Status.SETUP, Event.SETUP_COMPLETE, Status.READY, SYSTEM, _facts(Fact.ADMIN_AGENT), model=DIRECT),
    *(
        Move(
            start,
            Event.GO_ON_AS_INDIRECT,
            Status.DRAFT,
            APPLICANT,
            _facts(Fact.DROPPING_AGREED),
            model=DIRECT,
        )
        for start in (
            Status.NOT_ELIGIBLE,
            Status.ELIGIBILITY_REVIEW,
            Status.CREDIT_CHECK,
            Status.SUPPORT_PLAN_DUE,
        )
    ),
    Move(Status.REJECTED, Event.SEND_AGAIN, Status.DRAFT, APPLICANT),
    *(
        Move(start, Event.WITHDRAW, Status.WITHDRAWN, APPLICANT, _facts(Fact.ASKED_TWICE))
        for start in Status
        if start not in {Status.SETUP, *FINAL}
    ),
)


def move(status: Status, event: Event, by: By, case: Case) -> Status:
    """The status that follows. An event that led here and comes again changes nothing."""
    from_here = [row for row in MOVES if row.start is status and row.event is event]
    allowed = next((row.end for row in from_here if row.by is by and row.allows(case)), None)
    if allowed:
        return allowed
    if not from_here and case.arrived_by is event:
        return status
    raise IllegalMove(f"{by} cannot move {status} by {event!r}")


def possible(status: Status, by: By, case: Case) -> tuple[Event, ...]:
    """What somebody can do now."""
    allowed = (row.event for row in MOVES if row.start is status and row.by is by and row.allows(case))
    return tuple(dict.fromkeys(allowed))


def label(status: Status) -> Text:
    return LABELS[status]


def told(status: Status) -> Text:
    """What the applicant is told about it."""
    return TOLD[status]


def topics(status: Status) -> tuple[str, ...]:
    """What the applicant may want to read now."""
    return TOPICS[status]
