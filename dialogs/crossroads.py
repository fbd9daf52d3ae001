"""A dialog that says something and waits for one of a few named ways on."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from bot.text import Text, text
from bot.turn import Choice, Turn
from dialogs import words
from dialogs.answer import answered_aside
from dialogs.engine import turn_of
from dialogs.pressing import mark_used
from dialogs.question import STALE
from dialogs.sdk import Dialog, DialogContext, DialogInstance, DialogReason, DialogTurnResult, TurnContext
from dialogs.services import Services

# Translators: what was typed is none of the buttons offered.
CHOOSE = text("crossroads.choose", "I didn't understand that. Please choose one of these:")


class Crossroads(Dialog):
    """Subclasses say what stands at the crossroads (`tell`), which ways there are, and what each does."""

    #: The way that a typed yes takes, and the one that a typed no takes.
    yes: str | None = None
    no: str | None = None
    waits = True
    stands_alone = False
    #: A field whose own words for yes and no are understood as well ("submit" for the summary).
    spoken_like: str | None = None

    def __init__(self, dialog_id: str, services: Services) -> None:
        super().__init__(dialog_id)
        self.services = services

    def fits(self, state: dict[str, Any]) -> bool:
        """Nothing is kept but that we are here."""
        return True

    def understands(self, turn: Turn, state: dict[str, Any]) -> bool:
        """Whether the words mean one of our ways in so many words, whatever they mean elsewhere ("save")."""
        ways = [(way, ()) for way in self.ways(turn)]
        return isinstance(self.services.reader.option(turn.said, self.id, ways), str)

    @abstractmethod
    def tell(self, turn: Turn) -> None:
        """Replies with what there is to decide, the ways as buttons."""

    @abstractmethod
    def ways(self, turn: Turn) -> Mapping[str, Text]:
        """The ways on by name, with the label of each."""

    @abstractmethod
    async def take(self, dialog_context: DialogContext, way: str) -> DialogTurnResult:
        """Goes the way."""

    def buttons(self, turn: Turn) -> tuple[Choice, ...]:
        at = self._here(turn)
        return tuple(Choice(label, {**at, "way": way}) for way, label in self.ways(turn).items())

    def _here(self, turn: Turn) -> dict[str, str]:
        """The place and the draft: a button of another draft's crossroads leads nowhere."""
        return {"press": "way", "at": self.id, "draft": turn.draft.id if turn.draft else ""}

    async def begin_dialog(self, dialog_context: DialogContext, options: object = None) -> DialogTurnResult:
        self.tell(turn_of(dialog_context))
        return Dialog.end_of_turn

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        turn = turn_of(dialog_context)
        way = self._way(turn)
        if way is not None:
            mark_used(turn, lambda: self.tell(turn), self.ways(turn)[way])
            return await self.take(dialog_context, way)
        if turn.pressed:
            turn.reply(STALE)
        elif not answered_aside(turn, self.services):
            turn.reply(CHOOSE)
        self.tell(turn)
        return Dialog.end_of_turn

    async def resume_dialog(
        self, dialog_context: DialogContext, reason: DialogReason, result: object
    ) -> DialogTurnResult:
        self.tell(turn_of(dialog_context))
        return Dialog.end_of_turn

    async def reprompt_dialog(self, context: TurnContext, instance: DialogInstance) -> None:
        self.tell(turn_of(context))

    def _way(self, turn: Turn) -> str | None:
        ways = self.ways(turn)
        press: Mapping[str, Any] = turn.pressed or {}
        if press:
            here = self._here(turn)
            fits = {name: press.get(name) for name in here} == here
            return next((way for way in ways if fits and press.get("way") == way), None)
        labels = [(way, self.services.spoken(label)) for way, label in ways.items()]
        chosen = self.services.reader.option(turn.said, self.id, labels)
        if isinstance(chosen, str):
            return chosen
        answer = self.services.reader.yes_no(turn.said) or self._own_words(turn)
        way = {"yes": self.yes, "no": self.no}.get(answer or "")
        return way if way in ways else None

    def _own_words(self, turn: Turn) -> str | None:
        if self.spoken_like is None:
            return None
        answers = [("yes", self.services.spoken(words.YES)), ("no", self.services.spoken(words.NO))]
        answer = self.services.reader.option(turn.said, self.spoken_like, answers)
        return answer if isinstance(answer, str) else None
