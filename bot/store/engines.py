"""How SQLite and PostgreSQL are reached: the same plain functions run on a connection of either."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from bot.store.presence import Presence
from bot.store.sealing import Cipher
from bot.store.sessions import Session

Result = TypeVar("Result")


class Lane(Protocol):
    """Runs functions on the database, each in one transaction."""

    async def run(self, work: Callable[[Connection], Result]) -> Result: ...
    async def run_round(self, work: Callable[[Session], Result]) -> Result:
        """Rounds are asked for one after the other.

        Raises Conflict where another process wrote a row of the same key between our look and our writing.
        """


class Database(Protocol):
    """One lane to read and one to write, so that readers never wait for a writer."""

    @property
    def reader(self) -> Lane: ...
    @property
    def writer(self) -> Lane: ...
    @property
    def presence(self) -> Presence: ...
    async def settle(self) -> None:
        """Leaves no copy of what was deleted or replaced where it can still be read."""

    async def close(self) -> None: ...


def reach(url: str, cipher: Cipher) -> Database:
    """The database at this URL (`sqlite:///path` or `postgresql://...`), not yet connected."""
    made = make_url(url)
    if made.get_backend_name() == "sqlite":
        from bot.store.sqlite import SQLite

        return SQLite(made, cipher)
    # Imported only where it is used: a start on SQLite need not wait for it.
    from bot.store.postgresql import PostgreSQL

    return PostgreSQL(made, cipher)
