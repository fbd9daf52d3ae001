"""A process that talks to the store until it is killed: it prints what was acknowledged, and nothing else."""

from __future__ import annotations

import asyncio
import sys

from bot.store.database import Store
from bot.store.records import ConversationRecord
from tests.store.making import HELLO, change, draft


async def talk(store: Store, name: str) -> None:
    await store.open_conversation(ConversationRecord(name, name, "directline"))
    begun = len(await store.transcript(name, 0))
    for n in range(begun, begun + 10_000):
        client_id = f"{name}-{n}"
        stored, _ = await store.receive(name, {"type": "message", "text": client_id}, client_id)
        print("received", client_id, stored.activity["id"], flush=True)
        await answer(store, name, stored.activity["id"])
        print("answered", client_id, stored.activity["id"], flush=True)


async def answer(store: Store, name: str, activity_id: str) -> None:
    """Counts the turns in the conversation's state and in the draft."""
    known = await store.load(name, name, "directline", activity_id)
    turns = known.conversation.state.get("turns", 0) + 1
    known.conversation.state = {"turns": turns}
    saved = known.draft or draft()
    saved.id, saved.answers = name, {"turns": turns}
    await store.commit(change(known, activity_id, draft=saved, replies=[HELLO, HELLO]))


async def main(url: str, key: str) -> None:
    store = await Store.open(url, [key])
    for stored in await store.unhandled():
        await answer(store, stored.conversation_id, stored.activity["id"])
    print("ready", flush=True)
    await asyncio.gather(*(talk(store, f"talker-{n}") for n in range(4)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
