"""Many conversations half-way through a form, put into the store directly: does a crowd slow a turn down?"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.localization.locale import Locale
from bot.store.database import Store
from bot.store.keys import encryption_keys
from bot.store.records import Change, ConversationRecord, Draft, PersonRecord

#: How many are saved at once; the store puts them into one transaction.
TOGETHER = 256

ANSWERS = {f"field_{number}": f"An answer of usual length, number {number}" for number in range(12)}
STATE = {"stack": [{"id": "apply", "state": {"step": "legal_name"}}], "locale": "zh-TW"}
REPLY = {"type": "message", "text": "What is your company's legal name?", "locale": "zh-TW"}


async def fill(url: str, data: Path, count: int) -> None:
    store = await Store.open(url, encryption_keys((), data))
    run = f"{datetime.now(UTC).timestamp():.0f}"
    for start in range(0, count, TOGETHER):
        names = [f"crowd-{run}-{number}" for number in range(start, min(start + TOGETHER, count))]
        await asyncio.gather(*(store.commit(change(name)) for name in names))
    await store.close()


def change(name: str) -> Change:
    now = datetime.now(UTC)
    return Change(
        activity_id="a1",
        conversation=ConversationRecord(f"emulator:{name}", f"emulator:{name}", "emulator", dict(STATE)),
        person=PersonRecord(f"emulator:{name}", Locale.ZH_TW),
        draft=Draft(name, dict(ANSWERS), {}, now, now),
        draft_version=0,
        submission=None,
        replies=[dict(REPLY), dict(REPLY)],
        deliver=False,
    )
