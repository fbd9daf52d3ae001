"""A person who follows a script through a door, and what they hear."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.conversation import Conversation
from bot.localization.locale import Locale
from bot.store.records import Application
from bot.turn import Incoming, Turn
from tests.conversations.house import house
from tests.conversations.scripts import LONGEST, Script, said_in


@dataclass
class Heard:
    """What one turn brought: the replies' keys, the dialog that waits, the field it asks for."""

    keys: list[str]
    waiting: str | None
    field: str | None
    choices: dict[str, Any] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)


@dataclass
class Person:
    """Talks to the conversation directly, as every door does."""

    conversation: Conversation
    locale: Locale
    user: str = "anna"
    place: str = "test:1"
    claimed: str | None = None
    count: int = 0
    say_text: Callable[[Any, Locale], str] | None = None

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
                **more,
            }
        )
        turns: list[Turn] = []

        def render(turn: Turn) -> list[dict[str, Any]]:
            turns.append(turn)
            return [{"type": "message", "text": reply.key} for reply in turn.replies]

        await self.conversation.take_turn(incoming, render)
        return self._heard(turns[-1]) if turns else Heard([], None, None)

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
        )

    def _label(self, label: Any, locale: Locale) -> str:
        if isinstance(label, str) or self.say_text is None:
            return str(label)
        return self.say_text(label, locale)


async def follow(
    script: Script, person: Person, step: Callable[[str], Awaitable[Heard]] | None = None
) -> list[Heard]:
    """Plays a script to its end; fails where the conversation goes another way."""
    say = step or person.says
    locale = person.locale
    begin = {"en": "apply", "zh-CN": "申请", "zh-TW": "申請", "ru": "подать заявку"}
    heard = [await say(begin[locale.value])]
    interrupted: set[str] = set()
    for _ in range(LONGEST):
        now = heard[-1]
        if now.waiting == "question" and now.field is not None:
            if now.field in script.before and now.field not in interrupted:
                interrupted.add(now.field)
                for turn in script.before[now.field]:
                    heard.append(await say(said_in(turn["says"], locale)))
                    _expect(turn, heard[-1])
                continue
            assert now.field in script.answers, f"{script.name} does not answer {now.field}"
            words = script.says(now.field, locale)
            heard.append(await say(words))
            confirming = heard[-1].field == now.field and any(
                key.startswith("confirm.") for key in heard[-1].keys
            )
            if confirming:
                heard.append(
                    await say(said_in({"en": "yes", "zh-CN": "是", "zh-TW": "是", "ru": "да"}, locale))
                )
            moved = heard[-1].field != now.field or heard[-1].waiting != "question"
            assert moved, f"{script.name}: {now.field} did not take {words!r}: {heard[-1].texts}"
        elif now.waiting == "review":
            heard.append(
                await say(
                    {"en": "send it", "zh-CN": "提交", "zh-TW": "送出", "ru": "отправить"}[locale.value]
                )
            )
        elif now.waiting == "consent":
            heard.append(
                await say({"en": "I agree", "zh-CN": "同意", "zh-TW": "同意", "ru": "согласен"}[locale.value])
            )
        elif now.waiting in script.ways:
            heard.append(await say(said_in(script.ways[now.waiting], locale)))
        else:
            break
    return heard


def _expect(turn: dict[str, Any], heard: Heard) -> None:
    for key in turn.get("hears", []):
        assert key in heard.keys, f"{turn['says']}: heard {heard.keys}"
    if "asks" in turn:
        assert heard.field == turn["asks"], f"{turn['says']}: is asked {heard.field}, {heard.texts}"
    if "at" in turn:
        assert heard.waiting == turn["at"], f"{turn['says']}: waits at {heard.waiting}"


@dataclass
class Rehearsal:
    """What a script says line by line, how many replies each line brings, and what is stored in the end."""

    lines: list[tuple[str, int]]
    answers: dict[str, Any]
    applications: list[Application]


async def rehearse(script: Script, locale: Locale, folder: Path) -> Rehearsal:
    """Plays a script on a store of its own, without a door."""
    lines: list[tuple[str, int]] = []
    async with house(folder) as conversation:
        person = Person(conversation.conversation, locale, user="rehearsal", say_text=conversation.say)

        async def step(words: str) -> Heard:
            heard = await person.says(words)
            lines.append((words, len(heard.keys)))
            return heard

        await follow(script, person, step)
        sent = await conversation.store.applications()
    return Rehearsal(lines, sent[0].answers if sent else {}, sent)
