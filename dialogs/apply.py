"""The application: its fields in order, the assessment for direct bill, the summary, the sending."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from botbuilder.dialogs import DialogContext, DialogTurnResult, WaterfallStepContext

from bot.domain import markets
from bot.domain.application import NAMED, asked, blockers, payload, required
from bot.domain.eligibility import Effect, Finding, assess
from bot.domain.fields import Field, Model
from bot.domain.lifecycle import Status
from bot.domain.reference import reference
from bot.localization.locale import Locale
from bot.store import records
from bot.text import Country, Text, text
from bot.turn import Article, Choice, Turn
from dialogs import words
from dialogs.answer import explain, topic_button
from dialogs.crossroads import Crossroads
from dialogs.engine import turn_of
from dialogs.keeping import keep
from dialogs.leaving import leave
from dialogs.question import Answer, Form
from dialogs.services import Services
from dialogs.showing import answers_of, draft_of
from dialogs.summary import change_button, summary
from dialogs.waterfall import FormWaterfall

APPLY = "apply"
ASSESSMENT, REVIEW, CONSENT, NO_MARKET, ALREADY_DIRECT = (
    "assessment",
    "review",
    "consent",
    "no-market",
    "already-direct",
)
#: The version of the consent below: a new wording is a new version, and asks again.
CONSENT_VERSION = 1

# Translators: the company's country is on no list of the CSP program.
NOT_IN_CSP = text(
    "apply.no-market",
    "The CSP program doesn't take companies from {country}, so I can't go on with this application. "
    "Nothing has been sent. If your company has an office in another country, you can apply with that one.",
)
# Translators: button.
ANOTHER_COUNTRY = text("button.change-country", "Choose another country or region")
# Translators: the company is a direct-bill partner already.
IS_DIRECT = text(
    "apply.already-direct",
    "Your company is a direct-bill partner already, so no new application is needed. "
    "This is what matters to you now:",
)
# Translators: button; the person answered by mistake that the company is a direct-bill partner already.
NOT_DIRECT = text("button.not-direct", "No, we are not one yet")
# Translators: button; goes on with the application as an indirect reseller.
GO_INDIRECT = text("button.go-indirect", "Go on as an indirect reseller")
# Translators: button; goes on after the assessment.
GO_ON = text("button.go-on", "Go on")
# Translators: button; leaves the conversation and keeps the draft.
KEEP_DRAFT = text("button.keep-draft", "Keep the draft for later")
# Translators: button; sends an application that does not meet the requirements as a note to a reviewer.
AS_NOTE = text("button.as-note", "Go on anyway, with a note to the reviewer")
# Translators: title of the assessment when everything is met.
ELIGIBLE = text(
    "assessment.eligible", "By your own account you meet the minimum requirements for direct bill."
)
# Translators: title of the assessment when something is missing.
NOT_YET = text("assessment.not-yet", "Direct bill is not possible yet. This is what is missing:")
# Translators: one unmet requirement and its remedy.
FINDING = text("assessment.finding", "{unmet}. {remedy}")
# Translators: what to do, and where to look up what the person was not sure about.
LOOK_IT_UP = text("assessment.look-up", "{remedy} {look_up}")
# Translators: closes the assessment; {date} is the day of the rules.
RULE_DATE = text(
    "assessment.rule-date",
    "Rules as of {date}. This is advice from your own answers; Microsoft decides.",
)
# Translators: closes the assessment of a company that does not meet the requirements.
STAY_INDIRECT = text(
    "assessment.stay-indirect",
    "The way that is open to you now is the indirect model. Every answer that fits both models is kept.",
)
# Translators: above the summary of all answers.
CHECK = text("review.check", "Please check your answers. Nothing has been sent yet.")
# Translators: something stands in the way of sending; it follows.
BLOCKED = text("review.blocked", "The application can't be sent yet. {reason}")
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
# Translators: what comes next after sending.
NEXT = text(
    "apply.next",
    "Next, your primary contact gets an e-mail to confirm the address. The review starts after that.",
)
# Translators: the person sent the same application twice; {number} is its reference number.
ALREADY_SENT = text(
    "apply.already-sent", "This application was sent already. Its reference number is {number}."
)


def order(turn: Turn) -> tuple[Field, ...]:
    """The fields that apply, in the order they are asked: for direct bill the assessment's come first."""
    answers = answers_of(turn)
    fields = asked(answers, family_first=turn.locale in (Locale.ZH_CN, Locale.ZH_TW))
    if answers.get("model") != Model.DIRECT:
        return fields
    return tuple(sorted(fields, key=lambda field: not is_assessed(field)))


def is_assessed(field: Field) -> bool:
    """Whether the assessment for direct bill looks at this answer, or needs it to ask for another."""
    sections = ("start", "membership", "direct")
    return field.ask.section.id in sections or field.name == "authority_to_sign"


FORM = Form(APPLY, NAMED, order, required)


class Apply(FormWaterfall):
    def __init__(self) -> None:
        names = (NO_MARKET, ALREADY_DIRECT, ASSESSMENT, REVIEW, CONSENT)
        super().__init__(FORM, [(name, self._closing(name)) for name in names])

    @staticmethod
    def _closing(name: str) -> Any:
        async def step(context: WaterfallStepContext) -> DialogTurnResult:
            return await context.begin_dialog(name)

        return step

    def next_step(self, turn: Turn, state: dict[str, Any]) -> str:
        answers = answers_of(turn)
        if "detour" not in state:
            if (country := answers.get("legal_country")) is not None and not markets.listed(country):
                return NO_MARKET
            if answers.get("model") == Model.DIRECT and answers.get("existing_direct_partner") == "yes":
                return ALREADY_DIRECT
            if self._is_ready_to_assess(turn, state):
                return ASSESSMENT
            if state.pop("agreed", False):
                return CONSENT
        return self.next_field(turn, state) or REVIEW

    def _is_ready_to_assess(self, turn: Turn, state: dict[str, Any]) -> bool:
        answers = answers_of(turn)
        if answers.get("model") != Model.DIRECT or "assessed" in state:
            return False
        return all(field.name in answers for field in self.form.order(turn) if is_assessed(field))

    def _keep(self, turn: Turn, state: dict[str, Any], answer: Answer) -> None:
        super()._keep(turn, state, answer)
        if is_assessed(self.form.fields[answer.field]):
            state.pop("assessed", None)


class NoMarket(Crossroads):
    """The company's country is in no region list."""

    yes = "change"

    def tell(self, turn: Turn) -> None:
        country = draft_of(turn).answers["legal_country"]
        turn.reply(NOT_IN_CSP.fill(country=Country(country)))
        if topic := markets.NOT_LISTED.get(country):
            explain(turn, self.services, topic)
        turn.reply(words.WHAT_NEXT, *self.buttons(turn))

    def ways(self, turn: Turn) -> Mapping[str, Text]:
        return {"change": ANOTHER_COUNTRY, "keep": KEEP_DRAFT}

    async def take(self, dialog_context: DialogContext, way: str) -> DialogTurnResult:
        if way == "keep":
            return await leave(dialog_context)
        del draft_of(turn_of(dialog_context)).answers["legal_country"]
        return await dialog_context.end_dialog({"detour": "legal_country"})


class AlreadyDirect(Crossroads):
    """The company is a direct-bill partner already."""

    no = "mistake"

    def tell(self, turn: Turn) -> None:
        turn.reply(IS_DIRECT)
        explain(turn, self.services, "direct.restricted")
        topic = self.services.topics["model.direct-to-indirect"]
        turn.reply(words.WHAT_NEXT, *self.buttons(turn), topic_button(topic))

    def ways(self, turn: Turn) -> Mapping[str, Text]:
        return {"indirect": GO_INDIRECT, "mistake": NOT_DIRECT, "keep": KEEP_DRAFT}

    async def take(self, dialog_context: DialogContext, way: str) -> DialogTurnResult:
        turn = turn_of(dialog_context)
        if way == "keep":
            return await leave(dialog_context)
        if way == "indirect":
            keep(turn, Answer("model", Model.INDIRECT.value), NAMED)
        else:
            del draft_of(turn).answers["existing_direct_partner"]
        return await dialog_context.end_dialog({})


class Assessment(Crossroads):
    """What the answers say about direct bill: advice with its date, never a refusal."""

    yes = "on"

    def tell(self, turn: Turn) -> None:
        result = assess(answers_of(turn), turn.today)
        unmet = [row for row in result.rows if row.effect is Effect.NOT_YET]
        points = [told(row) for row in result.rows]
        closing = [RULE_DATE.fill(date=result.as_of)] + ([STAY_INDIRECT] if unmet else [])
        sources = self.services.topics["direct.requirements"].sources[turn.locale]
        turn.reply(
            None,
            *self.buttons(turn),
            attachment=Article(
                topic="direct.requirements",
                subject=NOT_YET if unmet else ELIGIBLE,
                paragraphs=tuple(closing),
                points=tuple(points),
                sources=sources,
            ),
        )

    def ways(self, turn: Turn) -> Mapping[str, Text]:
        if assess(answers_of(turn), turn.today).result == "eligible":
            return {"on": GO_ON, "keep": KEEP_DRAFT}
        return {"indirect": GO_INDIRECT, "note": AS_NOTE, "keep": KEEP_DRAFT}

    async def take(self, dialog_context: DialogContext, way: str) -> DialogTurnResult:
        turn = turn_of(dialog_context)
        draft = draft_of(turn)
        if way == "keep":
            return await leave(dialog_context)
        draft.remarks.pop("eligibility", None)
        if way == "indirect":
            keep(turn, Answer("model", Model.INDIRECT.value), NAMED)
        elif way == "note":
            rows = assess(draft.answers, turn.today).rows
            draft.remarks["eligibility"] = [row.id for row in rows if row.effect is Effect.NOT_YET]
        return await dialog_context.end_dialog({"assessed": way})


def told(row: Finding) -> Text:
    """A finding in words: what is missing, what to do, where to look up what somebody does not know."""
    remedy = LOOK_IT_UP.fill(remedy=row.remedy, look_up=row.look_up) if row.look_up else row.remedy
    return FINDING.fill(unmet=row.unmet, remedy=remedy) if row.unmet else remedy


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
        send(turn, self.services)
        return await dialog_context.cancel_all_dialogs()


def send(turn: Turn, services: Services) -> None:
    """Turns the draft into an application. The number follows from the draft, so that twice is once."""
    draft = draft_of(turn)
    number = reference(draft.id)
    wording = services.say(CONSENT_TEXT, turn.locale)
    turn.submission = records.Application(
        number=number,
        draft_id=draft.id,
        user_id=turn.incoming.user_id,
        model=draft.answers["model"],
        status=Status.EMAIL_CONFIRMATION.value,
        answers=payload(draft.answers),
        remarks=draft.remarks,
        consents=[
            {
                "text": CONSENT_TEXT.key,
                "version": CONSENT_VERSION,
                "locale": turn.locale.value,
                "sha256": hashlib.sha256(wording.encode()).hexdigest(),
                "at": turn.now.isoformat(),
            }
        ],
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


def already_sent(turn: Turn) -> bool:
    """Answers a press on an old "send" after the application has gone."""
    if not turn.applications:
        return False
    newest: Choice = words.command(words.STATUS, "status")
    turn.reply(ALREADY_SENT.fill(number=turn.applications[0].number), newest)
    return True
