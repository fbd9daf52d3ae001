"""Finding the language of a conversation, and changing it at any moment."""

from __future__ import annotations

from bot.domain.guard import secrets_in
from bot.localization.detection import language_of
from bot.localization.locale import Locale
from bot.localization.pseudo import TAG as PSEUDO
from bot.turn import SHOWN_AS, Choice
from dialogs import answer, welcome, words
from dialogs.call import Call


async def find_language(call: Call) -> None:
    """Nothing said so far tells the language: greet in all, and keep what was said until one is chosen."""
    turn = call.turn
    understood = language_of(turn.said) if turn.state.get("greeted") else None
    if understood is not None:
        turn.locale, turn.locale_known = understood, True
        if call.services.reader.yes_no(turn.said) == "yes":
            _answer_pending(call)
        turn.state.pop("pending", None)
        call.again = True
        return
    if secrets_in(turn.said):
        turn.unsay = True
    elif turn.said and "pending" not in turn.state:
        turn.state["pending"] = turn.said
    turn.state["greeted"] = True
    welcome.greet_in_all(turn)


async def switch_language(call: Call) -> None:
    turn = call.turn
    in_disguise = turn.is_tester and call.press == "language" and call.named("locale") == PSEUDO
    wanted = Locale.EN if in_disguise else _language_wanted(call)
    if wanted is None:
        among = call.command.among if call.command is not None else ()
        choices = welcome.language_choices(among or tuple(Locale))
        turn.reply(welcome.WHICH_LANGUAGE, *choices, *((welcome.DISGUISE,) if turn.is_tester else ()))
        return
    if in_disguise:
        turn.state[SHOWN_AS] = PSEUDO
    else:
        turn.state.pop(SHOWN_AS, None)
    turn.chosen_locale = turn.locale = wanted
    turn.locale_known = True
    turn.reply(welcome.CHANGED, *_follow_ups(call))
    if _answer_pending(call):
        return
    if call.waiting is not None:
        await call.ask_again()
        return
    turn.state["greeted"] = True
    if call.answered is None:
        welcome.greet(turn)
    else:
        turn.reply(words.WHAT_NEXT, *welcome.menu(turn))


def _follow_ups(call: Call) -> tuple[Choice, ...]:
    """Those of the last answer, in the new language: the old ones may be out of sight by now."""
    if call.answered is None or call.answered.topic not in call.services.topics:
        return ()
    return answer.follow_ups(call.services.topics[call.answered.topic], call.services)


def _answer_pending(call: Call) -> bool:
    """Goes on with what was said before the language was known; a request for a language is done by now."""
    turn = call.turn
    pending = turn.state.pop("pending", None)
    if not isinstance(pending, str):
        return False
    command = call.services.reader.command(pending, turn.locale)
    if command is not None and command.name == "language":
        return False
    turn.state["greeted"] = True
    call.go_on_as_if_said(pending)
    call.command = command
    call.again = True
    return True


def _language_wanted(call: Call) -> Locale | None:
    rest = call.command.rest if call.command is not None and call.command.name == "language" else ""
    wanted = call.named("locale") if call.press == "language" else rest
    return next((locale for locale in Locale if locale.value == wanted), None)
