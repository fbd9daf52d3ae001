"""The buttons under an answer that say whether it helped, and which answer they speak of."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Any

from bot.knowledge.topics import Topic
from bot.localization.locale import Locale
from bot.store.lessons import Shown
from bot.text import text
from bot.turn import Choice
from dialogs.services import Services

# Translators: button under an answer that was of use.
HELPFUL = text("button.helpful", "👍 Helpful")
# Translators: button under an answer that was of no use.
NOT_HELPFUL = text("button.not-helpful", "👎 Not helpful")

VERSION_BYTES = 6
VERSION = re.compile(r"[0-9a-f]{12}")


def shown(services: Services, topic: Topic, locale: Locale) -> Shown:
    """A topic's answer as it now stands in a language; its words are put together for the first who asks."""
    answer = services.shown.get((topic.id, locale))
    if answer is None:
        parts = (topic.subject, *topic.paragraphs, *topic.points, *topic.steps, *topic.changes)
        words = "\n".join(services.say(part, locale) for part in parts)
        version = blake2b(words.encode(), digest_size=VERSION_BYTES).hexdigest()
        answer = services.shown[topic.id, locale] = Shown(topic.id, locale, version)
    return answer


def buttons(answer: Shown) -> tuple[Choice, ...]:
    return tuple(
        Choice(label, {"press": "vote", "vote": opinion, **named(answer)})
        for label, opinion in ((HELPFUL, "up"), (NOT_HELPFUL, "down"))
    )


def named(answer: Shown) -> dict[str, str]:
    """An answer as buttons and the saved state hold it."""
    return {"answer": answer.topic, "locale": answer.locale.value, "version": answer.version}


def read(saved: object) -> Shown | None:
    """What `named` made; others make presses, too, and may put anything in them."""
    match saved:
        case {"answer": str(topic), "locale": str(locale), "version": str(version)}:
            if locale in set(Locale) and VERSION.fullmatch(version):
                return Shown(topic, Locale(locale), version)
    return None


def answered(state: dict[str, Any]) -> Shown | None:
    """The answer that words like "that helped" speak of; it is taken out of the state."""
    return read(state.pop("answered", None))
