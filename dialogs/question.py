"""Our one prompt: it asks a declared field by name, hears what is typed or pressed, and checks it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.checking import check
from bot.domain.fields import Field, Kind, Problem
from bot.text import text
from bot.turn import Choice, Press, Turn
from dialogs import countries, words
from dialogs.answer import answered_aside, explain
from dialogs.asking import ask, ask_to_confirm, context_of, proposal
from dialogs.engine import turn_of
from dialogs.filling import Filled, fill, still_valid, typed_again
from dialogs.form import Answer, Form
from dialogs.hearing import asks_yes_or_no, heard
from dialogs.pressing import is_of, mark_used, nonce_of
from dialogs.refusing import refuse
from dialogs.sdk import (
    Dialog,
    DialogContext,
    DialogInstance,
    DialogReason,
    DialogTurnResult,
    TurnContext,
)
from dialogs.section_card import ABOVE, fits_a_card, is_card, show
from dialogs.services import Services
from dialogs.showing import answers_of, spoken

QUESTION = "question"

# Translators: the person pressed a button of a question that is already answered.
STALE = text(
    "question.stale", "That question is already answered, so nothing has changed. Here is where we are:"
)
# Translators: the person kept the earlier answer.
NOTHING_TO_KEEP = text("question.nothing-to-keep", "There is no earlier answer to keep.")
# Translators: the question cannot be skipped.
CANNOT_SKIP = text(
    "question.cannot-skip", "This answer is needed, so it can't be skipped. You can put it off until the end."
)


class Question(Dialog):
    """State: form and field by name, failures so far, and as they were typed the answer that waits for a yes
    and the one last refused; whether our proposal was declined; the nonce of this asking; the card that asks
    for the whole section, with what was typed into it and not taken."""

    waits = True
    stands_alone = False

    def __init__(self, services: Services, forms: Mapping[str, Form]) -> None:
        super().__init__(QUESTION)
        self._services = services
        self._forms = forms

    async def begin_dialog(self, dialog_context: DialogContext, options: object = None) -> DialogTurnResult:
        state = dialog_context.active_dialog.state
        state.update(options if isinstance(options, dict) else {})
        turn = turn_of(dialog_context)
        state.update(failures=0, nonce=nonce_of(turn))
        _, field = self._of(state)
        raw = still_valid(turn, field, state.pop("given", None), self._services)
        if raw is None:
            self._ask(turn, state, replaces="card" in state)
        elif (answer := self._checked(turn, state, raw)) is not None:
            return await dialog_context.end_dialog(answer)
        return Dialog.end_of_turn

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        turn, state = turn_of(dialog_context), dialog_context.active_dialog.state
        answer = self._pressed(turn, state) if turn.pressed else self._typed(turn, state)
        if answer is None:
            return Dialog.end_of_turn
        return await dialog_context.end_dialog(answer)

    async def resume_dialog(
        self, dialog_context: DialogContext, reason: DialogReason, result: object
    ) -> DialogTurnResult:
        """What was asked in between is settled: the question is where it was."""
        self._ask(turn_of(dialog_context), dialog_context.active_dialog.state)
        return Dialog.end_of_turn

    async def reprompt_dialog(self, context: TurnContext, instance: DialogInstance) -> None:
        self._ask(turn_of(context), instance.state)

    def fits(self, state: dict[str, Any]) -> bool:
        """Whether this form still has this field, and the rest is what we would have saved."""
        form, field, waiting = state.get("form"), state.get("field"), state.get("confirm", {"raw": ""})
        return (
            isinstance(form, str)
            and isinstance(field, str)
            and form in self._forms
            and field in self._forms[form].fields
            and isinstance(state.get("failures"), int)
            and isinstance(state.get("refused", ""), str)
            and isinstance(waiting, dict)
            and isinstance(waiting.get("raw"), str)
            and is_card(state.get("card"))
        )

    def understands(self, turn: Turn, state: dict[str, Any]) -> bool:
        """Whether the words are surely an answer: a choice or a country, said as one says it."""
        _, field = self._of(state)
        return field.ask.kind is not Kind.TEXT and isinstance(
            heard(turn, turn.said, field, self._services), str
        )

    def _ask(self, turn: Turn, state: dict[str, Any], *more: Choice, replaces: bool = False) -> None:
        """Asks in words, or by the card where that is not yet on the screen in this language."""
        form, card = self._forms[state["form"]], state.get("card")
        if card is None or "confirm" in state:
            ask(turn, form, state, *more)
        elif card.get("locale") == turn.locale.value:
            ask(turn, form, state, *more, frame=ABOVE)
        else:
            show(turn, form, state, self._services, *more, replaces=replaces)
            card["locale"] = turn.locale.value

    def _pressed(self, turn: Turn, state: dict[str, Any]) -> Answer | Filled | None:
        press = turn.pressed or {}
        if press.get("press") == "fill":
            return self._filled(turn, state, press)
        if press.get("field") != state["field"] or not is_of(press, state):
            turn.reply(STALE)
            self._ask(turn, state)
            return None
        before = dict(state)
        answer = self._decided(turn, state, press)
        if answer is not None:
            form, field = self._of(state)
            value = words.LATER if answer.postponed else spoken(field, answer.value, answers_of(turn))
            mark_used(turn, lambda: ask(turn, form, before), value)
        return answer

    def _decided(self, turn: Turn, state: dict[str, Any], press: Press) -> Answer | None:
        _, field = self._of(state)
        match press.get("press"):
            case "answer":
                state.pop("confirm", None)
                return self._checked(turn, state, str(press.get("value", "")))
            case "keep":
                return self._kept(turn, state)
            case "skip":
                return self.skipped(turn, state)
            case "later":
                return Answer(field.name, None, postponed=True)
            case "confirm":
                return self._confirmed(turn, state, press.get("yes") is True)
            case "insist":
                return self._insisted(turn, state)
            case "one-by-one":
                state.pop("card", None)
            case "why":
                explain(turn, self._services, field.ask.explained_by[0])
            case "browse" if field.ask.kind is Kind.COUNTRY:
                countries.browse(turn, field, press.get("region"), _page_of(press))
                return None
            case "browse":
                options = field.options(answers_of(turn))
                turn.reply(countries.WHICH_ONE, *countries.page(field, options, _page_of(press)))
                return None
            case _:
                turn.reply(STALE)
        self._ask(turn, state)
        return None

    def _filled(self, turn: Turn, state: dict[str, Any], press: Press) -> Filled | None:
        """Takes what the card brings; an old copy changes nothing, and shows again what was typed there."""
        form, field = self._of(state)
        here = press.get("step") == field.ask.section.id and form.on_cards
        if here and press.get("nonce") == state.get("nonce"):
            return fill(turn, form, field.name, press, self._services)
        again = typed_again(turn, form, field.name, press, self._services) if here else {}
        if again and "confirm" not in state and fits_a_card(form, turn, field.name):
            state["card"] = {"given": again, "outdated": True}
            self._ask(turn, state, replaces=True)
            return None
        turn.reply(STALE)
        self._ask(turn, state)
        return None

    def _typed(self, turn: Turn, state: dict[str, Any]) -> Answer | None:
        _, field = self._of(state)
        said = turn.said
        yes_no = self._services.reader.yes_no(said)
        if "confirm" in state:
            if yes_no in ("yes", "no"):
                return self._confirmed(turn, state, yes_no == "yes")
            state.pop("confirm")
        if not asks_yes_or_no(turn, field):
            known = field.name in answers_of(turn)
            proposed = not known and proposal(turn, field, state) is not None
            if yes_no == "yes" and (known or proposed):
                return self._kept(turn, state)
            if yes_no == "no" and proposed:
                state["declined"] = True
                self._ask(turn, state)
                return None
        answer = heard(turn, said, field, self._services)
        if isinstance(answer, Problem):
            return self._refused(turn, state, answer)
        return self._checked(turn, state, answer)

    def _checked(self, turn: Turn, state: dict[str, Any], raw: str) -> Answer | None:
        form, field = self._of(state)
        result = check(field, raw, context_of(turn))
        if isinstance(result, Problem):
            return self._refused(turn, state, result, raw)
        if result.value is None and form.required(field, answers_of(turn)):
            turn.reply(CANNOT_SKIP)
            self._ask(turn, state)
            return None
        if result.confirm is None:
            return Answer(field.name, result.value, result.remarks)
        state["confirm"] = {"raw": raw}
        ask_to_confirm(turn, field, result.confirm)
        return None

    def _confirmed(self, turn: Turn, state: dict[str, Any], yes: bool) -> Answer | None:
        waiting = state.pop("confirm", None)
        if waiting is None or not yes:
            self._ask(turn, state)
            return None
        understood = check(self._of(state)[1], waiting["raw"], context_of(turn))
        if isinstance(understood, Problem):
            return self._refused(turn, state, understood, waiting["raw"])
        return Answer(state["field"], understood.value, understood.remarks)

    def _kept(self, turn: Turn, state: dict[str, Any]) -> Answer | None:
        _, field = self._of(state)
        answers = answers_of(turn)
        if field.name in answers:
            return Answer(field.name, answers[field.name])
        proposed = proposal(turn, field, state)
        if proposed is None:
            turn.reply(NOTHING_TO_KEEP)
            self._ask(turn, state)
            return None
        return self._checked(turn, state, proposed)

    def skipped(self, turn: Turn, state: dict[str, Any]) -> Answer | None:
        """Leaves an optional question unanswered; a needed one can only be put off."""
        form, field = self._of(state)
        if not form.required(field, answers_of(turn)):
            return Answer(field.name, None)
        turn.reply(CANNOT_SKIP, Choice(words.LATER, {"press": "later", "field": field.name}))
        self._ask(turn, state)
        return None

    def _refused(self, turn: Turn, state: dict[str, Any], problem: Problem, raw: str = "") -> Answer | None:
        turn.unsay = turn.unsay or problem.unsaid
        if not problem.unsaid and answered_aside(turn, self._services):
            self._ask(turn, state)
            return None
        form, _ = self._of(state)
        if buttons := refuse(turn, form, state, problem, raw):
            self._ask(turn, state, *buttons)
        return None

    def _insisted(self, turn: Turn, state: dict[str, Any]) -> Answer | None:
        """Takes the refused answer on the person's word, where the field allows it."""
        raw = state.pop("refused", "")
        result = check(self._of(state)[1], raw, context_of(turn))
        if isinstance(result, Problem) and result.insisted is not None:
            return Answer(state["field"], result.insisted.value, result.insisted.remarks)
        self._ask(turn, state)
        return None

    def _of(self, state: dict[str, Any]) -> tuple[Form, Field]:
        form = self._forms[state["form"]]
        return form, form.fields[state["field"]]


def _page_of(press: Mapping[str, Any]) -> int:
    page = press.get("page")
    return page if isinstance(page, int) and page >= 0 else 0
