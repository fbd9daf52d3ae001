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
#: Seconds; far shorter than in earnest, so that a thousand turns take less than a minute. A slow answer takes
#: less than a tenth of our patience: a busy machine must not make it a missing one.
PAUSES = (0.01, 0.02, 0.04)
PATIENCE = 3.0
SLOW = (0.02, 0.25)

#: What happens to a call, and how often in a hundred. Whatever the channel takes it answers.
HONEST = {
    "well": 65,
    "slow": 12,
    "429": 6,
    "429 with Retry-After": 1,
    "408": 1,
    "412": 1,
    "500": 2,
    "502": 2,
    "503": 2,
    "504": 2,
    "no answer": 1,
    "reset before": 5,
}
#: The same, and now and then it takes a reply without our hearing of it.
CRUEL = HONEST | {"reset after": 2, "too slow after": 1}


class ChaoticChannel:
    """Takes replies; `taken` has them in order, `unheard` how often one was taken without our hearing of it.

    A channel gives every activity an id of its own and no way to ask for one of ours, so a reply whose answer
    got lost cannot be told from one that was: it has to be sent again.
    """

    def __init__(self, chaos: dict[str, int], seed: int) -> None:
        self.chaos = chaos
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
        happens = self.random.choices([*self.chaos], [*self.chaos.values()])[0]
        self.happened[happens] += 1
        if happens == "429 with Retry-After":
            self.closed_until[place] = now + 0.95
            return web.Response(status=429, headers={"Retry-After": "1"})
        if happens.isdecimal():
            return web.Response(status=int(happens))
        if happens == "no answer":
            await asyncio.sleep(1.5 * PATIENCE)
            return web.Response(status=504)
        if happens != "reset before":
            self.taken[place].append(name)
        if happens.startswith("reset"):
            self.unheard[name] += happens == "reset after"
            connection.abort()
            return web.Response()
        if happens == "too slow after":
            self.unheard[name] += 1
            await asyncio.sleep(1.5 * PATIENCE)
        else:
            self.answered[connection] = name
        if happens == "slow":
            await asyncio.sleep(self.random.uniform(*SLOW))
        return web.json_response({"id": str(self.random.getrandbits(64))})

    def is_left(self) -> None:
        """The bot was cut off: what was answered last where it hung up may not have been heard."""
        self.unheard.update(name for connection, name in self.answered.items() if connection.is_closing())
        self.answered.clear()

    def forgets_who_should_wait(self) -> None:
        """A bot that was started anew does not remember how long it was asked to wait."""
        self.closed_until.clear()

    @property
    def count(self) -> int:
        return sum(len(set(names)) for names in self.taken.values())


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
    async with asyncio.timeout(60):
        while not fulfilled():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def a_thousand_turns(channel: ChaoticChannel, folder: Path) -> AsyncIterator[None]:
    """They pause after the half, when the bot has stopped with replies on their way; then it starts anew."""
    settings = Settings.read({"BOT_DATA_DIR": str(folder)})
    await channel.server.start_server()
    for turns in (range(TURNS // 2), range(TURNS // 2, TURNS)):
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
        yield
        channel.forgets_who_should_wait()
    await channel.server.close()
    assert set(channel.chaos) == set(channel.happened)
    assert channel.called_too_early == 0


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("PAUSES", PAUSES), ("PATIENCE", PATIENCE), ("SWEEP", 0.2), ("FAREWELL", 0.05)):
        monkeypatch.setattr(delivery, name, value)


async def test_a_thousand_turns_through_chaos_and_an_orderly_restart(tmp_path: Path) -> None:
    """I7, A8: 0 lost, 0 doubled, 0 out of order, where the channel answers what it took."""
    channel = ChaoticChannel(HONEST, seed=20261121)
    async for _ in a_thousand_turns(channel, tmp_path):
        pass
    assert channel.count == CONVERSATIONS * TURNS * 2
    for names in channel.taken.values():
        assert len(names) == TURNS * 2
        assert names == sorted(set(names))


async def test_a_channel_that_takes_without_saying_so_and_a_stop_in_the_midst_of_calls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I7, A8: nothing lost, nothing out of order; twice only what was taken without our hearing of it."""
    monkeypatch.setattr(delivery, "LAST_ANSWERS", 0.0)
    channel = ChaoticChannel(CRUEL, seed=20261122)
    async for _ in a_thousand_turns(channel, tmp_path):
        await asyncio.sleep(0)
        channel.is_left()
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
