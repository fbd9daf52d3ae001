"""A saved state that no longer fits: from another release, or its draft was sent or deleted elsewhere."""

from __future__ import annotations

from bot.domain.application import NAMED
from bot.domain.fields import Field, Kind
from bot.domain.markets import MARKETS, NOT_LISTED
from bot.store.records import Draft
from bot.text import text
from bot.turn import Turn
from dialogs import apply, sending, welcome
from dialogs.call import Call
from dialogs.consents import is_current
from dialogs.question import STALE
from dialogs.waterfall import FormWaterfall

# Translators: a release changed the questions while the person was away.
MOVED_ON = text(
    "routes.moved-on",
    "Sorry, our questions have changed since you were here. Your answers are kept; let's go on.",
)
# Translators: the draft that was being filled in was deleted, or it was kept too long without a change.
DRAFT_GONE = text(
    "routes.draft-gone",
    "Your earlier draft is no longer there: it was deleted, or it was left untouched for too long. "
    "We can begin a new one at any time.",
)

# Translators: said in the old chat after a code was typed in another one.
AWAY = text(
    "move.away",
    "Your application has moved to the chat where you typed the code; please go on there. "
    "To bring it back, ask for a code there and type it here.",
)


def mend(draft: Draft) -> None:
    """Takes out of a draft what this release cannot read, and what was shown in a wording that has changed
    since; it is told, or its question asked, again."""
    unfit = [name for name, value in draft.answers.items() if not is_readable(NAMED.get(name), value)]
    if outdated := [consent for consent in draft.consents if not is_current(consent)]:
        draft.consents = [consent for consent in draft.consents if is_current(consent)]
        unfit += (str(consent["field"]) for consent in outdated if "field" in consent)
    for name in unfit:
        draft.answers.pop(name, None)
        draft.remarks.pop(name, None)


def is_readable(field: Field | None, value: object) -> bool:
    """Whether this release could have stored the value as the answer to this field."""
    if field is None or value is None:
        return field is not None
    if not field.type.validator.isinstance_python(value):
        return False
    return field.ask.kind is not Kind.COUNTRY or value in MARKETS or value in NOT_LISTED


def note_unfit(call: Call) -> None:
    """Closes a form whose draft is another one or gone, or that waits for an answer nobody needs any more."""
    turn, form = call.turn, call.form
    if turn.incoming.shared:
        # No form is ever filled in where others read along, not even one that an older release left open.
        call.dialogs.stack.clear()
        turn.state.pop("lost", None)
        return
    if form is None:
        return
    draft_id = call.dialogs.stack[-1].state.get("draft")
    if draft_id is not None and (turn.draft is None or turn.draft.id != draft_id):
        turn.state["gone"] = draft_id
    elif _waits_in_vain(turn, form, call.asked_field):
        turn.state["overtaken"] = True
    else:
        return
    call.dialogs.stack.clear()


def _waits_in_vain(turn: Turn, form: FormWaterfall, asked: str | None) -> bool:
    return asked is not None and asked not in {field.name for field in form.form.order(turn)}


async def go_on_after_release(call: Call) -> None:
    turn = call.turn
    del turn.state["lost"]
    turn.reply(MOVED_ON)
    if turn.draft is not None and turn.draft.answers:
        await call.dialogs.begin_dialog(apply.APPLY)
    else:
        welcome.greet(turn)


async def go_on_after_other(call: Call) -> None:
    """Another conversation of the same person has answered or made needless what was asked here."""
    del call.turn.state["overtaken"]
    call.turn.reply(STALE)
    await call.dialogs.begin_dialog(apply.APPLY)


async def tell_gone(call: Call) -> None:
    turn = call.turn
    draft_id = str(turn.state.pop("gone"))
    if await turn.archive.has_moved(turn.incoming.user_id, draft_id):
        turn.reply(AWAY, *welcome.menu(turn))
    elif not sending.already_sent(turn, draft_id):
        turn.reply(DRAFT_GONE, *welcome.menu(turn))
