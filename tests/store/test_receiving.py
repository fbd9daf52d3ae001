"""What is acknowledged at once is saved at once, and nothing is taken twice."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

import pytest

from bot.store.database import Store, UnknownConversation
from bot.store.records import ConversationRecord
from tests.store.conftest import KEY
from tests.store.making import HELLO, change, draft, load, opened, take


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "message", "text": text, "from": {"id": "u"}, **more}


async def test_a_conversation_is_opened_once(store: Store) -> None:
    record = ConversationRecord("c", "u", "directline", state={"locale": "ru"}, reference={"page": "x"})
    assert not await store.conversation_exists("c")
    assert [await store.open_conversation(record), await store.open_conversation(record)] == [True, False]
    assert await store.conversation_exists("c")
    assert (await load(store, "a1")).conversation == record


async def test_a_conversation_opened_by_many_at_once_is_opened_once(url: str) -> None:
    stores = [await Store.open(url, [KEY]) for _ in range(4)]
    record = ConversationRecord("c", "u", "directline")
    results = await asyncio.gather(*(store.open_conversation(record) for store in stores for _ in range(5)))
    for store in stores:
        await store.close()
    assert sorted(results) == [False] * 19 + [True]


async def test_a_received_activity_is_stored_with_id_and_time(store: Store) -> None:
    await opened(store)
    stored, known = await store.receive("c", said("привет"), "client-1")
    assert known == await load(store, stored.activity["id"])
    assert (stored.conversation_id, stored.position, stored.activity["text"]) == ("c", 1, "привет")
    assert stored.activity["id"]
    assert datetime.fromisoformat(stored.activity["timestamp"]).tzinfo is not None
    assert await store.transcript("c", 0) == [stored]


async def test_the_same_client_id_again_is_the_same_activity(store: Store) -> None:
    """A7: stored once, and no second turn."""
    await opened(store)
    await opened(store, "d")
    first = await store.receive("c", said("1"), "client-1")
    assert await store.receive("c", said("1"), "client-1") == (first[0], None)
    assert (await store.receive("d", said("1"), "client-1"))[1]
    assert (await store.receive("c", said("1"), None))[1]
    assert (await store.receive("c", said("1"), None))[1]
    assert len(await store.transcript("c", 0)) == 3


async def test_the_same_client_id_at_the_same_time_is_the_same_activity(url: str) -> None:
    stores = [await Store.open(url, [KEY]) for _ in range(3)]
    await opened(stores[0])
    odd = "lone \ud83d\x00" + "x" * 5000
    results = await asyncio.gather(
        *(store.receive("c", said("1"), odd) for store in stores for _ in range(4))
    )
    for store in stores:
        await store.close()
    assert [known for _, known in results].count(None) == 11
    assert len({stored.activity["id"] for stored, _ in results}) == 1


async def test_nothing_is_received_in_an_unknown_conversation(store: Store) -> None:
    with pytest.raises(UnknownConversation):
        await store.receive("nowhere", said("1"), None)
    assert not await store.conversation_exists("nowhere")


async def test_twenty_activities_received_at_once_stay_in_order(store: Store) -> None:
    """A8: messages of one conversation keep their order."""
    await opened(store)
    results = await asyncio.gather(*(store.receive("c", said(str(n)), f"client-{n}") for n in range(20)))
    assert [stored.position for stored, _ in results] == list(range(1, 21))
    assert [one.activity["text"] for one in await store.unhandled()] == [str(n) for n in range(20)]
    times = [one.activity["timestamp"] for one in await store.unhandled()]
    assert times == sorted(set(times))


async def test_what_a_turn_needs_is_read_with_its_message_as_the_turn_before_left_it(store: Store) -> None:
    await opened(store)
    first, known = await store.receive("c", said("1"), None)
    assert known is not None
    known.conversation.state = {"turns": 1}
    _, (second, known) = await asyncio.gather(
        store.commit(change(known, first.activity["id"], draft=draft(name="A"))),
        store.receive("c", said("2"), None),
    )
    assert known == await load(store, second.activity["id"])
    assert known.conversation.state == {"turns": 1}
    assert known.draft is not None


async def test_what_was_received_is_unhandled_until_its_turn_is_committed(url: str) -> None:
    store = await Store.open(url, [KEY])
    await opened(store)
    first, _ = await store.receive("c", said("1"), "1")
    second, _ = await store.receive("c", said("2"), "2")
    await store.close()

    store = await Store.open(url, [KEY])
    assert await store.unhandled() == [first, second]
    await take(store, first.activity["id"])
    assert await store.unhandled() == [second]
    assert await store.receive("c", said("1"), "1") == (first, None)
    await take(store, second.activity["id"], replies=[])
    assert await store.unhandled() == []
    await store.close()


async def test_the_history_holds_both_sides_from_a_watermark(store: Store) -> None:
    await opened(store)
    first, _ = await store.receive("c", said("1"), None)
    replies = await take(store, first.activity["id"], replies=[HELLO, HELLO])
    second, _ = await store.receive("c", said("2"), None)
    assert await store.transcript("c", 0) == [first, *replies, second]
    assert await store.transcript("c", first.position) == [*replies, second]
    assert await store.transcript("c", replies[0].position) == [replies[1], second]
    assert await store.transcript("c", second.position) == []
    assert await store.transcript("d", 0) == []


async def test_a_reply_comes_after_what_was_received_meanwhile(store: Store) -> None:
    await opened(store)
    first, _ = await store.receive("c", said("1"), None)
    known = await load(store, first.activity["id"])
    second, _ = await store.receive("c", said("2"), None)
    replies = await store.commit(change(known, first.activity["id"]))
    assert await store.transcript("c", 0) == [first, second, *replies]
    assert replies[0].activity["timestamp"] > second.activity["timestamp"]


async def test_what_must_not_be_kept_loses_its_words(store: Store) -> None:
    """J4: a password typed into the chat is in no transcript."""
    await opened(store)
    secret = said(
        "geheim123",
        value={"text": "geheim123"},
        attachments=[{"content": "geheim123"}],
        channelData={"clientActivityID": "client-1", "messageBack": {"text": "geheim123"}},
    )
    stored, _ = await store.receive("c", secret, "client-1")
    await take(store, stored.activity["id"], unsay=True)
    kept = (await store.transcript("c", 0))[0].activity
    assert "geheim123" not in str(kept)
    assert (kept["text"], kept["channelData"]) == ("", {"clientActivityID": "client-1"})
    assert (kept["id"], kept["from"]) == (stored.activity["id"], {"id": "u"})
    assert await store.unhandled() == []
