"""One moment of a scene: what a person does, and what they get in every language and on every channel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.channels.rendering import Renderer
from bot.channels.voice import Voice
from bot.cli.gallery.drawings import CHANNELS, Drawing, drawing_of
from bot.cli.gallery.structure import Shape, shape
from bot.domain.resume_code import ALPHABET
from bot.localization import po
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from bot.localization.po import Message
from bot.localization.pseudo import TAG as PSEUDO
from bot.text import Text
from bot.turn import SHOWN_AS, Incoming, Reply, Turn

#: What a person reads on a card.
READ = frozenset({"text", "title", "label", "placeholder", "errorMessage"})
#: Every scene happens on this morning, so that dates stay what they were at the last build.
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
#: Numbers and codes are made by chance; in a gallery each is always the same, for the same reason.
BY_CHANCE = (
    (re.compile(r"\bCSP(?:-[0-9A-Z]{4}){3}\b"), "CSP-7Q2M-0X4V-K9TB"),
    (re.compile(rf"\b[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}\b"), "K7QM-4XPD"),
)


@dataclass(frozen=True, slots=True)
class Bubble:
    """One reply in words, as a channel without cards shows it."""

    key: str
    lines: tuple[str, ...]
    buttons: tuple[str, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class Version:
    """A moment in one language. `on_cards`: what only cards say, such as a hint in an empty field.
    `drawings`: one for each channel that draws; none where words stand outside the chat."""

    words: str
    bubbles: tuple[Bubble, ...]
    on_cards: tuple[str, ...]
    shape: Shape
    drawings: tuple[Drawing, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """`told`: how it comes to this. `versions` by language tag, the pseudo-locale's among them."""

    told: str
    versions: Mapping[str, Version]
    keys: frozenset[str]
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """`played`: the assistant itself answered; else its sentences are put where they belong."""

    id: str
    title: str
    played: bool
    moments: tuple[Moment, ...]

    @property
    def differences(self) -> tuple[str, ...]:
        return tuple(
            f"{self.id}, moment {number} ({moment.told}): {each}"
            for number, moment in enumerate(self.moments, 1)
            for each in moment.differs
        )


class Noting(Catalogs):
    """Speaks as the catalogs do, and notes the keys of what it says."""

    def __init__(self, messages: Mapping[Locale, Iterable[Message]]) -> None:
        super().__init__(messages)
        self.said: set[str] = set()

    def say(self, text: Text, locale: Locale) -> str:
        self.said.add(text.key)
        return super().say(text, locale)


class Stage:
    """Where turns are put into words and wire activities, as the doors would."""

    def __init__(self) -> None:
        spoken = (locale for locale in Locale if locale is not Locale.EN)
        self.catalogs = Noting({locale: po.read(po.path_of(LOCALES, locale)) for locale in spoken})
        self._renderer = Renderer(self.catalogs)

    def version(self, turn: Turn, words: str) -> Version:
        bubbles = tuple(self._bubble(turn, reply) for reply in turn.replies)
        said = "\n".join(line for bubble in bubbles for line in (*bubble.lines, *bubble.buttons))
        sent = {each: self._sent(turn, each) for each in CHANNELS}
        drawn = (text for activities in sent.values() for text in _read(activities))
        on_cards = tuple(dict.fromkeys(text for text in drawn if text.strip() not in said))
        # The pseudo-locale is a language of words only.
        made = () if turn.is_pseudo else (drawing_of(*each, turn.locale.value) for each in sent.items())
        return Version(_steady(words), bubbles, on_cards, shape(turn), tuple(each for each in made if each))

    def noted(self) -> frozenset[str]:
        """The keys of everything said since the last call."""
        said, self.catalogs.said = self.catalogs.said, set()
        return frozenset(said)

    def _bubble(self, turn: Turn, reply: Reply) -> Bubble:
        voice: Voice = self._renderer.voice(turn, reply)
        buttons = tuple(voice.button(choice) for choice in reply.choices)
        lines = tuple(_steady(voice.plain(reply)).split("\n"))
        lang = PSEUDO if turn.is_pseudo and voice.locale is Locale.EN else voice.locale.value
        return Bubble(reply.key, lines, buttons, lang)

    def _sent(self, turn: Turn, channel: str) -> Any:
        """What goes over the wire."""
        return _steadied(self._renderer.activities(turn, channel))


def _steadied(wire: Any) -> Any:
    if isinstance(wire, list):
        return [_steadied(each) for each in wire]
    if isinstance(wire, dict):
        return {name: _steadied(value) for name, value in wire.items()}
    return _steady(wire) if isinstance(wire, str) else wire


def _steady(said: str) -> str:
    for made, shown in BY_CHANCE:
        said = made.sub(shown, said)
    return said


def _read(wire: Any) -> Iterator[str]:
    """What is read on the cards of these activities."""
    if isinstance(wire, list):
        for each in wire:
            yield from _read(each)
    elif isinstance(wire, dict):
        for name, value in wire.items():
            if name in READ and isinstance(value, str) and wire.get("type") != "message":
                yield value
            elif name not in ("data", "value"):
                yield from _read(value)


def in_disguise(turn: Turn) -> Turn:
    """The same English turn as a tester sees it in the pseudo-locale."""
    return replace(turn, is_tester=True, state={**turn.state, SHOWN_AS: PSEUDO})


def turn_of(locale: Locale, replies: Iterable[Reply]) -> Turn:
    """A turn with these replies and nothing else."""
    incoming = Incoming(activity_id="1", conversation_id="gallery", user_id="gallery", channel="gallery")
    return Turn(incoming, NOW, None, locale, True, None, {}, list(replies))
