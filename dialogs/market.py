"""A company whose country or region is in no list of the program: what it is told, and the ways on."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain import markets
from bot.text import Country, Text, text
from bot.turn import Turn
from dialogs import words
from dialogs.answer import explain
from dialogs.crossroads import Crossroads
from dialogs.engine import turn_of
from dialogs.leaving import KEEP_DRAFT, leave
from dialogs.sdk import DialogContext, DialogTurnResult
from dialogs.showing import draft_of

NO_MARKET = "no-market"

# Translators: the company's country is on no list of the CSP program.
NOT_IN_CSP = text(
    "apply.no-market",
    "The CSP program doesn't take companies from {country}, so I can't go on with this application. "
    "Nothing has been sent. If your company has an office in another country, you can apply with that one.",
)
# Translators: button.
ANOTHER_COUNTRY = text("button.change-country", "Choose another country or region")


class NoMarket(Crossroads):
    """The company's country is in no region list."""

    yes = "change"

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        """Another country, typed at once, needs no button before it."""
        turn = turn_of(dialog_context)
        country = None if turn.pressed else self.services.reader.country(turn.said, turn.locale)
        if not isinstance(country, str):
            return await super().continue_dialog(dialog_context)
        await self.take(dialog_context, "change")
        # The question that this asks is answered already.
        turn.replies.clear()
        return await dialog_context.continue_dialog()

    def tell(self, turn: Turn) -> None:
        country = draft_of(turn).answers["legal_country"]
        turn.reply(NOT_IN_CSP.fill(country=Country(country)))
        if topic := markets.NOT_LISTED.get(country):
            explain(turn, self.services, topic)
        turn.reply(words.WHAT_NEXT, *self.buttons(turn))

    def ways(self, turn: Turn) -> Mapping[str, Text]:
        return {"change": ANOTHER_COUNTRY, "keep": KEEP_DRAFT}

    async def take(self, dialog_context: DialogContext, way: str) -> DialogTurnResult:
        if way == "keep":
            return await leave(dialog_context)
        del draft_of(turn_of(dialog_context)).answers["legal_country"]
        return await dialog_context.end_dialog({"detour": "legal_country"})
