"""A channel that does everything that goes wrong: each reply arrives, once and in order."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.channels import delivery
from bot.settings import Settings
from tests.channels.test_connector import house

CONVERSATIONS = 40
TURNS = 25
#: Seconds; far shorter than in earnest, so that a thousand turns take less than a minute.
PAUSES = (0.01, 0.02, 0.04)
PATIENCE = 0.6

#: What happens to a call, and how often in a hundred.
CHAOS = {
    "well": 62,
    "slow": 12,
    "429": 6,
    "429 with Retry-After": 1,
    "500": 3,
    "502": 3,
    "503": 3,
    "408": 1,
    "no answer": 2,
    "reset before": 4,
    "reset after": 2,
    "too slow after": 1,
}


class ChaoticChannel:
    """Takes replies; `taken` has them in order, `unheard` how often one was taken without our hearing of it.

    A channel gives every activity an id of its own and no way to ask for one of ours, so a reply whose answer
    got lost cannot be told from one that was: it has to be sent again.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.taken: dict[str, list[str]] = defaultdict(list)
        self.unheard: Counter[str] = Counter()
        self.happened: Counter[str] = Counter()
        #: The last reply that was answered on each connection: the next call on it shows that it was heard.
        self.answered: dict[asyncio.BaseTransport, str] = {}
        self.closed_until: dict[str, float] = {}
        self.called_too_early = 0
        app = web.Application()
        app.router.add_post("/{path:.*}", self._called)
        self.server = TestServer(app)

    @property
    def url(self) -> str:
        return str(self.server.make_url("/"))

    async def _called(self, request: web.Request) -> web.StreamResponse:
        reply: dict[str, Any] = await request.json()
        place, name = reply["conversation"]["id"], reply["id"]
        now, connection = asyncio.get_running_loop().time(), request.transport
        assert connection is not None
        self.answered.pop(connection, None)
        self.called_too_early += now < self.closed_until.get(place, 0.0)
        happens = self.random.choices([*CHAOS], [*CHAOS.values()])[0]
        self.happened[happens] += 1
        if happens == "429 with Retry-After":
            self.closed_until[place] = now + 0.95
            return web.Response(status=429, headers={"Retry-After": "1"})
        if happens.isdecimal():
            return web.Response(status=int(happens))
        if happens == "no answer":
            await asyncio.sleep(2 * PATIENCE)
            return web.Response(status=504)
        if happens != "reset before":
            self._take(place, name)
        if happens.startswith("reset"):
            self.unheard[name] += happens == "reset after"
            connection.abort()
            return web.Response()
        if happens == "too slow after":
            self.unheard[name] += 1
            await asyncio.sleep(2 * PATIENCE)
        else:
            self.answered[connection] = name
        if happens == "slow":
            await asyncio.sleep(self.random.uniform(0.02, 0.2))
        return web.json_response({"id": str(self.random.getrandbits(64))})

    def _take(self, place: str, name: str) -> None:
        self.taken[place].append(name)

    def is_left(self) -> None:
        """The bot stopped: what was answered last where it hung up, now or before, it may not have heard.
        Nor does it remember how long it was asked to wait."""
        self.unheard.update(name for connection, name in self.answered.items() if connection.is_closing())
        self.answered.clear()
        self.closed_until.clear()

    @property
    def count(self) -> int:
        return sum(len(set(names)) for names in self.taken.values())


@pytest.fixture
async def channel() -> AsyncIterator[ChaoticChannel]:
    made = ChaoticChannel(seed=20261121)
    await made.server.start_server()
    yield made
    await made.server.close()


async def talk(url: str, channel: ChaoticChannel, number: int, turns: range) -> None:
    """One person's turns; the channel sends some of them twice, as real ones do."""
    async with ClientSession() as session:
        for turn in turns:
            activity = {
                "type": "message",
                "id": f"{number}-{turn}",
                "channelId": "emulator",
                "serviceUrl": channel.url,
                "from": {"id": f"user-{number}"},
                "recipient": {"id": "bot"},
                "conversation": {"id": f"c{number}"},
                "text": f"turn {turn}",
            }
            for _ in range(2 if turn % 10 == 3 else 1):
                async with session.post(f"{url}/api/messages", json=activity) as answer:
                    assert answer.status == 201
            await asyncio.sleep(0.02)


async def until(fulfilled: Callable[[], bool]) -> None:
    async with asyncio.timeout(40):
        while not fulfilled():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_a_thousand_turns_through_chaos_and_a_restart(
    channel: ChaoticChannel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I7, A8: nothing lost, nothing out of order; twice only what the channel took without saying so."""
    for name, value in (("PAUSES", PAUSES), ("PATIENCE", PATIENCE), ("SWEEP", 0.2), ("FAREWELL", 0.05)):
        monkeypatch.setattr(delivery, name, value)
    settings = Settings.read({"BOT_DATA_DIR": str(tmp_path)})
    half = TURNS // 2
    for turns in (range(half), range(half, TURNS)):
        async with house(settings) as (client, connector, store):
            url = str(client.make_url("")).rstrip("/")
            people = (talk(url, channel, number, turns) for number in range(CONVERSATIONS))
            await asyncio.gather(*people)
            if turns.stop == TURNS:
                await until(lambda: channel.count == CONVERSATIONS * TURNS * 2)
                await until(lambda: connector.delivery.on_their_way == 0)
                assert await store.undelivered() == []
            else:
                assert connector.delivery.on_their_way
        await asyncio.sleep(0)
        channel.is_left()
    assert set(CHAOS) == set(channel.happened)
    assert channel.called_too_early == 0
    doubled: Counter[str] = Counter()
    for names in channel.taken.values():
        first_times = list(dict.fromkeys(names))
        assert len(first_times) == TURNS * 2
        assert first_times == sorted(first_times)
        # What comes again comes before anything after it.
        assert names == sorted(names)
        doubled.update({name: times - 1 for name, times in Counter(names).items() if times > 1})
    assert doubled
    assert doubled <= channel.unheard
