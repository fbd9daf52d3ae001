"""The waterfall that asks any declared form: its steps are named, and the name is what is saved."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.turn import Reply, Turn
from dialogs.engine import turn_of
from dialogs.filling import Filled
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
from dialogs.section_card import part_of
from dialogs.showing import answers_of
from dialogs.summary import summary

Step = Callable[[WaterfallStepContext], Awaitable[DialogTurnResult]]


class FormWaterfall(WaterfallDialog):
    """Asks a form's open fields in order, then runs the closing steps.

    State: `step`, the name of the step we are at; `later`, the fields that were put off, and `left`, those
    that were put off once more; `detour`, the field that was asked for out of order; `draft`, the draft that
    is being filled in, for another conversation may send or delete it; `part`, the first field of the part
    last asked in order, so that a part's form is offered at its beginning; `given`, answers typed on a card
    that are to be confirmed, and `refused`, those to be shown on the card again. The SDK's own state
    would keep a step's number, which another release may have moved.
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
        typed = (state.get("given", {}), state.get("refused", {}))
        return (
            all(name in self._names for name in names)
            and (draft is None or isinstance(draft, str))
            and all(isinstance(each, dict) for each in typed)
        )

    def understands(self, turn: Turn, state: dict[str, Any]) -> bool:
        """It asks nothing itself."""
        return False

    # -- what the SDK calls

    async def begin_dialog(self, dialog_context: DialogContext, options: object = None) -> DialogTurnResult:
        state = dialog_context.active_dialog.state
        state["later"] = []
        if isinstance(options, dict):
            state.update(options)
        return await self.go_on(dialog_context)

    async def resume_dialog(
        self, dialog_context: DialogContext, reason: DialogReason, result: object
    ) -> DialogTurnResult:
        turn, state = turn_of(dialog_context), dialog_context.active_dialog.state
        if isinstance(result, Answer):
            self._keep(turn, state, result)
        elif isinstance(result, Filled):
            self._take(turn, state, result)
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
        on_the_way = "detour" not in state
        name = self.next_step(turn, state)
        if on_the_way and (part := part_of(self.form, turn, name)):
            state["opens"] = part[0].name != state.get("part")
            state["part"] = part[0].name
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
        name, state = self._names[step.index], step.active_dialog.state
        options: dict[str, Any] = {"form": self.form.id, "field": name, "opens": state.pop("opens", False)}
        refused, given = state.pop("refused", None), state.get("given", {})
        if refused is not None:
            options["card"] = {"given": {**given, **refused}}
        elif name in given:
            options["given"] = given.pop(name)
        return await step.begin_dialog(QUESTION, options)

    def _take(self, turn: Turn, state: dict[str, Any], filled: Filled) -> None:
        """Keeps what was filled in on a card; with a problem on it, the card comes again."""
        before, names = len(turn.replies), frozenset(each.field for each in filled.answers)
        for each in filled.answers:
            self._keep(turn, state, each, together=names)
        earlier = state.get("given", {}).items()
        state["given"] = {name: typed for name, typed in earlier if name not in filled.fields} | filled.held
        if filled.refused:
            state["refused"] = filled.refused
            state["detour"] = next(iter(filled.refused))
            return
        fields = tuple(self.form.fields[name] for name in filled.fields)
        if any(field.name in answers_of(turn) for field in fields):
            turn.replies.insert(before, Reply(None, summary(turn, fields), replaces=True))

    def _keep(
        self, turn: Turn, state: dict[str, Any], answer: Answer, together: frozenset[str] = frozenset()
    ) -> None:
        put_off = [name for name in ("later", "left") if answer.field in state.get(name, [])]
        for name in put_off:
            state[name].remove(answer.field)
        if not answer.postponed:
            keep(turn, answer, self.form.fields, together)
        elif answer.field not in answers_of(turn):
            state.setdefault("left" if put_off else "later", []).append(answer.field)
            turn.reply(LEFT_OPEN if put_off else PUT_OFF)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
