"""Several processes on one store: a reply is sent by one of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels import credentials, delivery
from bot.channels.credentials import Anonymous
from bot.channels.delivery import Delivery
from bot.store.database import Store
from tests.channels.test_connector import KEYS, Channel, now, sent
from tests.postgresql import fresh_database, server

AT_ONCE = timedelta(0)


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path, postgresql: str) -> AsyncIterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bot.sqlite3'}"
        return
    async with fresh_database(postgresql) as found:
        yield found


@pytest.fixture
async def channel() -> AsyncIterator[Channel]:
    made = Channel()
    await made.server.start_server()
    yield made
    await made.server.close()


@asynccontextmanager
async def process(url: str) -> AsyncIterator[tuple[Delivery, Store]]:
    store = await Store.open(url, KEYS)
    sender = Delivery(store, Anonymous(), now, pauses=(0.02, 0.3))
    await sender.start()
    yield sender, store
    await sender.close()
    await store.close()


async def test_a_process_that_starts_leaves_alone_what_another_is_sending(url: str, channel: Channel) -> None:
    """I7, A8"""
    async with process(url) as (first, store):
        channel.answers = [(503, {}), (503, {})]
        await sent(first, store, channel, "a1")
        await channel.until(lambda: not channel.answers)
        async with process(url) as (second, _):
            await second.sweep(settled=AT_ONCE)
            assert await channel.has(2) == ["You said hello", "And?"]
            await second.sweep(settled=AT_ONCE)
        assert await channel.has(2) == ["You said hello", "And?"]


async def test_what_one_could_not_send_the_leading_one_sends_and_the_next_follow(
    url: str, channel: Channel
) -> None:
    """I7"""
    async with process(url) as (leading, store), process(url) as (other, others):
        channel.answers = [(503, {})] * 3
        await sent(other, others, channel, "a1")
        await channel.until(lambda: not channel.answers)
        await asyncio.sleep(0.1)
        await sent(other, others, channel, "a2", said="more")
        await other.sweep(settled=AT_ONCE)
        assert await channel.has(0) == []
        await leading.sweep(settled=AT_ONCE)
        assert await channel.has(4) == ["You said hello", "And?", "You said more", "And?"]
        assert await store.undelivered() == []
        await other.sweep()
        await sent(other, others, channel, "a3", said="last")
        assert (await channel.has(6))[4:] == ["You said last", "And?"]


async def test_when_the_leading_one_ends_another_takes_over(url: str, channel: Channel) -> None:
    """A8"""
    async with process(url) as (first, store):
        channel.answers = [(503, {})] * 3
        await sent(first, store, channel, "a1")
        await channel.until(lambda: not channel.answers)
        starting = process(url)
        second, _ = await starting.__aenter__()
    await second.sweep(settled=AT_ONCE)
    assert await channel.has(2) == ["You said hello", "And?"]
    await starting.__aexit__(None, None, None)


async def test_who_does_not_lead_stops_trying_before_the_leading_one_may_begin(
    url: str, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I7"""
    longest = timedelta(seconds=credentials.PATIENCE + delivery.PATIENCE)
    assert delivery.LAST_ATTEMPT + longest < delivery.SETTLED
    monkeypatch.setattr(delivery, "LAST_ATTEMPT", timedelta(seconds=0.2))
    async with process(url), process(url) as (other, others):
        channel.answers = [(503, {}), (503, {})]
        await sent(other, others, channel, "a1")
        await asyncio.sleep(0.8)
        assert channel.taken == []
        assert len(await others.undelivered()) == 2
