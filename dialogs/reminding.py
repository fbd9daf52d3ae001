"""Reminders of an application that waits, and wanting none."""

from __future__ import annotations

from bot.store.records import DRAFT_KEPT
from bot.text import text
from bot.turn import Turn, Waiting
from dialogs import words
from dialogs.call import Call

# Translators: sent by itself after some days; {date} is until when the draft is kept.
REMINDER = text(
    "reminder.draft",
    "Your application isn't finished yet. Your answers are kept until {date}. "
    "Type “resume” to go on where you stopped.",
)
# Translators: the person wants no reminders.
MUTED = text("reminder.muted", "All right, no more reminders. Type “remind me” if you would like them again.")
# Translators: the person wants reminders again.
UNMUTED = text("reminder.unmuted", "All right, I'll remind you when your application has waited for a while.")


def remind(turn: Turn) -> None:
    """Nothing where the draft was touched, sent or deleted meanwhile, or its owner wants no reminders."""
    draft, about = turn.draft, turn.incoming.about
    if draft is None or not draft.answers or turn.muted or not turn.locale_known:
        return
    if not isinstance(about, Waiting):
        return
    if (draft.id, draft.touched, draft.reminded) != (about.draft_id, about.touched, about.reminded):
        return
    draft.reminded += 1
    until = (draft.touched + DRAFT_KEPT).date()
    turn.reply(
        REMINDER.fill(date=until), words.command(words.RESUME, "resume"), words.command(words.MUTE, "mute")
    )


async def mute(call: Call) -> None:
    call.turn.muted = True
    call.turn.reply(MUTED, words.command(words.UNMUTE, "unmute"))
    await call.ask_again()


async def unmute(call: Call) -> None:
    call.turn.muted = False
    call.turn.reply(UNMUTED, words.command(words.MUTE, "mute"))
    await call.ask_again()
