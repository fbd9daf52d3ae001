"""How a person steers a form: begin, back, skip, later, change an answer, stop, start over."""

from __future__ import annotations

from bot.domain.application import NAMED
from bot.domain.fields import Model
from bot.text import text
from dialogs import apply, feedback, finder, leaving, sending, status, welcome, words
from dialogs.call import Call
from dialogs.form import Answer
from dialogs.keeping import begin_draft, keep
from dialogs.ordering import order
from dialogs.question import QUESTION
from dialogs.section_card import fits_a_card
from dialogs.showing import answers_of
from dialogs.summary import change_button, summary

# Translators: the person wants to change an answer and it is not clear which.
CHANGE_WHAT = text("routes.change-what", "Which answer would you like to change?")
# Translators: the person wants to change an answer before having given any.
NOTHING_TO_CHANGE = text("routes.nothing-to-change", "There is nothing to change yet.")
# Translators: "back" at the very first question.
AT_THE_START = text("routes.at-the-start", "This is the first question.")
# Translators: the questions cannot be shown together, as a form: only one is open, or no cards can be shown.
NO_FORM_HERE = text(
    "routes.no-form-here", "There is no form to fill in at this point, so let's go on one by one."
)
# Translators: "skip" or "back" while no form is open.
NOT_IN_A_FORM = text("routes.not-in-a-form", "No application is open right now.")


async def begin_application(call: Call) -> None:
    """Starts or goes on; a press may name the model."""
    turn = call.turn
    model = call.named("model") if call.press == "apply" else ""
    if model in set(Model) and answers_of(turn).get("model") != model:
        await call.dialogs.cancel_all_dialogs()
        begin_draft(turn)
        keep(turn, Answer("model", model), NAMED)
    if (position := status.where(turn)) is not None:
        turn.reply(position, words.command(words.SUMMARY, "summary"))
    await _stay(call)
    if _is_open(call, apply.APPLY):
        await call.ask_again()
        return
    await call.dialogs.cancel_all_dialogs()
    await call.dialogs.begin_dialog(apply.APPLY)


async def assess(call: Call) -> None:
    """The assessment is how an application for direct bill begins; an indirect one goes on unharmed."""
    if answers_of(call.turn).get("model") == Model.INDIRECT:
        await find_out(call)
        return
    call.go_on_as_if_pressed({"press": "apply", "model": Model.DIRECT.value})
    await begin_application(call)


async def find_out(call: Call) -> None:
    await call.dialogs.cancel_all_dialogs()
    await call.dialogs.begin_dialog(finder.FINDER)


async def stop(call: Call) -> None:
    if call.waiting is None:
        bye = call.command is not None and call.command.name == "bye"
        call.turn.reply(welcome.GOODBYE if bye else NOT_IN_A_FORM, *welcome.menu(call.turn))
    elif call.waiting == leaving.LEAVING:
        await call.ask_again()
    else:
        await _stay(call)
        await call.dialogs.begin_dialog(leaving.LEAVING)


async def start_over(call: Call) -> None:
    if not answers_of(call.turn):
        await call.dialogs.cancel_all_dialogs()
        await call.dialogs.begin_dialog(apply.APPLY)
    elif call.waiting == leaving.RESTARTING:
        await call.ask_again()
    else:
        await _stay(call)
        await call.dialogs.begin_dialog(leaving.RESTARTING)


async def back(call: Call) -> None:
    """One question back, with the old answer as its default."""
    turn, form = call.turn, call.form
    if form is None:
        turn.reply(NOT_IN_A_FORM, *welcome.menu(turn))
        return
    if call.waiting in (leaving.LEAVING, leaving.RESTARTING):
        await call.dialogs.end_dialog()
        return
    if call.waiting == sending.CONSENT:
        await call.dialogs.end_dialog({})
        return
    name = form.before(turn, call.waiting or "", call.asked_field)
    if name is None:
        turn.reply(AT_THE_START)
        await call.ask_again()
        return
    await _detour(call, form.id, name)


async def skip(call: Call) -> None:
    if call.waiting is None:
        call.turn.reply(NOT_IN_A_FORM, *welcome.menu(call.turn))
        return
    if call.waiting == QUESTION:
        call.go_on_as_if_pressed({"press": "skip", "field": call.asked_field})
    await call.dialogs.continue_dialog()


async def later(call: Call) -> None:
    if call.waiting != QUESTION:
        await stop(call)
        return
    call.go_on_as_if_pressed({"press": "later", "field": call.asked_field})
    await call.dialogs.continue_dialog()


async def fill_form(call: Call) -> None:
    """Shows the section that the waiting question belongs to as one form."""
    turn, form = call.turn, call.form
    if form is None:
        turn.reply(NOT_IN_A_FORM, *welcome.menu(turn))
        return
    if call.asked_field is None or not fits_a_card(form.form, turn, call.asked_field):
        turn.reply(NO_FORM_HERE)
    else:
        state = call.dialogs.active_dialog.state
        state.pop("confirm", None)
        state["card"] = {"given": {}}
    await call.ask_again()


async def change(call: Call) -> None:
    """An earlier answer is corrected from anywhere; afterwards we are back where we were."""
    turn = call.turn
    given = [field for field in order(turn) if field.name in answers_of(turn)]
    if not given:
        turn.reply(NOTHING_TO_CHANGE, *(() if call.waiting else welcome.menu(turn)))
        await call.ask_again()
        return
    named = _fields_to_change(call)
    if len(named) == 1:
        await _detour(call, _form_of(call, named[0]), named[0])
        return
    turn.state["changing"] = True
    if named:
        turn.reply(CHANGE_WHAT, *(change_button(NAMED[name]) for name in named))
    else:
        turn.reply(CHANGE_WHAT, attachment=summary(turn, order(turn)))


def _fields_to_change(call: Call) -> tuple[str, ...]:
    """The fields that a press or a phrase names; of several, those that have an answer, or else the first."""
    asked = {field.name: field for field in order(call.turn)}
    if call.press == "change":
        return (call.named("field"),) if call.named("field") in asked else ()
    phrase = call.turn.said if call.names_field else call.command.rest if call.command is not None else ""
    named = call.services.reader.field_named(phrase, call.services.labels(asked)) if phrase else None
    if named is None or isinstance(named, str):
        return (named,) if named else ()
    return tuple(name for name in named if name in answers_of(call.turn)) or named[:1]


def _form_of(call: Call, name: str) -> str:
    """The form that is open, if it asks for this field at all; else the application."""
    form = call.form
    if form is not None and name in {field.name for field in form.form.order(call.turn)}:
        return str(form.id)
    return apply.APPLY


async def _detour(call: Call, form_id: str, name: str) -> None:
    """Asks one field out of order: everything above the form is closed, the form asks it next."""
    if not _is_open(call, form_id):
        await call.dialogs.cancel_all_dialogs()
        await call.dialogs.begin_dialog(form_id, {"detour": name})
        return
    while call.waiting != form_id:
        call.dialogs.stack.pop(0)
    call.dialogs.active_dialog.state["detour"] = name
    await call.dialogs.continue_dialog()


async def _stay(call: Call) -> None:
    """Takes back "shall we stop", "shall I delete" and a comment: the person has thought better of it."""
    while call.waiting in (leaving.LEAVING, leaving.RESTARTING, feedback.COMMENT):
        call.dialogs.stack.pop(0)


def _is_open(call: Call, dialog_id: str) -> bool:
    return any(instance.id == dialog_id for instance in call.dialogs.stack)
