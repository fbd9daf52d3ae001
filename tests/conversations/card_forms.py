"""A person who fills in whole sections on cards, as a client that draws them would send it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.text import text
from bot.turn import ANSWER, Entry, InputForm
from tests.conversations.scripts import LONGEST, Script, said_in
from tests.conversations.talking import BEGIN, YES, Heard, Person, line

FORM = {"press": "command", "name": "form"}


def card_of(heard: Heard) -> InputForm:
    """The form that was shown; fails where none was."""
    [card] = [reply.attachment for reply in heard.stored.replies if isinstance(reply.attachment, InputForm)]
    return card


def is_offered(heard: Heard) -> bool:
    return FORM in [choice.press for reply in heard.stored.replies for choice in reply.choices]


def sent(card: InputForm, values: Mapping[str, Any], person: Person) -> dict[str, Any]:
    """What the client sends for a form: what stands in its inputs, and what is typed over it."""
    assert values.keys() <= {each.name for each in card.inputs}
    data = dict(card.submit.press)
    for each in card.inputs:
        shown = each.value if isinstance(each.value, str) else spoken(each.value, person)
        data[ANSWER + each.name] = values.get(each.name, shown)
    return data


def spoken(value: Any, person: Person) -> str:
    assert person.say_text is not None
    return person.say_text(text("test.value", "{value}").fill(value=value), person.locale)


async def follow_on_cards(script: Script, person: Person, stored: Mapping[str, Any]) -> list[Heard]:
    """Plays a script to its end, section by section on cards where they are offered. Where one chooses
    instead of typing, `stored` says what."""
    heard = [await person.says(said_in(BEGIN, person.locale))]
    for _ in range(LONGEST):
        now = heard[-1]
        if now.waiting == "question" and is_offered(now):
            card = card_of(await person.presses(FORM))
            values = _filled_in(script, person, card, stored)
            heard.append(await person.presses(sent(card, values, person)))
            assert not any(isinstance(r.attachment, InputForm) for r in heard[-1].stored.replies), [
                (each.name, each.value, each.problem and each.problem.key)
                for each in card_of(heard[-1]).inputs
            ]
            while any(key.startswith("confirm.") for key in heard[-1].keys):
                heard.append(await person.says(said_in(YES, person.locale)))
            continue
        if (words := line(script, now, person.locale)) is None:
            return heard
        heard.append(await person.says(words))
        if any(key.startswith("confirm.") for key in heard[-1].keys):
            heard.append(await person.says(said_in(YES, person.locale)))
    raise AssertionError(f"{script.name} does not end")


def _filled_in(script: Script, person: Person, card: InputForm, stored: Mapping[str, Any]) -> dict[str, Any]:
    """What is typed and chosen; a yes of the script leaves what stands there already."""
    values: dict[str, Any] = {}
    for each in card.inputs:
        value = stored.get(each.name)
        if value is None or each.options:
            values[each.name] = value or ""
        elif each.entry is Entry.NUMBER:
            values[each.name] = float(value)
        elif each.name in script.stored:
            values[each.name] = value
        elif (words := script.says(each.name, person.locale)) != said_in(YES, person.locale):
            values[each.name] = words
        elif not each.value:
            values[each.name] = value
    return values
