"""Replies a connector must send wait until it has."""

from __future__ import annotations

from bot.store.database import Store
from tests.store.conftest import KEY
from tests.store.making import HELLO, change, load, take


async def test_replies_to_deliver_wait_over_a_restart_until_they_are_marked(url: str) -> None:
    store = await Store.open(url, [KEY])
    replies = await take(store, "a1", deliver=True, replies=[HELLO, HELLO, HELLO])
    await take(store, "a1", conversation="d")
    await store.close()

    store = await Store.open(url, [KEY])
    waiting = await store.undelivered()
    assert [stored for _, stored in waiting] == replies
    assert [record.id for record, _ in waiting] == ["c", "c", "c"]
    await store.delivered([replies[0], replies[2]])
    assert [stored for _, stored in await store.undelivered()] == [replies[1]]
    await store.delivered([replies[1]])
    await store.close()

    store = await Store.open(url, [KEY])
    assert await store.undelivered() == []
    await store.close()


async def test_an_undelivered_reply_comes_with_the_way_to_reach_its_conversation(store: Store) -> None:
    await take(store, "a0")
    known = await load(store, "a1")
    known.conversation.reference = {"serviceUrl": "https://example.com/"}
    await store.commit(change(known, "a1", deliver=True))
    ((record, _),) = await store.undelivered()
    assert record == (await load(store, "a2")).conversation
    assert record.reference == {"serviceUrl": "https://example.com/"}


async def test_delivered_replies_are_still_given_to_a_second_delivery_of_the_activity(store: Store) -> None:
    """A7: the second delivery returns the stored outcome."""
    replies = await take(store, "a1", deliver=True)
    await store.delivered(replies)
    assert await store.undelivered() == []
    assert (await load(store, "a1")).replies == replies
