"""The waterfall that asks any declared form: its steps are named, and the name is what is saved."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.turn import Turn
from dialogs.engine import turn_of
from dialogs.form import Answer, Form
from dialogs.keeping import LEFT_OPEN, PUT_OFF, keep
from dialogs.question import QUESTION
from dialogs.sdk import (
    DialogContext,
    DialogReason,
    DialogTurnResult,
    WaterfallDialog,
    WaterfallStepContext,
)
from dialogs.showing import answers_of

Step = Callable[[WaterfallStepContext], Awaitable[DialogTurnResult]]


class FormWaterfall(WaterfallDialog):
    """Asks a form's open fields in order, then runs the closing steps.

    State: `step`, the name of the step we are at; `later`, the fields that were put off, and `left`, those
    that were put off once more; `detour`, the field that was asked for out of order; `draft`, the draft that
    is being filled in, for another conversation may send or delete it. The SDK's own state would keep a
    step's number, which another release may have moved.
    """

    waits = False
    stands_alone = True

    def __init__(self, form: Form, closing: Sequence[tuple[str, Step]]) -> None:
        self.form = form
        steps: dict[str, Step] = dict.fromkeys(form.fields, self._ask)
        steps.update(closing)
        self._names = list(steps)
        super().__init__(form.id, list(steps.values()))

    def fits(self, state: dict[str, Any]) -> bool:
        """Whether this release has the step, and the rest is what we would have saved."""
        names = [state.get("step"), *_listed(state.get("later", [])), *_listed(state.get("left", []))]
        draft = state.get("draft")
        return all(name in self._names for name in names) and (draft is None or isinstance(draft, str))

    def understands(self, turn: Turn, state: dict[str, Any]) -> bool:
        """It asks nothing itself."""
        return False

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
        if turn.draft is not None:
            state["draft"] = turn.draft.id
        name = self.next_step(turn, state)
        return await self.run_step(dialog_context, self._names.index(name), DialogReason.NextCalled, None)

    @abstractmethod
    def next_step(self, turn: Turn, state: dict[str, Any]) -> str:
        """The name of the step to run now."""

    def next_field(self, turn: Turn, state: dict[str, Any]) -> str | None:
        """The detour asked for, else the first open field, those put off last, and twice only on request."""
        detour = state.pop("detour", None)
        if detour in self.form.fields:
            return self._needed_first(turn, str(detour))
        answers = answers_of(turn)
        still_open = [field.name for field in self.form.order(turn) if field.name not in answers]
        later, left = state.get("later", []), state.get("left", [])
        first = (name for name in still_open if name not in later and name not in left)
        # What hangs on a question that was put off waits with it.
        askable = (name for name in first if self._needed_first(turn, name) == name)
        return next(askable, next((name for name in later if name in still_open), None))

    def _needed_first(self, turn: Turn, name: str) -> str:
        """The field itself, or an open one on whose answer its question hangs."""
        answers = answers_of(turn)
        if name in answers:
            return name
        needed = [each for each in self.form.fields[name].ask.depends_on if each not in answers]
        asked = {field.name for field in self.form.order(turn)} if needed else ()
        missing = next((each for each in needed if each in asked), None)
        return name if missing is None else self._needed_first(turn, missing)

    def before(self, turn: Turn, waiting: str, asked: str | None) -> str | None:
        """The field to which "back" leads from the question or the closing step that is waiting."""
        names = [field.name for field in self.form.order(turn)]
        earlier = names[: names.index(asked)] if asked in names else names
        answers = answers_of(turn)
        return next((name for name in reversed(earlier) if name in answers), None)

    async def _ask(self, step: WaterfallStepContext) -> DialogTurnResult:
        return await step.begin_dialog(QUESTION, {"form": self.form.id, "field": self._names[step.index]})

    def _keep(self, turn: Turn, state: dict[str, Any], answer: Answer) -> None:
        put_off = [name for name in ("later", "left") if answer.field in state.get(name, [])]
        for name in put_off:
            state[name].remove(answer.field)
        if not answer.postponed:
            keep(turn, answer, self.form.fields)
        elif answer.field not in answers_of(turn):
            state.setdefault("left" if put_off else "later", []).append(answer.field)
            turn.reply(LEFT_OPEN if put_off else PUT_OFF)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
