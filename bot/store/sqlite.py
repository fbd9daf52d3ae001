"""SQLite: one connection that writes, as it has it, and one that reads, each in a thread of its own."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, Executable, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from bot.store.presence import Files
from bot.store.sealing import CIPHERS, Cipher
from bot.store.sessions import Session, Statements, Values
from bot.store.works import Conflict

Result = TypeVar("Result")

#: How long a writer waits for another process's transaction.
BUSY_SECONDS = 15

PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-8192")


class SQLite:
    def __init__(self, url: URL, cipher: Cipher) -> None:
        self.writer = _Lane(_engine(url, cipher, "BEGIN IMMEDIATE"), "store-writer", "BEGIN IMMEDIATE")
        self.reader = _Lane(_engine(url, cipher, "BEGIN"), "store-reader", "BEGIN")
        self.presence = Files(url.database or "")

    async def settle(self) -> None:
        await self.writer.pragma("wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        self.presence.leave()
        await self.reader.close()
        await self.writer.close()


class _Lane:
    """A whole round costs one hop to the thread, not one per statement."""

    def __init__(self, engine: Engine, name: str, begin: str) -> None:
        self._engine = engine
        self._begin = begin
        self._statements = Statements(engine.dialect)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._connection: Connection | None = None

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)

    async def run_round(self, work: Callable[[Session], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run_round, work)

    def _run(self, work: Callable[[Connection], Result]) -> Result:
        connection = self._connected()
        with connection.begin():
            return work(connection)

    def _run_round(self, work: Callable[[Session], Result]) -> Result:
        driver = cast(sqlite3.Connection, self._connected().connection.driver_connection)
        driver.execute(self._begin)
        try:
            result = work(_Session(driver, self._statements))
            driver.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            driver.rollback()
            raise Conflict from error
        except BaseException:
            driver.rollback()
            raise
        return result

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
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


class _Session:
    def __init__(self, connection: sqlite3.Connection, statements: Statements) -> None:
        self._connection = connection
        self._statements = statements

    def rows(self, statement: Executable, values: Values) -> list[Sequence[Any]]:
        compiled = self._statements[statement]
        found = self._connection.execute(compiled.text, compiled.parameters(values)).fetchall()
        return [compiled.row(row) for row in found]

    def run(self, statement: Executable, values: Iterable[Values]) -> None:
        compiled = self._statements[statement]
        self._connection.executemany(compiled.text, [compiled.parameters(row) for row in values])


def _engine(url: URL, cipher: Cipher, begin: str) -> Engine:
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
