"""How SQLite and PostgreSQL are reached: the same plain functions run on a connection of either."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool
from sqlalchemy.util import greenlet_spawn

from bot.store.sealing import CIPHERS, Cipher
from bot.store.sessions import PostgreSQLSession, Session, SQLiteSession, Statements
from bot.store.works import Conflict

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine
    from sqlalchemy.pool import PoolProxiedConnection

Result = TypeVar("Result")

#: How long a writer waits for another process's transaction.
BUSY_SECONDS = 15

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-8192")


class Database(Protocol):
    """Runs a function on a connection: `read` sees one state of the data, `write` is one transaction.

    The rounds are asked one after the other. `write_round` raises Conflict where another process wrote a row
    of the same key between our look and our writing.
    """

    async def read(self, work: Callable[[Connection], Result]) -> Result: ...
    async def write(self, work: Callable[[Connection], Result]) -> Result: ...
    async def read_round(self, work: Callable[[Session], Result]) -> Result: ...
    async def write_round(self, work: Callable[[Session], Result]) -> Result: ...
    async def settle(self) -> None:
        """Leaves no copy of what was deleted or replaced where it can still be read."""

    async def close(self) -> None: ...


def reach(url: str, cipher: Cipher) -> Database:
    """The database at this URL (`sqlite:///path` or `postgresql://...`), not yet connected."""
    made = make_url(url)
    return SQLite(made, cipher) if made.get_backend_name() == "sqlite" else PostgreSQL(made, cipher)


class _Lane:
    """One SQLite connection in a thread of its own: a whole round costs one hop, not one per statement."""

    def __init__(self, url: URL, cipher: Cipher, name: str, begin: str) -> None:
        self._engine = _sqlite_engine(url, cipher, begin)
        self._statements = Statements(self._engine.dialect)
        self._begin = begin
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._connection: Connection | None = None
        self._session: SQLiteSession

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)

    async def run_round(self, work: Callable[[Session], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run_round, work)

    def _run(self, work: Callable[[Connection], Result]) -> Result:
        connection = self._connected()
        with connection.begin():
            return work(connection)

    def _run_round(self, work: Callable[[Session], Result]) -> Result:
        self._connected()
        driver = self._session.connection
        driver.execute(self._begin)
        try:
            result = work(self._session)
            driver.execute("COMMIT")
        except BaseException:
            driver.rollback()
            raise
        return result

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
            driver = cast(sqlite3.Connection, self._connection.connection.driver_connection)
            self._session = SQLiteSession(driver, self._statements)
        return self._connection

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
        self._writer = _Lane(url, cipher, "store-writer", "BEGIN IMMEDIATE")
        self._reader = _Lane(url, cipher, "store-reader", "BEGIN")

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        return await self._reader.run(work)

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        return await self._writer.run(work)

    async def read_round(self, work: Callable[[Session], Result]) -> Result:
        return await self._reader.run_round(work)

    async def write_round(self, work: Callable[[Session], Result]) -> Result:
        try:
            return await self._writer.run_round(work)
        except sqlite3.IntegrityError as error:
            raise Conflict from error

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


class _Kept:
    """One PostgreSQL connection that rounds go over, and another one where it broke."""

    def __init__(self, engine: AsyncEngine, statements: Statements) -> None:
        self._engine = engine
        self._statements = statements
        self._held: tuple[PoolProxiedConnection, PostgreSQLSession] | None = None

    async def run(self, work: Callable[[Session], Result], begin: str = "", end: str = "") -> Result:
        session = await self._session()
        try:
            if begin:
                await session.connection.execute(begin)
            result = await greenlet_spawn(work, session)
            if end:
                await session.connection.execute(end)
        except BaseException:
            # Whatever state it is in: the server undoes what was begun.
            self.drop()
            raise
        return result

    async def _session(self) -> PostgreSQLSession:
        if self._held is not None and self._held[1].connection.is_closed():
            self.drop()
        if self._held is None:
            held = await self._engine.raw_connection()
            self._held = held, PostgreSQLSession(held.driver_connection, self._statements)
        return self._held[1]

    def drop(self) -> None:
        if self._held is not None:
            self._held[0].invalidate()
            self._held = None


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
        statements = Statements(self._engine.dialect)
        self._reader, self._writer = _Kept(self._engine, statements), _Kept(self._engine, statements)

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        async with self._reading.connect() as connection:
            return await connection.run_sync(work)

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)

    async def read_round(self, work: Callable[[Session], Result]) -> Result:
        return await self._reader.run(work)

    async def write_round(self, work: Callable[[Session], Result]) -> Result:
        from asyncpg import IntegrityConstraintViolationError

        try:
            return await self._writer.run(work, "BEGIN", "COMMIT")
        except IntegrityConstraintViolationError as error:
            raise Conflict from error

    async def settle(self) -> None:
        """Nothing to do: old row versions are the server's affair, and not ours to read."""

    async def close(self) -> None:
        self._reader.drop()
        self._writer.drop()
        await self._engine.dispose()
