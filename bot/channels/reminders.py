"""Reminders: who has left an application unfinished is told so, seldom, where they spoke to us last."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.channels.notices import Door, door_to, notice
from bot.store.database import Store
from bot.store.records import Idle
from bot.turn import Incoming, Waiting

logger = logging.getLogger(__name__)

#: How often somebody is reminded of a draft they do not touch.
TIMES = 2
#: How often in seconds it is looked whose turn it is; the first time after the doors have opened.
LOOK, FIRST_LOOK = 3600.0, 30.0


class Reminders:
    """A reminder is a turn that nobody began: saved with its draft, so that no restart repeats it."""

    def __init__(
        self, store: Store, doors: Sequence[Door], after: timedelta, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._doors = doors
        self._after = after
        self._clock = clock

    async def keep_sending(self) -> None:
        await asyncio.sleep(FIRST_LOOK)
        while True:
            try:
                await self.send_due()
            except Exception as error:  # a database that is away now may be back next time
                logger.warning("reminders not looked for: %s", type(error).__name__)
            await asyncio.sleep(LOOK)

    async def send_due(self) -> int:
        """Reminds everybody whose draft and last conversation have been quiet long enough; how many."""
        quiet_since = self._clock() - self._after
        # Of several conversations of a person the last one stays.
        latest = {
            idle.draft_id: (idle, door)
            for idle in await self._store.idle_drafts(quiet_since, TIMES)
            if (door := door_to(self._doors, idle.conversation)) is not None
        }
        sent = [
            await self._remind(idle, door) for idle, door in latest.values() if idle.last_said < quiet_since
        ]
        if any(sent):
            logger.info("%d people were reminded of their drafts", sum(sent))
        return sum(sent)

    async def _remind(self, idle: Idle, door: Door) -> bool:
        try:
            return await door.tell(_notice(idle))
        except Exception as error:
            logger.warning("not reminded: %s in %s", type(error).__name__, idle.conversation.id)
            return False


def _notice(idle: Idle) -> Incoming:
    """The same whichever process makes it, so that it is answered once."""
    name = f"reminder-{idle.draft_id}-{idle.touched.timestamp():.6f}-{idle.reminded}"
    about = Waiting(draft_id=idle.draft_id, touched=idle.touched, reminded=idle.reminded)
    return notice(idle.conversation, name, about)
