"""HTTP and WebSocket by hand: a client and a mock channel so cheap that the server is what is measured."""

from __future__ import annotations

import asyncio
import base64
import os
from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit
from zlib import crc32

import orjson

END = b"\r\n\r\n"
Json = dict[str, Any]


class Broken(ConnectionError):
    """The other side closed or said something that is not HTTP."""


def cut(buffer: bytearray) -> tuple[list[bytes], bytes] | None:
    """Takes one message off the buffer: its head's lines and its body; None while it is incomplete."""
    end = buffer.find(END)
    if end < 0:
        return None
    lines = bytes(buffer[:end]).split(b"\r\n")
    length = 0
    for line in lines[1:]:
        if line[:15].lower() == b"content-length:":
            length = int(line[15:])
    stop = end + 4 + length
    if len(buffer) < stop:
        return None
    body = bytes(buffer[end + 4 : stop])
    del buffer[:stop]
    return lines, body


class Link(asyncio.Protocol):
    """A kept-alive connection with one request on its way."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        self.answer: asyncio.Future[tuple[int, bytes]] | None = None
        self.open = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.open = True

    def connection_lost(self, error: Exception | None) -> None:
        self.open = False
        if self.answer and not self.answer.done():
            self.answer.set_exception(Broken("closed by the server"))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        found = cut(self.buffer)
        if found and self.answer and not self.answer.done():
            lines, body = found
            self.answer.set_result((int(lines[0].split(b" ", 2)[1]), body))

    def request(self, data: bytes) -> asyncio.Future[tuple[int, bytes]]:
        self.answer = asyncio.get_running_loop().create_future()
        self.transport.write(data)
        return self.answer


class Client:
    """Requests to one server over as many kept connections as are in use at once."""

    def __init__(self, url: str) -> None:
        self.host, self.port = urlsplit(url).hostname or "", urlsplit(url).port or 80
        self._idle: deque[Link] = deque()

    async def post(self, path: str, body: bytes, authorization: str = "") -> tuple[int, bytes]:
        return await self.send("POST", path, body, authorization)

    async def send(self, method: str, path: str, body: bytes, authorization: str) -> tuple[int, bytes]:
        # As through a proxy: whoever has a token of their own has an address of their own.
        number = crc32(authorization.encode())
        extra = (
            f"Authorization: {authorization}\r\n"
            f"X-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n"
            if authorization
            else ""
        )
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n{extra}"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        link = await self._link()
        answer = await link.request(head.encode() + body)
        self._idle.append(link)
        return answer

    async def _link(self) -> Link:
        while self._idle:
            link = self._idle.pop()
            if link.open:
                return link
        _, link = await asyncio.get_running_loop().create_connection(Link, self.host, self.port)
        return link

    def close(self) -> None:
        for link in self._idle:
            link.transport.close()


class Channel(asyncio.Protocol):
    """One connection to the mock connector: every reply is noted and answered with an id."""

    ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"id":"m"}'

    def __init__(self, heard: Callable[[str, Json], None]) -> None:
        self.heard = heard
        self.buffer = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while found := cut(self.buffer):
            lines, body = found
            path = lines[0].split(b" ", 2)[1].decode().split("/")
            self.transport.write(self.ANSWER)
            self.heard(unquote(path[3]), orjson.loads(body))


class Stream(asyncio.Protocol):
    """A WebSocket that only listens; the server's frames are whole and not masked."""

    def __init__(self, request: bytes, heard: Callable[[Json], None]) -> None:
        self.first = request
        self.heard = heard
        self.buffer = bytearray()
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]
        self.transport.write(self.first)

    def connection_lost(self, error: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(Broken("no stream"))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.ready.done():
            end = self.buffer.find(END)
            if end < 0:
                return
            if not self.buffer.startswith(b"HTTP/1.1 101"):
                self.ready.set_exception(Broken(bytes(self.buffer[:200]).decode(errors="replace")))
                return
            del self.buffer[: end + 4]
            self.ready.set_result(None)
        while (frame := self._frame()) is not None:
            opcode, payload = frame
            if opcode == 1 and payload:
                self.heard(orjson.loads(payload))
            elif opcode == 9:
                self.transport.write(bytes([0x8A, 0x80 | len(payload)]) + bytes(4) + payload)

    def _frame(self) -> tuple[int, bytes] | None:
        buffer = self.buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1] & 0x7F, 2
        if size > 125:
            start = 4 if size == 126 else 10
            if len(buffer) < start:
                return None
            size = int.from_bytes(buffer[2:start], "big")
        if len(buffer) < start + size:
            return None
        frame = buffer[0] & 0x0F, bytes(buffer[start : start + size])
        del buffer[: start + size]
        return frame

    @classmethod
    async def connect(cls, url: str, heard: Callable[[Json], None]) -> Stream:
        parts = urlsplit(url)
        key = base64.b64encode(os.urandom(16)).decode()
        request = (
            f"GET {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
        )
        _, stream = await asyncio.get_running_loop().create_connection(
            lambda: cls(request.encode(), heard), parts.hostname, parts.port or 80
        )
        await stream.ready
        return stream
