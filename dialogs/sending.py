"""The end of the application: all answers checked, consent given, sent once."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from bot.domain.application import NAMED, blockers, payload, validated
from bot.domain.fields import Model
from bot.domain.lifecycle import INITIAL, By, Case, Event, Fact, Status, move
from bot.domain.reference import reference
from bot.store import records
from bot.text import Text, text
from bot.turn import Turn
from dialogs import words
from dialogs.answer import topic_button
from dialogs.assessment import facts
from dialogs.consents import shown
from dialogs.crossroads import Crossroads
from dialogs.engine import turn_of
from dialogs.leaving import KEEP_DRAFT, leave
from dialogs.ordering import order
from dialogs.sdk import DialogContext, DialogTurnResult
from dialogs.services import Services
from dialogs.showing import answers_of, draft_of
from dialogs.summary import change_button, summary

REVIEW, CONSENT = "review", "consent"

# Translators: above the summary of all answers.
CHECK = text("review.check", "Please check your answers. Nothing has been sent yet.")
# Translators: something stands in the way of sending; it follows.
BLOCKED = text("review.blocked", "The application can't be sent yet. {reason}")
# Translators: before sending, one answer turned out not to pass today's checks; its question follows.
LOOK_AGAIN = text("review.look-again", "One answer needs another look before I can send the application.")
# Translators: button; goes from the summary to the consent.
SEND = text("button.send", "Send the application")
# Translators: what the person agrees to when sending. A change of meaning needs a new version in the code.
CONSENT_TEXT = text(
    "consent.text",
    "By sending you confirm that your answers are true and complete. You agree that we keep them to process "
    "this application, and that the people who review it read them. Bank details are stored encrypted. "
    "You can ask us to delete everything at any time.",
)
# Translators: button; agrees and sends.
AGREE = text("button.agree", "I agree, send it")
# Translators: button; does not agree.
NOT_NOW = text("button.not-now", "Not now")
# Translators: the application was sent; {number} is its reference number.
SENT = text(
    "apply.sent",
    "Your application has been sent. Your reference number is {number}. Please keep it.",
)
# Translators: for testers: instead of sending what was only tried out.
SANDBOX_ENDS = text(
    "apply.sandbox-ends", "This was a sandbox, so nothing was sent. Its made-up answers are deleted."
)
# Translators: what comes next after sending.
NEXT = text(
    "apply.next",
    "Next, your primary contact gets an e-mail to confirm the address. The review starts after that.",
)
# Translators: the person sent the same application twice; {number} is its reference number.
ALREADY_SENT = text(
    "apply.already-sent", "This application was sent already. Its reference number is {number}."
)


class Review(Crossroads):
    """Check your answers; each line can be changed, nothing is sent before."""

    yes = "send"
    spoken_like = "confirmed"

    def tell(self, turn: Turn) -> None:
        turn.reply(CHECK, attachment=summary(turn, order(turn)))
        standing = blockers(answers_of(turn))
        for name, reason in standing:
            turn.reply(BLOCKED.fill(reason=reason), change_button(NAMED[name]))
        last = turn.replies.pop()
        turn.reply(last.text, *last.choices, *self.buttons(turn), attachment=last.attachment)

    def ways(self, turn: Turn) -> Mapping[str, Text]:
        if blockers(answers_of(turn)):
            return {"keep": KEEP_DRAFT}
        return {"send": SEND, "keep": KEEP_DRAFT}

    async def take(self, dialog_context: DialogContext, way: str) -> DialogTurnResult:
        if way == "keep":
            return await leave(dialog_context)
        return await dialog_context.end_dialog({"agreed": True})


def _refused(turn: Turn) -> str | None:
    """An answer that today's checks would refuse: it was given under another release's rules."""
    draft = draft_of(turn)
    try:
        validated({**draft.answers, "confirmed": "yes"}, turn.today, frozenset(draft.remarks))
    except ValidationError as error:
        names = [str(each["loc"][0]) for each in error.errors() if each["loc"]]
        return next((name for name in names if name in NAMED), None)
    return None


def _lacks_fact(turn: Turn) -> bool:
    """Whether direct bill has become neither eligible nor a note since it was assessed."""
    draft = draft_of(turn)
    return draft.answers["model"] == Model.DIRECT and not facts(draft, turn.today)


class Consent(Crossroads):
    """The last step: what is agreed to, and the sending itself."""

    yes = "agree"
    no = "decline"
    spoken_like = "credit_check_consent"

    def tell(self, turn: Turn) -> None:
        turn.reply(CONSENT_TEXT, *self.buttons(turn))

    def ways(self, turn: Turn) -> Mapping[str, Text]:
        return {"agree": AGREE, "decline": NOT_NOW}

    async def take(self, dialog_context: DialogContext, way: str) -> DialogTurnResult:
        turn = turn_of(dialog_context)
        if way == "decline":
            return await dialog_context.end_dialog({})
        if blockers(answers_of(turn)) or _lacks_fact(turn):
            # Another conversation of the same person has changed an answer since the summary was shown.
            turn.reply(LOOK_AGAIN)
            return await dialog_context.end_dialog({})
        if doubtful := _refused(turn):
            turn.reply(LOOK_AGAIN)
            return await dialog_context.end_dialog({"detour": doubtful})
        send(turn, self.services)
        return await dialog_context.cancel_all_dialogs()


def _sent(turn: Turn, draft: records.Draft) -> Status:
    """Where sending leads. Raises IllegalMove for direct bill that is neither eligible nor a note."""
    complete = {Fact.FIELDS_VALID, Fact.CONFIRMED}
    case = Case(Model(draft.answers["model"]), facts(draft, turn.today) | complete)
    return move(INITIAL, Event.SEND, By.APPLICANT, case)


def send(turn: Turn, services: Services) -> None:
    """Turns the draft into an application. The number follows from the draft, so that twice is once."""
    draft = draft_of(turn)
    if draft.is_sandbox:
        turn.draft = None
        turn.reply(SANDBOX_ENDS)
        return
    number = reference(draft.id)
    turn.submission = records.Application(
        number=number,
        draft_id=draft.id,
        user_id=turn.incoming.user_id,
        model=draft.answers["model"],
        status=_sent(turn, draft).value,
        answers=payload({**draft.answers, "confirmed": "yes"}),
        remarks=draft.remarks,
        consents=[*draft.consents, shown(CONSENT_TEXT, turn, services)],
        locale=turn.locale,
        sent=turn.now,
    )
    turn.draft = None
    turn.reply(SENT.fill(number=number))
    turn.reply(
        NEXT,
        words.command(words.STATUS, "status"),
        topic_button(services.topics["application.email-verification"]),
        topic_button(services.topics["application.review-time"]),
    )


def already_sent(turn: Turn, draft_id: str) -> bool:
    """Tells the number of the application that this draft has become, if it was sent."""
    sent = next((each for each in turn.applications if each.draft_id == draft_id), None)
    if sent is None:
        return False
    turn.reply(ALREADY_SENT.fill(number=sent.number), words.command(words.STATUS, "status"))
    return True
