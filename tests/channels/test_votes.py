"""C9 through the doors: a thumb as Web Chat sends it over Direct Line, and as a Teams card submits it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from app import STORE, create_app
from bot.localization.locale import Locale
from bot.settings import Settings
from dialogs import feedback
from dialogs.votes import HELPFUL, NOT_HELPFUL
from tests.cli.test_questions import OURS
from tests.conversations.house import catalogs
from tests.conversations.test_feedback import SAID

SECRET = "the master secret of the tests"
Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[Client]:
    settings = Settings.read({"BOT_DATA_DIR": str(tmp_path), "DIRECT_LINE_SECRET": SECRET})
    async with TestClient(TestServer(await create_app(settings))) as client:
        yield client


async def content(response: ClientResponse) -> Any:
    assert response.status < 300, await response.text()
    return await response.json()


async def votes(client: Client) -> list[tuple[str, int, int, int]]:
    found = await client.server.app[STORE].ratings(date.min)  # type: ignore[attr-defined]
    return [(one.shown.locale.value, one.up, one.down, len(one.comments)) for one in found]


class Web:
    """Web Chat: presses a suggested action by sending its text and value."""

    def __init__(self, client: Client, locale: Locale) -> None:
        self._client, self._locale = client, locale
        self._path, self._headers, self._seen = "", {"Authorization": f"Bearer {SECRET}"}, ""

    async def sends(self, **activity: Any) -> list[dict[str, Any]]:
        """The bot's replies."""
        if not self._path:
            base = "/v3/directline"
            grant = await content(await self._client.post(f"{base}/tokens/generate", headers=self._headers))
            self._headers = {"Authorization": f"Bearer {grant['token']}"}
            begun = await content(await self._client.post(f"{base}/conversations", headers=self._headers))
            self._path = f"{base}/conversations/{begun['conversationId']}/activities"
        body = {"type": "message", "from": {"id": "me"}, "locale": self._locale.value, **activity}
        await content(await self._client.post(self._path, json=body, headers=self._headers))
        for _ in range(500):
            query = f"{self._path}?watermark={self._seen}"
            history = await content(await self._client.get(query, headers=self._headers))
            replies = [one for one in history["activities"] if one["from"]["id"] != "me"]
            replies = [one for one in replies if one.get("replyToId")]
            if replies and replies[-1]["inputHint"] == "expectingInput":
                self._seen = history["watermark"]
                return replies
        raise AssertionError("no reply came")

    def buttons(self, replies: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        actions = replies[-1]["suggestedActions"]["actions"]
        return {each["title"]: {"text": each["text"], "value": each["value"]} for each in actions}


class Teams:
    """Teams: submits a button of a card, which comes with our data and what Teams adds to it."""

    def __init__(self, client: Client, locale: Locale) -> None:
        self._client, self._locale, self._count = client, locale, 0

    async def sends(self, **activity: Any) -> list[dict[str, Any]]:
        self._count += 1
        body = {
            "type": "message",
            "id": f"t{self._count}",
            "channelId": "msteams",
            "serviceUrl": "http://127.0.0.1:9/",
            "from": {"id": "29:me", "aadObjectId": "anna"},
            "recipient": {"id": "28:bot"},
            "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "t"},
            "channelData": {"tenant": {"id": "t"}},
            "locale": self._locale.value,
            "deliveryMode": "expectReplies",
            **activity,
        }
        answer = await content(await self._client.post("/api/messages", json=body))
        return list(answer["activities"])

    def buttons(self, replies: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        bodies = [card["content"]["body"] for one in replies for card in one.get("attachments", ())]
        actions = [a for body in bodies for row in body if row["type"] == "ActionSet" for a in row["actions"]]
        return {a["title"]: {"text": a["title"], "value": a["data"]} for a in actions}


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("person", [Web, Teams])
async def test_a_thumb_and_a_comment_reach_the_store(
    person: type[Web | Teams], locale: Locale, client: Client
) -> None:
    """C9: the buttons stand under the answer in the person's language; pressed twice they count once."""
    texts = (HELPFUL, NOT_HELPFUL, feedback.ADD_COMMENT, feedback.TAKE_BACK)
    helpful, not_helpful, add_comment, take_back = (catalogs().say(each, locale) for each in texts)
    one = person(client, locale)
    under_the_answer = one.buttons(await one.sends(text=OURS[locale]))
    await one.sends(**under_the_answer[helpful])
    assert await votes(client) == [(locale.value, 1, 0, 0)]
    for _ in range(2):
        after = one.buttons(await one.sends(**under_the_answer[not_helpful]))
        assert await votes(client) == [(locale.value, 0, 1, 0)]
    await one.sends(**after[add_comment])
    await one.sends(text=SAID[locale.value])
    assert await votes(client) == [(locale.value, 0, 1, 1)]
    await one.sends(**after[take_back])
    assert await votes(client) == []
