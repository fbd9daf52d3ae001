"""The client that every Web Chat is built on, against the running service."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, Self
from urllib.request import Request, urlopen

import pytest

from tests.serving import ROOT, Service

SECRET = "a secret for the tests with node"
ONLINE = 2


class Client:
    """A node process with one DirectLine in it."""

    def __init__(self, service: Service, kind: str) -> None:
        self._domain = f"{service.url}/v3/directline"
        self._kind = kind
        self.told: list[dict[str, Any]] = []

    async def open(self) -> Self:
        token = await asyncio.to_thread(self._token)
        self._process = await asyncio.create_subprocess_exec(
            "node",
            str(Path(__file__).parent / "client.cjs"),
            self._domain,
            token,
            self._kind,
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=2**20,
        )
        self._reading = asyncio.create_task(self._read())
        return self

    def _token(self) -> str:
        generate = Request(
            f"{self._domain}/tokens/generate", method="POST", headers={"Authorization": f"Bearer {SECRET}"}
        )
        with urlopen(generate) as answer:
            return str(json.load(answer)["token"])

    async def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()
        await self._reading

    def post(self, client_id: str, **activity: Any) -> None:
        assert self._process.stdin is not None
        data = {"from": {"id": "me"}, "channelData": {"clientActivityID": client_id}}
        self._process.stdin.write(json.dumps({**data, **activity}).encode() + b"\n")

    def say(self, client_id: str, words: str, locale: str = "en") -> None:
        self.post(client_id, type="message", text=words, locale=locale)

    @property
    def heard(self) -> list[dict[str, Any]]:
        return [each["activity"] for each in self.told if "activity" in each]

    @property
    def status(self) -> int:
        return int([each["status"] for each in self.told if "status" in each][-1])

    def posted(self, client_id: str) -> str | None:
        return next((each["posted"] for each in self.told if each.get("clientId") == client_id), None)

    def echo(self, client_id: str) -> dict[str, Any] | None:
        return next(
            (each for each in self.heard if each.get("channelData", {}).get("clientActivityID") == client_id),
            None,
        )

    def answers(self, client_id: str) -> list[dict[str, Any]]:
        echo = self.echo(client_id)
        return [each for each in self.heard if echo and each.get("replyToId") == echo["id"]]

    async def until(self, fits: Callable[[], Any], seconds: float = 30) -> None:
        for _ in range(int(seconds / 0.02)):
            if fits():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"not within {seconds} s; told so far: {self.told[-5:]}")

    async def _read(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.told.append(json.loads(line))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(tmp_path_factory.mktemp("service"), DIRECT_LINE_SECRET=SECRET)
    running.start()
    yield running
    running.stop()


@pytest.fixture(params=["socket", "polling"])
async def client(service: Service, request: pytest.FixtureRequest) -> AsyncIterator[Client]:
    opened = await Client(service, request.param).open()
    yield opened
    await opened.close()


async def test_it_starts_posts_hears_its_echo_and_then_the_answer(client: Client) -> None:
    client.post("join", type="event", name="webchat/join", value={"language": "ru"})
    await client.until(lambda: any(each["from"]["role"] == "bot" for each in client.heard))
    assert client.status == ONLINE
    greeting = next(each for each in client.heard if each["from"]["role"] == "bot")
    assert greeting["locale"] == "ru"
    client.say("c1", "помощь", locale="ru")
    await client.until(lambda: client.answers("c1"))
    echo = client.echo("c1")
    assert echo is not None
    assert echo["id"] == client.posted("c1")
    assert client.heard.index(echo) < client.heard.index(client.answers("c1")[0])


async def test_a_pressed_button_is_heard_by_the_bot(client: Client) -> None:
    client.post("press", type="message", text="繁體中文", value={"press": "language", "locale": "zh-TW"})
    await client.until(lambda: client.answers("press"))
    assert {each["locale"] for each in client.answers("press")} == {"zh-TW"}


@pytest.mark.parametrize("end", ["stop", "kill"])
async def test_a_restart_of_the_server_loses_and_doubles_nothing(service: Service, end: str) -> None:
    """A7"""
    client = await Client(service, "socket").open()
    client.say("before", "help")
    await client.until(lambda: client.answers("before"))
    client.say("last", "help")
    await client.until(lambda: client.posted("last"))
    getattr(service, end)()
    service.start()
    await client.until(lambda: client.answers("last"))
    client.say("after", "help")
    await client.until(lambda: client.answers("after"))
    for client_id in ("before", "last", "after"):
        echoes = [
            each for each in client.heard if each.get("channelData", {}).get("clientActivityID") == client_id
        ]
        assert len(echoes) == 1
        assert len(client.answers(client_id)) == len(client.answers("before"))
    ids = [each["id"] for each in client.heard]
    assert len(ids) == len(set(ids))
    await client.close()


async def test_what_is_posted_twice_is_answered_once(client: Client) -> None:
    """A7"""
    client.say("same", "help")
    client.say("same", "help")
    await client.until(lambda: sum(each.get("clientId") == "same" for each in client.told) == 2)
    await client.until(lambda: client.answers("same"))
    await asyncio.sleep(0.5)
    assert len({each["posted"] for each in client.told if "posted" in each}) == 1
    assert sum(each["from"]["role"] == "user" for each in client.heard) == 1
