"""What a person was told and agreed to: the wording's hash, its version and language, and when."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from bot.localization.locale import Locale
from bot.text import Text
from bot.turn import Turn
from dialogs.services import Services

#: The version of each wording in each language. A change of meaning is a new version, and asks (or tells)
#: again: everybody, or only those who read the translation that said something else.
VERSIONS: Mapping[str, Mapping[Locale, int]] = {
    "privacy.notice": dict.fromkeys(Locale, 1),
    "apply.credit-check-consent.ask": dict.fromkeys(Locale, 1),
    "consent.text": dict.fromkeys(Locale, 1),
}


def is_current(record: Mapping[str, Any]) -> bool:
    """Whether what was shown is what would be shown today in the same language."""
    shown_in = next((locale for locale in Locale if locale.value == record.get("locale")), None)
    versions = VERSIONS.get(str(record.get("text")), {})
    return shown_in is not None and record.get("version") == versions.get(shown_in)


def shown(text: Text, turn: Turn, services: Services) -> dict[str, Any]:
    """The record of this text as it was shown in the person's language."""
    wording = services.say(text, turn.locale)
    return {
        "text": text.key,
        "version": VERSIONS[text.key][turn.locale],
        "locale": turn.locale.value,
        "sha256": hashlib.sha256(wording.encode()).hexdigest(),
        "at": turn.now.isoformat(),
    }
