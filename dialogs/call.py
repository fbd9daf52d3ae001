"""A turn with everything that the list of routes looks at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.store.lessons import Shown
from bot.turn import Press, Turn
from dialogs.question import QUESTION
from dialogs.reading import Command
from dialogs.sdk import DialogContext
from dialogs.services import Services
from dialogs.waterfall import FormWaterfall


@dataclass(slots=True)
class Call:
    turn: Turn
    dialogs: DialogContext
    services: Services
    command: Command | None
    #: "Which answer would you like to change?" was asked last, so that the bare name of one is understood.
    names_field: bool = False
    #: What a plain yes stands for where no dialog waits: our last reply offered something.
    offer: dict[str, Any] | None = None
    #: The answer that "that helped" speaks of, and the topics just offered for a question, with its key.
    answered: Shown | None = None
    doubt: tuple[str, tuple[str, ...]] | None = None
    #: What looked like a resume code is none.
    is_no_code: bool = False
    #: What is to be answered was exchanged, for example for the first message: read the list again.
    again: bool = False
    #: The name of what was pressed. A plain attribute, for every route looks at it.
    press: str | None = field(init=False)

    def __post_init__(self) -> None:
        self._name_press()

    def go_on_as_if_pressed(self, press: Press) -> None:
        self.turn.press(press)
        self._name_press()

    def go_on_as_if_said(self, words: str) -> None:
        self.turn.incoming = self.turn.incoming.model_copy(update={"text": words, "pressed": None})
        self._name_press()

    def _name_press(self) -> None:
        self.press = str(self.turn.pressed.get("press")) if self.turn.pressed else None

    @property
    def waiting(self) -> str | None:
        """The dialog that waits for an answer."""
        active = self.dialogs.active_dialog
        return str(active.id) if active is not None else None

    @property
    def asked_field(self) -> str | None:
        """The field of the question that is waiting for its answer."""
        return str(self.dialogs.active_dialog.state["field"]) if self.waiting == QUESTION else None

    @property
    def form(self) -> FormWaterfall | None:
        """The form that is being filled in."""
        for instance in self.dialogs.stack:
            dialog = self.dialogs.find_dialog_sync(instance.id)
            if isinstance(dialog, FormWaterfall):
                return dialog
        return None

    def named(self, name: str) -> str:
        """What the press carries under this name; a press is made by others and may carry anything."""
        value = (self.turn.pressed or {}).get(name)
        return value if isinstance(value, str) else ""

    async def ask_again(self) -> None:
        """Repeats what is pending, in full."""
        await self.dialogs.reprompt_dialog()
