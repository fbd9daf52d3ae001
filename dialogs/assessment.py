"""The assessment for direct bill: what the answers say, by the rules of which day, and the ways on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.domain.application import NAMED
from bot.domain.eligibility import Effect, Finding, assess
from bot.domain.fields import Model
from bot.domain.lifecycle import Fact
from bot.store.records import Draft
from bot.text import Text, text
from bot.turn import Article, Turn
from dialogs.crossroads import Crossroads
from dialogs.engine import turn_of
from dialogs.form import Answer
from dialogs.keeping import keep
from dialogs.leaving import KEEP_DRAFT, leave
from dialogs.sdk import DialogContext, DialogTurnResult
from dialogs.showing import answers_of, draft_of

ASSESSMENT = "assessment"

# Translators: button; goes on with the application as an indirect reseller.
GO_INDIRECT = text("button.go-indirect", "Go on as an indirect reseller")
# Translators: button; goes on after the assessment.
GO_ON = text("button.go-on", "Go on")
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
    "This advice follows from your own answers and the rules as of {date}. Microsoft decides.",
)
# Translators: closes the assessment of a company that does not meet the requirements.
STAY_INDIRECT = text(
    "assessment.stay-indirect",
    "The way that is open to you now is the indirect model. Every answer that fits both models is kept.",
)


class Assessment(Crossroads):
    """What the answers say about direct bill: advice with its date, never a refusal."""

    yes = "on"

    def tell(self, turn: Turn) -> None:
        result = assess(answers_of(turn), turn.today)
        unmet = [row for row in result.rows if row.effect is Effect.NOT_YET]
        advice = [told(row) for row in result.rows if row.effect is not Effect.NOT_YET]
        closing = [*advice, *([STAY_INDIRECT] if unmet else []), RULE_DATE.fill(date=result.as_of)]
        sources = self.services.topics["direct.requirements"].sources[turn.locale]
        turn.reply(
            None,
            *self.buttons(turn),
            attachment=Article(
                topic="direct.requirements",
                subject=NOT_YET if unmet else ELIGIBLE,
                paragraphs=(),
                points=tuple(told(row) for row in unmet),
                closing=tuple(closing),
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


def facts(draft: Draft, today: date) -> frozenset[Fact]:
    """What direct bill can be sent on: that it is eligible, a note to the reviewer, or nothing."""
    eligible = assess(draft.answers, today).result == "eligible"
    held = {Fact.ELIGIBLE: eligible, Fact.REVIEWER_NOTE: "eligibility" in draft.remarks}
    return frozenset(fact for fact, holds in held.items() if holds)


def told(row: Finding) -> Text:
    """A finding in words: what is missing, what to do, where to look up what somebody does not know."""
    remedy = LOOK_IT_UP.fill(remedy=row.remedy, look_up=row.look_up) if row.look_up else row.remedy
    return FINDING.fill(unmet=row.unmet, remedy=remedy) if row.unmet else remedy
