"""The application: its fields in order, the assessment for direct bill, the summary, the sending."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain import markets
from bot.domain.application import NAMED, required
from bot.domain.fields import Model
from bot.text import Text, text
from bot.turn import Turn
from dialogs import words
from dialogs.answer import explain, topic_button
from dialogs.assessment import ASSESSMENT, GO_INDIRECT, facts
from dialogs.consents import shown
from dialogs.crossroads import Crossroads
from dialogs.engine import turn_of
from dialogs.form import Answer, Form
from dialogs.keeping import keep
from dialogs.leaving import KEEP_DRAFT, leave
from dialogs.market import NO_MARKET
from dialogs.ordering import is_assessed, order
from dialogs.privacy import notify
from dialogs.sdk import DialogContext, DialogTurnResult, WaterfallStepContext
from dialogs.sending import CONSENT, REVIEW
from dialogs.services import Services
from dialogs.showing import answers_of, draft_of
from dialogs.waterfall import FormWaterfall

APPLY = "apply"
#: The field whose yes is a consent of its own.
CREDIT_CHECK = "credit_check_consent"
ALREADY_DIRECT = "already-direct"

# Translators: the company is a direct-bill partner already.
IS_DIRECT = text(
    "apply.already-direct",
    "Your company is a direct-bill partner already, so no new application is needed. "
    "This is what matters to you now:",
)
# Translators: button; the person answered by mistake that the company is a direct-bill partner already.
NOT_DIRECT = text("button.not-direct", "No, we are not one yet")


FORM = Form(APPLY, NAMED, order, required, on_cards=True)


class Apply(FormWaterfall):
    """Its state has besides: `told`, the record of a notice just told, until an answer is stored with it."""

    def __init__(self, services: Services) -> None:
        self._services = services
        names = (NO_MARKET, ALREADY_DIRECT, ASSESSMENT, REVIEW, CONSENT)
        super().__init__(FORM, [(name, self._closing(name)) for name in names])

    async def begin_dialog(self, dialog_context: DialogContext, options: object = None) -> DialogTurnResult:
        told = notify(turn_of(dialog_context), self._services)
        if told is not None:
            options = {**(options if isinstance(options, dict) else {}), "told": told}
        return await super().begin_dialog(dialog_context, options)

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

    def before(self, turn: Turn, waiting: str, asked: str | None) -> str | None:
        """From the assessment back into its questions; from what stops the form, to the answer that does."""
        stops = {NO_MARKET: "legal_country", ALREADY_DIRECT: "existing_direct_partner"}
        if waiting == ASSESSMENT:
            assessed = [field.name for field in self.form.order(turn) if is_assessed(field)]
            return next((name for name in reversed(assessed) if name in answers_of(turn)), None)
        return stops.get(waiting) or super().before(turn, waiting, asked)

    def _is_ready_to_assess(self, turn: Turn, state: dict[str, Any]) -> bool:
        answers = answers_of(turn)
        if turn.draft is None or answers.get("model") != Model.DIRECT:
            return False
        if "assessed" in state and facts(turn.draft, turn.today):
            return False
        return all(field.name in answers for field in self.form.order(turn) if is_assessed(field))

    def _keep(
        self, turn: Turn, state: dict[str, Any], answer: Answer, together: frozenset[str] = frozenset()
    ) -> None:
        super()._keep(turn, state, answer, together)
        if turn.draft is not None and (told := state.pop("told", None)) is not None:
            turn.draft.consents.append(told)
        if answer.field == CREDIT_CHECK and turn.draft is not None:
            turn.draft.consents = [each for each in turn.draft.consents if each.get("field") != CREDIT_CHECK]
            if answer.value == "yes":
                asked_for = NAMED[CREDIT_CHECK].prompt(turn.draft.answers)
                turn.draft.consents.append({"field": CREDIT_CHECK, **shown(asked_for, turn, self._services)})
        if is_assessed(self.form.fields[answer.field]) and turn.draft is not None:
            state.pop("assessed", None)
            turn.draft.remarks.pop("eligibility", None)


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
