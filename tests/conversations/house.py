"""Everything behind the doors, on a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet

import dialogs
from bot.conversation import Conversation
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from bot.store.database import Store
from bot.text import Text

KEY = Fernet.generate_key().decode()


@dataclass
class Clock:
    """A time that stands still until it is moved."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 21, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_days(self, days: int) -> None:
        self.now += timedelta(days=days)


@cache
def catalogs() -> Catalogs:
    return Catalogs.load(LOCALES)


@cache
def assistant() -> dialogs.Assistant:
    """Who answers; it keeps nothing between turns, so all tests share one."""
    return dialogs.build(catalogs(), None)


@dataclass
class House:
    store: Store
    conversation: Conversation
    clock: Clock
    say: Callable[[Text, Locale], str]


@asynccontextmanager
async def house(
    folder: Path, clock: Clock | None = None, testers: tuple[str, ...] = ()
) -> AsyncIterator[House]:
    """Opened twice on one folder, the second finds what the first left."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = clock or Clock()
    store = await Store.open(f"sqlite:///{folder / 'bot.sqlite3'}", [KEY])
    try:
        yield House(store, Conversation(store, assistant(), clock, testers), clock, catalogs().say)
    finally:
        await store.close()
