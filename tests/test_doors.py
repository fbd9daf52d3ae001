"""The scripted conversations through real doors: what is stored and how much is said is the same."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer

import app
from bot.localization.locale import Locale
from bot.settings import Settings
from tests.conversations.scripts import script_of
from tests.conversations.talking import Rehearsal, rehearse

SECRET = "a-secret-of-this-test"


@pytest_asyncio.fixture
async def client(tmp_path: Path) -> AsyncIterator[TestClient[Any, Any]]:
    settings = Settings.read({"BOT_DATA_DIR": str(tmp_path / "house"), "DIRECT_LINE_SECRET": SECRET})
    async with TestClient(TestServer(await app.create_app(settings))) as client:
        yield client


async def stored(client: TestClient[Any, Any]) -> list[dict[str, Any]]:
    assert client.app is not None
    return [application.answers for application in await client.app[app.STORE].applications()]


async def by_connector(client: TestClient[Any, Any], expected: Rehearsal, locale: Locale) -> None:
    for number, (words, _, count) in enumerate(expected.lines):
        activity = {
            "type": "message",
            "id": f"line-{number}",
            "channelId": "emulator",
            "serviceUrl": "http://127.0.0.1:1",
            "conversation": {"id": "talk"},
            "from": {"id": "anna"},
            "recipient": {"id": "bot"},
            "deliveryMode": "expectReplies",
            "locale": locale.value,
            "text": words,
        }
        answer = await client.post("/api/messages", json=activity)
        assert answer.status == 200
        assert len((await answer.json())["activities"]) == count, words


async def by_direct_line(client: TestClient[Any, Any], expected: Rehearsal, locale: Locale) -> None:
    base = "/v3/directline"
    secret = {"Authorization": f"Bearer {SECRET}"}
    generated = await (await client.post(f"{base}/tokens/generate", headers=secret)).json()
    headers = {"Authorization": f"Bearer {generated['token']}"}
    await client.post(f"{base}/conversations", headers=headers)
    path = f"{base}/conversations/{generated['conversationId']}/activities"
    for words, _, count in expected.lines:
        activity = {"type": "message", "text": words, "locale": locale.value, "from": {"id": "me"}}
        posted = (await (await client.post(path, headers=headers, json=activity)).json())["id"]
        heard: list[dict[str, Any]] = []
        while len(heard) < count:
            history = (await (await client.get(path, headers=headers)).json())["activities"]
            heard = [each for each in history if each.get("replyToId") == posted]
        assert all(each["locale"] == locale.value for each in heard if "locale" in each)


@pytest.mark.parametrize("door", [by_connector, by_direct_line], ids=["api-messages", "direct-line"])
@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("name", ["indirect_taiwan", "direct_kazakhstan"])
async def test_an_application_through_the_door(
    name: str, locale: Locale, door: Any, client: TestClient[Any, Any], tmp_path: Path
) -> None:
    """A1, B6"""
    expected = await rehearse(script_of(name), locale, tmp_path / "rehearsal")
    await door(client, expected, locale)
    assert await stored(client) == [expected.answers]
