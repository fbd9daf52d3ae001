"""What a person asks to be told: a greeting, help, where they are, an answer; then the form goes on."""

from __future__ import annotations

from bot.domain.application import NAMED
from bot.domain.guard import secrets_in
from bot.text import text
from dialogs import answer, finder, sending, status, welcome, words
from dialogs.call import Call
from dialogs.ordering import order
from dialogs.question import STALE
from dialogs.showing import answers_of
from dialogs.summary import NOTHING_YET, summary

# Translators: in a group chat, where no company data may be asked for or shown.
NOT_HERE = text(
    "routes.not-here",
    "I answer questions here, but I don't ask for company data where others can read it. "
    "Please write to me in a personal chat to apply.",
)


async def arrive(call: Call) -> None:
    """One greeting per conversation, however many events announce it."""
    turn = call.turn
    if turn.state.get("greeted"):
        return
    if turn.locale_known:
        welcome.greet(turn)
    else:
        welcome.greet_in_all(turn)


async def hello(call: Call) -> None:
    """The greeting; in the middle of a form, how far it has come and the question again."""
    turn = call.turn
    if call.waiting is None:
        welcome.greet(turn)
        return
    if (position := status.where(turn)) is not None:
        turn.reply(position)
    await call.ask_again()


async def refuse_in_public(call: Call) -> None:
    call.turn.reply(NOT_HERE, *welcome.private_chat(call.turn))


async def refuse_secret(call: Call) -> None:
    """A password is neither kept nor repeated, wherever it is typed."""
    turn = call.turn
    if secret := secrets_in(turn.said):
        turn.unsay = True
        turn.reply(secret.text)
    await _go_on(call)


async def help_(call: Call) -> None:
    told = welcome.HELP_SHARED if call.turn.incoming.shared else welcome.HELP
    call.turn.reply(told, *(() if call.waiting else welcome.menu(call.turn)))
    await call.ask_again()


async def thank(call: Call) -> None:
    call.turn.reply(welcome.YOU_ARE_WELCOME)
    await call.ask_again()


async def human(call: Call) -> None:
    call.turn.reply(welcome.human(call.services.contact))
    await call.ask_again()


async def tell_where(call: Call) -> None:
    turn = call.turn
    position = status.where(turn)
    if call.waiting is None:
        turn.reply(position or status.NOWHERE, *welcome.menu(turn))
        return
    if position is not None:
        turn.reply(position)
    await call.ask_again()


async def tell_status(call: Call) -> None:
    status.tell_status(call.turn, call.services)
    await call.ask_again()


async def show_summary(call: Call) -> None:
    turn = call.turn
    if call.waiting == sending.REVIEW:
        await call.ask_again()
        return
    if not answers_of(turn):
        turn.reply(NOTHING_YET, *(() if call.waiting else welcome.menu(turn)))
    else:
        turn.reply(None, *(() if call.waiting else welcome.menu(turn)), attachment=summary(turn, order(turn)))
    await call.ask_again()


async def compare(call: Call) -> None:
    finder.compare(call.turn, call.services)
    await call.ask_again()


async def why(call: Call) -> None:
    """Explains the question that is waiting; without one it is a question like any other."""
    field = NAMED.get(call.asked_field or "")
    if field is None or not field.ask.explained_by:
        answer.answer(call.turn, call.services)
    else:
        answer.explain(call.turn, call.services, field.ask.explained_by[0])
    await call.ask_again()


async def tell_topic(call: Call) -> None:
    topic_id = call.named("id")
    if topic_id not in call.services.topics:
        await say_stale(call)
        return
    answer.note_taken(call.turn, topic_id, call.doubt)
    answer.explain(call.turn, call.services, topic_id)
    await call.ask_again()


async def look_up(call: Call) -> None:
    answer.look_up(call.turn, call.services, call.named("question"))
    await call.ask_again()


async def answer_aside(call: Call) -> None:
    field = NAMED.get(call.asked_field or "")
    answer.answer(call.turn, call.services, field.ask.explained_by if field else ())
    await call.ask_again()


async def say_stale(call: Call) -> None:
    """A button of something long closed: harmless, and says so."""
    turn = call.turn
    if call.named("at") in (sending.REVIEW, sending.CONSENT) and sending.already_sent(
        turn, call.named("draft")
    ):
        return
    turn.reply(STALE)
    await _go_on(call)


async def say_sent(call: Call) -> None:
    """ "Send it", typed once more after the application has gone."""
    turn = call.turn
    sending.already_sent(turn, turn.applications[0].draft_id)


async def best_answer(call: Call) -> None:
    turn = call.turn
    if not turn.said.strip():
        welcome.greet(turn)
        return
    answer.answer(turn, call.services)


async def _go_on(call: Call) -> None:
    """The question that is waiting, or else what can be done from here."""
    if call.waiting is None:
        call.turn.reply(words.WHAT_NEXT, *welcome.menu(call.turn))
    await call.ask_again()
