"""How a field, its options and its stored answer look to a person."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.domain.banking import masked
from bot.domain.fields import Answers, Field, Kind
from bot.domain.phones import international
from bot.store.records import Draft
from bot.text import Country, Money, Text, Value, text
from bot.turn import Turn

# Translators: stands where an optional question was skipped.
NOT_GIVEN = text("answer.not-given", "not given")
# Translators: the person postponed this question; it is still open.
STILL_OPEN = text("answer.still-open", "still open")


def answers_of(turn: Turn) -> dict[str, Any]:
    """The answers so far; an empty form where no draft was begun."""
    return turn.draft.answers if turn.draft else {}


def draft_of(turn: Turn) -> Draft:
    if turn.draft is None:
        raise LookupError("a form is being filled in without a draft")
    return turn.draft


def proposal_of(field: Field, turn: Turn) -> str | None:
    """What we would answer in the person's place, to be confirmed."""
    if field.name == "language":
        return turn.locale.docs
    return field.ask.suggest(answers_of(turn))


def spoken_value(field: Field, answers: Answers) -> Text | Value:
    """A stored answer as a value that each language writes its own way; account numbers masked."""
    if field.name not in answers:
        return STILL_OPEN
    return spoken(field, answers[field.name], answers)


def spoken(field: Field, value: Any, answers: Answers) -> Text | Value:
    if value is None:
        return NOT_GIVEN
    if field.ask.kind is Kind.COUNTRY:
        return Country(value)
    for option in field.options(answers):
        if option.value == value:
            return option.label
    if field.name == "revenue_usd":
        return Money(Decimal(value))
    if field.name == "bank_account":
        return masked(value)
    if field.name in ("contact_phone", "support_phone"):
        return international(value)
    return value if isinstance(value, str | int) else str(value)
