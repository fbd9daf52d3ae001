"""Presence told by PostgreSQL's advisory locks, on a connection kept for them."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, cast

import asyncpg
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import PoolProxiedConnection

#: Any numbers: who is here shares the first, who leads holds the second.
HERE, LEAD = 7_206_114, 7_206_115

#: So that the server misses a machine that lost its power after a minute, not after hours.
NOTICED = "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"

#: The server is away, or was and has forgotten us.
AWAY = (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError)


class Advisory:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._kept: tuple[PoolProxiedConnection, asyncpg.Connection[Any]] | None = None

    async def come(self) -> bool:
        connection = await self._connected()
        is_alone = await connection.fetchval(f"SELECT pg_try_advisory_lock({HERE})")
        await connection.execute(f"SELECT pg_advisory_lock_shared({HERE})")
        if is_alone:
            await connection.execute(f"SELECT pg_advisory_unlock({HERE})")
        return bool(is_alone)

    async def lead(self) -> bool:
        try:
            if self._kept is None:
                await self.come()
            connection = await self._connected()
            # The lead is lost with the connection, so it is asked for anew each time.
            return bool(await connection.fetchval(f"SELECT pg_try_advisory_lock({LEAD})"))
        except AWAY:
            self._drop()
            return False

    async def leave(self) -> None:
        """At once, so that who comes next need not wait for the server to miss us."""
        if self._kept is not None:
            with suppress(*AWAY):
                await self._kept[1].execute("SELECT pg_advisory_unlock_all()")
            self._drop()

    async def _connected(self) -> asyncpg.Connection[Any]:
        if self._kept is None:
            pooled = await self._engine.raw_connection()
            connection = cast("asyncpg.Connection[Any]", pooled.driver_connection)
            await connection.execute(NOTICED)
            self._kept = pooled, connection
        return self._kept[1]

    def _drop(self) -> None:
        if self._kept is not None:
            self._kept[0].invalidate()
            self._kept = None
