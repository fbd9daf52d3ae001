"""An old card that was pressed once more: what stands in its place, so that it is not pressed again."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.application import NAMED
from bot.text import text
from bot.turn import Press, Reply, Turn
from dialogs.pressing import USED
from dialogs.question import STALE
from dialogs.showing import answers_of, spoken_value
from dialogs.summary import summary

# Translators: stands in place of an old form in the chat that can no longer be filled in.
CLOSED = text("card.closed", "This form is closed.")


def retire(turn: Turn) -> None:
    """Shows the answer of today in place of an old question or form; what else was pressed stays as it is."""
    press = turn.pressed or {}
    is_stale = any(reply.key == STALE.key for reply in turn.replies)
    if turn.incoming.card_id is None or not is_stale or any(reply.replaces for reply in turn.replies):
        return
    if (standing := _standing(turn, press)) is not None:
        turn.replies.insert(0, replace(standing, replaces=True))


def _standing(turn: Turn, press: Press) -> Reply | None:
    answers = {} if turn.incoming.shared else answers_of(turn)
    if press.get("press") == "fill":
        listed = press.get("fields")
        names = listed if isinstance(listed, list) else []
        fields = tuple(NAMED[name] for name in NAMED if name in names and name in answers)
        return Reply(attachment=summary(turn, fields)) if fields else Reply(CLOSED)
    name = press.get("field")
    if not isinstance(name, str) or name not in NAMED or name not in answers:
        return None
    prompt, answer = NAMED[name].prompt(answers), spoken_value(NAMED[name], answers)
    return Reply(USED.fill(prompt=prompt, answer=answer))
