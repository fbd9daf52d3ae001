"""The waterfall that asks any declared form: its steps are named, and the name is what is saved."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from botbuilder.dialogs import (
    DialogContext,
    DialogReason,
    DialogTurnResult,
    WaterfallDialog,
    WaterfallStepContext,
)

from bot.turn import Turn
from dialogs.engine import turn_of
from dialogs.keeping import PUT_OFF, keep
from dialogs.question import QUESTION, Answer, Form
from dialogs.showing import answers_of

Step = Callable[[WaterfallStepContext], Awaitable[DialogTurnResult]]


class FormWaterfall(WaterfallDialog):
    """Asks a form's open fields in order, then runs the closing steps.

    State: `step`, the name of the step we are at; `later`, the fields that were put off; `detour`, the field
    that was asked for out of order. The SDK's own state would keep a step's number, which another release
    may have moved.
    """

    def __init__(self, form: Form, closing: Sequence[tuple[str, Step]]) -> None:
        self.form = form
        steps: dict[str, Step] = dict.fromkeys(form.fields, self._ask)
        steps.update(closing)
        self._names = list(steps)
        super().__init__(form.id, list(steps.values()))

    # -- what the SDK calls

    async def begin_dialog(self, dialog_context: DialogContext, options: object = None) -> DialogTurnResult:
        state = dialog_context.active_dialog.state
        state["later"] = []
        if isinstance(options, dict) and "detour" in options:
            state["detour"] = options["detour"]
        return await self.go_on(dialog_context)

    async def resume_dialog(
        self, dialog_context: DialogContext, reason: DialogReason, result: object
    ) -> DialogTurnResult:
        turn, state = turn_of(dialog_context), dialog_context.active_dialog.state
        if isinstance(result, Answer):
            self._keep(turn, state, result)
        elif isinstance(result, dict):
            state.update(result)
        return await self.go_on(dialog_context)

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        """Reached only when a state holds the waterfall without the step it was waiting in."""
        return await self.go_on(dialog_context)

    async def run_step(
        self, dialog_context: DialogContext, index: int, reason: DialogReason, result: object
    ) -> DialogTurnResult:
        dialog_context.active_dialog.state["step"] = self._names[index]
        step_context = WaterfallStepContext(self, dialog_context, None, {}, index, reason, result)
        return await self._steps[index](step_context)

    async def end_dialog(self, context: Any, instance: Any, reason: DialogReason) -> None:
        """Nothing is told to a telemetry client: the stock dialog would look up the step's number."""

    # -- what we decide

    async def go_on(self, dialog_context: DialogContext) -> DialogTurnResult:
        """Runs the step that is next by the answers, wherever the last one stood."""
        turn, state = turn_of(dialog_context), dialog_context.active_dialog.state
        name = self.next_step(turn, state)
        return await self.run_step(dialog_context, self._names.index(name), DialogReason.NextCalled, None)

    @abstractmethod
    def next_step(self, turn: Turn, state: dict[str, Any]) -> str:
        """The name of the step to run now."""

    def next_field(self, turn: Turn, state: dict[str, Any]) -> str | None:
        """The detour asked for, else the first open field, those put off last."""
        detour = state.pop("detour", None)
        if detour in self.form.fields:
            return str(detour)
        answers = answers_of(turn)
        still_open = [field.name for field in self.form.order(turn) if field.name not in answers]
        later = set(state.get("later", []))
        return next((name for name in still_open if name not in later), next(iter(still_open), None))

    def previous_field(self, turn: Turn, name: str) -> str | None:
        """The field before this one that has an answer."""
        answers = answers_of(turn)
        names = [field.name for field in self.form.order(turn)]
        before = names[: names.index(name)] if name in names else names
        return next((each for each in reversed(before) if each in answers), None)

    async def _ask(self, step: WaterfallStepContext) -> DialogTurnResult:
        return await step.begin_dialog(QUESTION, {"form": self.form.id, "field": self._names[step.index]})

    def _keep(self, turn: Turn, state: dict[str, Any], answer: Answer) -> None:
        if answer.postponed:
            if answer.field not in state.setdefault("later", []):
                state["later"].append(answer.field)
            turn.reply(PUT_OFF)
            return
        if answer.field in state.get("later", []):
            state["later"].remove(answer.field)
        keep(turn, answer, self.form.fields)
