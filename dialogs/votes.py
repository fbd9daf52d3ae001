"""The buttons under an answer that say whether it helped, and which answer they speak of."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Any

from bot.knowledge.topics import Topic
from bot.localization.locale import Locale
from bot.store.lessons import Shown
from bot.text import Text, text
from bot.turn import Choice
from dialogs.services import Services

# Translators: button under an answer that was of use.
HELPFUL = text("button.helpful", "👍 Helpful")
# Translators: button under an answer that was of no use.
NOT_HELPFUL = text("button.not-helpful", "👎 Not helpful")

#: The id of the comparison, beside those of the topics.
COMPARISON = "comparison"
VERSION_BYTES = 6
VERSION = re.compile(r"[0-9a-f]{12}")


def shown(services: Services, topic: Topic, locale: Locale) -> Shown:
    """A topic's answer as it now stands in a language."""
    parts = (topic.subject, *topic.paragraphs, *topic.points, *topic.steps, *topic.changes)
    return _shown(services, topic.id, locale, parts)


def shown_comparison(services: Services, locale: Locale) -> Shown:
    """The two models side by side, as they now stand in a language."""
    table = services.topics.comparison
    rows = (part for row in table.rows for part in (row.aspect, row.indirect, row.direct))
    return _shown(services, COMPARISON, locale, (table.title, table.indirect, table.direct, *rows))


def subject(services: Services, answer: str) -> Text | None:
    """What an answer is called; None where we have none of this id."""
    if answer == COMPARISON:
        return services.topics.comparison.title
    return services.topics[answer].subject if answer in services.topics else None


def _shown(services: Services, answer: str, locale: Locale, parts: tuple[Text, ...]) -> Shown:
    """Its words are put together for the first who asks."""
    found = services.shown.get((answer, locale))
    if found is None:
        words = "\n".join(services.say(part, locale) for part in parts)
        version = blake2b(words.encode(), digest_size=VERSION_BYTES).hexdigest()
        found = services.shown[answer, locale] = Shown(answer, locale, version)
    return found


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
