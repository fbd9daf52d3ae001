"""The way out: saved replies are posted to their channel in order, again if need be, and ticked off."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson
from yarl import URL

from bot.channels.activity import RESPONSE, UPDATES, addressed
from bot.channels.credentials import Credentials
from bot.channels.identity import Unavailable
from bot.store.database import Store
from bot.store.records import Stored

logger = logging.getLogger(__name__)

Reference = dict[str, Any]

#: Seconds before each further attempt, give or take half; then the reply waits in the outbox.
PAUSES = (0.5, 1.0, 2.0, 4.0)
#: The longest time in seconds a channel may ask us to wait on the spot; longer, and the outbox waits.
LONGEST_PAUSE = 20.0
#: Seconds a channel has for its answer, far more than a slow one takes: if it gives none, the reply may have
#: arrived, and is sent again. Where no connection comes about, nothing arrived.
PATIENCE, CONNECTING = 45.0, 10.0
#: How often in seconds the outbox is looked through.
SWEEP = 30.0
#: A reply younger than this may still be on its way from another process; so long only the one that made it
#: may send it, and begins no attempt so late that the two could meet. Then it is for the one that leads.
SETTLED, LAST_ATTEMPT = timedelta(minutes=2), timedelta(seconds=30)
#: An answer later than this would only confuse.
TOO_LATE = timedelta(days=1)
#: How long in seconds closing goes on sending what is queued, and then waits for answers to the last calls.
FAREWELL, LAST_ANSWERS = 5.0, PATIENCE
#: Statuses below 500 that may be another one next time; Teams asks for another try after 412, too.
PASSING = frozenset({0, 401, 408, 412, 429})


class Delivery:
    """One kept session, one queue per conversation that has something on its way, nothing for the others."""

    def __init__(
        self,
        store: Store,
        credentials: Credentials,
        clock: Callable[[], datetime],
        pauses: Sequence[float] | None = None,
    ) -> None:
        self._store = store
        self._pauses = PAUSES if pauses is None else pauses
        self._credentials = credentials
        self._clock = clock
        self._queues: dict[str, deque[tuple[Reference, Stored]]] = {}
        #: Conversations whose replies wait in the outbox; True where one was added since the last look.
        self._stuck: dict[str, bool] = {}
        #: Until when, by the loop's clock, their channels asked not to be called.
        self._closed: dict[str, float] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._typing: dict[str, asyncio.Task[Any]] = {}
        self._leads = False
        #: Set when no further call may begin.
        self._ending = asyncio.Event()
        self._sweeper: asyncio.Task[None]
        self._session: aiohttp.ClientSession

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=100, keepalive_timeout=60, ttl_dns_cache=300),
            timeout=aiohttp.ClientTimeout(total=PATIENCE, sock_connect=CONNECTING),
            cookie_jar=aiohttp.DummyCookieJar(),
            skip_auto_headers=("User-Agent", "Accept-Encoding"),
        )
        is_alone = await self._store.come()
        await self.sweep(settled=timedelta(0) if is_alone else SETTLED)
        self._sweeper = asyncio.create_task(self._sweep_often())

    async def close(self) -> None:
        if self._workers:
            await asyncio.wait(self._workers, timeout=FAREWELL)
        # A call that is cut off may have arrived: its reply would be sent again after the restart.
        self._ending.set()
        if self._workers:
            await asyncio.wait(self._workers, timeout=LAST_ANSWERS)
        left = (*self._workers, *self._typing.values(), self._sweeper)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        await self._session.close()

    def send(self, conversation_id: str, reference: Reference, replies: Iterable[Stored]) -> None:
        """Puts saved replies on their way, behind those of the same conversation that went before."""
        if typing := self._typing.pop(conversation_id, None):
            # Typing that arrives after the answer would not end.
            typing.cancel()
        if conversation_id in self._stuck:
            self._stuck[conversation_id] = True
            return
        queue = self._queues.get(conversation_id)
        if queue is not None:
            queue.extend((reference, stored) for stored in replies)
            return
        queue = deque((reference, stored) for stored in replies)
        if queue:
            self._queues[conversation_id] = queue
            worker = asyncio.create_task(self._drain(conversation_id, queue))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    def show_typing(self, conversation_id: str, reference: Reference) -> None:
        """Tries once to show that an answer is being made; behind nothing that waits to be sent."""
        if conversation_id in self._queues or conversation_id in self._stuck:
            return
        wire = addressed({"type": "typing"}, reference)
        showing = asyncio.create_task(self._send("POST", _address(wire), orjson.dumps(wire)))
        self._typing[conversation_id] = showing
        showing.add_done_callback(lambda _: self._typing.pop(conversation_id, None))

    @property
    def on_their_way(self) -> int:
        """How many conversations have a reply being sent."""
        return len(self._queues)

    async def sweep(self, settled: timedelta = SETTLED) -> None:
        """Sends what is left in the outbox, except what is on its way. Of several processes one does."""
        self._leads = await self._store.lead()
        self._stuck = dict.fromkeys(self._stuck, False)
        busy = set(self._queues)
        waiting: dict[str, list[tuple[Reference, Stored]]] = {}
        for record, stored in await self._store.undelivered():
            waiting.setdefault(record.id, []).append((record.reference, stored))
        if not self._leads:
            # What another process has sent meanwhile no longer holds up what comes after it.
            self._stuck = {
                key: is_added for key, is_added in self._stuck.items() if is_added or key in waiting
            }
            return
        for conversation_id, replies in waiting.items():
            fresh = self._clock() - _sent(replies[-1][1]) < settled and conversation_id not in self._stuck
            if fresh or self._stuck.get(conversation_id) or conversation_id in busy | self._queues.keys():
                continue
            if self._closed.get(conversation_id, 0.0) > asyncio.get_running_loop().time():
                continue
            self._closed.pop(conversation_id, None)
            self._stuck.pop(conversation_id, None)
            for reference, stored in replies:
                self.send(conversation_id, reference, [stored])

    async def _sweep_often(self) -> None:
        while True:
            await asyncio.sleep(SWEEP)
            try:
                await self.sweep()
            except Exception as error:  # a database that is away now may be back next time
                logger.warning("outbox not read: %s", type(error).__name__)

    async def _drain(self, conversation_id: str, queue: deque[tuple[Reference, Stored]]) -> None:
        try:
            while queue and not self._ending.is_set():
                reference, stored = queue[0]
                if not await self._delivered(reference, stored):
                    self._stuck[conversation_id] = False
                    return
                queue.popleft()
                await self._store.delivered([stored])
        finally:
            del self._queues[conversation_id]

    async def _delivered(self, reference: Reference, stored: Stored) -> bool:
        """True when the reply needs no further attempt: it arrived, or it never will."""
        if stored.activity["type"] == RESPONSE:
            return True  # it was the answer to a request
        if self._clock() - _sent(stored) > TOO_LATE:
            logger.warning("given up: conversation %s reply %s", stored.conversation_id, stored.position)
            return True
        wire = addressed(stored.activity, reference)
        updated = stored.activity.get(UPDATES)
        status, asked = await self._taken(wire, updated)
        if updated and _is_refused(status):
            # What cannot be put in the place of the pressed card is said below it.
            status, asked = await self._taken(wire)
        if _is_refused(status):
            logger.warning("refused with %d: conversation %s", status, stored.conversation_id)
        elif not 200 <= status < 300:
            logger.warning("not delivered (%d), kept: conversation %s", status, stored.conversation_id)
            self._closed[stored.conversation_id] = asyncio.get_running_loop().time() + asked
            return False
        return True

    async def _taken(self, wire: dict[str, Any], updated: str | None = None) -> tuple[int, float]:
        """The status that the channel gave in the end, 0 if there was none, and how long it wants peace."""
        method, url = ("PUT", _address(wire, updated)) if updated else ("POST", _address(wire))
        body, status, asked = orjson.dumps(wire), 0, 0.0
        for pause in (*self._pauses, None):
            age = self._clock() - datetime.fromisoformat(wire["timestamp"])
            if self._ending.is_set() or (not self._leads and age > LAST_ATTEMPT):
                break
            status, asked = await self._send(method, url, body)
            if 200 <= status < 300 or _is_refused(status) or pause is None or asked > LONGEST_PAUSE:
                break
            # Jitter, so that what was turned away together does not come back together.
            with suppress(TimeoutError):
                async with asyncio.timeout(max(asked, pause * random.uniform(0.5, 1.5))):  # noqa: S311
                    await self._ending.wait()
        return status, asked

    async def _send(self, method: str, url: URL, body: bytes) -> tuple[int, float]:
        """The answer's status, 0 if there was none, and for how long in seconds we are asked to wait."""
        try:
            headers = {"Content-Type": "application/json", **await self._credentials.headers()}
            async with self._session.request(
                method, url, data=body, headers=headers, allow_redirects=False
            ) as answer:
                await answer.read()
        except (aiohttp.ClientError, TimeoutError, Unavailable):
            return 0, 0.0
        if answer.status == 401:
            self._credentials.forget()
        return answer.status, self._wait_asked(answer.headers.get("Retry-After"))

    def _wait_asked(self, header: str | None) -> float:
        if header is None:
            return 0.0
        if header.strip().isdecimal():
            return float(header)
        try:
            return max(0.0, (parsedate_to_datetime(header) - self._clock()).total_seconds())
        except (ValueError, TypeError):
            return 0.0


def _sent(stored: Stored) -> datetime:
    sent = datetime.fromisoformat(stored.activity["timestamp"])
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)


def _is_refused(status: int) -> bool:
    """Whether asking again would change nothing."""
    return status not in PASSING and not 200 <= status < 300 and status < 500


def _address(wire: dict[str, Any], updated: str | None = None) -> URL:
    base, conversation = wire["serviceUrl"].rstrip("/"), quote(wire["conversation"]["id"], safe="")
    url = f"{base}/v3/conversations/{conversation}/activities"
    answered = updated or wire.get("replyToId")
    return URL(f"{url}/{quote(answered, safe='')}" if answered else url, encoded=True)
