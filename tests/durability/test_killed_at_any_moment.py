"""The service is ended by SIGKILL at random moments; what it acknowledged is there, and there once."""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.localization.locale import Locale
from tests.conversations.scripts import script_of
from tests.conversations.talking import rehearse
from tests.serving import ROOT, Service

KILLS = 50
#: Between a start and the next kill, at most: a few turns' time.
LONGEST_LIFE = 0.25
SECRET = "a-secret-of-this-test"


class Killer:
    """Kills the service after random lives and starts it again, until it has done so often enough."""

    def __init__(self, service: Service, seed: int) -> None:
        self._service = service
        self._random = random.Random(seed)
        self.kills = 0

    async def work(self) -> None:
        while self.kills < KILLS:
            await asyncio.sleep(self._random.uniform(0.0, LONGEST_LIFE))
            await asyncio.to_thread(self._service.kill)
            self.kills += 1
            await asyncio.to_thread(self._service.start)


class Client:
    """A web chat that says its lines one by one, each again and again until it was acknowledged."""

    def __init__(self, service: Service, session: aiohttp.ClientSession) -> None:
        self._service = service
        self._session = session
        self.base = ""
        self.headers: dict[str, str] = {}

    async def open(self) -> None:
        generated = await self._call(
            "POST", "/v3/directline/tokens/generate", headers={"Authorization": f"Bearer {SECRET}"}
        )
        self.headers = {"Authorization": f"Bearer {generated['token']}"}
        self.base = f"/v3/directline/conversations/{generated['conversationId']}/activities"
        await self._call("POST", "/v3/directline/conversations", headers=self.headers)

    async def say(self, number: int, words: str, locale: Locale) -> str:
        body = {
            "type": "message",
            "text": words,
            "locale": locale.value,
            "from": {"id": "me"},
            "channelData": {"clientActivityID": f"line-{number}"},
        }
        return str((await self._call("POST", self.base, headers=self.headers, json=body))["id"])

    async def replies(self, activity_id: str, count: int) -> list[str]:
        """The replies to one line, as soon as all of them are there."""
        while True:
            heard = [
                each.get("text", "")
                for each in await self.history()
                if each.get("replyToId") == activity_id and each["from"].get("role") == "bot"
            ]
            if len(heard) >= count:
                return heard
            await asyncio.sleep(0.02)

    async def history(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self._call("GET", self.base, headers=self.headers))["activities"]
        return found

    async def _call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        while True:
            try:
                async with self._session.request(method, self._service.url + path, **more) as answer:
                    assert answer.status < 400, await answer.text()
                    content: dict[str, Any] = await answer.json()
                    return content
            except (aiohttp.ClientError, ConnectionError, TimeoutError):
                await asyncio.sleep(0.02)


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Service]:
    service = Service(folder, DIRECT_LINE_SECRET=SECRET)
    await asyncio.to_thread(service.start)
    try:
        yield service
    finally:
        await asyncio.to_thread(service.stop)


async def test_fifty_kills_lose_nothing_acknowledged_and_double_nothing(tmp_path: Path) -> None:
    """A7, A8, B1, B8: every line has its one effect, whenever the process dies."""
    script, locale = script_of("indirect_russia"), Locale.RU
    expected = await rehearse(script, locale, tmp_path / "rehearsal")
    async with running(tmp_path / "service") as service, aiohttp.ClientSession() as session:
        killer = Killer(service, seed=20211)
        conversations = 0
        # A service that cannot start again ends the group, and with it the client that waits for it.
        async with asyncio.TaskGroup() as group:
            killing = group.create_task(killer.work())
            while not killing.done():
                await _converse(Client(service, session), expected, locale)
                conversations += 1
        stored = await asyncio.to_thread(_exported, tmp_path / "service")
    assert killer.kills == KILLS
    assert len(stored) == conversations
    assert len({application["number"] for application in stored}) == conversations
    for application in stored:
        assert application["answers"] == expected.answers


async def _converse(client: Client, expected: Any, locale: Locale) -> None:
    await client.open()
    for number, (words, _, replies) in enumerate(expected.lines):
        activity_id = await client.say(number, words, locale)
        assert len(await client.replies(activity_id, replies)) == replies, words
    said = [each for each in await client.history() if each["from"].get("role") != "bot"]
    assert [each["text"] for each in said] == [line.words for line in expected.lines]


def _exported(folder: Path) -> list[dict[str, Any]]:
    environment = {**os.environ, "BOT_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "bot", "export", "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
