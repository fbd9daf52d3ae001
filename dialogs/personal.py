"""What we keep about a person: shown on request, deleted on request after a yes."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.application import NAMED
from bot.store.lessons import Given
from bot.store.records import Application
from bot.text import Text, counted, text
from bot.turn import Group, Line, Summary, Turn
from dialogs import votes, welcome
from dialogs.call import Call
from dialogs.crossroads import Crossroads
from dialogs.engine import turn_of
from dialogs.leaving import stay
from dialogs.ordering import order
from dialogs.sdk import DialogContext, DialogTurnResult
from dialogs.services import Services
from dialogs.showing import answers_of
from dialogs.summary import listed, summary

FORGETTING = "forgetting"

# Translators: the person asked to be deleted, and has sent {count} applications.
FORGET = counted(
    "personal.forget",
    "Shall I delete everything I keep about you? That means your draft, your language, our conversations, "
    "your votes and {count} sent application. It can't be undone.",
    "Shall I delete everything I keep about you? That means your draft, your language, our conversations, "
    "your votes and {count} sent applications. It can't be undone.",
)
# Translators: button; deletes everything about the person.
DELETE_ALL = text("button.delete-everything", "Delete everything")
# Translators: button; deletes nothing after all.
KEEP_ALL = text("button.keep-everything", "Keep everything")
# Translators: the receipt; {time} is when everything was deleted, {count} sent applications among it.
FORGOTTEN = counted(
    "personal.forgotten",
    "Everything I kept about you has been deleted, {count} sent application included. Time: {time}. "
    "This message is your receipt; I keep no copy of it.",
    "Everything I kept about you has been deleted, {count} sent applications included. Time: {time}. "
    "This message is your receipt; I keep no copy of it.",
)
# Translators: the person asked for their data; {language} is the language's own name. Answers may follow.
KEPT = text(
    "personal.kept",
    "This is what I keep about you: your language ({language}), the messages of our conversations, what you "
    "said about my answers, and the answers you gave.",
)
# Translators: title of the answers in a draft.
DRAFT = text("personal.draft", "Your draft")
# Translators: title of the answers in a sent application; {number} is its reference number.
SENT = text("personal.sent", "Application {number}, sent on {date}")
# Translators: title of the person's votes and comments on our answers, one group for each answer.
OPINIONS = text("personal.opinions", "What you said about my answers")
# Translators: the answer voted on; {subject} is its heading, {language} the language's own name.
OPINION = text("personal.opinion", "{subject} ({language}, {date})")
# Translators: beside it stands the vote as on its button: "Helpful" or "Not helpful".
VOTE = text("personal.vote", "Your vote")
# Translators: beside it stands the person's comment on an answer.
COMMENT = text("personal.comment", "Your comment")


class Forgetting(Crossroads):
    """Asked once before everything is deleted; a no leaves an open form as it was."""

    stands_alone = True
    yes, no = "delete", "stay"

    def tell(self, turn: Turn) -> None:
        turn.reply(FORGET.fill(count=len(turn.applications)), *self.buttons(turn))

    def ways(self, turn: Turn) -> Mapping[str, Text]:
        return {"delete": DELETE_ALL, "stay": KEEP_ALL}

    async def take(self, dialog_context: DialogContext, way: str) -> DialogTurnResult:
        if way == "stay":
            return await stay(dialog_context)
        turn = turn_of(dialog_context)
        turn.forget = True
        turn.reply(FORGOTTEN.fill(time=turn.now, count=len(turn.applications)))
        return await dialog_context.cancel_all_dialogs()


async def ask_to_forget(call: Call) -> None:
    if call.waiting == FORGETTING:
        await call.ask_again()
    else:
        await call.dialogs.begin_dialog(FORGETTING)


async def tell_everything(call: Call) -> None:
    """All answers of the draft and of every application, account numbers masked as everywhere; and what
    the person has said about our answers."""
    turn = call.turn
    turn.reply(KEPT.fill(language=turn.locale.native), *(() if call.waiting else welcome.menu(turn)))
    if answers_of(turn):
        turn.reply(None, attachment=summary(turn, order(turn), DRAFT))
    for application in turn.applications:
        turn.reply(None, attachment=_sent(application))
    if given := await turn.archive.opinions(turn.incoming.user_id):
        turn.reply(None, attachment=Summary(OPINIONS, tuple(_opinion(each, call.services) for each in given)))
    await call.ask_again()


def _opinion(given: Given, services: Services) -> Group:
    shown, lines = given.shown, []
    # An answer of another release may be gone; what was said about it is still kept.
    subject = votes.subject(services, shown.topic) or shown.topic
    if given.opinion is not None:
        lines.append(Line(VOTE, votes.HELPFUL if given.opinion == "up" else votes.NOT_HELPFUL))
    if given.comment is not None:
        lines.append(Line(COMMENT, given.comment))
    title = OPINION.fill(subject=subject, language=shown.locale.native, date=given.at.date())
    return Group(title, tuple(lines))


def _sent(application: Application) -> Summary:
    title = SENT.fill(number=application.number, date=application.sent.date())
    fields = tuple(NAMED[name] for name in application.answers if name in NAMED)
    return listed(title, fields, application.answers, changeable=False)
