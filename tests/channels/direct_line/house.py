"""The Direct Line door on a real store, with a bot behind it that does what the test wants."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from aiohttp import ClientWebSocketResponse, web
from aiohttp.test_utils import TestClient, TestServer
from cryptography.fernet import Fernet

from bot.channels.direct_line import DirectLine
from bot.channels.rendering import Renderer
from bot.conversation import Conversation
from bot.limits import Rate
from bot.localization.catalogs import Catalogs
from bot.settings import Settings
from bot.store.database import Store
from bot.store.records import Application
from bot.text import text
from bot.turn import Turn

SECRET = "the master secret of the tests"
BASE = "/v3/directline"

# Translators: only in tests.
HEARD = text("test.heard", "Heard: {what}")
# Translators: only in tests.
WELCOME = text("test.welcome", "Welcome!")
# Translators: only in tests.
APOLOGY = text("test.apology", "Sorry!")


@dataclass
class Bot:
    """Repeats what it hears; remembers in which order."""

    heard: list[str] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    pause: float = 0.0

    async def answer(self, turn: Turn) -> None:
        self.turns.append(turn)
        if turn.incoming.kind == "join":
            if not turn.state.get("greeted"):
                turn.reply(WELCOME)
            turn.state["greeted"] = True
            return
        if turn.said == "fail":
            raise RuntimeError("as the test wants")
        await asyncio.sleep(self.pause)
        self.heard.append(turn.said)
        turn.forget = turn.said == "forget me"
        turn.submission = _application(turn) if turn.said == "send it" else None
        turn.reply(HEARD.fill(what=turn.said))

    def apologise(self, turn: Turn) -> None:
        turn.reply(APOLOGY)


def _application(turn: Turn) -> Application:
    return Application(
        number="CSP-7Q2M-0X4V-K9TB",
        draft_id="a draft",
        user_id=turn.incoming.user_id,
        model="indirect",
        status="sent",
        answers={},
        remarks={},
        consents=[],
        locale=turn.locale,
        sent=turn.now,
    )


class Clock:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **much: float) -> None:
        self.now += timedelta(**much)


class House:
    """A server on a folder; `restart` starts another on the same one."""

    def __init__(self, folder: Path, posts: Rate | None = None, **environment: str) -> None:
        self.bot = Bot()
        self.clock = Clock()
        self._posts = posts
        self._environment = {
            "BOT_DATA_DIR": str(folder),
            "DIRECT_LINE_SECRET": SECRET,
            "BOT_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
            **environment,
        }

    async def open(self) -> Self:
        settings = Settings.read(self._environment)
        self.store = await Store.open(settings.database_url, settings.encryption_keys)
        conversation = Conversation(self.store, self.bot, self.clock)
        more = {"posts": self._posts} if self._posts else {}
        self.door = DirectLine(self.store, conversation, Renderer(Catalogs({})), settings, self.clock, **more)
        app = web.Application()
        self.door.add_to(app)

        async def start(_: web.Application) -> None:
            await self.door.start()

        async def stop(_: web.Application) -> None:
            await self.door.close()

        async def close(_: web.Application) -> None:
            await self.store.close()

        app.on_startup.append(start)
        app.on_shutdown.append(stop)
        app.on_cleanup.append(close)
        self.client = TestClient(TestServer(app))
        await self.client.start_server()
        return self

    async def close(self) -> None:
        await self.client.close()

    async def restart(self) -> None:
        await self.close()
        await self.open()

    async def ask(
        self, method: str, path: str, token: str | None = None, body: Any = None, **more: Any
    ) -> tuple[int, Any]:
        headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **more.pop("headers", {})}
        async with self.client.request(method, BASE + path, json=body, headers=headers, **more) as answer:
            content = await answer.read()
            return answer.status, json.loads(content) if content else None

    async def token(self, **body: Any) -> dict[str, Any]:
        status, grant = await self.ask("POST", "/tokens/generate", SECRET, body or None)
        assert status == 200, grant
        return dict(grant)

    async def start(self, **body: Any) -> Talk:
        grant = await self.token()
        status, begun = await self.ask("POST", "/conversations", grant["token"], body or {"user": {}})
        assert status == 201, begun
        return Talk(self, begun)


class Talk:
    """One conversation as a client holds it."""

    def __init__(self, house: House, begun: dict[str, Any]) -> None:
        self.house = house
        self.id: str = begun["conversationId"]
        self.token: str = begun["token"]
        self.stream_url: str = begun["streamUrl"]
        self.path = f"/conversations/{self.id}"

    async def post(self, activity: Any, **more: Any) -> tuple[int, Any]:
        return await self.house.ask("POST", f"{self.path}/activities", self.token, activity, **more)

    async def say(self, words: str, client_id: str | None = None, **more: Any) -> str:
        data = {"channelData": {"clientActivityID": client_id}} if client_id else {}
        status, answer = await self.post(
            {"type": "message", "text": words, "from": {"id": "me"}, **data, **more}
        )
        assert status == 200, answer
        return str(answer["id"])

    async def history(self, watermark: str = "") -> dict[str, Any]:
        query = f"{self.path}/activities?watermark={watermark}"
        status, answer = await self.house.ask("GET", query, self.token)
        assert status == 200, answer
        return dict(answer)

    async def wait_for(self, count: int) -> list[dict[str, Any]]:
        """The transcript as soon as it holds so many activities."""
        for _ in range(400):
            activities: list[dict[str, Any]] = (await self.history())["activities"]
            if len(activities) >= count:
                return activities
            await asyncio.sleep(0.01)
        raise AssertionError(f"{len(activities)} activities instead of {count}")

    async def listen(self, url: str | None = None) -> ClientWebSocketResponse:
        path = (url or self.stream_url).partition("/v3/")[2]
        return await self.house.client.ws_connect("/v3/" + path)


async def next_set(socket: ClientWebSocketResponse) -> dict[str, Any]:
    message = await socket.receive_str(timeout=5)
    return dict(json.loads(message))


async def hear(socket: ClientWebSocketResponse, count: int) -> list[dict[str, Any]]:
    """So many activities from the stream, however they are packed."""
    found: list[dict[str, Any]] = []
    while len(found) < count:
        found += (await next_set(socket))["activities"]
    return found


def words(activities: list[dict[str, Any]]) -> list[str]:
    return [activity.get("text", activity["type"]) for activity in activities]
