"""What a person agreed to: the wording's hash, its version and language, and when."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from bot.text import Text
from bot.turn import Turn
from dialogs.services import Services

#: The versions of the wordings. A change of meaning is a new version, and asks again.
VERSION = 1


def is_current(consent: Mapping[str, Any]) -> bool:
    """Whether what was agreed to is what would be asked today."""
    return consent.get("version") == VERSION


def agreed(text: Text, turn: Turn, services: Services) -> dict[str, Any]:
    """The record of a consent to this text as it was shown in the person's language."""
    wording = services.say(text, turn.locale)
    return {
        "text": text.key,
        "version": VERSION,
        "locale": turn.locale.value,
        "sha256": hashlib.sha256(wording.encode()).hexdigest(),
        "at": turn.now.isoformat(),
    }
