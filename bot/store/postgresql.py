"""PostgreSQL: a pool for what is done now and then, and two connections that are kept for rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import asyncpg
from asyncpg.prepared_stmt import PreparedStatement
from sqlalchemy import Connection, Executable
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.util import await_only, greenlet_spawn

from bot.store.advisory import Advisory
from bot.store.sealing import CIPHERS, Cipher
from bot.store.sessions import Session, Statements, Values
from bot.store.works import Conflict

Result = TypeVar("Result")

#: Rounds find rows by their keys. Statistics are behind while a table grows, and must not talk the planner
#: into walking through it.
BY_KEY = """
    SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off;
    SET plan_cache_mode = force_generic_plan
"""


class PostgreSQL:
    def __init__(self, url: URL, cipher: Cipher) -> None:
        query = dict(url.query)
        if "sslmode" in query:
            query["ssl"] = query.pop("sslmode")  # libpq's name, as hosts hand it out, under asyncpg's
        self._engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg", query=query),
            pool_size=4,
            pool_pre_ping=True,
            hide_parameters=True,
        )
        CIPHERS[self._engine.dialect] = cipher
        # A snapshot is worth no transaction in reading: what was read is compared again when it is saved.
        self.reader = _Lane(self._engine.execution_options(isolation_level="AUTOCOMMIT"), ())
        self.writer = _Lane(self._engine, ("BEGIN", "COMMIT"))
        self.presence = Advisory(self._engine)

    async def settle(self) -> None:
        """Nothing to do: old row versions are the server's affair, and not ours to read."""

    async def close(self) -> None:
        await self.presence.leave()
        self.reader.drop()
        self.writer.drop()
        await self._engine.dispose()


class _Lane:
    """Rounds go over one connection, and over another one where it broke."""

    def __init__(self, engine: AsyncEngine, around: tuple[str, str] | tuple[()]) -> None:
        self._engine = engine
        self._around = around
        self._statements = Statements(engine.dialect)
        self._kept: tuple[PoolProxiedConnection, _Session] | None = None

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)

    async def run_round(self, work: Callable[[Session], Result]) -> Result:
        session = await self._session()
        try:
            if not self._around:
                return await greenlet_spawn(work, session)
            begin, end = self._around
            await session.connection.execute(begin)
            result = await greenlet_spawn(work, session)
            await session.connection.execute(end)
        except asyncpg.IntegrityConstraintViolationError as error:
            self.drop()
            raise Conflict from error
        except BaseException:
            # Whatever state it is in: the server undoes what was begun.
            self.drop()
            raise
        return result

    async def _session(self) -> _Session:
        if self._kept is not None and self._kept[1].connection.is_closed():
            self.drop()
        if self._kept is None:
            kept = await self._engine.raw_connection()
            session = _Session(kept.driver_connection, self._statements)
            await session.connection.execute(BY_KEY)
            self._kept = kept, session
        return self._kept[1]

    def drop(self) -> None:
        if self._kept is not None:
            self._kept[0].invalidate()
            self._kept = None


class _Session:
    """Waits as a greenlet does, so that a round is the same plain function as on SQLite."""

    def __init__(self, connection: asyncpg.Connection[Any], statements: Statements) -> None:
        self.connection = connection
        self._statements = statements
        self._prepared: dict[Executable, PreparedStatement[Any]] = {}

    def rows(self, statement: Executable, values: Values) -> list[Sequence[Any]]:
        compiled = self._statements[statement]
        prepared = self._prepare(statement, compiled.text)
        return [compiled.row(row) for row in await_only(prepared.fetch(*compiled.parameters(values)))]

    def run(self, statement: Executable, values: Iterable[Values]) -> None:
        compiled = self._statements[statement]
        prepared = self._prepare(statement, compiled.text)
        await_only(prepared.executemany([compiled.parameters(row) for row in values]))

    def _prepare(self, statement: Executable, text: str) -> PreparedStatement[Any]:
        found = self._prepared.get(statement)
        if found is None:
            found = self._prepared[statement] = await_only(self.connection.prepare(text))
        return found
