"""Who answers a message: a list read from top to bottom, of which the first that fits answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from botbuilder.dialogs import DialogContext

from bot.domain.application import NAMED
from bot.domain.fields import Model
from bot.localization.detection import language_of
from bot.localization.locale import Locale
from bot.text import text
from bot.turn import Turn
from dialogs import answer, apply, finder, leaving, sending, status, welcome, words
from dialogs.keeping import begin_draft, keep
from dialogs.ordering import order
from dialogs.question import QUESTION, STALE, Answer
from dialogs.reading import Command
from dialogs.services import Services
from dialogs.showing import answers_of
from dialogs.summary import NOTHING_YET, change_button, summary
from dialogs.waterfall import FormWaterfall

# Translators: a release changed the questions while the person was away.
MOVED_ON = text(
    "routes.moved-on",
    "Sorry, our questions have changed since you were here. Your answers are kept; let's go on.",
)
# Translators: the person wants to change an answer and it is not clear which.
CHANGE_WHAT = text("routes.change-what", "Which answer would you like to change?")
# Translators: the person wants to change an answer before having given any.
NOTHING_TO_CHANGE = text("routes.nothing-to-change", "There is nothing to change yet.")
# Translators: "back" at the very first question.
AT_THE_START = text("routes.at-the-start", "This is the first question.")
# Translators: "skip" or "back" while no form is open.
NOT_IN_A_FORM = text("routes.not-in-a-form", "No application is open right now.")
# Translators: in a group chat, where no company data may be asked for; {command} cannot be done here.
NOT_HERE = text(
    "routes.not-here",
    "I answer questions here, but I don't ask for company data where others can read it. "
    "Please write to me in a personal chat to apply.",
)
# Translators: something went wrong on our side.
SORRY = text(
    "routes.sorry",
    "Sorry, something went wrong on our side, and your last message was not processed. "
    "Your answers are safe. Please send it again.",
)


@dataclass(slots=True)
class Call:
    """A turn with what routes look at."""

    turn: Turn
    dialogs: DialogContext
    services: Services
    command: Command | None

    @property
    def press(self) -> str | None:
        return str(self.turn.pressed.get("press")) if self.turn.pressed else None

    @property
    def asked_field(self) -> str | None:
        """The field of the question that is waiting for its answer."""
        active = self.dialogs.active_dialog
        return str(active.state["field"]) if active is not None and active.id == QUESTION else None

    async def ask_again(self) -> None:
        """Repeats what is pending, in full."""
        await self.dialogs.reprompt_dialog()


@dataclass(frozen=True, slots=True)
class Route:
    fits: Callable[[Call], bool]
    take: Callable[[Call], Awaitable[None]]


# -- what fits


def joins(call: Call) -> bool:
    return call.turn.incoming.kind == "join"


def pressed(name: str) -> Callable[[Call], bool]:
    return lambda call: call.press == name


def said(*names: str) -> Callable[[Call], bool]:
    def fits(call: Call) -> bool:
        if call.press == "command":
            return call.turn.pressed is not None and call.turn.pressed.get("name") in names
        return call.press is None and call.command is not None and call.command.name in names

    return fits


def language_unknown(call: Call) -> bool:
    return not call.turn.locale_known


def state_lost(call: Call) -> bool:
    return bool(call.turn.state.pop("lost", False))


def collects_in_public(call: Call) -> bool:
    collecting = said("apply", "resume", "restart", "change", "find-out", "assess", "summary", "status")
    return call.turn.incoming.shared and (collecting(call) or call.press in ("apply", "change"))


def asks_aside(call: Call) -> bool:
    """A question in the middle of a form, told from an answer by how it is put."""
    turn = call.turn
    if call.press is not None or call.dialogs.active_dialog is None or not answer.asks(turn.said):
        return False
    return call.services.reader.yes_no(turn.said) is None


def is_in_a_dialog(call: Call) -> bool:
    return call.dialogs.active_dialog is not None


def is_stale_press(call: Call) -> bool:
    return call.press is not None


def anything(call: Call) -> bool:
    return True


# -- what is done


async def arrive(call: Call) -> None:
    """One greeting per conversation, however many events announce it."""
    turn = call.turn
    if turn.state.get("greeted"):
        return
    turn.state["greeted"] = True
    if turn.locale_known:
        welcome.greet(turn)
    else:
        welcome.greet_in_all(turn)


async def find_language(call: Call) -> None:
    """Nothing said so far tells the language: greet in all, and keep what was said until one is chosen."""
    turn = call.turn
    understood = language_of(turn.said) if turn.state.get("greeted") else None
    if understood is not None:
        turn.locale, turn.locale_known = understood, True
        await call_routes(call)
        return
    if turn.said and "pending" not in turn.state:
        turn.state["pending"] = turn.said
    turn.state["greeted"] = True
    welcome.greet_in_all(turn)


async def switch_language(call: Call) -> None:
    turn = call.turn
    wanted = _language_wanted(call)
    if wanted is None:
        among = call.command.among if call.command is not None else ()
        turn.reply(welcome.WHICH_LANGUAGE, *welcome.language_choices(among or tuple(Locale)))
        return
    turn.chosen_locale = turn.locale = wanted
    turn.locale_known = True
    turn.reply(welcome.CHANGED)
    if (pending := turn.state.pop("pending", None)) and not call.services.reader.command(pending, wanted):
        turn.state["greeted"] = True
        call.turn.incoming = turn.incoming.model_copy(update={"text": pending, "pressed": None})
        call.command = None
        await call_routes(call)
    elif call.dialogs.active_dialog is not None:
        await call.ask_again()
    else:
        turn.state["greeted"] = True
        welcome.greet(turn)


def _language_wanted(call: Call) -> Locale | None:
    press = call.turn.pressed or {}
    if press.get("press") == "language":
        return next((locale for locale in Locale if locale.value == press.get("locale")), None)
    if call.command is not None and call.command.rest in set(Locale):
        return Locale(call.command.rest)
    return None


async def refuse_in_public(call: Call) -> None:
    call.turn.reply(NOT_HERE)


async def go_on_after_release(call: Call) -> None:
    call.turn.reply(MOVED_ON)
    if call.turn.draft is not None:
        await call.dialogs.begin_dialog(apply.APPLY)
    else:
        welcome.greet(call.turn)


async def help_(call: Call) -> None:
    call.turn.reply(welcome.HELP, *welcome.menu(call.turn))
    await call.ask_again()


async def hello(call: Call) -> None:
    if call.dialogs.active_dialog is not None:
        await call.ask_again()
        return
    call.turn.state["greeted"] = True
    welcome.greet(call.turn)


async def thank(call: Call) -> None:
    call.turn.reply(welcome.YOU_ARE_WELCOME)
    await call.ask_again()


async def human(call: Call) -> None:
    call.turn.reply(welcome.human(call.services.contact))
    await call.ask_again()


async def tell_where(call: Call) -> None:
    position = status.where(call.turn)
    call.turn.reply(position or status.NOWHERE, *(() if position else welcome.menu(call.turn)))
    await call.ask_again()


async def tell_status(call: Call) -> None:
    status.tell_status(call.turn, call.services)
    await call.ask_again()


async def show_summary(call: Call) -> None:
    turn = call.turn
    if not answers_of(turn):
        turn.reply(NOTHING_YET, *welcome.menu(turn))
    else:
        turn.reply(None, attachment=summary(turn, order(turn)))
    await call.ask_again()


async def stop(call: Call) -> None:
    if call.dialogs.active_dialog is None:
        call.turn.reply(NOT_IN_A_FORM, *welcome.menu(call.turn))
    elif call.dialogs.active_dialog.id == leaving.LEAVING:
        await call.ask_again()
    else:
        await call.dialogs.begin_dialog(leaving.LEAVING)


async def start_over(call: Call) -> None:
    if not answers_of(call.turn):
        await begin_application(call)
    elif call.dialogs.active_dialog is not None and call.dialogs.active_dialog.id == leaving.RESTARTING:
        await call.ask_again()
    else:
        await call.dialogs.begin_dialog(leaving.RESTARTING)


async def begin_application(call: Call) -> None:
    """Starts or goes on; a press may name the model."""
    turn = call.turn
    model = (turn.pressed or {}).get("model")
    if model in {each.value for each in Model} and answers_of(turn).get("model") != model:
        begin_draft(turn)
        keep(turn, Answer("model", str(model)), NAMED)
    if _is_open(call, apply.APPLY) and model is None:
        await call.ask_again()
        return
    await call.dialogs.cancel_all_dialogs()
    if position := status.where(turn):
        turn.reply(position)
    await call.dialogs.begin_dialog(apply.APPLY)


async def assess(call: Call) -> None:
    """The eligibility assessment is how an application for direct bill begins."""
    call.turn.incoming = call.turn.incoming.model_copy(
        update={"pressed": {"press": "apply", "model": Model.DIRECT.value}}
    )
    await begin_application(call)


async def compare(call: Call) -> None:
    finder.compare(call.turn, call.services)
    await call.ask_again()


async def find_out(call: Call) -> None:
    await call.dialogs.cancel_all_dialogs()
    await call.dialogs.begin_dialog(finder.FINDER)


async def back(call: Call) -> None:
    """One question back, with the old answer as its default."""
    turn = call.turn
    form = _open_form(call)
    if form is None:
        turn.reply(NOT_IN_A_FORM, *welcome.menu(turn))
        return
    name = form.previous_field(turn, call.asked_field or "")
    if name is None:
        turn.reply(AT_THE_START)
        await call.ask_again()
        return
    await _detour(call, form.id, name)


async def skip(call: Call) -> None:
    turn, active = call.turn, call.dialogs.active_dialog
    if active is None or active.id != QUESTION:
        turn.reply(NOT_IN_A_FORM)
        await call.ask_again()
        return
    turn.incoming = turn.incoming.model_copy(
        update={"pressed": {"press": "skip", "field": active.state["field"]}}
    )
    await call.dialogs.continue_dialog()


async def why(call: Call) -> None:
    """Explains the question that is waiting; without one it is a question like any other."""
    field = NAMED.get(call.asked_field or "")
    if field is None or not field.ask.explained_by:
        answer.answer(call.turn, call.services)
    else:
        answer.explain(call.turn, call.services, field.ask.explained_by[0])
    await call.ask_again()


async def later(call: Call) -> None:
    turn, active = call.turn, call.dialogs.active_dialog
    if active is None or active.id != QUESTION:
        await stop(call)
        return
    turn.incoming = turn.incoming.model_copy(
        update={"pressed": {"press": "later", "field": active.state["field"]}}
    )
    await call.dialogs.continue_dialog()


async def change(call: Call) -> None:
    """An earlier answer is corrected from anywhere; afterwards we are back where we were."""
    turn = call.turn
    named = _field_to_change(call)
    if isinstance(named, str):
        await _detour(call, apply.APPLY, named)
        return
    fields = [field for field in order(turn) if field.name in answers_of(turn)]
    if isinstance(named, tuple):
        fields = [field for field in fields if field.name in named] or fields
    if not fields:
        turn.reply(NOTHING_TO_CHANGE)
    else:
        turn.reply(CHANGE_WHAT, *(change_button(field) for field in fields))
        return
    await call.ask_again()


def _field_to_change(call: Call) -> str | tuple[str, ...] | None:
    turn = call.turn
    press = turn.pressed or {}
    asked = {field.name: field for field in order(turn)}
    if press.get("press") == "change":
        return str(press["field"]) if press.get("field") in asked else None
    phrase = call.command.rest if call.command is not None else ""
    if not phrase:
        return None
    return call.services.reader.field_named(phrase, call.services.labels(asked))


async def _detour(call: Call, form_id: str, name: str) -> None:
    """Asks one field out of order: everything above the form is closed, the form asks it next."""
    if form_id == apply.APPLY and not answers_of(call.turn):
        call.turn.reply(NOTHING_TO_CHANGE)
        await call.ask_again()
        return
    if not _is_open(call, form_id):
        await call.dialogs.cancel_all_dialogs()
        await call.dialogs.begin_dialog(form_id, {"detour": name})
        return
    while call.dialogs.active_dialog.id != form_id:
        call.dialogs.stack.pop(0)
    call.dialogs.active_dialog.state["detour"] = name
    await call.dialogs.continue_dialog()


def _open_form(call: Call) -> FormWaterfall | None:
    for instance in call.dialogs.stack:
        dialog = call.dialogs.find_dialog_sync(instance.id)
        if isinstance(dialog, FormWaterfall):
            return dialog
    return None


def _is_open(call: Call, dialog_id: str) -> bool:
    return any(instance.id == dialog_id for instance in call.dialogs.stack)


async def tell_topic(call: Call) -> None:
    topic_id = str((call.turn.pressed or {}).get("id"))
    if topic_id in call.services.topics:
        answer.explain(call.turn, call.services, topic_id)
    await call.ask_again()


async def answer_aside(call: Call) -> None:
    field = NAMED.get(call.asked_field or "")
    answer.answer(call.turn, call.services, field.ask.explained_by if field else ())
    await call.ask_again()


async def proceed(call: Call) -> None:
    await call.dialogs.continue_dialog()


async def say_stale(call: Call) -> None:
    """A button of something long closed: harmless, and says so."""
    turn = call.turn
    sends = turn.pressed is not None and turn.pressed.get("at") in (sending.REVIEW, sending.CONSENT)
    if sends and sending.already_sent(turn):
        return
    turn.reply(STALE)
    turn.reply(words.WHAT_NEXT, *welcome.menu(turn))


async def best_answer(call: Call) -> None:
    turn = call.turn
    turn.state["greeted"] = True
    if not turn.said.strip():
        welcome.greet(turn)
        return
    answer.answer(turn, call.services)


ROUTES: tuple[Route, ...] = (
    Route(joins, arrive),
    Route(pressed("language"), switch_language),
    Route(said("language"), switch_language),
    Route(language_unknown, find_language),
    Route(state_lost, go_on_after_release),
    Route(collects_in_public, refuse_in_public),
    Route(pressed("topic"), tell_topic),
    Route(pressed("change"), change),
    Route(pressed("apply"), begin_application),
    Route(said("help"), help_),
    Route(said("where"), tell_where),
    Route(said("status"), tell_status),
    Route(said("summary"), show_summary),
    Route(said("human"), human),
    Route(said("change"), change),
    Route(said("back"), back),
    Route(said("skip"), skip),
    Route(said("later"), later),
    Route(said("why"), why),
    Route(said("cancel", "bye"), stop),
    Route(said("restart"), start_over),
    Route(said("apply", "resume"), begin_application),
    Route(said("assess"), assess),
    Route(said("compare"), compare),
    Route(said("find-out"), find_out),
    Route(said("hello"), hello),
    Route(said("thanks"), thank),
    Route(asks_aside, answer_aside),
    Route(is_in_a_dialog, proceed),
    Route(is_stale_press, say_stale),
    Route(anything, best_answer),
)


async def call_routes(call: Call) -> None:
    """Hands the turn to the first route that fits."""
    route = next(route for route in ROUTES if route.fits(call))
    await route.take(call)
