"""How SQLite and PostgreSQL are reached: the same plain functions run on a connection of either."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool

from bot.store.sealing import CIPHERS, Cipher

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

Result = TypeVar("Result")

#: How long a writer waits for another process's transaction.
BUSY_SECONDS = 15

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-8192")


class Database(Protocol):
    """Runs a function on a connection: `read` sees one state of the data, `write` is one transaction."""

    async def read(self, work: Callable[[Connection], Result]) -> Result: ...
    async def write(self, work: Callable[[Connection], Result]) -> Result: ...
    async def settle(self) -> None:
        """Leaves no copy of what was deleted or replaced where it can still be read."""

    async def close(self) -> None: ...


def reach(url: str, cipher: Cipher) -> Database:
    """The database at this URL (`sqlite:///path` or `postgresql://...`), not yet connected."""
    made = make_url(url)
    return SQLite(made, cipher) if made.get_backend_name() == "sqlite" else PostgreSQL(made, cipher)


class _Lane:
    """One SQLite connection in a thread of its own: a whole round costs one hop, not one per statement."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._connection: Connection | None = None

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)

    def _run(self, work: Callable[[Connection], Result]) -> Result:
        if self._connection is None:
            self._connection = self._engine.connect()
        with self._connection.begin():
            return work(self._connection)

    async def pragma(self, pragma: str) -> None:
        """Pragmas run outside transactions."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._pragma, pragma)

    def _pragma(self, pragma: str) -> None:
        with closing(self._engine.raw_connection()) as connection:
            connection.cursor().execute(f"PRAGMA {pragma}")

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown()

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._engine.dispose()


class SQLite:
    """One writer, as SQLite has it, and one reader that never waits for the writer."""

    def __init__(self, url: URL, cipher: Cipher) -> None:
        self._writer = _Lane(_sqlite_engine(url, cipher, "BEGIN IMMEDIATE"), "store-writer")
        self._reader = _Lane(_sqlite_engine(url, cipher, "BEGIN"), "store-reader")

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        return await self._reader.run(work)

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        return await self._writer.run(work)

    async def settle(self) -> None:
        await self._writer.pragma("wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        await self._reader.close()
        await self._writer.close()


def _sqlite_engine(url: URL, cipher: Cipher, begin: str) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    CIPHERS[engine.dialect] = cipher
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", partial(_begin, statement=begin))
    return engine


def _prepare(connection: sqlite3.Connection, _: Any) -> None:
    # The driver would begin transactions at statements of its own choice.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)


class PostgreSQL:
    def __init__(self, url: URL, cipher: Cipher) -> None:
        # Imported only where it is used: a start on SQLite need not wait for it.
        from sqlalchemy.ext.asyncio import create_async_engine

        query = dict(url.query)
        if "sslmode" in query:
            query["ssl"] = query.pop("sslmode")  # libpq's name, as hosts hand it out, under asyncpg's
        self._engine: AsyncEngine = create_async_engine(
            url.set(drivername="postgresql+asyncpg", query=query),
            pool_size=4,
            pool_pre_ping=True,
            hide_parameters=True,
        )
        CIPHERS[self._engine.dialect] = cipher
        # A snapshot is worth no transaction here: what was read is compared again when it is saved.
        self._reading = self._engine.execution_options(isolation_level="AUTOCOMMIT")

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        async with self._reading.connect() as connection:
            return await connection.run_sync(work)

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)

    async def settle(self) -> None:
        """Nothing to do: old row versions are the server's affair, and not ours to read."""

    async def close(self) -> None:
        await self._engine.dispose()
