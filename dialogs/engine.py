"""The SDK's dialog stack around one turn: loaded from plain JSON, saved as plain JSON with names in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from botbuilder.core import BotAdapter, TurnContext
from botbuilder.dialogs import (
    Dialog,
    DialogContext,
    DialogInstance,
    DialogSet,
    DialogState,
)
from botbuilder.dialogs.memory import DialogStateManagerConfiguration
from botbuilder.schema import Activity, ActivityTypes

from bot.turn import Turn

#: The shape of the saved state. A state of another version starts again at the first open question.
VERSION = 1

_TURN = "turn"
_CONFIGURATION = DialogStateManagerConfiguration.__name__


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
        self._ids: set[str] = set()
        for dialog in dialogs:
            self._dialogs.add(dialog)
            self._ids.add(dialog.id)
        self._adapter = _NoSending()
        self._activity = Activity(type=ActivityTypes.message, text="")
        # Without one to share, every dialog context would build the memory scopes again.
        self._configuration = DialogStateManagerConfiguration()

    def context(self, turn: Turn) -> DialogContext:
        """A dialog context whose stack is the turn's; unknown dialogs leave `lost` in the state."""
        context = TurnContext(self._adapter, self._activity)
        context.turn_state[_CONFIGURATION] = self._configuration
        context.turn_state[_TURN] = turn
        return DialogContext(self._dialogs, context, DialogState(self._stack(turn)))

    def _stack(self, turn: Turn) -> list[DialogInstance]:
        saved = turn.state.get("stack", [])
        if saved and (
            turn.state.get("version") != VERSION or any(item["id"] not in self._ids for item in saved)
        ):
            turn.state["lost"] = True
            return []
        return [DialogInstance(item["id"], item["state"]) for item in saved]

    @staticmethod
    def keep(context: DialogContext) -> None:
        """Writes the stack back into the turn's state."""
        state = turn_of(context).state
        state["version"] = VERSION
        state["stack"] = [{"id": item.id, "state": item.state} for item in context.stack]
