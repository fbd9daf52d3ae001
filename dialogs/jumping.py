"""A tester's way to any question, topic, step or sentence, without walking there: in a draft never sent."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml

from bot.domain.application import NAMED, asked, dependents
from bot.domain.fields import Model
from bot.localization.catalogs import BLANK
from bot.store.records import SANDBOX, Draft
from bot.text import Listing, Text, Value, text
from bot.turn import Choice
from dialogs import apply, assessment, finder, leaving, market, personal, sending, words
from dialogs.call import Call
from dialogs.healing import is_readable

# Translators: for testers: they are in a draft for trying things out.
IN_SANDBOX = text(
    "tester.in-sandbox", "This is a sandbox: its answers are made up, and it is never sent to anybody."
)
# Translators: for testers: a draft of their own is in the way of trying things out.
OWN_DRAFT = text(
    "tester.own-draft",
    "You have a draft of your own, and I leave it as it is. Send or delete it first, then jump again.",
)
# Translators: for testers: answers they gave for trying things out that fit no question; {names} lists them.
NOT_USED = text(
    "tester.not-used", "I left these out, because no question has that name or takes that answer: {names}."
)
# Translators: for testers: nothing is called what they typed ({name}). Buttons with similar names follow.
NO_SUCH_PLACE = text("tester.no-such-place", "I know nothing called “{name}”. Is it one of these?")

#: Complete applications of companies that do not exist.
SAMPLES = Path(__file__).with_name("sandbox.yml")
#: What is filled in, and which is left open, to stand at a step of the form.
STEPS: Mapping[str, Mapping[str, Any]] = {
    sending.REVIEW: {},
    sending.CONSENT: {},
    assessment.ASSESSMENT: {"model": Model.DIRECT.value},
    market.NO_MARKET: {"legal_country": "CN"},
    apply.ALREADY_DIRECT: {"model": Model.DIRECT.value, "existing_direct_partner": "yes"},
}
#: Dialogs that stand by themselves.
ALONE = (finder.FINDER, leaving.LEAVING, leaving.RESTARTING, personal.FORGETTING)
#: For a blank of a sentence that counts.
COUNT = 5
NEAREST = 5


@cache
def samples() -> tuple[dict[str, Any], ...]:
    return tuple(yaml.safe_load(SAMPLES.read_text("utf-8")).values())


async def jump(call: Call, wanted: str) -> None:
    """`wanted`: a name, and where answers or values of blanks are to be others, `name=value` behind it."""
    name, *rest = wanted.split()
    given = dict(each.split("=", 1) for each in rest if "=" in each)
    field = name.replace("-", "_")
    topic = name if name in call.services.topics else name.removeprefix("topic.")
    if field in NAMED:
        await _to_step(call, field, given)
    elif name in STEPS:
        await _to_step(call, name, {**STEPS[name], **given})
    elif name in ALONE:
        await call.dialogs.cancel_all_dialogs()
        await call.dialogs.begin_dialog(name)
    elif topic in call.services.topics:
        call.go_on_as_if_pressed({"press": "topic", "id": topic})
        call.again = True
    elif name in words.COMMANDS:
        call.go_on_as_if_pressed({"press": "command", "name": name})
        call.again = True
    elif (sentence := call.services.catalogs.known().get(name)) is not None:
        call.turn.reply(filled(sentence, given))
    else:
        near = difflib.get_close_matches(name, _names(call), NEAREST, 0.3)
        call.turn.reply(NO_SUCH_PLACE.fill(name=name), *map(_button, near))


def _button(name: str) -> Choice:
    return Choice(name, {"press": "tester", "do": "jump", "to": name})


def _names(call: Call) -> list[str]:
    return [*NAMED, *STEPS, *ALONE, *call.services.topics, *words.COMMANDS, *call.services.catalogs.known()]


def filled(sentence: Text, given: Mapping[str, str]) -> Text:
    """The sentence with these values; a blank that got none shows its own name."""
    sources = f"{sentence.english}{sentence.plural or ''}"
    values: dict[str, Value] = {name: given.get(name, f"‹{name}›") for name in BLANK.findall(sources)}
    if sentence.plural is not None:
        count = given.get("count", "")
        values["count"] = int(count) if count.isdecimal() else COUNT
    return sentence.fill(**values)


async def _to_step(call: Call, step: str, given: Mapping[str, str]) -> None:
    turn = call.turn
    if turn.draft is not None and turn.draft.answers and not turn.draft.is_sandbox:
        turn.reply(OWN_DRAFT)
        await call.ask_again()
        return
    await call.dialogs.cancel_all_dialogs()
    fit = {name: value for name, value in given.items() if is_readable(NAMED.get(name), value)}
    turn.draft = Draft(
        id=turn.draft.id if turn.draft is not None and turn.draft.is_sandbox else SANDBOX + uuid4().hex,
        answers=_answers(step, fit),
        remarks={},
        started=turn.now,
        touched=turn.now,
    )
    turn.reply(IN_SANDBOX)
    if unfit := tuple(name for name in given if name not in fit):
        turn.reply(NOT_USED.fill(names=Listing(unfit)))
    way = {"detour": step} if step in NAMED else {"agreed": step == sending.CONSENT}
    await call.dialogs.begin_dialog(apply.APPLY, way)


def _answers(step: str, given: Mapping[str, str]) -> dict[str, Any]:
    """A company to which the question is put, without its answer and what hangs on it."""
    model = given.get("model")
    found = [each for each in samples() if model in (None, each["model"])] or samples()
    fitting = [each for each in found if step in {field.name for field in asked({**each, **given})}]
    answers = deepcopy((fitting or found)[0])
    changed = {name: value for name, value in given.items() if answers.get(name) != value}
    for name in (*changed, step):
        for dropped in dependents(name, answers):
            del answers[dropped]
    answers.pop(step, None)
    return answers | changed
