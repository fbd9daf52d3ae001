"""Leaving a form: asked once, with what is kept and until when; and starting over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.store.records import DRAFT_KEPT
from bot.text import Text, counted, text
from bot.turn import Choice, Turn
from dialogs import words
from dialogs.crossroads import Crossroads
from dialogs.engine import turn_of
from dialogs.sdk import DialogContext, DialogTurnResult
from dialogs.showing import answers_of

LEAVING, RESTARTING = "leaving", "restarting"

# Translators: asked before a form is left; {count} answers are kept until {date}.
STOP_HERE = counted(
    "leaving.ask",
    "Shall we stop here? Your {count} answer is kept until {date}; nothing has been sent.",
    "Shall we stop here? Your {count} answers are kept until {date}; nothing has been sent.",
)
# Translators: asked before a form is left in which nothing was answered.
STOP_EMPTY = text("leaving.ask-empty", "Shall we stop here? You haven't answered anything yet.")
# Translators: button; leaves the form and keeps the draft.
STOP_AND_KEEP = text("button.stop-and-keep", "Stop and keep my answers")
# Translators: button; leaves the form and deletes the draft.
STOP_AND_DELETE = text("button.stop-and-delete", "Stop and delete my answers")
# Translators: button; stays in the form.
STAY = text("button.stay", "Go on with the form")
# Translators: button; leaves the conversation and keeps the draft.
KEEP_DRAFT = text("button.keep-draft", "Keep the draft for later")
# Translators: the form was left, the draft is kept.
KEPT = text(
    "leaving.kept",
    "Your answers are kept until {date}. Type “resume” at any time to go on where you stopped.",
)
# Translators: the draft was deleted.
DELETED = text("leaving.deleted", "Your answers have been deleted. Nothing was sent.")
# Translators: asked before all answers are deleted and the form begins anew.
START_OVER = counted(
    "restarting.ask",
    "Shall I delete your {count} answer and start over?",
    "Shall I delete your {count} answers and start over?",
)
# Translators: button; deletes the answers and begins again.
DELETE_AND_RESTART = text("button.delete-and-restart", "Delete and start over")


def tell_kept(turn: Turn) -> None:
    turn.reply(
        KEPT.fill(date=_kept_until(turn)),
        words.command(words.RESUME, "resume"),
        words.command(words.MOVE, "move"),
        words.command(words.HELP, "help"),
    )


async def leave(dialog_context: DialogContext) -> DialogTurnResult:
    """Ends every dialog; the draft stays, and the person is told until when."""
    turn = turn_of(dialog_context)
    if answers_of(turn):
        tell_kept(turn)
    else:
        turn.reply(words.WHAT_NEXT, *_from_the_start())
    return await dialog_context.cancel_all_dialogs()


async def stay(dialog_context: DialogContext) -> DialogTurnResult:
    """Back to where we were; where no form was open, to what can be done."""
    turn = turn_of(dialog_context)
    ended = await dialog_context.end_dialog()
    if dialog_context.active_dialog is None:
        turn.reply(words.WHAT_NEXT, words.command(words.RESUME, "resume"), words.command(words.HELP, "help"))
    return ended


def _from_the_start() -> tuple[Choice, ...]:
    return (words.command(words.APPLY, "apply"), words.command(words.HELP, "help"))


class Leaving(Crossroads):
    """Asked on top of a form, which goes on unharmed when the person stays."""

    stands_alone = True
    yes, no = "keep", "stay"

    def tell(self, turn: Turn) -> None:
        count = len(answers_of(turn))
        message = STOP_HERE.fill(count=count, date=_kept_until(turn)) if count else STOP_EMPTY
        turn.reply(message, *self.buttons(turn))

    def ways(self, turn: Turn) -> Mapping[str, Text]:
        if not answers_of(turn):
            return {"keep": words.YES, "stay": STAY}
        return {"keep": STOP_AND_KEEP, "delete": STOP_AND_DELETE, "stay": STAY}

    async def take(self, dialog_context: DialogContext, way: str) -> DialogTurnResult:
        turn = turn_of(dialog_context)
        if way == "stay":
            return await stay(dialog_context)
        if way == "delete":
            turn.draft = None
            turn.reply(DELETED, *_from_the_start())
            return await dialog_context.cancel_all_dialogs()
        return await leave(dialog_context)


class Restarting(Crossroads):
    """Asked before the answers are deleted; staying goes back to where we were."""

    stands_alone = True
    yes, no = "delete", "stay"

    def tell(self, turn: Turn) -> None:
        turn.reply(START_OVER.fill(count=len(answers_of(turn))), *self.buttons(turn))

    def ways(self, turn: Turn) -> Mapping[str, Text]:
        return {"delete": DELETE_AND_RESTART, "stay": STAY}

    async def take(self, dialog_context: DialogContext, way: str) -> DialogTurnResult:
        if way == "stay":
            return await stay(dialog_context)
        turn_of(dialog_context).draft = None
        await dialog_context.cancel_all_dialogs()
        return await dialog_context.begin_dialog("apply")


def _kept_until(turn: Turn) -> date:
    return (turn.now + DRAFT_KEPT).date()
