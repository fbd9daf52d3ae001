"""Callers at the same time share rounds, and only rounds."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.store.batching import MOST, Batcher


class Doubler:
    """Doubles numbers, remembers the rounds, and cannot stand a round with 13 in it."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.begun = asyncio.Event()

    async def run(self, items: Sequence[int]) -> list[int | Exception]:
        self.rounds.append(list(items))
        self.begun.set()
        await asyncio.sleep(0)
        if 13 in items:
            raise ValueError("13")
        return [LookupError("0") if item == 0 else 2 * item for item in items]


async def test_callers_of_one_moment_share_a_round() -> None:
    doubler = Doubler()
    batcher = Batcher(doubler.run)
    assert await asyncio.gather(*map(batcher.ask, (1, 2, 3))) == [2, 4, 6]
    assert doubler.rounds == [[1, 2, 3]]


async def test_callers_who_come_while_a_round_runs_share_the_next() -> None:
    doubler = Doubler()
    batcher = Batcher(doubler.run)
    first = batcher.ask(1)
    await doubler.begun.wait()
    later = [batcher.ask(2), batcher.ask(3)]
    assert [await first, *await asyncio.gather(*later)] == [2, 4, 6]
    assert doubler.rounds == [[1], [2, 3]]


async def test_a_failing_item_fails_alone() -> None:
    doubler = Doubler()
    batcher = Batcher(doubler.run)
    results = await asyncio.gather(*map(batcher.ask, (1, 13, 0, 2)), return_exceptions=True)
    assert [repr(result) for result in results] == ["2", "ValueError('13')", "LookupError('0')", "4"]
    assert doubler.rounds == [[1, 13, 0, 2], [1], [13], [0], [2]]


async def test_a_round_is_bounded() -> None:
    doubler = Doubler()
    await asyncio.gather(*map(Batcher(doubler.run).ask, range(20, 20 + MOST + 1)))
    assert [len(items) for items in doubler.rounds] == [MOST, 1]


async def test_it_is_idle_when_everything_was_answered_and_keeps_nothing() -> None:
    batcher = Batcher(Doubler().run)
    asked = [batcher.ask(n) for n in range(1, 5)]
    asked[1].cancel()
    await batcher.idle()
    assert [future.done() for future in asked] == [True] * 4
    await batcher.idle()
    with pytest.raises(asyncio.CancelledError):
        await asked[1]
