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
    # The manifest's schema refuses longer ones, whatever the language.
    _place("a Teams command", "teams.command.title", 32, 32),
    _place("a Teams command's description", "teams.command.description", 128, 128),
)


def places_of(key: str) -> list[Place]:
    parts = set(key.split("."))
    return [place for place in PLACES if place.parts <= parts]
