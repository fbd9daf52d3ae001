"""How we treat what people tell us: in short before an application begins, in full on request."""

from __future__ import annotations

from typing import Any

from bot.domain.privacy_texts import NOTICE, paragraphs
from bot.store.records import DRAFT_KEPT
from bot.turn import Turn
from dialogs import welcome
from dialogs.call import Call
from dialogs.consents import shown
from dialogs.services import Services


def notify(turn: Turn, services: Services) -> dict[str, Any] | None:
    """Tells the notice to whoever has not read it as it is now; the record of it goes into their draft."""
    if turn.draft is not None and any(each.get("text") == NOTICE.key for each in turn.draft.consents):
        return None
    turn.reply(NOTICE)
    return shown(NOTICE, turn, services)


async def tell(call: Call) -> None:
    turn = call.turn
    *first, last = paragraphs(DRAFT_KEPT.days)
    for paragraph in first:
        turn.reply(paragraph)
    turn.reply(last, *(() if call.waiting else welcome.menu(turn)))
    await call.ask_again()
