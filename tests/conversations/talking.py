"""A person who follows a script through a door, and what they hear."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from bot.channels.rendering import Renderer
from bot.cli.gallery.following import AGREE as AGREE
from bot.cli.gallery.following import BEGIN as BEGIN
from bot.cli.gallery.following import SEND as SEND
from bot.cli.gallery.following import YES as YES
from bot.cli.gallery.following import follow_in, line, needs_yes
from bot.conversation import Conversation, Outcome
from bot.localization.locale import Locale
from bot.store.records import Application
from bot.turn import Incoming, Turn
from tests.conversations.house import catalogs, house
from tests.conversations.scripts import LONGEST, Script, said_in

RENDERER = Renderer(catalogs())
#: The first answers of an application, one message each; the country is asked for a yes.
TWENTY = [
    "apply",
    "indirect",
    "no",
    "Kazakhstan",
    "yes",
    "yes",
    "7654321",
    "location",
    "KZ",
    "yes",
    "TOO Example",
    "skip",
    "Almaty",
    "Z05T3D0",
    "5 Example Street",
    "skip",
    "990140990004",
    "contoso.kz",
    "Daniyar",
    "Akhmetov",
]


@dataclass
class Heard:
    """What one turn brought: the replies' keys, the dialog that waits, the field it asks for."""

    keys: list[str]
    waiting: str | None
    field: str | None
    choices: dict[str, Any] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    turn: Turn | None = None
    outcome: Outcome | None = None

    @property
    def stored(self) -> Turn:
        """The turn itself: its draft and its state as they were saved."""
        assert self.turn is not None
        return self.turn

    @property
    def answers(self) -> dict[str, Any]:
        return self.stored.draft.answers if self.stored.draft else {}

    @property
    def pending(self) -> dict[str, Any]:
        """What the waiting dialog has kept: the field, the failures, what waits for a yes."""
        stack = self.stored.state.get("stack") or [{"state": {}}]
        return dict(stack[0]["state"])

    @property
    def question(self) -> tuple[str, str, list[Any]]:
        """The last reply: its key, its wording, its buttons, whichever time it is asked."""
        last = self.stored.replies[-1]
        presses = [{**choice.press} for choice in last.choices]
        for press in presses:
            press.pop("nonce", None)
        return last.key, self.texts[-1], presses

    def offers(self, press: str, **named: Any) -> dict[str, Any]:
        """The button with this press; fails where none is offered."""
        wanted = {"press": press, **named}
        found = [one for one in self.choices.values() if wanted.items() <= one.items()]
        assert found, f"{wanted} is not among {list(self.choices.values())}"
        return dict(found[0])


@dataclass
class Person:
    """Talks to the conversation directly, as every door does."""

    conversation: Conversation
    locale: Locale
    user: str = "anna"
    place: str = "test:1"
    claimed: str | None = None
    count: int = 0
    #: How many activities a web chat would get for the last turn.
    drawn: int = 0
    say_text: Callable[[Any, Locale], str] | None = None
    #: What is true of every activity of this person's channel.
    always: dict[str, Any] = field(default_factory=dict)

    async def says(self, words: str, **more: Any) -> Heard:
        return await self.sends(text=words, **more)

    async def presses(self, press: dict[str, Any], **more: Any) -> Heard:
        return await self.sends(pressed=press, **more)

    async def sends(self, **more: Any) -> Heard:
        self.count += 1
        incoming = Incoming(
            **{
                "activity_id": f"{self.place}-{self.count}",
                "conversation_id": self.place,
                "user_id": self.user,
                "channel": "test",
                "locale": self.claimed if self.claimed is not None else self.locale.value,
                **self.always,
                **more,
            }
        )
        turns: list[Turn] = []

        def render(turn: Turn) -> list[dict[str, Any]]:
            turns.append(turn)
            self.drawn = len(RENDERER.activities(turn, "directline"))
            return [{"type": "message", "text": reply.key} for reply in turn.replies]

        outcome = await self.conversation.take_turn(incoming, render)
        heard = self._heard(turns[-1]) if turns else Heard([], None, None)
        heard.outcome = outcome
        return heard

    def _heard(self, turn: Turn) -> Heard:
        stack = turn.state.get("stack") or [{"id": None, "state": {}}]
        choices = {
            self._label(choice.label, turn.locale): choice.press
            for reply in turn.replies
            for choice in reply.choices
        }
        texts = [self._label(reply.text, turn.locale) if reply.text else "" for reply in turn.replies]
        return Heard(
            [reply.key for reply in turn.replies],
            stack[0]["id"],
            stack[0]["state"].get("field"),
            choices,
            texts,
            turn,
        )

    def elsewhere(self, place: str) -> Person:
        """The same person in another conversation: another device, or another day."""
        return replace(self, place=place, count=0)

    def _label(self, label: Any, locale: Locale) -> str:
        if isinstance(label, str) or self.say_text is None:
            return str(label)
        return self.say_text(label, locale)


Say = Callable[[str], Awaitable[Heard]]


async def follow(script: Script, person: Person, step: Say | None = None) -> list[Heard]:
    """Plays a script to its end; fails where the conversation goes another way."""
    return await follow_in(script, person.locale, step or person.says)


async def answer(script: Script, person: Person, now: Heard) -> Heard:
    """Answers whatever is waiting as the script does, with a yes where one is asked for."""
    words = line(script, now, person.locale)
    assert words is not None, f"{script.name} says nothing at {now.waiting}"
    heard = await person.says(words)
    if needs_yes(now, heard):
        heard = await person.says(said_in(YES, person.locale))
    return heard


async def reach(script: Script, person: Person, place: str) -> Heard:
    """Goes on with a script until a field is asked or a crossroads is reached."""
    heard = await person.says(said_in(BEGIN, person.locale))
    for _ in range(LONGEST):
        if place in (heard.field, heard.waiting):
            return heard
        heard = await answer(script, person, heard)
    raise AssertionError(f"{script.name} never comes to {place}")


class Line(NamedTuple):
    """What is said, how many replies it brings, and how many activities a web chat gets for them."""

    words: str
    replies: int
    activities: int


@dataclass
class Rehearsal:
    """What a script says line by line, how many replies each line brings, and what is stored in the end."""

    lines: list[Line]
    answers: dict[str, Any]
    applications: list[Application]


async def rehearse(script: Script, locale: Locale, folder: Path) -> Rehearsal:
    """Plays a script on a store of its own, without a door."""
    lines: list[Line] = []
    async with house(folder) as conversation:
        person = Person(conversation.conversation, locale, user="rehearsal", say_text=conversation.say)

        async def step(words: str) -> Heard:
            heard = await person.says(words)
            lines.append(Line(words, len(heard.keys), person.drawn))
            return heard

        await follow(script, person, step)
        sent = await conversation.store.applications()
    return Rehearsal(lines, sent[0].answers if sent else {}, sent)
