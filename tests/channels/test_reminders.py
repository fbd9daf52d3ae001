"""Reminders of unfinished drafts, through the doors: when, where, how often, in which language."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.activity import read, understand
from bot.channels.connector import Connector
from bot.channels.direct_line import DirectLine
from bot.channels.moving import Moving
from bot.channels.reminders import TIMES, Reminders
from bot.channels.rendering import Renderer
from bot.conversation import Conversation
from bot.localization.locale import Locale
from bot.settings import Settings
from bot.store.database import Store
from bot.store.records import DRAFT_KEPT
from dialogs import words
from dialogs.reminding import MUTED, REMINDER, UNMUTED
from tests.channels.test_connector import Channel
from tests.channels.test_connector import channel as channel
from tests.conversations.house import KEY, Clock, assistant, catalogs

AFTER = timedelta(days=7)
BOT = {"id": "28:bot", "name": "CSP"}
ALONE = {"id": "a:1", "conversationType": "personal", "tenantId": "t1"}
GROUP = {"id": "19:g", "conversationType": "groupChat", "tenantId": "t1"}
NO_MORE = {
    Locale.EN: "no more reminders",
    Locale.ZH_CN: "别再提醒我",
    Locale.ZH_TW: "不要再提醒我",
    Locale.RU: "больше не напоминайте",
}
AGAIN = {
    Locale.EN: "remind me",
    Locale.ZH_CN: "提醒我",
    Locale.ZH_TW: "提醒我",
    Locale.RU: "напоминать",
}


@dataclass
class Rooms:
    """A running service, and a person in Teams who talks to it."""

    channel: Channel
    store: Store
    connector: Connector
    direct_line: DirectLine
    reminders: Reminders
    moving: Moving
    client: TestClient[Any, Any]
    clock: Clock
    count: int = 0

    async def says(self, text: str, locale: Locale, **more: Any) -> list[dict[str, Any]]:
        """What the person hears."""
        self.count += 1
        wire = {
            "type": "message",
            "id": f"a{self.clock.now.timestamp()}-{self.count}",
            "channelId": "msteams",
            "serviceUrl": self.channel.url,
            "from": {"id": "29:p", "aadObjectId": "aad"},
            "recipient": BOT,
            "conversation": ALONE,
            "locale": locale.value,
            "text": text,
            **more,
        }
        before = len(self.channel.taken)
        assert (await self.client.post("/api/messages", json=wire)).status == 201
        return await self.heard_since(before)

    async def heard_since(self, before: int) -> list[dict[str, Any]]:
        """What has reached the channel since it had taken so much, once nothing is on its way."""
        async with asyncio.timeout(10):
            while self.connector.delivery.on_their_way:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        return [activity for _, activity in self.channel.taken[before:]]

    async def begins(self, locale: Locale, **more: Any) -> None:
        """Begins an application with one answer."""
        await self.says("", locale, value={"press": "apply", "model": "indirect-reseller"}, **more)

    async def reminded(self) -> list[dict[str, Any]]:
        """Who is due is reminded: what came of it."""
        before = len(self.channel.taken)
        await self.reminders.send_due()
        return await self.heard_since(before)


@asynccontextmanager
async def rooms(folder: Path, channel: Channel, clock: Clock) -> AsyncIterator[Rooms]:
    """Opened again on the same folder it is the service after a restart."""
    settings = Settings.read({"BOT_DATA_DIR": str(folder)})
    store = await Store.open(settings.database_url, [KEY], lambda: clock().timestamp())
    conversation, renderer = Conversation(store, assistant(), clock), Renderer(catalogs())
    connector = Connector(store, conversation, renderer, settings, clock)
    direct_line = DirectLine(store, conversation, renderer, settings, clock)
    app = web.Application()
    for door in (connector, direct_line):
        door.add_to(app)
    async with TestClient(TestServer(app)) as client:
        await connector.start()
        await direct_line.start()
        reminders = Reminders(store, (connector, direct_line), AFTER, clock)
        moving = Moving(store, (connector, direct_line))
        conversation.when_moved = moving.note
        yield Rooms(channel, store, connector, direct_line, reminders, moving, client, clock)
        await direct_line.close()
        await connector.close()
    await store.close()


def said(text: Any, locale: Locale) -> str:
    return catalogs().say(text, locale)


@pytest.mark.parametrize("locale", Locale)
async def test_a_draft_left_for_days_is_reminded_of_in_the_language_spoken_now(
    locale: Locale, channel: Channel, tmp_path: Path
) -> None:
    """F6: the channel's language, or the one chosen since; nothing of the answers is in it."""
    clock = Clock()
    other = Locale.RU if locale is Locale.EN else Locale.EN
    async with rooms(tmp_path, channel, clock) as house:
        await house.begins(other)
        await house.says("", other, value={"press": "language", "locale": locale.value})
        kept_until = (clock() + DRAFT_KEPT).date()
        clock.pass_days(6)
        assert await house.reminded() == []
        clock.pass_days(2)
        [reminder] = await house.reminded()
    assert reminder["summary"] == said(REMINDER.fill(date=kept_until), locale)
    assert reminder["conversation"]["id"] == "a:1"
    assert "replyToId" not in reminder
    rows = reminder["attachments"][0]["content"]["body"]
    buttons = [action["title"] for row in rows for action in row.get("actions", ())]
    assert buttons == [said(words.RESUME, locale), said(words.MUTE, locale)]


async def test_nobody_is_reminded_more_often_than_promised(channel: Channel, tmp_path: Path) -> None:
    """F6: a pause before each, and no more until the draft is touched again; it is kept no longer for it."""
    clock = Clock()
    async with rooms(tmp_path, channel, clock) as house:
        await house.begins(Locale.EN)
        days = []
        for day in range(1, 60):
            clock.pass_days(1)
            days += [day] * len(await house.reminded())
        assert days == [8, 16][:TIMES]
        [idle] = await house.store.idle_drafts(clock(), TIMES + 1)
        assert clock() - idle.touched == timedelta(days=59)
        await house.says("resume", Locale.EN)
        clock.pass_days(8)
        assert len(await house.reminded()) == 1


async def test_a_restart_repeats_and_loses_no_reminder(channel: Channel, tmp_path: Path) -> None:
    """F6: saved and not sent when the process ended, it is sent once; two processes send one."""
    clock = Clock()
    async with rooms(tmp_path, channel, clock) as house:
        await house.begins(Locale.EN)
        clock.pass_days(8)
        channel.answers = [(503, {})] * 100
        assert await house.reminders.send_due() == 1
        before = len(channel.taken)
    channel.answers = []
    clock.now += timedelta(minutes=1)
    async with rooms(tmp_path, channel, clock) as house:
        assert len(await house.heard_since(before)) == 1
        assert await house.store.undelivered() == []
        async with rooms(tmp_path, channel, clock) as other:
            assert [await each.reminders.send_due() for each in (house, other)] == [0, 0]
            clock.pass_days(8)
            both = await asyncio.gather(*(each.reminders.send_due() for each in (house, other)))
            assert sorted(both) == [0, 1]
            await other.heard_since(before)
            assert len(await house.heard_since(before)) == 2


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("by", ["words", "button", "label"])
async def test_who_wants_no_reminders_gets_none_until_they_do(
    by: str, locale: Locale, channel: Channel, tmp_path: Path
) -> None:
    """F6: typed or pressed; the question that waits is asked again."""

    async def choose(house: Rooms, name: str, typed: str, label: Any) -> list[dict[str, Any]]:
        if by == "button":
            return await house.says("", locale, value={"press": "command", "name": name})
        return await house.says(typed if by == "words" else said(label, locale), locale)

    clock = Clock()
    async with rooms(tmp_path, channel, clock) as house:
        await house.begins(locale)
        heard = await choose(house, "mute", NO_MORE[locale], words.MUTE)
        assert heard[0]["summary"] == said(MUTED, locale)
        assert len(heard) > 1
        clock.pass_days(30)
        assert await house.reminded() == []
        heard = await choose(house, "unmute", AGAIN[locale], words.UNMUTE)
        assert heard[0]["summary"] == said(UNMUTED, locale)
        clock.pass_days(8)
        assert len(await house.reminded()) == 1


async def test_a_reminder_leaves_the_conversation_as_it_was(channel: Channel, tmp_path: Path) -> None:
    """F6: the question is still waiting, and "resume" asks it again."""
    clock = Clock()
    async with rooms(tmp_path, channel, clock) as house:
        await house.begins(Locale.EN)
        [*_, asked] = await house.says("where am I", Locale.EN)
        clock.pass_days(8)
        await house.reminded()
        label = said(words.RESUME, Locale.EN)
        [*_, again] = await house.says(label, Locale.EN)
        assert again["summary"] == asked["summary"]


async def test_a_reminder_is_told_in_a_chat_of_our_own_and_never_in_a_group(
    channel: Channel, tmp_path: Path
) -> None:
    """F6, F7: also where the group was spoken to last."""
    clock = Clock()
    async with rooms(tmp_path, channel, clock) as house:
        await house.says("hello", Locale.EN, conversation=GROUP)
        await house.begins(Locale.EN)
        clock.pass_days(8)
        await house.says("hello", Locale.EN, conversation=GROUP)
        clock.pass_days(8)
        [reminder] = await house.reminded()
        assert reminder["conversation"]["id"] == "a:1"


@pytest.mark.parametrize("way", ["sent on", "deleted"])
async def test_what_is_overtaken_is_not_told(way: str, channel: Channel, tmp_path: Path) -> None:
    """F6: between looking and telling, the person came back."""
    clock = Clock()
    async with rooms(tmp_path, channel, clock) as house:
        await house.begins(Locale.EN)
        clock.pass_days(8)
        due = await house.store.idle_drafts(clock() - AFTER, TIMES)
        assert due
        if way == "deleted":
            await house.says("cancel", Locale.EN)
            await house.says("stop and delete my answers", Locale.EN)
        else:
            await house.says("where am I", Locale.EN)
        assert await house.reminders._remind(due[0], house.connector) is False


async def test_in_web_chat_a_reminder_waits_for_who_comes_back(channel: Channel, tmp_path: Path) -> None:
    """F6: in the history, once."""
    clock = Clock()
    async with rooms(tmp_path, channel, clock) as house:
        secret = Settings.read({"BOT_DATA_DIR": str(tmp_path)}).direct_line_secret
        head = {"Authorization": f"Bearer {secret}"}
        began = await (await house.client.post("/v3/directline/conversations", headers=head)).json()
        place = f"/v3/directline/conversations/{began['conversationId']}"
        pressed = {
            "type": "message",
            "from": {"id": "x"},
            "locale": "zh-TW",
            "value": {"press": "apply", "model": "indirect-reseller"},
        }
        await house.client.post(f"{place}/activities", json=pressed, headers=head)
        kept_until = (clock() + DRAFT_KEPT).date()
        async with asyncio.timeout(10):
            while not await house.store.idle_drafts(clock() + timedelta(days=1), 1):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        clock.pass_days(8)
        assert [await house.reminders.send_due() for _ in range(2)] == [1, 0]
        said_there = await (await house.client.get(f"{place}/activities", headers=head)).json()
    last = said_there["activities"][-1]
    assert last["text"] == said(REMINDER.fill(date=kept_until), Locale.ZH_TW)
    assert len(last["suggestedActions"]["actions"]) == 2


def test_a_notice_comes_from_nobody_outside() -> None:
    """F6: no activity of a channel becomes one."""
    wire = {
        "type": "notice",
        "kind": "notice",
        "about": {"draft_id": "x"},
        "channelId": "msteams",
        "serviceUrl": "https://smba.example/",
        "from": {"id": "29:p"},
        "conversation": ALONE,
    }
    assert understand(read(wire), wire) is None
    message = understand(read(wire | {"type": "message"}), wire)
    assert message is not None
    assert (message.kind, message.about) == ("message", None)
