"""The two ways into the bot as a load driver walks them: a connector channel, and Direct Line."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import orjson

from bench.wire import Channel, Client, Json, Stream

#: What the user does in one turn: fields of an activity (`text`, `value`).
Line = Json


class Wrong(RuntimeError):
    """The bot did something that spoils the measurement."""


class Session(Protocol):
    """One conversation of one user. `heard` collects the replies of the turn in progress."""

    heard: Heard

    async def say(self, line: Line, step: int) -> None: ...

    def close(self) -> None: ...


class Door(Protocol):
    async def open(self) -> None: ...

    async def session(self, user: str, locale: str) -> Session: ...

    async def close(self) -> None: ...


class Heard:
    """The replies of a turn: `enough` is done when as many came as are wanted."""

    def __init__(self) -> None:
        self.replies: list[Json] = []
        self.last = 0.0
        self.wanted = 0
        self.enough: asyncio.Future[None] | None = None

    def expect(self, wanted: int) -> asyncio.Future[None]:
        self.replies, self.wanted = [], wanted
        self.enough = asyncio.get_running_loop().create_future()
        if not wanted:
            self.enough.set_result(None)
        return self.enough

    async def silence(self, seconds: float) -> None:
        """Returns when nothing has come for so long."""
        self.last = time.perf_counter()
        rest = seconds
        while rest > 0:
            await asyncio.sleep(rest)
            rest = self.last + seconds - time.perf_counter()

    def take(self, reply: Json) -> None:
        self.replies.append(reply)
        self.last = time.perf_counter()
        if self.enough and not self.enough.done() and len(self.replies) >= self.wanted:
            self.enough.set_result(None)


class ConnectorDoor:
    """POST /api/messages; the replies come to a mock connector in this process."""

    def __init__(self, url: str) -> None:
        self.client = Client(url)
        self.sessions: dict[str, ConnectorSession] = {}
        self.numbers = itertools.count(1)
        self.strays = 0
        self.run = f"{time.time_ns():x}"

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        self.server = await loop.create_server(lambda: Channel(self._heard), "127.0.0.1", 0, backlog=4096)
        self.service_url = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def session(self, user: str, locale: str) -> Session:
        session = ConnectorSession(self, f"c-{self.run}-{next(self.numbers)}", f"{self.run}{user}", locale)
        self.sessions[session.id] = session
        return session

    async def close(self) -> None:
        self.client.close()
        self.server.close()

    def _heard(self, conversation: str, reply: Json) -> None:
        session = self.sessions.get(conversation)
        if session is None:
            self.strays += 1
        elif reply["type"] == "message":
            session.heard.take(reply)


class ConnectorSession:
    def __init__(self, door: ConnectorDoor, conversation: str, user: str, locale: str) -> None:
        self.door = door
        self.id = conversation
        self.heard = Heard()
        self.fixed = {
            "type": "message",
            "channelId": "emulator",
            "serviceUrl": door.service_url,
            "from": {"id": user, "name": "User", "role": "user"},
            "recipient": {"id": "bot", "name": "Bot", "role": "bot"},
            "conversation": {"id": conversation},
            "locale": locale,
            "textFormat": "plain",
        }

    async def say(self, line: Line, step: int) -> None:
        number = next(self.door.numbers)
        activity = {
            **self.fixed,
            "id": f"a-{self.door.run}-{number}",
            "timestamp": datetime.now(UTC).isoformat(),
            "channelData": {"clientActivityID": str(number), "step": step},
            **line,
        }
        status, body = await self.door.client.post("/api/messages", orjson.dumps(activity))
        if status not in (200, 201, 202):
            raise Wrong(f"HTTP {status}: {body[:200]!r}")

    def close(self) -> None:
        del self.door.sessions[self.id]


class DirectLineDoor:
    """Direct Line 3.0: activities are posted, replies come over the conversation's WebSocket."""

    BASE = "/v3/directline"

    def __init__(self, url: str, secret: str) -> None:
        self.client = Client(url)
        self.secret = secret
        self.run = f"{time.time_ns():x}"

    async def open(self) -> None:
        """Nothing listens on our side."""

    async def close(self) -> None:
        self.client.close()

    async def session(self, user: str, locale: str) -> Session:
        wanted = {"user": {"id": f"dl_{self.run}{user}"}}
        made = await self.call("/tokens/generate", wanted, self.secret)
        started = await self.call("/conversations", {"locale": locale}, made["token"])
        session = DirectLineSession(
            self, started["conversationId"], made["token"], wanted["user"]["id"], locale
        )
        session.stream = await Stream.connect(started["streamUrl"], session.received)
        return session

    async def call(self, path: str, body: Json, key: str) -> Json:
        status, answer = await self.client.post(self.BASE + path, orjson.dumps(body), f"Bearer {key}")
        if status not in (200, 201):
            raise Wrong(f"HTTP {status} for {path}: {answer[:200]!r}")
        found: Json = orjson.loads(answer)
        return found


class DirectLineSession:
    stream: Stream

    def __init__(self, door: DirectLineDoor, conversation: str, token: str, user: str, locale: str) -> None:
        self.door = door
        self.path = f"/conversations/{conversation}/activities"
        self.token = token
        self.heard = Heard()
        self.fixed = {"type": "message", "from": {"id": user}, "locale": locale, "textFormat": "plain"}
        self.numbers = itertools.count(1)

    def received(self, frame: Json) -> None:
        for activity in frame["activities"]:
            if activity["type"] == "message" and activity["from"].get("role") == "bot":
                self.heard.take(activity)

    async def say(self, line: Line, step: int) -> None:
        number = next(self.numbers)
        activity = {**self.fixed, "channelData": {"clientActivityID": f"{self.path}{number}"}, **line}
        await self.door.call(self.path, activity, self.token)

    def close(self) -> None:
        self.stream.transport.close()


MakeDoor = Callable[[str], Door]
