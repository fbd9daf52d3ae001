"""Scripted conversations: what is said, field by field, and what must come of it; for tests as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from bot.knowledge.reading import read
from bot.localization.locale import Locale

FOLDER = Path(__file__).parent / "conversations"
#: A form has fewer questions than this; a script that needs more turns is going round in circles.
LONGEST = 120


@dataclass(frozen=True)
class Script:
    name: str
    told: str
    answers: Mapping[str, Any]
    ends: str
    before: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    ways: Mapping[str, Any] = field(default_factory=dict)
    stored: Mapping[str, Any] = field(default_factory=dict)
    hears: tuple[str, ...] = ()

    def says(self, name: str, locale: Locale) -> str:
        return said_in(self.answers[name], locale)


def said_in(words: Any, locale: Locale) -> str:
    """What a script says in one language: the same for all, or one for each."""
    return str(words[locale.value] if isinstance(words, dict) else words)


@cache
def scripts() -> tuple[Script, ...]:
    return tuple(Script(name=path.stem, **read(path)) for path in sorted(FOLDER.glob("*.yml")))


def script_of(name: str) -> Script:
    return next(script for script in scripts() if script.name == name)
