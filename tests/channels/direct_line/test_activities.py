"""What clients post: kept, echoed, answered once and in order; and what they may not."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import closing
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.channels.direct_line import routes
from bot.limits import Rate
from tests.channels.direct_line.house import BASE, SECRET, House, hear, words


async def test_a_message_is_acknowledged_with_the_id_of_its_echo(house: House) -> None:
    talk = await house.start()
    answered = await talk.say("你好", client_id="c1", locale="zh-TW")
    echo, reply = await talk.wait_for(2)
    assert echo["id"] == answered
    assert (echo["text"], echo["locale"]) == ("你好", "zh-TW")
    assert echo["channelData"] == {"clientActivityID": "c1"}
    assert (reply["text"], reply["replyToId"]) == ("Heard: 你好", answered)
    assert reply["from"]["role"] == "bot"
    assert reply["channelData"] == {"language": "zh-TW"}


async def test_the_server_says_who_sent_it_whatever_the_body_says(house: House) -> None:
    talk = await house.start()
    await talk.say(
        "hi",
        id="mine",
        timestamp="1999-01-01T00:00:00Z",
        conversation={"id": "other"},
        recipient={"id": "x"},
        serviceUrl="http://evil.example",
        channelId="msteams",
        **{"from": {"id": "somebody else", "role": "bot", "name": "Ольга"}},
    )
    echo = (await talk.wait_for(2))[0]
    assert echo["from"]["id"].startswith("dl_")
    assert echo["from"]["id"] == house.bot.turns[0].incoming.user_id
    assert (echo["from"]["role"], echo["from"]["name"]) == ("user", "Ольга")
    assert echo["conversation"] == {"id": talk.id}
    assert echo["channelId"] == "directline"
    assert echo["id"] != "mine"
    assert datetime.fromisoformat(echo["timestamp"]).year > 2000
    assert not {"recipient", "serviceUrl"} & set(echo)


async def test_a_pressed_button_arrives_with_its_value_and_without_text(house: House) -> None:
    talk = await house.start()
    data = {"postBack": True, "clientActivityID": "c", "messageBack": {"displayText": "Да"}}
    await talk.post({"type": "message", "value": {"press": "language", "locale": "ru"}, "channelData": data})
    echo = (await talk.wait_for(2))[0]
    assert echo["channelData"] == data
    assert house.bot.turns[0].pressed == {"press": "language", "locale": "ru"}


@pytest.mark.parametrize("value", [{}, {"other": 1}, [], "text", 7])
async def test_a_value_that_is_no_button_of_ours_presses_nothing(house: House, value: Any) -> None:
    talk = await house.start()
    await talk.post({"type": "message", "value": value})
    await talk.wait_for(2)
    assert house.bot.turns[0].pressed is None


async def test_the_same_client_id_is_one_activity_and_one_turn(house: House) -> None:
    """A7"""
    talk = await house.start()
    ids = {await talk.say("once", client_id="same") for _ in range(3)}
    ids |= set(await asyncio.gather(*(talk.say("once", client_id="same") for _ in range(5))))
    assert len(ids) == 1
    await asyncio.sleep(0.1)
    assert words((await talk.history())["activities"]) == ["once", "Heard: once"]
    assert house.bot.heard == ["once"]


async def test_the_same_client_id_after_a_restart_is_still_the_same_activity(house: House) -> None:
    """A7"""
    talk = await house.start()
    first = await talk.say("once", client_id="same")
    await talk.wait_for(2)
    await house.restart()
    assert await talk.say("once", client_id="same") == first
    assert house.bot.heard == ["once"]


async def test_twenty_messages_at_once_are_answered_in_the_order_of_their_echoes(house: House) -> None:
    """A8"""
    talk = await house.start()
    house.bot.pause = 0.002
    await asyncio.gather(*(talk.say(str(number)) for number in range(20)))
    activities = await talk.wait_for(40)
    echoed = [each["text"] for each in activities if each["from"]["role"] == "user"]
    assert sorted(echoed, key=int) == [str(number) for number in range(20)]
    assert house.bot.heard == echoed
    answered = {each["replyToId"]: each["text"] for each in activities if each["from"]["role"] == "bot"}
    for each in activities:
        if each["from"]["role"] == "user":
            assert answered[each["id"]] == f"Heard: {each['text']}"


async def test_messages_one_after_the_other_are_answered_in_that_order(house: House) -> None:
    """A8"""
    talk = await house.start()
    house.bot.pause = 0.005
    for number in range(10):
        await talk.say(str(number))
    await talk.wait_for(20)
    assert house.bot.heard == [str(number) for number in range(10)]


async def test_ids_are_unique_and_timestamps_strictly_increase(house: House) -> None:
    talk = await house.start()
    for number in range(5):
        await talk.say(str(number))
    activities = await talk.wait_for(10)
    assert len({each["id"] for each in activities}) == 10
    times = [datetime.fromisoformat(each["timestamp"]) for each in activities]
    assert all((later - earlier).total_seconds() >= 0.001 for earlier, later in pairwise(times))
    assert (await talk.history())["activities"] == activities


async def test_a_message_acknowledged_before_the_end_is_answered_after_the_next_start(house: House) -> None:
    """A7"""
    talk = await house.start()
    message = {"type": "message", "text": "kept", "from": {"id": "u", "role": "user"}, "channelId": "webchat"}
    await house.store.receive(talk.id, message, "c")
    assert house.bot.heard == []
    await house.restart()
    assert words(await talk.wait_for(2)) == ["kept", "Heard: kept"]


async def test_a_turn_that_fails_is_apologised_for_once_and_the_next_goes_on(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    talk = await house.start()
    with caplog.at_level(logging.ERROR):
        failed = await talk.say("fail")
        await talk.say("after")
        activities = await talk.wait_for(4)
    assert sorted(words(activities)) == ["Heard: after", "Sorry!", "after", "fail"]
    assert len(caplog.records) == 1
    assert failed in caplog.text
    assert talk.id in caplog.text


async def test_a_restart_does_not_apologise_again(house: House) -> None:
    talk = await house.start()
    await talk.say("fail")
    await talk.wait_for(2)
    await house.restart()
    await asyncio.sleep(0.1)
    assert len((await talk.history())["activities"]) == 2


async def test_joining_greets_once_in_the_language_of_the_page(house: House) -> None:
    """G4"""
    talk = await house.start()
    join = {
        "type": "event",
        "name": "webchat/join",
        "value": {"language": "ru", "page": "https://a.example/"},
    }
    for _ in range(3):
        await talk.post(join)
    activities = await talk.wait_for(4)
    await asyncio.sleep(0.1)
    assert words((await talk.history())["activities"]).count("Welcome!") == 1
    assert next(each for each in activities if each["from"]["role"] == "bot")["locale"] == "ru"
    incoming = house.bot.turns[0].incoming
    assert (incoming.kind, incoming.locale, incoming.page) == ("join", "ru", "https://a.example/")


async def test_who_opens_a_conversation_and_says_nothing_is_greeted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """D8"""
    monkeypatch.setattr(routes, "SILENCE", 0.5)
    talking = await house.start()
    await talking.say("hello")
    await talking.wait_for(2)
    silent = await house.start(locale="zh-CN")
    assert words(await silent.wait_for(2)) == ["event", "Welcome!"]
    assert house.bot.turns[-1].incoming.locale == "zh-CN"
    assert words((await talking.history())["activities"]) == ["hello", "Heard: hello"]


async def test_typing_of_the_person_is_neither_kept_nor_answered(house: House) -> None:
    talk = await house.start()
    status, answer = await talk.post({"type": "typing"})
    assert status == 200
    assert answer["id"]
    assert (await talk.history())["activities"] == []


# -- what is refused


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "BadSyntax"),
        (b"{", "BadSyntax"),
        (b"[]", "BadSyntax"),
        (b'"text"', "BadSyntax"),
        (b"null", "BadSyntax"),
        (b'{"type": "message", "text": "\xff\xfe"}', "BadSyntax"),
        (b'{"type": "message", "value": NaN}', "BadSyntax"),
        (b"[" * 100_000, "BadSyntax"),
        (b'{"type":"message","value":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "BadSyntax"),
        (b'{"type":"message","value":' + b"[" * 300 + b"]" * 300 + b"}", "BadSyntax"),
        (b"{}", "MissingProperty"),
        (b'{"text": "no type"}', "MissingProperty"),
        (b'{"type": "invoke", "name": "x"}', "BadArgument"),
        (b'{"type": "conversationUpdate", "membersAdded": []}', "BadArgument"),
        (b'{"type": "trace"}', "BadArgument"),
        (b'{"type": 7}', "BadArgument"),
        (b'{"type": "message", "from": "me"}', "BadArgument"),
        (b'{"type": "message", "from": {"id": {}}}', "BadArgument"),
        (b'{"type": "message", "channelData": "x"}', "BadArgument"),
        (b'{"type": "message", "text": {"a": 1}}', "BadArgument"),
        (b'{"type": "message", "attachments": {}}', "BadArgument"),
    ],
)
async def test_a_body_that_is_no_activity_is_refused_and_nothing_kept(
    house: House, body: bytes, code: str
) -> None:
    """I3"""
    talk = await house.start()
    headers = {"Authorization": f"Bearer {talk.token}", "Content-Type": "application/json"}
    async with house.client.post(f"{BASE}{talk.path}/activities", data=body, headers=headers) as answer:
        error = (await answer.json())["error"]
        assert (answer.status, error["code"]) == (400, code)
    assert (await talk.history())["activities"] == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (b'"a\\ud83d b"', "a\ufffd b"),
        (b'"a\\u0000b"', "a\ufffdb"),
        (b'"\\ud83d\\ude00"', "\U0001f600"),
        (b'"\\udc00\\u0000"', "\ufffd\ufffd"),
    ],
)
async def test_half_an_emoji_and_nul_break_neither_store_nor_stream(
    house: House, sent: bytes, kept: str
) -> None:
    """I3"""
    talk = await house.start()
    socket = await talk.listen()
    body = b'{"type":"message","text":' + sent + b',"value":{"big":123456789012345678901234567890}}'
    headers = {"Authorization": f"Bearer {talk.token}", "Content-Type": "application/json"}
    async with house.client.post(f"{BASE}{talk.path}/activities", data=body, headers=headers) as answer:
        assert answer.status == 200
    assert words(await hear(socket, 2)) == [kept, f"Heard: {kept}"]
    assert words((await talk.history())["activities"]) == [kept, f"Heard: {kept}"]


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_that_is_too_large_is_refused(house: House, chunked: bool) -> None:
    """I3"""
    talk = await house.start()
    body = b'{"type":"message","text":"' + b"a" * 300_000 + b'"}'

    async def in_chunks() -> Any:
        for start in range(0, len(body), 10_000):
            yield body[start : start + 10_000]

    headers = {"Authorization": f"Bearer {talk.token}", "Content-Type": "application/json"}
    data = in_chunks() if chunked else body
    async with house.client.post(f"{BASE}{talk.path}/activities", data=data, headers=headers) as answer:
        assert answer.status == 413
        assert (await answer.json())["error"]["code"] == "MessageSizeTooBig"


async def test_files_are_refused(house: House) -> None:
    talk = await house.start()
    status, answer = await house.ask("POST", f"{talk.path}/upload?userId=u", talk.token, data=b"file")
    assert (status, answer["error"]["code"]) == (415, "UnsupportedMediaType")


async def test_too_many_posts_wait_and_reading_never_does(tmp_path: Path) -> None:
    """I7"""
    house = await House(tmp_path, posts=Rate(burst=4, per_second=0.1)).open()
    talk = await house.start()
    for number in range(3):
        await talk.say(str(number))
    async with house.client.post(
        f"{BASE}{talk.path}/activities",
        json={"type": "message", "text": "4"},
        headers={"Authorization": f"Bearer {talk.token}"},
    ) as answer:
        assert answer.status == 429
        assert 1 <= int(answer.headers["Retry-After"]) <= 10
    for _ in range(20):
        assert (await house.ask("GET", talk.path, talk.token))[0] == 200
        await talk.history()
    await house.close()


async def test_a_surprise_is_logged_and_answered_without_its_story(
    house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """I3"""
    with closing(sqlite3.connect(tmp_path / "bot.sqlite3")) as database:
        database.execute("drop table conversations")
    status, answer = await house.ask("POST", "/conversations", SECRET)
    assert (status, answer["error"]["code"]) == (500, "ServerError")
    assert "Traceback" not in str(answer)
    assert len([record for record in caplog.records if record.levelno >= logging.ERROR]) == 1
