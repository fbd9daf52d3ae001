"""How long a sentence may be where it stands: measured on a telephone, or set by the channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.localization.locale import Locale


@dataclass(frozen=True, slots=True)
class Place:
    """Where sentences stand whose keys have all these parts, and how many letters or characters fit."""

    name: str
    parts: frozenset[str]
    limits: Mapping[Locale, int]


def _place(name: str, key: str, letters: int, characters: int) -> Place:
    limits = {Locale.EN: letters, Locale.RU: letters, Locale.ZH_CN: characters, Locale.ZH_TW: characters}
    return Place(name, frozenset(key.split(".")), limits)


PLACES = (
    _place("a button", "button", 45, 20),
    _place("an option's button", "option", 50, 20),
    _place("the title of a card", "subject", 60, 32),
    _place("the title of a card", "title", 60, 32),
    _place("an empty box to write in", "placeholder", 45, 20),
    # What Teams cuts off or refuses, whatever the language.
    *(
        _place("the menu of commands in Teams", f"button.{name}", 32, 32)
        for name in ("apply", "compare", "summary", "status", "language", "help")
    ),
    *(
        _place("the description of a command in Teams", f"teams.{name}", 128, 128)
        for name in ("apply", "compare", "summary", "status", "language", "help")
    ),
    _place("the app's name in Teams", "teams.name", 30, 30),
    _place("the app's full name in Teams", "teams.full-name", 100, 100),
    _place("the short description in Teams", "teams.short", 80, 80),
    _place("the app's page in Teams", "teams.full", 4000, 4000),
)


def places_of(key: str) -> list[Place]:
    parts = set(key.split("."))
    return [place for place in PLACES if place.parts <= parts]
