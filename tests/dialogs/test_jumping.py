"""The sandbox's applications are sound, so that whoever jumps into one stands where a partner could stand."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.application import FIELDS, asked, blockers, validated
from dialogs.jumping import samples


@pytest.mark.parametrize("number", range(3))
def test_a_sandbox_holds_an_application_that_could_be_sent(number: int) -> None:
    """E4"""
    answers = samples()[number]
    remarked = frozenset({"address_line1", "has_global_admin"})
    validated({**answers, "confirmed": "yes"}, date(2026, 11, 21), remarked)
    assert blockers(answers) == ()
    assert set(answers) == {field.name for field in asked(answers)}


def test_every_question_is_asked_in_one_of_them() -> None:
    """E4"""
    put = {field.name for answers in samples() for field in asked(answers)}
    assert put == {field.name for field in FIELDS if field.ask.asked}
