"""Where my application stands, and where I am in it."""

from __future__ import annotations

from bot.domain import lifecycle
from bot.domain.lifecycle import Status
from bot.text import Text, counted, text
from bot.turn import Turn
from dialogs import words
from dialogs.answer import topic_button
from dialogs.ordering import order
from dialogs.services import Services
from dialogs.showing import answers_of

# Translators: one sent application; {number} is its reference, {status} its state, {told} what that means.
STANDS = text("standing.stands", "Application {number}, sent on {date}. Status: {status}.\n\n{told}")
# Translators: the person has sent nothing and has begun nothing.
NONE = text("standing.none", "You haven't sent an application yet.")
# Translators: nothing was sent, but a draft with {count} answers is kept.
DRAFT = counted(
    "standing.draft",
    "Nothing has been sent yet. Your draft has {count} answer.",
    "Nothing has been sent yet. Your draft has {count} answers.",
)
# Translators: where the person is in the form: {done} of {total} questions answered.
WHERE = text(
    "standing.where", "You have answered {done} of {total} questions. We are in the section “{section}”."
)
# Translators: all questions are answered.
WHERE_DONE = text("standing.where-done", "You have answered all {total} questions. The summary is next.")
# Translators: the person asked where they are and no form is open.
NOWHERE = text("standing.nowhere", "No application is open right now.")


def tell_status(turn: Turn, services: Services) -> None:
    """Every application the person sent, newest first, and the draft."""
    for application in turn.applications:
        status = Status(application.status)
        topics = tuple(topic_button(services.topics[name]) for name in lifecycle.topics(status))
        stands = STANDS.fill(
            number=application.number,
            date=application.sent.date(),
            status=lifecycle.label(status),
            told=lifecycle.told(status),
        )
        turn.reply(stands, *topics)
    if turn.draft is not None and turn.draft.answers:
        turn.reply(DRAFT.fill(count=len(turn.draft.answers)), words.command(words.RESUME, "resume"))
    elif not turn.applications:
        turn.reply(NONE, words.command(words.APPLY, "apply"), words.command(words.COMPARE, "compare"))


def where(turn: Turn) -> Text | None:
    """How far the draft has come, or None where there is none."""
    answers = answers_of(turn)
    if not answers:
        return None
    fields = order(turn)
    still_open = [field for field in fields if field.name not in answers]
    if not still_open:
        return WHERE_DONE.fill(total=len(fields))
    done = len(fields) - len(still_open)
    return WHERE.fill(done=done, total=len(fields), section=still_open[0].ask.section.label)
