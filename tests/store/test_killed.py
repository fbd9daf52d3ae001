"""Killed at any moment, nothing acknowledged is lost and nothing is done twice."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from bot.store.database import Store
from tests.store.conftest import KEY

ROOT = Path(__file__).parents[2]
KILLS = 8


def killed_after(url: str, seconds: float) -> list[tuple[str, str, str]]:
    """What a process had acknowledged when it was killed, this long after it began to talk."""
    command = [sys.executable, "-m", "tests.store.talker", url, KEY]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.kill()
        lines = [line.split() for line in process.stdout.read().splitlines()]
    # The last line may have been cut in the middle.
    return [(line[0], line[1], line[2]) for line in lines[:-1]]


async def test_a_killed_process_loses_and_doubles_nothing(url: str) -> None:
    """A7, A8: what was acknowledged is there, once, and in order."""
    moments = random.Random(2)
    acknowledged: list[tuple[str, str, str]] = []
    for _ in range(KILLS):
        acknowledged += await asyncio.to_thread(killed_after, url, moments.uniform(0.01, 0.3))
    assert len(acknowledged) > KILLS

    store = await Store.open(url, [KEY])
    waiting = {one.activity["id"] for one in await store.unhandled()}
    for name in (f"talker-{n}" for n in range(4)):
        history = await store.transcript(name, 0)
        said = [one.activity for one in history if "replyToId" not in one.activity]
        answers = Counter(one.activity["replyToId"] for one in history if "replyToId" in one.activity)
        known = await store.load(name, name, "directline", "")

        ours = [line for line in acknowledged if line[1].startswith(f"{name}-")]
        there = {one["text"]: one["id"] for one in said}
        assert len(there) == len(said)
        assert all(there[client_id] == activity_id for _, client_id, activity_id in ours)

        answered = [one["id"] for one in said if one["id"] not in waiting]
        assert answers == dict.fromkeys(answered, 2)
        assert {line[2] for line in ours if line[0] == "answered"} <= set(answered)
        assert known.conversation.state == {"turns": len(answered)}
        assert known.draft is not None
        assert known.draft.answers == {"turns": len(answered)}
        times = [one.activity["timestamp"] for one in history]
        assert times == sorted(set(times))
    await store.close()
