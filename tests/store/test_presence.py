"""Which processes are at work on a database."""

from __future__ import annotations

from bot.store.database import Store
from tests.store.conftest import KEY


async def test_who_comes_first_is_alone_and_leads_until_it_ends(url: str) -> None:
    """A8"""
    first = await Store.open(url, [KEY])
    assert await first.come()
    assert [await first.lead() for _ in range(2)] == [True, True]
    second = await Store.open(url, [KEY])
    assert not await second.come()
    assert not await second.lead()
    await first.close()
    assert await second.lead()
    third = await Store.open(url, [KEY])
    assert not await third.come()
    await second.close()
    await third.close()
    fourth = await Store.open(url, [KEY])
    assert await fourth.come()
    assert await fourth.lead()
    await fourth.close()
