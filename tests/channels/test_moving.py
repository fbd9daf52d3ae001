"""A draft goes to another chat by a code: the one it has left says so by itself, once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

import pytest

from bot.channels.reminders import TIMES
from bot.localization.locale import Locale
from bot.settings import Settings
from dialogs.healing import AWAY
from dialogs.move import HERE
from tests.channels.test_connector import Channel
from tests.channels.test_connector import channel as channel
from tests.channels.test_reminders import Rooms, rooms, said
from tests.conversations.house import Clock
from tests.conversations.test_moving import ASK

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@dataclass
class Web:
    """The same person in a web chat of the same service."""

    house: Rooms
    head: dict[str, str]
    path: str
    locale: Locale

    @classmethod
    async def open(cls, house: Rooms, folder: Path, locale: Locale) -> Self:
        secret = Settings.read({"BOT_DATA_DIR": str(folder)}).direct_line_secret
        head = {"Authorization": f"Bearer {secret}"}
        began = await (await house.client.post("/v3/directline/conversations", headers=head)).json()
        return cls(house, head, f"/v3/directline/conversations/{began['conversationId']}/activities", locale)

    async def says(self, text: str, **more: Any) -> list[str]:
        """What comes in answer to it."""
        message = {"type": "message", "from": {"id": "x"}, "locale": self.locale.value, "text": text, **more}
        posted = await self.house.client.post(self.path, json=message, headers=self.head)
        name = (await posted.json())["id"]
        async with asyncio.timeout(10):
            while not (heard := await self.heard(name)):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        return heard

    async def heard(self, answering: str | None = None) -> list[str]:
        everything = await (await self.house.client.get(self.path, headers=self.head)).json()
        return texts(
            each
            for each in everything["activities"]
            if each["from"].get("role") == "bot" and answering in (None, each.get("replyToId"))
        )

    async def begins(self) -> None:
        await self.says("", value={"press": "apply", "model": "indirect-reseller"})


def code_in(texts: list[str]) -> str:
    found = CODE.search("\n".join(texts))
    assert found
    return found[0]


def texts(activities: Iterable[dict[str, Any]]) -> list[str]:
    """What is said in each; a card says it in its summary as well."""
    return [each.get("text") or each.get("summary", "") for each in activities]


async def reached(channel: Channel, before: int) -> None:
    """Waits until the channel has taken more: the web shows a turn once it is saved, before the notice."""
    async with asyncio.timeout(10):
        while len(channel.taken) == before:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("locale", Locale)
async def test_the_chat_that_a_draft_has_left_says_so_at_once_and_once(
    locale: Locale, channel: Channel, tmp_path: Path
) -> None:
    """B2: from the web to Teams and back, in the language of the chat that was left"""
    other = Locale.EN if locale is Locale.RU else Locale.RU
    async with rooms(tmp_path, channel, Clock()) as house:
        web = await Web.open(house, tmp_path, locale)
        await web.begins()
        code = code_in(await web.says(ASK[locale.value]))
        away = said(AWAY, locale)
        assert away not in await web.heard()
        arrived = await house.says(code, other)
        assert said(HERE, other) in texts(arrived)
        await asyncio.wait_for(house.moving.close(), 10)
        assert (await web.heard())[-1] == away
        # The form it has taken along is closed, and who writes there is not told again.
        assert away not in await web.says("Contoso")
        assert (await web.heard()).count(away) == 1
        # And back: now it is Teams that says so.
        code = code_in(texts(await house.says(ASK[other.value], other)))
        before = len(channel.taken)
        await web.says(code)
        await reached(channel, before)
        assert texts(await house.heard_since(before)) == [said(AWAY, other)]
        assert (await web.heard()).count(away) == 1


async def test_told_twice_of_the_same_move_it_says_so_once(channel: Channel, tmp_path: Path) -> None:
    """B2, A7: by the notice, or by the next message, whichever comes first; never by both"""
    clock = Clock()
    async with rooms(tmp_path, channel, clock) as house:
        await house.begins(Locale.EN)
        code = code_in(texts(await house.says("give me a code", Locale.EN)))
        [(owner, draft)] = [
            (idle.conversation.user_id, idle.draft_id)
            for idle in await house.store.idle_drafts(clock() + timedelta(days=1), TIMES)
        ]
        # It says nothing of a draft that is still there.
        before = len(channel.taken)
        house.moving.note(owner, draft, clock() - timedelta(minutes=1))
        await house.moving.close()
        assert await house.heard_since(before) == []
        web = await Web.open(house, tmp_path, Locale.EN)
        await web.says(code)
        await reached(channel, before)
        for minute in range(3):
            house.moving.note(owner, draft, clock() + timedelta(minutes=minute))
            await house.moving.close()
        assert texts(await house.heard_since(before)) == [said(AWAY, Locale.EN)]
        assert said(AWAY, Locale.EN) not in texts(await house.says("hello", Locale.EN))
