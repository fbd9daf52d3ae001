"""A form of inputs as an Adaptive Card: its button sends back what was filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bot.channels.cards import Json, attachment, heading, submit, words
from bot.channels.voice import Voice
from bot.text import text
from bot.turn import ANSWER, Entry, Input, InputForm

#: What a person may type into one input; no valid answer is longer.
LONGEST = 250
#: Up to so many options are all shown; more become a list that opens.
SHOWN = 4

# Translators: shown by the client at a field that must not stay empty.
NEEDED = text("form.needed", "This needs an answer.")
# Translators: stands in a closed list as long as nothing is chosen.
CHOOSE = text("form.choose", "Please choose")
# Translators: stands in an empty input field; {example} is a good answer.
EXAMPLE = text("form.example", "For example: {example}")

#: What an input for numbers shows; words stay in one for text.
NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,2})?", re.ASCII)

STYLES = {Entry.EMAIL: "email", Entry.PHONE: "tel", Entry.URL: "url"}


def form(voice: Voice, asked: InputForm, *, executes: bool) -> Json:
    """`executes`: the client knows `Action.Execute`, whose press gets the next card for an answer."""
    body = [heading(voice.say(asked.title)), words(voice.say(asked.note))]
    for each in asked.inputs:
        body += _input(voice, each)
    body.append({"type": "ActionSet", "actions": [_action(voice, asked, executes)]})
    return attachment(body, voice.plainly(asked))


def _action(voice: Voice, asked: InputForm, executes: bool) -> Json:
    sends = submit(voice.label(asked.submit), asked.submit.press) | {"style": "positive"}
    if not executes:
        return sends
    return sends | {"type": "Action.Execute", "verb": asked.submit.press["press"], "fallback": sends}


def _input(voice: Voice, each: Input) -> Iterator[Json]:
    common: dict[str, Any] = {"id": ANSWER + each.name, "label": voice.say(each.label)}
    if each.required:
        common |= {"isRequired": True, "errorMessage": voice.say(NEEDED)}
    value = voice.typed(each.value)
    yield {**_typed(voice, each, value), **common}
    if each.problem is not None:
        yield words(voice.say(each.problem), color="Attention") | {"spacing": "Small"}


def _typed(voice: Voice, each: Input, value: str) -> Json:
    filled: Json = {"value": value} if value else {}
    if each.options:
        choices = [{"title": voice.value(label), "value": code} for code, label in each.options]
        style = "expanded" if len(choices) <= SHOWN else "compact"
        chosen = filled if value in {code for code, _ in each.options} else {}
        closed: Json = {"placeholder": voice.say(CHOOSE)} if style == "compact" else {}
        return {
            "type": "Input.ChoiceSet",
            "style": style,
            "wrap": True,
            "choices": choices,
            **closed,
            **chosen,
        }
    example: Json = {"placeholder": voice.say(EXAMPLE.fill(example=each.example))}
    if each.entry is Entry.NUMBER and (not value or NUMBER.fullmatch(value)):
        number: Json = {"value": float(value) if "." in value else int(value)} if value else {}
        return {"type": "Input.Number", **example, **number}
    keyboard: Json = {"style": STYLES[each.entry]} if each.entry in STYLES else {}
    return {"type": "Input.Text", "maxLength": LONGEST, **keyboard, **example, **filled}
