"""Plays scenes with the assistant itself, in every language at once, on a store that is gone afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.fernet import Fernet

import dialogs
from bot.cli.gallery.following import BEGIN, YES, Astray, follow_in, line, needs_yes
from bot.cli.gallery.moments import NOW, Moment, Scene, Stage, in_disguise
from bot.cli.gallery.scripts import LONGEST, Script, said_in
from bot.cli.gallery.structure import differences, neutral
from bot.cli.gallery.talks import Send, Talk
from bot.conversation import Conversation
from bot.localization.locale import Locale
from bot.localization.pseudo import TAG as PSEUDO
from bot.store.database import Store
from bot.turn import Incoming, Turn, Waiting
from dialogs.words import COMMANDS

CONTACT = "https://partner.example.com/help"


@dataclass
class Heard:
    """One turn of a played conversation."""

    words: str
    turn: Turn
    keys: list[str]
    waiting: str | None
    field: str | None
    texts: list[str]


@dataclass
class Person:
    """Somebody who talks to the assistant in one language, as doors do."""

    conversation: Conversation
    locale: Locale
    place: str
    always: Mapping[str, Any] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    sent: int = 0

    async def says(self, words: str) -> Heard:
        return await self.sends(words, text=words)

    async def sends(self, words: str, **more: Any) -> Heard:
        turns: list[Turn] = []

        def render(turn: Turn) -> list[dict[str, Any]]:
            turns.append(turn)
            return [{"type": "message", "text": reply.key} for reply in turn.replies]

        self.sent += 1
        incoming = {
            "activity_id": f"{self.place}-{self.sent}",
            "conversation_id": self.place,
            "user_id": self.place,
            "channel": "gallery",
            "locale": self.locale.value,
            **self.always,
            **more,
        }
        await self.conversation.take_turn(Incoming(**incoming), render)
        turn = turns[-1]
        stack = turn.state.get("stack") or [{"id": None, "state": {}}]
        keys = [reply.key for reply in turn.replies]
        waiting, asked = stack[0]["id"], stack[0]["state"].get("field")
        self.heard.append(Heard(words, turn, keys, waiting, asked, keys))
        return self.heard[-1]


class Players:
    """Plays scripts and talks, and puts what comes of them side by side."""

    def __init__(self, stage: Stage, store: Store) -> None:
        assistant = dialogs.build(stage.catalogs, CONTACT)
        self._stage = stage
        self._now = NOW
        self._testers: set[str] = set()
        self._conversation = Conversation(store, assistant, lambda: self._now, self._testers)

    @classmethod
    @asynccontextmanager
    async def on(cls, stage: Stage) -> AsyncIterator[Players]:
        with TemporaryDirectory() as folder:
            store = await Store.open(
                f"sqlite:///{Path(folder) / 'gallery.sqlite3'}", [Fernet.generate_key().decode()]
            )
            try:
                yield cls(stage, store)
            finally:
                await store.close()

    async def play(self, wanted: Script | Talk) -> Scene:
        return await (self.script(wanted) if isinstance(wanted, Script) else self.talk(wanted))

    async def script(self, script: Script) -> Scene:
        played = {}
        for locale in Locale:
            person = Person(self._conversation, locale, f"{script.name}:{locale.value}")
            await follow_in(script, locale, person.says)
            played[locale] = person.heard
        return self._scene(f"conversation.{script.name}", script.told, played)

    async def talk(self, talk: Talk) -> Scene:
        played = {}
        for locale in Locale:
            self._now = NOW
            place = f"{talk.id}:{locale.value}"
            first = Person(self._conversation, locale, place, talk.always)
            second = Person(self._conversation, locale, f"{place}:second", talk.always, first.heard)
            if talk.tester:
                self._testers.add(place)
            for send in talk.sends:
                self._now += send.after
                await self._send(second if send.second else first, send)
            played[locale] = first.heard
        self._now = NOW
        return self._scene(talk.id, talk.told, played)

    async def _send(self, person: Person, send: Send) -> None:
        if send.reach is not None:
            start = len(person.heard)
            await reach(person, send.reach, send.script)
            del person.heard[start:-1]
        elif send.press is not None:
            label, press = self._button(person, send.press)
            await person.sends(label, pressed=press, **send.more)
        elif send.reminded:
            await person.sends("", kind="notice", about=_waiting(person.heard[-1].turn), **send.more)
        else:
            words = said_in(send.says, person.locale).replace("{code}", _code(person.heard))
            await person.sends(words, text=words, **send.more)

    def _button(self, person: Person, press: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """What the button says that is pressed, and all it carries; in brackets where it was not offered."""
        for reply in person.heard[-1].turn.replies if person.heard else ():
            for choice in reply.choices:
                if press.items() <= choice.press.items():
                    return self._stage.catalogs.value(choice.label, person.locale), dict(choice.press)
        label = COMMANDS.get(press.get("name", ""))
        said = self._stage.catalogs.say(label, person.locale) if label else " ".join(map(str, press.values()))
        return f"[{said}]", dict(press)

    def _scene(self, name: str, told: str, played: Mapping[Locale, Sequence[Heard]]) -> Scene:
        self._stage.noted()
        longest = max(map(len, played.values()))
        moments = []
        for at in range(longest):
            heard = {locale: turns[at] for locale, turns in played.items() if at < len(turns)}
            moments.append(self._moment(heard, at))
        return Scene(name, told, True, tuple(moments))

    def _moment(self, heard: Mapping[Locale, Heard], at: int) -> Moment:
        self._stage.noted()
        versions = {
            locale.value: self._stage.version(each.turn, each.words) for locale, each in heard.items()
        }
        keys = self._stage.noted()
        differs = [f"{locale.value} has no such turn" for locale in Locale if locale not in heard]
        if Locale.EN in heard:
            differs += differences({tag: version.shape for tag, version in versions.items()})
            english = heard[Locale.EN]
            versions[PSEUDO] = self._stage.version(in_disguise(english.turn), english.words)
            differs += [
                f"{locale.value} waits for {each.field or each.waiting} where English waits for "
                f"{english.field or english.waiting}"
                for locale, each in heard.items()
                if neutral(f"{each.field} {each.waiting}") != neutral(f"{english.field} {english.waiting}")
            ]
        first = next(iter(heard.values()))
        told = first.field or first.waiting or (first.keys[-1] if first.keys else "silence")
        return Moment(told, versions, keys, tuple(differs))


async def reach(person: Person, place: str, script: Script) -> None:
    """Goes on with a script until a field is asked or a crossroads is reached. Raises `Astray`."""
    heard = await person.says(said_in(BEGIN, person.locale))
    for _ in range(LONGEST):
        if place in (heard.field, heard.waiting):
            return
        if (words := line(script, heard, person.locale)) is None:
            break
        before, heard = heard, await person.says(words)
        if needs_yes(before, heard):
            heard = await person.says(said_in(YES, person.locale))
    raise Astray(f"{script.name} never comes to {place}")


def _waiting(turn: Turn) -> Waiting | None:
    """A draft that has waited for its owner."""
    draft = turn.draft
    return Waiting(draft_id=draft.id, touched=draft.touched, reminded=draft.reminded) if draft else None


def _code(heard: Sequence[Heard]) -> str:
    """The last code that was given out; none is empty."""
    texts = (reply.text for turn in reversed(heard) for reply in turn.turn.replies if reply.text)
    return next((str(text.values["code"]) for text in texts if "code" in text.values), "")
