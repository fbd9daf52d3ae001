"""Those who come slowly, too often, or with too much at once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestServer

import app
from bot.channels import bodies
from bot.channels.direct_line import shares
from bot.limits import Rate
from bot.settings import Settings
from bot.web import embed
from tests.channels.direct_line.house import House
from tests.doors.conftest import Client, serve
from tests.doors.talking import Talk, begin


async def raw(client: Client, request: bytes, *more: bytes) -> bytes:
    """What comes back first. `more` is sent piece by piece."""
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(request)
    for piece in more:
        await asyncio.sleep(0.1)
        writer.write(piece)
    async with asyncio.timeout(5):
        answer = await reader.read(4096)
    writer.close()
    return answer


def post(path: str, *headers: str) -> bytes:
    lines = (f"POST {path} HTTP/1.1", "Host: localhost", "Content-Type: application/json", *headers)
    return "\r\n".join((*lines, "Connection: close", "", "")).encode()


async def test_a_body_that_trickles_in_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I3"""
    monkeypatch.setattr(bodies, "ARRIVAL", 0.3)
    monkeypatch.setattr(embed, "ARRIVAL", 0.3)
    client = await serve(tmp_path)
    talk = await begin(client)
    for path in ("/api/messages", f"{talk.path}/activities", "/chat/token"):
        slow = post(path, "Content-Length: 1000", f"Authorization: Bearer {talk.token}")
        answer = await raw(client, slow, *[b"{"] * 6)
        assert answer.startswith(b"HTTP/1.1 408 "), path
        assert b"Traceback" not in answer
    await client.close()


async def test_headers_that_trickle_in_are_not_waited_for(tmp_path: Path) -> None:
    """I3"""
    settings = Settings.read({"BOT_DATA_DIR": str(tmp_path)})
    client = TestServer(await app.create_app(settings))
    await client.start_server(keepalive_timeout=0.4)
    reader, writer = await asyncio.open_connection(client.host, client.port)
    writer.write(b"GET / HTTP/1.1\r\n")
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        for number in range(30):
            writer.write(f"X-{number}: slow\r\n".encode())
            await writer.drain()
            await asyncio.sleep(0.1)
        await reader.readexactly(1)
    writer.close()
    await client.close()
    assert app.IDLE < 120


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
        b"POST /api/messages HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
    ],
    ids=["length and chunks", "two lengths", "less than nothing", "long header", "long path", "TLS", "9.9"],
)
async def test_what_is_no_http_is_refused(tmp_path: Path, request_: bytes) -> None:
    """I3"""
    client = await serve(tmp_path)
    answer = await raw(client, request_ + b"\r\n\r\n")
    assert answer.startswith((b"HTTP/1.0 400 ", b"HTTP/1.1 400 "))
    assert b"Traceback" not in answer
    await client.close()


async def test_a_frame_that_is_too_large_ends_the_stream_and_nothing_else(tmp_path: Path) -> None:
    """I3"""
    client = await serve(tmp_path)
    talk = await begin(client)
    async with client.ws_connect(talk.stream) as socket:
        await socket.send_str("a" * 100_000)
        async with asyncio.timeout(5):
            while (message := await socket.receive()).type not in (WSMsgType.CLOSE, WSMsgType.CLOSED):
                assert message.type in (WSMsgType.TEXT, WSMsgType.BINARY)
        assert socket.close_code == 1009
    async with client.ws_connect(talk.stream) as socket:
        assert not socket.closed
    await client.close()


async def says(client: Client, talk: Talk, **headers: str) -> tuple[int, str | None]:
    message = {"type": "message", "text": "hello"}
    path = f"{talk.path}/activities"
    async with client.post(path, json=message, headers=talk.headers | headers) as answer:
        return answer.status, answer.headers.get("Retry-After")


async def test_who_says_too_much_waits_in_all_conversations_and_nobody_else(tmp_path: Path) -> None:
    """I3"""
    house = await House(tmp_path, posts=Rate(burst=4, per_second=0.1)).open()
    hasty = {"user": {"id": "dl_hasty"}}
    message = {"type": "message", "text": "hello"}
    statuses = []
    for user in (hasty, hasty, {}):
        grant = await house.token(**user)
        await house.ask("POST", "/conversations", grant["token"])
        path = f"/conversations/{grant['conversationId']}/activities"
        statuses += [(await house.ask("POST", path, grant["token"], message))[0] for _ in range(2)]
    # Starting counts as well: two starts and two messages were the share of one.
    assert statuses == [200, 200, 429, 429, 200, 200]
    await house.close()


async def test_an_address_that_says_too_much_waits_and_another_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I3"""
    monkeypatch.setattr(shares, "POSTS_FROM_ADDRESS", Rate(burst=4, per_second=0.1))
    client = await serve(tmp_path, TRUSTED_PROXIES="1")
    one, other = await begin(client), await begin(client)
    hasty = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}
    statuses = [await says(client, talk, **hasty) for talk in (one, other, one, other)]
    assert statuses == [(200, None)] * 4
    status, wait = await says(client, one, **hasty)
    assert status == 429
    assert 1 <= int(wait or 0) <= 10
    assert (await says(client, one, **{"X-Forwarded-For": "203.0.113.7, 203.0.113.8"}))[0] == 200
    async with client.get(f"{one.path}/activities", headers=one.headers | hasty) as answer:
        assert answer.status == 200
    await client.close()


async def test_one_address_has_its_share_of_streams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """I3"""
    monkeypatch.setattr(shares, "SOCKETS_TO_ADDRESS", 2)
    client = await serve(tmp_path)
    talks = [await begin(client) for _ in range(3)]
    first, _ = await client.ws_connect(talks[0].stream), await client.ws_connect(talks[1].stream)
    with pytest.raises(WSServerHandshakeError) as refused:
        await client.ws_connect(talks[2].stream)
    assert refused.value.status == 429
    assert refused.value.headers is not None
    assert refused.value.headers["Retry-After"] == "60"
    await first.close()
    await asyncio.sleep(0.05)
    assert not (await client.ws_connect(talks[2].stream)).closed
    await client.close()
