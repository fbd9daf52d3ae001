"""Puts sentences where they belong, with sample values, in every language at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from bot.cli.gallery.moments import Bubble, Moment, Scene, Stage, Version, in_disguise, turn_of
from bot.cli.gallery.structure import differences
from bot.localization.locale import Locale
from bot.localization.pseudo import TAG as PSEUDO
from bot.localization.pseudo import Pseudo
from bot.text import Text
from bot.turn import Reply


@dataclass(frozen=True, slots=True)
class Place:
    """Replies of a scene, and how it comes to them: `typed` is what was said before."""

    scene: str
    told: str
    replies: tuple[Reply, ...]
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Surface:
    """Words that stand outside the chat: on a page, in a manifest."""

    scene: str
    told: str
    text: Text


def placed_scenes(stage: Stage, places: Iterable[Place | Surface]) -> list[Scene]:
    """Scenes in the order of their names; a moment for each place."""
    ordered = sorted(places, key=lambda place: place.scene)
    return [
        Scene(name, name, False, tuple(_moment(stage, place) for place in each))
        for name, each in groupby(ordered, key=lambda place: place.scene)
    ]


def _moment(stage: Stage, place: Place | Surface) -> Moment:
    stage.noted()
    if isinstance(place, Surface):
        versions = {locale.value: _outside(stage, place.text, locale) for locale in Locale}
        keys = stage.noted()
        disguised = Bubble(place.text.key, (Pseudo().say(place.text, Locale.EN),), (), PSEUDO)
        return Moment(place.told, {**versions, PSEUDO: Version("", (disguised,), (), ())}, keys)
    turns = {locale: turn_of(locale, place.replies) for locale in Locale}
    versions = {locale.value: stage.version(turn, place.typed) for locale, turn in turns.items()}
    keys = stage.noted()
    differs = differences({tag: version.shape for tag, version in versions.items()})
    versions[PSEUDO] = stage.version(in_disguise(turns[Locale.EN]), place.typed)
    return Moment(place.told, versions, keys, tuple(differs))


def _outside(stage: Stage, text: Text, locale: Locale) -> Version:
    return Version("", (Bubble(text.key, (stage.catalogs.say(text, locale),), (), locale.value),), (), ())
