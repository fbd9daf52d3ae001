"""Buttons that decide a question: each has the nonce of its asking, and shows when it was used."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.text import Text, Value, text
from bot.turn import Choice, Turn

#: What decides a question. Ways at a crossroads name the draft; a topic, the language or a page of a list may
#: be pressed again at any time.
STEPS = frozenset({"answer", "keep", "skip", "later", "confirm", "insist"})

# Translators: stands in place of a question whose button was pressed; {answer} is what the button said.
USED = text("card.used", "{prompt}\n\n✓ {answer}")


def nonce_of(turn: Turn) -> str:
    """The name of an asking that begins with this turn: the same however often the turn is run."""
    return hashlib.blake2s(turn.incoming.activity_id.encode(), digest_size=4).hexdigest()


def is_of(press: Mapping[str, Any], state: Mapping[str, Any]) -> bool:
    """Whether a button belongs to what is being asked; one of an earlier release has no nonce."""
    nonce = state.get("nonce")
    return nonce is None or press.get("nonce", nonce) == nonce


def sign(turn: Turn, state: Mapping[str, Any]) -> None:
    """Puts the nonce of what is being asked on the buttons of this turn that decide it."""
    if (nonce := state.get("nonce")) is None:
        return

    def signed(choice: Choice) -> Choice:
        if choice.press.get("press") not in STEPS:
            return choice
        return replace(choice, press={**choice.press, "nonce": nonce})

    turn.replies = [
        replace(reply, choices=tuple(map(signed, reply.choices))) if reply.choices else reply
        for reply in turn.replies
    ]


def mark_used(turn: Turn, ask: Callable[[], None], answer: Text | Value) -> None:
    """Puts the question without its buttons in place of the card that was pressed, with what was pressed."""
    if turn.incoming.card_id is None:
        return
    before = len(turn.replies)
    ask()
    asked = turn.replies[-1]
    del turn.replies[before:]
    if asked.text is not None:
        used = USED.fill(prompt=asked.text, answer=answer)
        turn.reply(used, attachment=asked.attachment, replaces=True)
