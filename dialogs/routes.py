"""Who answers a message: a list read from top to bottom, of which the first that fits answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.domain.application import NAMED
from bot.domain.guard import secrets_in
from dialogs import (
    answer,
    feedback,
    healing,
    language,
    move,
    personal,
    privacy,
    reminding,
    steering,
    telling,
    tester,
)
from dialogs.answer import OFFER_TO_SWITCH
from dialogs.call import Call
from dialogs.ordering import order
from dialogs.question import QUESTION
from dialogs.welcome import WELCOME_BACK

#: Replies that ask whether to do what their first button does.
OFFERS = (OFFER_TO_SWITCH.key, WELCOME_BACK.key)
#: What may be typed and pressed where others read along; everything else belongs in a chat of our own.
PUBLIC_COMMANDS = (
    *("help", "language", "human", "thanks", "compare", "hello", "why", "bye"),
    *feedback.TYPED,
)
PUBLIC_PRESSES = ("language", "topic", "look-up", "vote")


@dataclass(frozen=True, slots=True)
class Route:
    fits: Callable[[Call], bool]
    take: Callable[[Call], Awaitable[None]]


def joins(call: Call) -> bool:
    return call.turn.incoming.kind == "join"


def pressed(*names: str) -> Callable[[Call], bool]:
    return lambda call: call.press in names


def said(*names: str) -> Callable[[Call], bool]:
    def fits(call: Call) -> bool:
        if call.press is None:
            return call.command is not None and call.command.name in names
        return call.press == "command" and call.named("name") in names

    return fits


def noted(name: str) -> Callable[[Call], bool]:
    """Something about the saved state that the person must be told first."""
    return lambda call: name in call.turn.state


def language_unknown(call: Call) -> bool:
    return not call.turn.locale_known


def tells_secret(call: Call) -> bool:
    """A password where no answer is typed. An answer's own check sees to the rest: it knows long numbers."""
    turn = call.turn
    if call.press is not None or (call.waiting == QUESTION and not answer.asks(turn.said)):
        return False
    return secrets_in(turn.said) is not None


def belongs_in_private(call: Call) -> bool:
    """Whatever may ask for, show or change what is kept about a company or a person."""
    if not call.turn.incoming.shared:
        return False
    if call.press is not None:
        return call.press not in PUBLIC_PRESSES and not said(*PUBLIC_COMMANDS)(call)
    return call.command is not None and not said(*PUBLIC_COMMANDS)(call)


def names_a_field(call: Call) -> bool:
    if not call.names_field or call.press is not None:
        return False
    labels = call.services.labels({field.name: field for field in order(call.turn)})
    return call.services.reader.field_named(call.turn.said, labels) is not None


def wants_change(call: Call) -> bool:
    """ "The address has changed", said of an answer of ours, is a comment and names no answer of theirs."""
    is_comment = call.waiting == feedback.COMMENT and call.press is None
    return said("change")(call) and not (is_comment and call.command is not None and call.command.rest)


def asks_aside(call: Call) -> bool:
    """A question in the middle of a form, told from an answer by how it is put."""
    turn = call.turn
    if call.press is not None or call.waiting in (None, feedback.COMMENT) or not answer.asks(turn.said):
        return False
    return call.services.reader.yes_no(turn.said) is None


def asks(call: Call) -> bool:
    return call.press is None and answer.asks(call.turn.said)


def accepts_offer(call: Call) -> bool:
    return call.waiting is None and call.offer is not None and _says_yes(call)


def sends_again(call: Call) -> bool:
    turn = call.turn
    if call.waiting is not None or call.press is not None or turn.draft is not None or not turn.applications:
        return False
    if turn.incoming.shared:
        return False
    return _says_yes(call) or _says_yes(call, "confirmed") or _says_yes(call, "credit_check_consent")


def _says_yes(call: Call, field: str | None = None) -> bool:
    if call.press is not None:
        return False
    if field is None:
        return call.services.reader.yes_no(call.turn.said) == "yes"
    labels = [(option.value, call.services.spoken(option.label)) for option in NAMED[field].options({})]
    return call.services.reader.option(call.turn.said, field, labels) == "yes"


def is_in_a_dialog(call: Call) -> bool:
    return call.waiting is not None


def is_stale_press(call: Call) -> bool:
    return call.press is not None


def anything(call: Call) -> bool:
    return True


async def take_offer(call: Call) -> None:
    if call.offer is not None:
        call.go_on_as_if_pressed(call.offer)
    call.again = True


async def proceed(call: Call) -> None:
    await call.dialogs.continue_dialog()


ROUTES: tuple[Route, ...] = (
    Route(joins, telling.arrive),
    Route(pressed("language"), language.switch_language),
    Route(said("language"), language.switch_language),
    Route(move.brings_code, move.bring),
    Route(language_unknown, language.find_language),
    Route(tester.wants_tools, tester.use_tools),
    Route(tells_secret, telling.refuse_secret),
    Route(belongs_in_private, telling.refuse_in_public),
    Route(said("help"), telling.help_),
    Route(said("status"), telling.tell_status),
    Route(said("human"), telling.human),
    Route(said("thanks"), telling.thank),
    Route(said("mute"), reminding.mute),
    Route(said("unmute"), reminding.unmute),
    Route(said("compare"), telling.compare),
    Route(pressed("topic"), telling.tell_topic),
    Route(pressed("look-up"), telling.look_up),
    Route(feedback.votes_on_answer, feedback.vote),
    Route(feedback.votes_in_words, feedback.vote_in_words),
    Route(feedback.comments, feedback.comment),
    Route(feedback.leaves_comment, feedback.leave_comment),
    Route(noted("lost"), healing.go_on_after_release),
    Route(noted("overtaken"), healing.go_on_after_other),
    Route(move.was_handed_over, move.note_move),
    Route(lambda call: noted("gone")(call) and not asks(call), healing.tell_gone),
    Route(pressed("change"), steering.change),
    Route(pressed("apply"), steering.begin_application),
    Route(said("where"), telling.tell_where),
    Route(said("summary"), telling.show_summary),
    Route(said("move"), move.give_code),
    Route(pressed("keep-these"), move.keep_these),
    Route(said("export"), personal.tell_everything),
    Route(said("forget"), personal.ask_to_forget),
    Route(said("privacy"), privacy.tell),
    Route(wants_change, steering.change),
    Route(said("back"), steering.back),
    Route(said("skip"), steering.skip),
    Route(said("later"), steering.later),
    Route(said("why"), telling.why),
    Route(said("form"), steering.fill_form),
    Route(said("cancel", "bye"), steering.stop),
    Route(said("restart"), steering.start_over),
    Route(said("apply", "resume"), steering.begin_application),
    Route(said("assess"), steering.assess),
    Route(said("find-out"), steering.find_out),
    Route(said("hello"), telling.hello),
    Route(names_a_field, steering.change),
    Route(asks_aside, telling.answer_aside),
    Route(accepts_offer, take_offer),
    Route(feedback.goes_past_comment, feedback.go_past_comment),
    Route(is_in_a_dialog, proceed),
    Route(is_stale_press, telling.say_stale),
    Route(sends_again, telling.say_sent),
    Route(anything, telling.best_answer),
)


async def call_routes(call: Call) -> None:
    """Hands the turn to the first route that fits."""
    call.again = True
    while call.again:
        call.again = False
        route = next(route for route in ROUTES if route.fits(call))
        await route.take(call)
