"""The server's database, for a command."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.settings import Settings
from bot.store.database import Store
from bot.store.keys import encryption_keys


@asynccontextmanager
async def opened_store(settings: Settings) -> AsyncIterator[Store]:
    """The server's own database. Raises ConfigurationError."""
    store = await Store.open(
        settings.database_url, encryption_keys(settings.encryption_keys, settings.data_dir)
    )
    try:
        yield store
    finally:
        await store.close()
