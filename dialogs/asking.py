"""How a declared field is asked: its step in the form, the answer so far or a proposal, its buttons."""

from __future__ import annotations

from typing import Any

from bot.domain.checking import check
from bot.domain.fields import Accepted, Context, Field, Kind
from bot.text import Text, text
from bot.turn import Choice, Turn
from dialogs import countries, words
from dialogs.form import Form
from dialogs.section_card import fits_a_card
from dialogs.showing import answers_of, proposal_of, spoken, spoken_value

# Translators: above every question; {section} is the part of the form, {prompt} the question.
STEP = text("question.step", "Step {number} of {total} · {section}\n\n{prompt}")
# Translators: under a question that was answered before; {value} is that answer.
CURRENT = text("question.current", "{prompt}\n\nYour answer so far: {value}")
# Translators: under a question for which we can propose an answer, to be confirmed.
PROPOSED = text("question.proposed", "{prompt}\n\nIs it {value}?")


def context_of(turn: Turn) -> Context:
    """What the field's check may look at."""
    return Context(answers_of(turn), turn.today, turn.locale.value)


def ask(turn: Turn, form: Form, state: dict[str, Any], *more: Choice, frame: Text | None = None) -> None:
    """Asks the field that the question's state names, or for the yes that is still waited for."""
    field = form.fields[state["field"]]
    answers = answers_of(turn)
    if "confirm" in state:
        understood = check(field, state["confirm"]["raw"], context_of(turn))
        if isinstance(understood, Accepted) and understood.confirm is not None:
            ask_to_confirm(turn, field, understood.confirm)
            return
        # In another language it may need no yes, or be no answer at all: then it is asked for anew.
        del state["confirm"]
    prompt = field.prompt(answers)
    if field.name in answers:
        prompt = CURRENT.fill(prompt=prompt, value=spoken_value(field, answers))
    elif (proposed := proposal(turn, field, state)) is not None:
        prompt = PROPOSED.fill(prompt=prompt, value=spoken(field, proposed, answers))
    names = [each.name for each in form.order(turn)]
    if field.name in names:
        number = names.index(field.name) + 1
        section = field.ask.section.label
        prompt = STEP.fill(number=number, total=len(names), section=section, prompt=prompt)
    if frame is not None:
        prompt = frame.fill(prompt=prompt)
    turn.reply(prompt, *choices(turn, form, state), *more)


def choices(turn: Turn, form: Form, state: dict[str, Any]) -> tuple[Choice, ...]:
    """The buttons of a question: possible answers, then what else can be done."""
    field = form.fields[state["field"]]
    answers = answers_of(turn)
    if field.ask.kind is Kind.COUNTRY:
        own = countries.likely(turn, field)
    else:
        own = countries.page(field, field.options(answers), 0)
    extra: list[Choice] = []
    if state.get("opens") and fits_a_card(form, turn, field.name):
        extra.append(words.command(words.FORM, "form"))
    if field.name in answers:
        extra.append(Choice(words.KEEP, {"press": "keep", "field": field.name}))
    elif proposal(turn, field, state) is not None:
        extra.append(Choice(words.YES, {"press": "keep", "field": field.name}))
    if not form.required(field, answers):
        extra.append(Choice(words.SKIP, {"press": "skip", "field": field.name}))
    if answers:
        extra.append(words.command(words.BACK, "back"))
    if field.ask.explained_by:
        extra.append(Choice(words.WHY, {"press": "why", "field": field.name}))
    return (*own, *extra)


def proposal(turn: Turn, field: Field, state: dict[str, Any]) -> str | None:
    """What we would answer, unless that was declined."""
    return None if state.get("declined") else proposal_of(field, turn)


def ask_to_confirm(turn: Turn, field: Field, question: Text) -> None:
    turn.reply(
        question,
        Choice(words.YES, {"press": "confirm", "field": field.name, "yes": True}),
        Choice(words.NO, {"press": "confirm", "field": field.name, "yes": False}),
    )
