"""What comes of a card that was filled in: what is stored, what needs a yes, what needs another look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bot.domain.checking import check
from bot.domain.fields import Accepted, Context, Field, Problem
from bot.turn import ANSWER, Press, Turn
from dialogs.form import Answer, Form
from dialogs.section_card import code_of, judged, shown, waits
from dialogs.services import Services
from dialogs.showing import answers_of

#: No valid answer is longer; what is, is cut where the card shows it again.
LONGEST_SHOWN = 250


@dataclass(slots=True)
class Filled:
    """`held` are valid answers as typed that need a yes first, or hang on one that does; `refused` are those
    with a problem, as typed, by field. `fields` are all that stood on the card."""

    fields: tuple[str, ...] = ()
    answers: list[Answer] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def fill(turn: Turn, form: Form, name: str, press: Press, services: Services) -> Filled:
    """Checks every field of the card in the order of the form, each with the answers before it."""
    filled = Filled(tuple(each.name for each in on_card(turn, form, name, press)))
    known = answers_of(turn)
    answers, changed = dict(known), set[str]()
    for each in on_card(turn, form, name, press):
        if not each.ask.when(answers):
            continue
        typed, needs = typed_in(press, each), set(each.ask.depends_on)
        anew = bool(needs & changed)
        if each.name in known and not anew and typed == shown(each, known[each.name], known):
            continue
        result = judged(turn, form, each, typed, answers, services)
        if isinstance(result, Problem):
            _refuse(turn, filled, each, typed, result)
            continue
        if waits(turn, form, each, answers):
            filled.held[each.name] = typed
            continue
        same = each.name in known and known[each.name] == result.value
        answers[each.name] = result.value
        if needs & (filled.held.keys() | filled.refused.keys()) or (result.confirm is not None and not same):
            filled.held[each.name] = typed
        elif anew or not same:
            changed.add(each.name)
            filled.answers.append(Answer(each.name, result.value, result.remarks))
    return filled


def typed_again(turn: Turn, form: Form, name: str, press: Press, services: Services) -> dict[str, str]:
    """What an old copy of the card brings for questions that are still open, to be shown once more."""
    again = {}
    for each in on_card(turn, form, name, press):
        typed = typed_in(press, each)
        if each.name in answers_of(turn) or not typed.strip():
            continue
        result = judged(turn, form, each, typed, answers_of(turn), services)
        if isinstance(result, Accepted) or not result.unsaid:
            again[each.name] = typed[:LONGEST_SHOWN]
        else:
            turn.unsay = True
    return again


def still_valid(turn: Turn, asked: Field, typed: str | None, services: Services) -> str | None:
    """What a card brought for a question that comes later, as its check expects it, if it is one now."""
    raw = code_of(turn, asked, typed, services) if typed is not None else None
    if not isinstance(raw, str):
        return None
    context = Context(answers_of(turn), turn.today, turn.locale.value)
    return raw if isinstance(check(asked, raw, context), Accepted) else None


def on_card(turn: Turn, form: Form, name: str, press: Press) -> Iterator[Field]:
    """The fields that the card says it has, as far as they belong to this section and are asked at all."""
    named = press.get("fields")
    names = {each for each in named if isinstance(each, str)} if isinstance(named, list) else set()
    section = form.fields[name].ask.section
    asked = {each.name for each in form.order(turn)}
    for each in form.fields.values():
        if each.name in names and each.ask.section is section and each.name in asked:
            yield each


def typed_in(press: Mapping[str, Any], each: Field) -> str:
    """What a client sends for an input field: words, or a number where numbers are typed."""
    value = press.get(ANSWER + each.name)
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return f"{Decimal(str(value)).normalize():f}"


def _refuse(turn: Turn, filled: Filled, each: Field, typed: str, problem: Problem) -> None:
    """A password is neither kept nor shown again, and what is said about it cannot stand at its field."""
    if problem.unsaid:
        turn.unsay = True
        turn.reply(problem.text)
        typed = ""
    filled.refused[each.name] = typed[:LONGEST_SHOWN]
