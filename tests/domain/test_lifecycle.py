"""The statuses of an application and the moves between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fields import Model
from bot.domain.lifecycle import (
    FINAL,
    INITIAL,
    MOVES,
    By,
    Case,
    Event,
    Fact,
    IllegalMove,
    Move,
    Status,
    label,
    move,
    possible,
    told,
    topics,
)
from bot.domain.status_texts import LABELS, TOLD, TOPICS

ALL = frozenset(Fact)
DIRECT_ONLY = {
    Status.ELIGIBILITY_REVIEW,
    Status.CREDIT_CHECK,
    Status.SUPPORT_PLAN_DUE,
    Status.TERMS_DUE,
    Status.NOT_ELIGIBLE,
}
INDIRECT_ONLY = {Status.AUTHORIZED, Status.AGREEMENT_DUE}

INDIRECT_WAY = (
    (Event.SEND, By.APPLICANT, Status.EMAIL_CONFIRMATION),
    (Event.ADDRESS_CONFIRMED, By.SYSTEM, Status.IN_REVIEW),
    (Event.ALL_CHECKS_PASSED, By.REVIEWER, Status.AUTHORIZED),
    (Event.MPN_ID_ASSOCIATED, By.SYSTEM, Status.AGREEMENT_DUE),
    (Event.AGREEMENT_SIGNED, By.APPLICANT, Status.SETUP),
    (Event.SETUP_COMPLETE, By.SYSTEM, Status.READY),
)
DIRECT_WAY = (
    (Event.SEND, By.APPLICANT, Status.EMAIL_CONFIRMATION),
    (Event.ADDRESS_CONFIRMED, By.SYSTEM, Status.ELIGIBILITY_REVIEW),
    (Event.ELIGIBILITY_CONFIRMED, By.REVIEWER, Status.IN_REVIEW),
    (Event.ALL_CHECKS_PASSED, By.REVIEWER, Status.CREDIT_CHECK),
    (Event.CREDIT_CHECK_PASSED, By.REVIEWER, Status.SUPPORT_PLAN_DUE),
    (Event.SUPPORT_PLAN_CONFIRMED, By.REVIEWER, Status.TERMS_DUE),
    (Event.TERMS_ACCEPTED, By.APPLICANT, Status.SETUP),
    (Event.SETUP_COMPLETE, By.SYSTEM, Status.READY),
)


@pytest.mark.parametrize(("model", "way"), [(Model.INDIRECT, INDIRECT_WAY), (Model.DIRECT, DIRECT_WAY)])
def test_an_application_goes_its_way_to_the_end(
    model: Model, way: tuple[tuple[Event, By, Status], ...]
) -> None:
    status = INITIAL
    for event, by, end in way:
        status = move(status, event, by, Case(model, ALL))
        assert status is end
    assert status in FINAL


@pytest.mark.parametrize("row", MOVES, ids=lambda row: f"{row.start}-{row.event}-{row.end}")
def test_a_move_needs_its_mover_and_every_fact(row: Move) -> None:
    model = row.model or (Model.DIRECT if row.start in DIRECT_ONLY else Model.INDIRECT)
    case = Case(model, ALL, row.came_from)
    assert move(row.start, row.event, row.by, case) is row.end
    for by in set(By) - {row.by}:
        with pytest.raises(IllegalMove):
            move(row.start, row.event, by, case)
    for fact in row.needs:
        with pytest.raises(IllegalMove):
            move(row.start, row.event, row.by, Case(model, ALL - {fact}, row.came_from))
    if row.either:
        with pytest.raises(IllegalMove):
            move(row.start, row.event, row.by, Case(model, ALL - row.either, row.came_from))


def test_a_direct_application_that_is_not_eligible_is_sent_only_with_a_note() -> None:
    facts = frozenset({Fact.FIELDS_VALID, Fact.CONFIRMED})
    with pytest.raises(IllegalMove):
        move(INITIAL, Event.SEND, By.APPLICANT, Case(Model.DIRECT, facts))
    for either in (Fact.ELIGIBLE, Fact.REVIEWER_NOTE):
        case = Case(Model.DIRECT, facts | {either})
        assert move(INITIAL, Event.SEND, By.APPLICANT, case) is Status.EMAIL_CONFIRMATION


@pytest.mark.parametrize("came_from", [Status.IN_REVIEW, Status.ELIGIBILITY_REVIEW])
def test_what_was_supplied_goes_back_to_whoever_asked(came_from: Status) -> None:
    case = Case(Model.DIRECT, ALL, came_from)
    assert move(Status.ACTION_REQUIRED, Event.SUPPLIED, By.APPLICANT, case) is came_from


def test_a_repeated_event_changes_nothing() -> None:
    case = Case(Model.INDIRECT, ALL, Status.EMAIL_CONFIRMATION, Event.ADDRESS_CONFIRMED)
    assert move(Status.IN_REVIEW, Event.ADDRESS_CONFIRMED, By.SYSTEM, case) is Status.IN_REVIEW
    with pytest.raises(IllegalMove):
        move(Status.IN_REVIEW, Event.SEND, By.APPLICANT, case)


def test_the_message_is_not_sent_again_on_the_same_day() -> None:
    case = Case(Model.INDIRECT, frozenset(), Status.EMAIL_CONFIRMATION, Event.RESEND)
    with pytest.raises(IllegalMove):
        move(Status.EMAIL_CONFIRMATION, Event.RESEND, By.APPLICANT, case)


def test_what_can_be_done_now_is_what_the_table_allows() -> None:
    case = Case(Model.INDIRECT, ALL)
    assert possible(Status.DRAFT, By.APPLICANT, case) == (Event.SEND, Event.WITHDRAW)
    assert possible(Status.IN_REVIEW, By.REVIEWER, case) == (
        Event.CHECK_FAILED,
        Event.ALL_CHECKS_PASSED,
        Event.REJECTED,
    )
    assert all(possible(status, by, case) == () for status in FINAL for by in By)


def test_every_status_but_the_last_can_be_withdrawn_from_or_is_active() -> None:
    withdrawable = {row.start for row in MOVES if row.event is Event.WITHDRAW}
    assert set(Status) - withdrawable == {Status.SETUP, *FINAL}


def test_every_status_can_be_reached_and_only_final_ones_are_left_by_no_move() -> None:
    assert {row.end for row in MOVES} == set(Status)
    assert {row.start for row in MOVES} == set(Status) - FINAL


def test_every_status_is_named_and_explained() -> None:
    assert set(LABELS) == set(TOLD) == set(TOPICS) == {status.value for status in Status}
    assert label(Status.READY).english == "Ready to transact"
    assert told(Status.READY).key == "lifecycle.ready.told"
    assert topics(Status.IN_REVIEW) == ("application.review-time", "verification.overview")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(Event), st.sampled_from(By), st.frozensets(st.sampled_from(Fact)) | st.just(ALL)
    ),
    max_size=60,
)


@given(STEPS, st.sampled_from(Model))
def test_no_walk_breaks_the_promises(steps: list[tuple[Event, By, frozenset[Fact]]], model: Model) -> None:
    """The invariants of the lifecycle, on any order of events."""
    status, came_from, arrived_by = INITIAL, None, None
    passed: dict[Status, frozenset[Fact]] = {}
    for event, by, facts in steps:
        before = status
        try:
            status = move(status, event, by, Case(model, facts, came_from, arrived_by))
        except IllegalMove:
            continue
        if event is Event.GO_ON_AS_INDIRECT and before is not status:
            model, passed = Model.INDIRECT, {}
        if before is not status:
            came_from, arrived_by = before, event
            passed[status] = facts
        assert status not in (INDIRECT_ONLY if model is Model.DIRECT else DIRECT_ONLY)
        if status is Status.AGREEMENT_DUE:
            assert Fact.LOCATION_MPN_ID in passed[Status.AGREEMENT_DUE]
        if status is Status.CREDIT_CHECK:
            assert Fact.CREDIT_CHECK_CONSENT in passed[Status.CREDIT_CHECK]
        if status is Status.SUPPORT_PLAN_DUE:
            assert Status.CREDIT_CHECK in passed
        if status is Status.SETUP and model is Model.DIRECT:
            assert {Status.SUPPORT_PLAN_DUE, Status.TERMS_DUE} <= set(passed)
        if status is Status.SETUP and model is Model.INDIRECT:
            assert Status.AGREEMENT_DUE in passed


@given(st.sampled_from(sorted({row.start for row in MOVES})), st.data())
def test_a_walk_that_takes_what_is_possible_never_meets_an_illegal_move(
    start: Status, data: st.DataObject
) -> None:
    model = Model.DIRECT if start in DIRECT_ONLY else Model.INDIRECT
    status, came_from = start, Status.IN_REVIEW
    while status not in FINAL:
        case = Case(model, ALL, came_from)
        ways = [(event, by) for by in By for event in possible(status, by, case) if event is not Event.RESEND]
        event, by = data.draw(st.sampled_from(ways))
        following = move(status, event, by, case)
        if event in (
            Event.GO_ON_AS_INDIRECT,
            Event.SEND_AGAIN,
            Event.CONTACT_ADDRESS_CHANGED,
            Event.SUPPLIED,
        ):
            return
        status, came_from = following, status
