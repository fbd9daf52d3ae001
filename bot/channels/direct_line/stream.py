"""Delivery over WebSockets: first what was said, then what is being said, in one order and without a gap."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

import orjson
from aiohttp import WSCloseCode, WSMsgType, web

from bot.store.database import Store
from bot.store.records import Stored

#: So long nothing was sent: an empty frame keeps proxies from hanging up, and the store is asked for
#: what another replica may have saved.
KEEP_ALIVE = 20.0
#: A peer that does not answer a ping for this long is gone.
HEARTBEAT = 60.0
#: A peer that does not take a frame for this long is cut off; it reconnects with its watermark.
PATIENCE = 30.0
#: A frame of so many bytes waits for nobody where nothing is waiting: every transport holds that much.
SMALL = 32 * 1024
#: More than this waiting for one socket is read from the store when the socket is ready.
WAITING = 200
#: Activities in one frame.
FRAME = 50
#: Clients send nothing of importance here.
MESSAGE_SIZE = 64 * 1024


class Listener:
    """One socket, and how far it has been told."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        transport: asyncio.WriteTransport,
        conversation_id: str,
        position: int,
    ) -> None:
        self.socket = socket
        self._transport = transport
        self.conversation_id = conversation_id
        self._position = position
        self._waiting: deque[Stored] = deque()
        self._passing: dict[str, Any] | None = None
        self._farewell: list[dict[str, Any]] | None = None
        # Until the store was asked: what is saved is taken from there, so that nothing falls between.
        self._behind = True
        self._wake = asyncio.Event()
        #: When something was last sent, by the loop's clock, and whether that was too long ago.
        self._sent = 0.0
        self._is_silent = False

    def hear(self, stored: Iterable[Stored]) -> None:
        self._waiting.extend(stored)
        # What was said ends the typing before it.
        self._passing = None
        if len(self._waiting) > WAITING:
            self._waiting.clear()
            self._behind = True
        self._wake.set()

    def hear_in_passing(self, activity: dict[str, Any]) -> None:
        self._passing = activity
        self._wake.set()

    def hear_the_last(self, activities: list[dict[str, Any]]) -> None:
        self._farewell = activities
        self._wake.set()

    async def tell(self, store: Store) -> None:
        """Sends until the socket closes, or the conversation is no more."""
        self._sent = asyncio.get_running_loop().time()
        self._look_for_silence()
        try:
            while not self.socket.closed:
                self._wake.clear()
                if self._is_silent:
                    self._is_silent = False
                    await self._send(b"")
                await self._send_saved(await self._news(store))
                await self._send_passing()
                if self._farewell is not None:
                    await self._send_set(self._farewell)
                    return
                await self._wake.wait()
        finally:
            self._alarm.cancel()

    def _look_for_silence(self) -> None:
        """One timer that looks when it is time, and not one that is set anew with every frame."""
        loop = asyncio.get_running_loop()
        if loop.time() >= self._sent + KEEP_ALIVE:
            self._sent = loop.time()
            self._is_silent = self._behind = True
            self._wake.set()
        self._alarm = loop.call_at(self._sent + KEEP_ALIVE, self._look_for_silence)

    async def _news(self, store: Store) -> list[Stored]:
        news = [stored for stored in self._waiting if stored.position > self._position]
        self._waiting.clear()
        if self._behind or (news and news[0].position != self._position + 1):
            # A turn and a post are saved side by side and may be announced in the other order.
            self._behind = False
            return await store.transcript(self.conversation_id, self._position)
        return news

    async def _send_saved(self, news: Sequence[Stored]) -> None:
        for start in range(0, len(news), FRAME):
            part = news[start : start + FRAME]
            self._position = part[-1].position
            await self._send_set([stored.activity for stored in part])

    async def _send_passing(self) -> None:
        activity, self._passing = self._passing, None
        if activity is not None:
            await self._send_set([activity])

    async def _send_set(self, activities: list[dict[str, Any]]) -> None:
        await self._send(orjson.dumps({"activities": activities, "watermark": str(self._position)}))

    async def _send(self, frame: bytes) -> None:
        self._sent = asyncio.get_running_loop().time()
        if len(frame) <= SMALL and not self._transport.get_write_buffer_size():
            await self.socket.send_frame(frame, WSMsgType.TEXT)
            return
        async with asyncio.timeout(PATIENCE):
            await self.socket.send_frame(frame, WSMsgType.TEXT)


class Streams:
    """Everybody who listens, by conversation."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listeners: dict[str, set[Listener]] = {}

    def publish(self, conversation_id: str, stored: Sequence[Stored]) -> None:
        for listener in self._listeners.get(conversation_id, ()):
            listener.hear(stored)

    def pass_on(self, conversation_id: str, activity: dict[str, Any]) -> None:
        """What is for the moment only (typing): not saved, not told to those who come later."""
        for listener in self._listeners.get(conversation_id, ()):
            listener.hear_in_passing(activity)

    def part(self, conversation_id: str, activities: list[dict[str, Any]]) -> None:
        """The last that is heard of a deleted conversation; who still listens then begins another."""
        for listener in self._listeners.get(conversation_id, ()):
            listener.hear_the_last(activities)

    async def serve(self, request: web.Request, conversation_id: str, position: int) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=MESSAGE_SIZE, timeout=2.0)
        await socket.prepare(request)
        transport = request.transport
        if transport is None:  # gone while the upgrade was answered
            return socket
        listener = Listener(socket, transport, conversation_id, position)
        self._listeners.setdefault(conversation_id, set()).add(listener)
        telling = asyncio.create_task(self._tell(listener))
        try:
            async for _ in socket:
                pass
        finally:
            self._forget(listener)
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling
        return socket

    async def hang_up(self) -> None:
        """Before the server stops, so that clients come back at once instead of waiting for the dead."""
        everybody = [listener for group in self._listeners.values() for listener in group]
        await asyncio.gather(
            *(each.socket.close(code=WSCloseCode.SERVICE_RESTART, message=b"restart") for each in everybody)
        )

    async def _tell(self, listener: Listener) -> None:
        try:
            with suppress(ConnectionError, TimeoutError):
                await listener.tell(self._store)
        finally:
            # Whatever happened, the client comes back with its watermark.
            await listener.socket.close(code=WSCloseCode.TRY_AGAIN_LATER)

    def _forget(self, listener: Listener) -> None:
        group = self._listeners[listener.conversation_id]
        group.discard(listener)
        if not group:
            del self._listeners[listener.conversation_id]
