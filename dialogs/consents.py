"""What a person agreed to: the wording's hash, its version and language, and when."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from bot.localization.locale import Locale
from bot.text import Text
from bot.turn import Turn
from dialogs.services import Services

#: The version of the wordings in each language. A change of meaning is a new version, and asks again: all who
#: agreed, or only those who read the translation that said something else.
VERSIONS: Mapping[Locale, int] = dict.fromkeys(Locale, 1)


def is_current(consent: Mapping[str, Any]) -> bool:
    """Whether what was agreed to is what would be asked today in the same language."""
    shown_in = next((locale for locale in Locale if locale.value == consent.get("locale")), None)
    return shown_in is not None and consent.get("version") == VERSIONS[shown_in]


def agreed(text: Text, turn: Turn, services: Services) -> dict[str, Any]:
    """The record of a consent to this text as it was shown in the person's language."""
    wording = services.say(text, turn.locale)
    return {
        "text": text.key,
        "version": VERSIONS[turn.locale],
        "locale": turn.locale.value,
        "sha256": hashlib.sha256(wording.encode()).hexdigest(),
        "at": turn.now.isoformat(),
    }
