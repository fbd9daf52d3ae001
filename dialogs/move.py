"""A draft goes to another chat and back: a code is asked for here and typed there."""

from __future__ import annotations

from datetime import datetime

from bot.domain import resume_code
from bot.domain.application import NAMED
from bot.domain.checking import check
from bot.domain.fields import Problem
from bot.store.records import Draft, ResumeCode, Taking
from bot.text import text
from bot.turn import HANDED, Choice, Moved, Turn
from dialogs import apply, healing, telling, welcome
from dialogs.asking import context_of
from dialogs.call import Call
from dialogs.hearing import heard
from dialogs.ordering import order
from dialogs.showing import answers_of
from dialogs.summary import summary

# Translators: the answer to "give me a code"; {code} is like K7QM-4XPD and is good for ten minutes.
CODE = text(
    "move.code",
    "Your code is {code}. Type it within ten minutes where you would like to go on: in Teams, in the chat "
    "on the web or on another device. It works once; your answers then move there.",
)
# Translators: a code was asked for, and nothing has been answered yet that could move.
NOTHING = text(
    "move.nothing", "There is nothing to move yet. Once you have begun an application, I can give you a code."
)
# Translators: a code was typed, the draft has come here; all answers and the next question follow.
HERE = text("move.here", "Welcome back. Your answers are here now, and you go on where you stopped:")
# Translators: a code was typed that we never gave out.
WRONG = text(
    "move.wrong",
    "I don't know this code. Please check it, or type “give me a code” in the chat where your answers are.",
)
# Translators: a code was typed too late, or the answers it stood for were sent or deleted.
EXPIRED = text(
    "move.expired",
    "This code no longer works; each is good for ten minutes. "
    "For a new one, type “give me a code” in the chat where your answers are.",
)
# Translators: a code was typed for the second time.
USED = text(
    "move.used",
    "This code has been used already; each works once. "
    "For a new one, type “give me a code” in the chat where your answers are.",
)
# Translators: a code was typed by the person who was given it, where the answers are already.
ALREADY_HERE = text(
    "move.already-here",
    "Your answers are here already. Type the code in the chat where you would like to go on.",
)
# Translators: five wrong codes were typed.
TOO_MANY = text(
    "move.too-many", "These were too many wrong codes. Please wait ten minutes and then ask for a new one."
)
# Translators: a code was typed where another application has been begun; buttons follow.
REPLACE = text(
    "move.replace",
    "You have begun an application here, too, and I can keep one only. Shall the other answers come here? "
    "Those given here are then deleted.",
)
# Translators: button; the answers of the other chat take the place of those here.
BRING = text("button.bring", "Bring the other answers")
# Translators: button; the answers here stay, the others stay where they are.
KEEP_THESE = text("button.keep-these", "Keep the answers here")
# Translators: the answers here were kept, those of the other chat stay there.
STAYS = text(
    "move.stays", "All right, your answers here stay as they are, and the others stay where they are."
)

#: Who was wrong as often within the lifetime of a code has to wait.
GUESSES = 5


async def give_code(call: Call) -> None:
    turn = call.turn
    if turn.draft is None or not answers_of(turn):
        turn.reply(NOTHING, *(() if call.waiting else welcome.menu(turn)))
    else:
        code = resume_code.made()
        owner = turn.incoming.user_id
        turn.issued = code, ResumeCode(owner, turn.draft.id, turn.locale, turn.now + resume_code.LIFETIME)
        turn.state[HANDED] = turn.draft.id
        turn.reply(CODE.fill(code=code))
    await call.ask_again()


def brings_code(call: Call) -> bool:
    said = call.turn.said
    typed = call.press is None and (resume_code.recognised(said) or resume_code.is_misread(said))
    return bool(typed or call.press == "bring") and not call.is_no_code


async def bring(call: Call) -> None:
    """Takes the draft that a code stands for. What is no code of ours may be an answer to what is asked."""
    turn = call.turn
    typed = call.named("code") if call.press == "bring" else turn.said
    code = resume_code.recognised(typed) or ""
    if turn.incoming.shared:
        await telling.refuse_in_public(call)
        return
    guesses = _guesses(turn)
    found = await turn.archive.find(code) if len(guesses) < GUESSES else None
    if found is not None and not _may_meet(found.user_id, turn.incoming.user_id):
        found = None
    if found is None:
        turn.state["guesses"] = [*guesses, turn.now.isoformat()][-GUESSES:]
        if not turn.locale_known or (call.waiting is not None and not (code and _is_no_answer(call, code))):
            call.is_no_code = call.again = True
            return
        wrong = WRONG if len(guesses) < GUESSES else TOO_MANY
        turn.reply(wrong, *(() if call.waiting else welcome.menu(turn)))
        await call.ask_again()
        return
    if not turn.locale_known:
        turn.locale, turn.locale_known = found.locale, True
    turn.state["greeted"] = True
    await _found(call, code, found)


async def _found(call: Call, code: str, found: ResumeCode) -> None:
    turn = call.turn
    if found.user_id == turn.incoming.user_id:
        turn.reply(ALREADY_HERE if found.used is None else USED)
    elif found.used is not None:
        turn.reply(USED)
    elif (draft := found.draft) is None or found.expires <= turn.now:
        turn.reply(EXPIRED)
    elif answers_of(turn) and call.press != "bring":
        bring_it = Choice(BRING, {"press": "bring", "code": code})
        turn.reply(REPLACE, bring_it, Choice(KEEP_THESE, {"press": "keep-these"}))
        return
    else:
        turn.taking = Taking(code, found.user_id, draft.version, turn.now)
        await _go_on_with(call, draft)
        return
    await call.ask_again()


async def _go_on_with(call: Call, draft: Draft) -> None:
    turn = call.turn
    turn.draft = draft
    turn.state.pop(HANDED, None)
    healing.mend(draft)
    turn.reply(HERE)
    turn.reply(attachment=summary(turn, order(turn)))
    await call.dialogs.cancel_all_dialogs()
    await call.dialogs.begin_dialog(apply.APPLY)


def _is_no_answer(call: Call, code: str) -> bool:
    """Whether the question that waits is of a kind that no such code answers, however it is written."""
    field = NAMED.get(call.asked_field or "")
    if field is None:
        return False
    answer = heard(call.turn, code, field, call.services)
    return isinstance(answer, Problem) or isinstance(check(field, answer, context_of(call.turn)), Problem)


def was_handed_over(call: Call) -> bool:
    """A code was given out here, and its draft is no longer with us."""
    turn = call.turn
    handed = turn.state.get(HANDED)
    return handed is not None and (turn.draft is None or turn.draft.id != handed)


async def note_move(call: Call) -> None:
    turn = call.turn
    draft_id = str(turn.state.pop(HANDED))
    if await turn.archive.has_moved(turn.incoming.user_id, draft_id):
        turn.state["gone"] = draft_id
        call.dialogs.stack.clear()
    call.again = True


async def tell_away(turn: Turn) -> bool:
    """Unasked, where the code was given out; nothing where that was said already, or the draft is back."""
    about = turn.incoming.about
    if not isinstance(about, Moved) or turn.state.get(HANDED) != about.draft_id or turn.draft is not None:
        return False
    if not await turn.archive.has_moved(turn.incoming.user_id, about.draft_id):
        return False
    del turn.state[HANDED]
    turn.reply(healing.AWAY, *welcome.menu(turn))
    return True


async def keep_these(call: Call) -> None:
    call.turn.reply(STAYS, *(() if call.waiting else welcome.menu(call.turn)))
    await call.ask_again()


def _guesses(turn: Turn) -> list[str]:
    """When wrong codes were typed here, within the lifetime of one."""
    since = turn.now - resume_code.LIFETIME
    return [at for at in turn.state.get("guesses", ()) if _is_later(at, since)]


def _is_later(at: object, since: datetime) -> bool:
    try:
        return datetime.fromisoformat(str(at)) > since
    except (TypeError, ValueError):
        # Another release may have written it.
        return False


def _may_meet(one: str, other: str) -> bool:
    """Never from one company's tenant to another's. A person of Teams is msteams:tenant:id."""
    tenants = {
        parts[1] for user in (one, other) if (parts := user.split(":"))[0] == "msteams" and len(parts) > 1
    }
    return len(tenants) < 2
