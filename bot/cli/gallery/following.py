"""Follows a script through a conversation: what to say next, and whether all goes as told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from bot.cli.gallery.scripts import LONGEST, Script, said_in
from bot.localization.locale import Locale

BEGIN = {"en": "apply", "zh-CN": "申请", "zh-TW": "申請", "ru": "подать заявку"}
YES = {"en": "yes", "zh-CN": "是", "zh-TW": "是", "ru": "да"}
SEND = {"en": "send it", "zh-CN": "提交", "zh-TW": "送出", "ru": "отправить"}
AGREE = {"en": "I agree", "zh-CN": "同意", "zh-TW": "同意", "ru": "согласен"}


class Astray(AssertionError):
    """A conversation does not go the way its script tells."""


class Heard(Protocol):
    """What one turn brought: the replies' keys and words, the dialog that waits, the field it asks for."""

    keys: list[str]
    waiting: str | None
    field: str | None
    texts: list[str]


H = TypeVar("H", bound=Heard)
Say = Callable[[str], Awaitable[H]]


async def follow_in(script: Script, locale: Locale, say: Say[H]) -> list[H]:
    """Plays a script to its end. Raises `Astray` where the conversation goes another way."""
    heard = [await say(said_in(BEGIN, locale))]
    interrupted: set[str] = set()
    for _ in range(LONGEST):
        now = heard[-1]
        asked = now.field if now.waiting == "question" else None
        if asked is not None and asked in script.before and asked not in interrupted:
            interrupted.add(asked)
            for turn in script.before[asked]:
                heard.append(await say(said_in(turn["says"], locale)))
                _expect(turn, heard[-1])
            continue
        if (words := line(script, now, locale)) is None:
            break
        heard.append(await say(words))
        if needs_yes(now, heard[-1]):
            heard.append(await say(said_in(YES, locale)))
        if heard[-1].field == now.field and heard[-1].waiting == now.waiting:
            raise Astray(f"{script.name}: {now.field} did not take {words!r}: {heard[-1].texts}")
    return heard


def line(script: Script, now: Heard, locale: Locale) -> str | None:
    """What the script says now; None at its end."""
    if now.waiting == "question" and now.field is not None:
        if now.field not in script.answers:
            raise Astray(f"{script.name} does not answer {now.field}")
        return script.says(now.field, locale)
    if now.waiting is not None and now.waiting in script.ways:
        return said_in(script.ways[now.waiting], locale)
    if now.waiting in ("review", "consent"):
        return said_in(SEND if now.waiting == "review" else AGREE, locale)
    return None


def needs_yes(before: Heard, now: Heard) -> bool:
    """Whether the answer was understood and only waits for a yes."""
    return now.field == before.field and any(key.startswith("confirm.") for key in now.keys)


def _expect(turn: dict[str, Any], heard: Heard) -> None:
    wanted = {"asks": heard.field, "at": heard.waiting}
    for key in turn.get("hears", []):
        if key not in heard.keys:
            raise Astray(f"{turn['says']}: heard {heard.keys}, not {key}")
    for name, given in wanted.items():
        if name in turn and turn[name] != given:
            raise Astray(f"{turn['says']}: is at {given}, not at {turn[name]}: {heard.texts}")
