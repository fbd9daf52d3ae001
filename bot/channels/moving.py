"""A draft that a code took to another chat: the one it has left says so at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime

from bot.channels.notices import Door, door_to, notice
from bot.store.database import Store
from bot.turn import HANDED, Moved

logger = logging.getLogger(__name__)


class Moving:
    """Tells the chat in which the code was given out, by a turn that nobody began.

    What is lost with the process is told when somebody next writes there, by the same mark in its state.
    """

    def __init__(self, store: Store, doors: Sequence[Door]) -> None:
        self._store = store
        self._doors = doors
        self._running: set[asyncio.Task[None]] = set()

    def note(self, user_id: str, draft_id: str, at: datetime) -> None:
        """Returns at once: who has typed the code does not wait for the other chat."""
        task = asyncio.create_task(self._tell(user_id, draft_id, at))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        await asyncio.gather(*self._running)

    async def _tell(self, user_id: str, draft_id: str, at: datetime) -> None:
        try:
            told = await self._store.conversations_of(user_id)
            # Where the code was asked for more than once, the last of them is in somebody's sight.
            left = next((one for one in reversed(told) if one.state.get(HANDED) == draft_id), None)
            if left is not None and (door := door_to(self._doors, left)) is not None:
                name = f"moved-{draft_id}-{at.timestamp():.6f}"
                await door.tell(notice(left, name, Moved(draft_id=draft_id)))
        except Exception as error:  # it is told when somebody next writes there
            logger.warning("not told that a draft has moved: %s", type(error).__name__)
