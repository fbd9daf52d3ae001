"""A section of a form on one card: which fields stand on it, what stands in them, what is wrong with that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from bot.domain.checking import check
from bot.domain.fields import Accepted, Answers, Context, Entry, Field, Kind, Problem
from bot.domain.guard import words_in
from bot.domain.problems import problem
from bot.text import Country, Text, Value, counted, text
from bot.turn import Choice, Input, InputForm, Turn
from dialogs import countries, words
from dialogs.form import Form
from dialogs.hearing import heard
from dialogs.services import Services
from dialogs.showing import answers_of, proposal_of, spoken

#: More questions are not asked on one card: it would be long to read, and channels take 20 KB.
LONGEST = 10
#: One question is asked faster in the chat.
SHORTEST = 2

# Translators: above a form on a card.
FILL_IN = text(
    "form.fill-in",
    "Fill in this form and send it. You can also answer here in the chat, one by one from the top.",
)
# Translators: above a form on a card; {count} answers have a note in red below them.
LOOK_AGAIN = counted(
    "form.look-again",
    "{count} answer needs another look; all others are kept. Please correct it and send the form again. You "
    "can also give it here in the chat.",
    "{count} answers need another look; all others are kept. Please correct them and send the form again. "
    "You can also give them here in the chat, one by one from the top.",
)
# Translators: an old copy of the form was sent; this new one has what was typed there.
OUTDATED = text(
    "form.outdated",
    "You sent an older copy of this form, so nothing has changed. What you typed is kept below: please look "
    "through it and send it again.",
)
# Translators: the form on a card stands further up in the chat, and the question is asked again.
ABOVE = text("form.above", "The form above is still open. You can also answer here:\n\n{prompt}")
# Translators: button under the input fields of a form; it does not send the application yet.
SUBMIT = text("button.submit-form", "Send these answers")
# Translators: button; leaves the form on the card and goes on with questions in the chat.
ONE_BY_ONE = text("button.one-by-one", "Ask me one by one")
# Translators: label of an input field that may stay empty; {prompt} is the question.
OPTIONAL = text("form.optional", "{prompt} (optional)")


def is_card(saved: object) -> bool:
    """Whether this is no card, or one as a question saves it."""
    if saved is None:
        return True
    given = saved.get("given") if isinstance(saved, dict) else None
    return isinstance(given, dict) and all(isinstance(typed, str) for typed in given.values())


def part_of(form: Form, turn: Turn, name: str) -> tuple[Field, ...]:
    """The fields on one card with this one: its section, in equal parts where it is long."""
    for _, members in groupby(form.order(turn), key=lambda field: field.ask.section.id):
        fields = tuple(members)
        at = next((number for number, field in enumerate(fields) if field.name == name), None)
        if at is not None:
            size = -(-len(fields) // -(-len(fields) // LONGEST))
            return fields[at // size * size :][:size]
    return ()


def fits_a_card(form: Form, turn: Turn, name: str) -> bool:
    """Whether enough is open in this part of the form to fill it in on a card."""
    if not form.on_cards or not turn.incoming.cards or turn.incoming.shared:
        return False
    answers = answers_of(turn)
    return sum(field.name not in answers for field in part_of(form, turn, name)) >= SHORTEST


def show(
    turn: Turn,
    form: Form,
    state: Mapping[str, Any],
    services: Services,
    *more: Choice,
    replaces: bool = False,
) -> None:
    """Replies with the card of the part that the state's field belongs to."""
    field = form.fields[state["field"]]
    section, given = field.ask.section, state["card"]["given"]
    inputs = inputs_of(turn, form, part_of(form, turn, field.name), given, services)
    wrong = sum(each.problem is not None for each in inputs)
    note = LOOK_AGAIN.fill(count=wrong) if wrong else FILL_IN
    if state["card"].get("outdated"):
        note = OUTDATED
    press = {
        "press": "fill",
        "step": section.id,
        "field": field.name,
        "nonce": state.get("nonce", ""),
        "fields": [each.name for each in inputs],
    }
    card = InputForm(section.label, note, inputs, Choice(SUBMIT, press))
    meant = _meant(turn, form, field, given, services)
    one_by_one = Choice(ONE_BY_ONE, {"press": "one-by-one", "field": field.name})
    back = (words.command(words.BACK, "back"),) if answers_of(turn) else ()
    turn.reply(None, *meant, *more, one_by_one, *back, attachment=card, replaces=replaces)


def _meant(
    turn: Turn, form: Form, field: Field, given: Mapping[str, str], services: Services
) -> tuple[Choice, ...]:
    """Buttons for what may be meant by the answer that is looked at again first."""
    answers = answers_of(turn)
    if field.name not in given:
        return ()
    result = judged(turn, form, field, given[field.name], answers, services)
    options = result.meant if isinstance(result, Problem) else ()
    return tuple(countries.button(field, option) for option in options)


def inputs_of(
    turn: Turn, form: Form, fields: Sequence[Field], given: Mapping[str, str], services: Services
) -> tuple[Input, ...]:
    """The input fields. What is typed or proposed there already decides how the later ones are worded."""
    answers = dict(answers_of(turn))
    inputs = []
    for field in fields:
        if not field.ask.when(answers) or waits(turn, form, field, answers):
            continue
        value: Text | Value = shown(field, answers[field.name], answers) if field.name in answers else ""
        result: Accepted | Problem | None = None
        if field.name in given:
            value = given[field.name]
            result = judged(turn, form, field, given[field.name], answers, services)
        elif field.name not in answers and (proposed := proposal_of(field, turn)) is not None:
            value, result = shown(field, proposed, answers), check(field, proposed, _context(turn, answers))
        inputs.append(_input(form, field, answers, value, result))
        if isinstance(result, Accepted):
            answers[field.name] = result.value
    return tuple(inputs)


def waits(turn: Turn, form: Form, field: Field, answers: Answers) -> bool:
    """Whether a choice that is still open decides how this question is worded and checked."""
    needed = [form.fields[name] for name in field.ask.depends_on if name not in answers]
    asked = form.order(turn) if needed else ()
    return any(each.ask.kind is not Kind.TEXT and each in asked for each in needed)


def judged(
    turn: Turn, form: Form, field: Field, typed: str, answers: Answers, services: Services
) -> Accepted | Problem:
    """What was typed into an input field, read and checked as if it had been typed in the chat. What cannot
    be checked yet is only seen to hold no password."""
    if waits(turn, form, field, answers):
        return words_in(typed) or Accepted(None)
    required = form.required(field, answers)
    if not typed.strip():
        return _missing(field, answers) if required else Accepted(None)
    raw = code_of(turn, field, typed, services)
    if isinstance(raw, Problem):
        return raw
    result = check(field, raw, _context(turn, answers))
    if isinstance(result, Accepted) and result.value is None and required:
        return _missing(field, answers)
    return result


def code_of(turn: Turn, field: Field, typed: str, services: Services) -> str | Problem:
    """What was typed or chosen as the field's check expects it."""
    if typed in {option.value for option in field.options(answers_of(turn))}:
        return typed
    if field.ask.kind is Kind.COUNTRY:
        # What stood there was meant by us, even where its name fits several countries.
        ours = (answers_of(turn).get(field.name), proposal_of(field, turn))
        for option in countries.options(code for code in ours if code):
            if typed in services.spoken(option.label):
                return option.value
    return heard(turn, typed, field, services)


def shown(field: Field, value: Any, answers: Answers) -> Text | Value:
    """A stored answer as it stands in its input field: a code where one is chosen, account numbers masked."""
    if value is None:
        return ""
    if field.ask.kind is Kind.COUNTRY:
        return Country(value)
    if field.ask.entry is Entry.NUMBER or field.options(answers):
        return str(value)
    return spoken(field, value, answers)


def _missing(field: Field, answers: Answers) -> Problem:
    missing = problem("missing")
    return replace(missing, text=missing.text.fill(example=field.example(answers)))


def _input(
    form: Form, field: Field, answers: Answers, value: Text | Value, result: Accepted | Problem | None
) -> Input:
    required = form.required(field, answers)
    prompt = field.prompt(answers)
    return Input(
        name=field.name,
        label=prompt if required else OPTIONAL.fill(prompt=prompt),
        example=field.example(answers),
        required=required,
        entry=field.ask.entry,
        options=tuple((option.value, option.label) for option in field.options(answers)),
        value=value,
        problem=result.text if isinstance(result, Problem) else None,
    )


def _context(turn: Turn, answers: Answers) -> Context:
    return Context(answers, turn.today, turn.locale.value)
