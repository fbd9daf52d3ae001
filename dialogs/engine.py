"""The SDK's dialog stack around one turn: loaded from plain JSON, saved as plain JSON with names in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn, Protocol, cast

from bot.turn import Turn
from dialogs.sdk import (
    Activity,
    ActivityTypes,
    BotAdapter,
    Dialog,
    DialogContext,
    DialogInstance,
    DialogSet,
    DialogState,
    DialogStateManagerConfiguration,
    TurnContext,
)

#: The shape of the saved state. A state of another version starts again at the first open question.
VERSION = 1

_TURN = "turn"
_CONFIGURATION = DialogStateManagerConfiguration.__name__


class Fitting(Protocol):
    """What the engine asks of a dialog besides the SDK's own methods."""

    #: Whether it never waits for an answer itself, or never stands without another below it.
    waits: bool
    stands_alone: bool

    def fits(self, state: dict[str, Any]) -> bool:
        """Whether this release can go on from a saved state."""
        ...

    def understands(self, turn: Turn, state: dict[str, Any]) -> bool:
        """Whether the words are surely an answer to what is waiting, and so no command."""
        ...


class _NoSending(BotAdapter):
    """Dialogs reply through the turn, which the door sends after it was saved."""

    async def send_activities(self, context: Any, activities: Any) -> NoReturn:
        raise RuntimeError("a dialog replies with turn.reply(...)")

    async def update_activity(self, context: Any, activity: Any) -> NoReturn:
        raise RuntimeError("a dialog replies with turn.reply(...)")

    async def delete_activity(self, context: Any, reference: Any) -> NoReturn:
        raise RuntimeError("a dialog replies with turn.reply(...)")


def turn_of(context: DialogContext | TurnContext) -> Turn:
    """The turn that a dialog is answering."""
    turn_context = context.context if isinstance(context, DialogContext) else context
    turn: Turn = turn_context.turn_state[_TURN]
    return turn


class Engine:
    """Every dialog by its id, and the way from a saved stack to a dialog context and back."""

    def __init__(self, dialogs: Iterable[Dialog]) -> None:
        # The stack is ours, so the accessor is never read; a set refuses to be made without one.
        self._dialogs = DialogSet(object())
        self._fitting: dict[str, Fitting] = {}
        for dialog in dialogs:
            self._dialogs.add(dialog)
            self._fitting[dialog.id] = cast(Fitting, dialog)
        self._adapter = _NoSending()
        self._activity = Activity(type=ActivityTypes.message, text="")
        # Without one to share, every dialog context would build the memory scopes again.
        self._configuration = DialogStateManagerConfiguration()

    def context(self, turn: Turn) -> DialogContext:
        """A dialog context whose stack is the turn's; one that no longer fits leaves `lost` in the state."""
        context = TurnContext(self._adapter, self._activity)
        context.turn_state[_CONFIGURATION] = self._configuration
        context.turn_state[_TURN] = turn
        return DialogContext(self._dialogs, context, DialogState(self._stack(turn)))

    def _stack(self, turn: Turn) -> list[DialogInstance]:
        saved = turn.state.get("stack", [])
        if saved and not (turn.state.get("version") == VERSION and self._fits(saved)):
            turn.state["lost"] = True
            return []
        return [DialogInstance(item["id"], item["state"]) for item in saved]

    def _fits(self, saved: object) -> bool:
        """Another release may have written the stack, so nothing about it is taken for granted."""
        if not isinstance(saved, list) or not all(isinstance(item, dict) for item in saved):
            return False
        dialogs = [self._fitting.get(str(item.get("id"))) for item in saved]
        for item, dialog in zip(saved, dialogs, strict=True):
            state = item.get("state")
            if dialog is None or not isinstance(state, dict) or not dialog.fits(state):
                return False
        top, bottom = dialogs[0], dialogs[-1]
        return top is not None and bottom is not None and top.waits and bottom.stands_alone

    def answers_what_waits(self, context: DialogContext) -> bool:
        """Whether what was said is an answer before it is anything else."""
        active = context.active_dialog
        return active is not None and self._fitting[active.id].understands(turn_of(context), active.state)

    @staticmethod
    def keep(context: DialogContext) -> None:
        """Writes the stack back into the turn's state."""
        state = turn_of(context).state
        state["version"] = VERSION
        state["stack"] = [{"id": item.id, "state": item.state} for item in context.stack]
