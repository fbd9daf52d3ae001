"""Watermarks and the WebSocket: everything once, in order, without a gap."""

from __future__ import annotations

import asyncio
import time
from unittest.mock import create_autospec

import pytest
from aiohttp import WSCloseCode, WSMsgType, WSServerHandshakeError, web

from bot.channels.direct_line import stream, turns
from bot.store.database import Store
from bot.store.records import Stored
from tests.channels.direct_line.house import House, hear, next_set, words


async def test_an_empty_history_has_a_watermark(house: House) -> None:
    talk = await house.start()
    assert await talk.history() == {"activities": [], "watermark": "0"}


async def test_a_watermark_says_what_was_delivered(house: House) -> None:
    talk = await house.start()
    await talk.say("one")
    await talk.wait_for(2)
    seen = await talk.history()
    await talk.say("two")
    await talk.wait_for(4)
    news = await talk.history(seen["watermark"])
    assert words(news["activities"]) == ["two", "Heard: two"]
    assert (await talk.history(news["watermark"]))["activities"] == []
    assert (await talk.history(news["watermark"]))["watermark"] == news["watermark"]


@pytest.mark.parametrize("watermark", ["", "nonsense", "-1", "1.5", "٣", "9" * 30, "%00"])
async def test_a_watermark_we_never_gave_counts_as_none(house: House, watermark: str) -> None:
    talk = await house.start()
    await talk.say("one")
    await talk.wait_for(2)
    assert len((await talk.history(watermark))["activities"]) == 2


async def test_watermarks_survive_a_restart(house: House) -> None:
    talk = await house.start()
    await talk.say("one")
    await talk.wait_for(2)
    seen = (await talk.history())["watermark"]
    await house.restart()
    await talk.say("two")
    await talk.wait_for(4)
    assert words((await talk.history(seen))["activities"]) == ["two", "Heard: two"]


async def test_the_first_stream_replays_what_was_said_before_it_opened(house: House) -> None:
    talk = await house.start()
    await talk.post({"type": "event", "name": "webchat/join"})
    await talk.wait_for(2)
    socket = await talk.listen()
    assert words(await hear(socket, 2)) == ["event", "Welcome!"]
    await talk.say("and now")
    assert words(await hear(socket, 2)) == ["and now", "Heard: and now"]


async def test_a_reconnect_continues_at_its_watermark(house: House) -> None:
    talk = await house.start()
    socket = await talk.listen()
    await talk.say("one")
    frames = [await next_set(socket)]
    while len([each for frame in frames for each in frame["activities"]]) < 2:
        frames.append(await next_set(socket))
    await socket.close()
    await talk.say("meanwhile")
    await talk.wait_for(4)
    path = f"{talk.path}?watermark={frames[-1]['watermark']}"
    _, begun = await house.ask("GET", path, talk.token)
    again = await talk.listen(begun["streamUrl"])
    assert words(await hear(again, 2)) == ["meanwhile", "Heard: meanwhile"]


async def test_nothing_is_missed_or_doubled_by_who_comes_while_much_is_said(house: House) -> None:
    """A8"""
    talk = await house.start()
    sockets = []

    async def come_and_listen() -> None:
        for _ in range(8):
            sockets.append(await talk.listen())
            await asyncio.sleep(0.005)

    await asyncio.gather(come_and_listen(), *(talk.say(str(number)) for number in range(30)))
    for socket in sockets:
        heard = await hear(socket, 60)
        assert [each["id"] for each in heard] == [each["id"] for each in (await talk.history())["activities"]]


async def test_every_tab_hears_everything(house: House) -> None:
    talk = await house.start()
    first, second = await talk.listen(), await talk.listen()
    await talk.say("hi")
    assert words(await hear(first, 2)) == words(await hear(second, 2)) == ["hi", "Heard: hi"]
    assert not first.closed


async def test_who_does_not_keep_up_loses_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "WAITING", 3)
    monkeypatch.setattr(stream, "FRAME", 7)
    talk = await house.start()
    socket = await talk.listen()
    await asyncio.gather(*(talk.say(str(number)) for number in range(25)))
    heard = await hear(socket, 50)
    assert [each["id"] for each in heard] == [each["id"] for each in await talk.wait_for(50)]


async def test_junk_from_the_client_is_ignored(house: House) -> None:
    talk = await house.start()
    socket = await talk.listen()
    for junk in ("", "junk", "{", "\x00"):
        await socket.send_str(junk)
    await socket.send_bytes(b"\xff\x00")
    await talk.say("still here")
    assert words(await hear(socket, 1)) == ["still here"]


async def test_a_quiet_stream_is_kept_alive_with_empty_frames(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "KEEP_ALIVE", 0.05)
    talk = await house.start()
    socket = await talk.listen()
    assert await socket.receive_str(timeout=2) == ""


async def test_a_peer_that_takes_nothing_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """I3"""
    monkeypatch.setattr(stream, "PATIENCE", 0.05)

    async def taken(*_: object) -> None:
        await asyncio.sleep(60)

    socket = create_autospec(web.WebSocketResponse, instance=True, closed=False)
    socket.send_frame.side_effect = taken
    transport = create_autospec(asyncio.WriteTransport, instance=True)
    transport.get_write_buffer_size.return_value = 70_000
    store = create_autospec(Store, instance=True)
    store.transcript.return_value = [Stored("c", 1, {"type": "message"})]
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(3) as waiting:
            await stream.Listener(socket, transport, "c", 0).tell(store)
    assert not waiting.expired()


async def test_what_another_replica_saved_is_found_when_it_is_quiet(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "KEEP_ALIVE", 0.05)
    talk = await house.start()
    socket = await talk.listen()
    await house.store.receive(talk.id, {"type": "message", "text": "elsewhere"}, None)
    until = time.monotonic() + 3
    while not (frame := await socket.receive_str(timeout=2)):
        assert time.monotonic() < until
    assert "elsewhere" in frame


async def test_a_long_turn_shows_typing_that_is_not_kept(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "TYPING_AFTER", 0.02)
    house.bot.pause = 0.1
    talk = await house.start()
    socket = await talk.listen()
    await talk.say("think")
    echo, typing, reply = await hear(socket, 3)
    assert words([echo, typing, reply]) == ["think", "typing", "Heard: think"]
    assert typing["from"]["id"] == reply["from"]["id"]
    assert words((await talk.history())["activities"]) == ["think", "Heard: think"]


@pytest.mark.parametrize(("token", "wanted"), [("", 401), ("nonsense", 403), ("expired", 403)])
async def test_a_stream_is_refused_before_the_upgrade(house: House, token: str, wanted: int) -> None:
    talk = await house.start()
    if token == "expired":
        token = talk.token
        house.clock.pass_by(hours=2)
    with pytest.raises(WSServerHandshakeError) as refused:
        await talk.listen(f"http://x/v3/directline{talk.path}/stream?watermark=&t={token}")
    assert refused.value.status == wanted


async def test_more_sockets_than_tabs_are_refused(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.direct_line.shares.SOCKETS", 2)
    talk = await house.start()
    first, _ = await talk.listen(), await talk.listen()
    with pytest.raises(WSServerHandshakeError) as refused:
        await talk.listen()
    assert refused.value.status == 429
    await first.close()
    await asyncio.sleep(0.05)
    assert not (await talk.listen()).closed


async def test_a_stop_closes_every_stream_at_once(house: House) -> None:
    talk = await house.start()
    socket = await talk.listen()
    receiving = asyncio.create_task(socket.receive())
    begun = time.monotonic()
    await house.door.close()
    message = await receiving
    assert message.type == WSMsgType.CLOSE
    assert message.data == WSCloseCode.SERVICE_RESTART
    assert time.monotonic() - begun < 3


async def test_the_receipt_of_a_deletion_is_the_last_that_is_heard(house: House) -> None:
    """J2: it is in no store; the client is sent away and finds the conversation gone."""
    talk = await house.start()
    await talk.say("one")
    await talk.wait_for(2)
    socket = await talk.listen()
    assert words(await hear(socket, 2)) == ["one", "Heard: one"]
    await talk.say("forget me")
    assert words(await hear(socket, 2)) == ["forget me", "Heard: forget me"]
    assert (await socket.receive()).type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED)
    assert socket.close_code == WSCloseCode.TRY_AGAIN_LATER
    status, _ = await house.ask("GET", f"/conversations/{talk.id}", talk.token)
    assert status == 404


async def test_an_application_sent_is_told_to_the_page(house: House) -> None:
    """G1"""
    talk = await house.start()
    await talk.say("one")
    await talk.wait_for(2)
    await talk.say("send it")
    told = [each.get("channelData", {}).get("submitted") for each in await talk.wait_for(4)]
    assert told == [None, None, None, "CSP-7Q2M-0X4V-K9TB"]
