"""A database that cannot be used stops the start; one that goes away is reported, and comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import ConfigurationError
from bot.store.database import Store
from bot.store.records import ConversationRecord
from tests.postgresql import run
from tests.store.conftest import KEY
from tests.store.making import draft, load, take


async def test_a_store_that_answers_is_ready(store: Store) -> None:
    """I1: readiness covers storage."""
    assert await store.ready()


async def test_postgresql_gone_is_not_ready_and_ready_when_it_is_back(postgresql_url: str) -> None:
    """I1, I4: lost connections are replaced."""
    store = await Store.open(postgresql_url, [KEY])
    await take(store, "a1")
    name = postgresql_url.rpartition("/")[2]
    server = f"{postgresql_url.rpartition('/')[0]}/postgres"
    await run(server, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    await run(server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    assert not await store.ready()
    # The driver may notice that the kept connection is gone only in the middle of the round.
    with pytest.raises(Exception, match=r"not currently accepting connections|another operation"):
        await load(store, "a2")
    await run(server, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert await store.ready()
    await take(store, "a2")
    await store.close()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://bot:geheim@127.0.0.1:1/bot",
        "postgresql://bot:geheim@127.0.0.1:1/bot?sslmode=require",
        "postgresql://bot:geheim@127.0.0.1:1/bot?connect_timeout=3",
        "postgresql://bot:geheim@127.0.0.1:1/bot?sslmode=perhaps",
        "sqlite:////proc/no/such/folder/bot.sqlite3",
    ],
)
async def test_a_database_out_of_reach_stops_the_start_in_one_line(url: str) -> None:
    """I2: one clear line, no secret printed."""
    with pytest.raises(ConfigurationError) as caught:
        await Store.open(url, [KEY])
    assert str(caught.value).startswith("DATABASE_URL must be a database that answers")
    assert "\n" not in str(caught.value)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("path", ["postgres@{address}/no_such_database", "nobody:geheim@{address}/postgres"])
async def test_a_server_that_refuses_stops_the_start_in_one_line(postgresql: str, path: str) -> None:
    """I2: one clear line, no secret printed."""
    address = postgresql.partition("@")[2].partition("/")[0]
    with pytest.raises(ConfigurationError, match="DATABASE_URL") as caught:
        await Store.open(f"postgresql://{path.format(address=address)}", [KEY])
    assert "\n" not in str(caught.value)
    assert "geheim" not in str(caught.value)


async def test_a_file_that_is_no_database_stops_the_start(tmp_path: Path) -> None:
    """I2: one clear line."""
    (tmp_path / "bot.sqlite3").write_text("not a database" * 1000)
    with pytest.raises(ConfigurationError, match="DATABASE_URL"):
        await Store.open(f"sqlite:///{tmp_path / 'bot.sqlite3'}", [KEY])


async def test_a_failure_never_quotes_what_was_said(store: Store) -> None:
    """J4: an exception may be logged; what people write is not in it."""
    reply = {"type": "message", "text": "geheim"}
    with pytest.raises(Exception, match="surrogate") as caught:
        await take(store, "a1", conversation="\ud83d", replies=[reply], draft=draft(iban="geheim"))
    assert "geheim" not in str(caught.value)
    with pytest.raises(Exception, match="surrogate") as caught:
        await store.open_conversation(ConversationRecord("c", "\ud83d", "x", state={"said": "geheim"}))
    assert "geheim" not in str(caught.value)
