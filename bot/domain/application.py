"""The application form, joined from its sections, and the walk through its questions."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from bot.domain.fields import Answers, Context, Field, Model, Rule, always, fields_of
from bot.domain.form.bank import Bank
from bot.domain.form.company import Company
from bot.domain.form.confirm import Confirm
from bot.domain.form.direct import Direct
from bot.domain.form.membership import Membership
from bot.domain.form.people import People
from bot.domain.form.start import Start
from bot.domain.form.support import Provider, Support
from bot.text import Text, text

# Translators: why an application cannot be sent yet; {question} is the name of an unanswered question.
STILL_OPEN = text("blocked.still-open", "This still needs an answer: {question}.")


class Application(Confirm, Bank, Provider, Support, People, Company, Direct, Membership, Start):
    """The application form. A base stands before the one it follows: the questions begin with `Start`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="after")
    def is_complete(self) -> Application:
        """What only some applications need is optional by its type, so its absence is seen here."""
        answers = self.model_dump(mode="json")
        for field in FIELDS:
            if answers[field.name] is None and applies(field, answers) and required(field, answers):
                raise PydanticCustomError("missing", "{question}", {"question": field.name})
        return self


#: The declared fields in the order of the questions.
FIELDS = fields_of(Application)
NAMED = {field.name: field for field in FIELDS}


#: By the chosen model: its questions, each with the condition it hangs on, if any. Looked at twice a turn.
_CANDIDATES: dict[str | None, tuple[tuple[Field, Rule | None], ...]] = {
    model: tuple(
        (field, None if field.ask.when is always else field.ask.when)
        for field in FIELDS
        if field.ask.asked and models <= field.ask.applies_to
    )
    for model, models in [(None, frozenset(Model)), *((each.value, frozenset({each})) for each in Model)]
}


def asked(answers: Answers, *, family_first: bool = True) -> tuple[Field, ...]:
    """The questions that apply to these answers, in order. Where the family name comes first depends on
    the language."""
    fields = [field for field, when in _CANDIDATES[answers.get("model")] if when is None or when(answers)]
    if not family_first:
        family = fields.index(NAMED["contact_family_name"])
        fields[family : family + 2] = reversed(fields[family : family + 2])
    return tuple(fields)


def applies(field: Field, answers: Answers) -> bool:
    """Whether a field belongs to the chosen model and to the answers so far. Before a model is chosen, only
    what both ask applies."""
    model = answers.get("model")
    models = frozenset(Model) if model is None else {Model(model)}
    return models <= field.ask.applies_to and field.ask.when(answers)


def required(field: Field, answers: Answers) -> bool:
    return field.ask.required(answers)


def dependents(name: str, answers: Answers) -> tuple[str, ...]:
    """The answers that become void when this one changes, and those that hang on them."""
    void = {name}
    for field in FIELDS:
        if void.intersection(field.ask.depends_on):
            void.add(field.name)
    return tuple(field.name for field in FIELDS if field.name in void - {name} and field.name in answers)


def dropped_by_model(answers: Answers, new_model: Model) -> tuple[str, ...]:
    """The answers that another model does not ask for; all others are kept."""
    return tuple(
        field.name for field in FIELDS if field.name in answers and new_model not in field.ask.applies_to
    )


def blockers(answers: Answers) -> tuple[tuple[str, Text], ...]:
    """What keeps the application from being sent: the field, and what to do first."""
    found = []
    for field in asked(answers):
        if answers.get(field.name) is None and required(field, answers):
            found.append((field.name, STILL_OPEN.fill(question=field.ask.label)))
        elif (reason := field.ask.blocks(answers)) is not None:
            found.append((field.name, reason))
    return tuple(found)


def payload(answers: Answers) -> dict[str, Any]:
    """The application as it is stored and exported: every field that applies, in order, codes for labels."""
    return {field.name: answers.get(field.name) for field in FIELDS if applies(field, answers)}


def validated(answers: Answers, today: date, insisted: frozenset[str] = frozenset()) -> Application:
    """The answers as a whole form; pydantic's `ValidationError` if a single check would refuse one."""
    context = Context(answers, today, insisted=insisted)
    given = {name: value for name, value in payload(answers).items() if value is not None}
    return Application.model_validate(given, context=context)
