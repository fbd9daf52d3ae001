"""Applications are stored once and listed newest first."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.store.database import Conflict, Store
from tests.store.looking import every_row
from tests.store.making import NOW, application, change, draft, load, take


async def test_what_was_sent_is_found_by_its_sender_and_by_everybody_who_lists(store: Store) -> None:
    await take(store, "a1", draft=draft(legal_name="A"))
    await take(store, "a2", draft=None, submission=application())
    known = await load(store, "a3", conversation="d")
    assert known.applications == [application()]
    assert known.draft is None
    assert await store.applications() == [application()]
    assert (await load(store, "a3", user="somebody else")).applications == []


async def test_sending_twice_from_two_devices_makes_one_application(store: Store) -> None:
    """B8: one application, one reference."""
    await take(store, "a1", draft=draft())
    phone, desk = await load(store, "p"), await load(store, "d", conversation="desk")
    results = await asyncio.gather(
        store.commit(change(phone, "p", draft=None, submission=application("CSP-1"))),
        store.commit(change(desk, "d", draft=None, submission=application("CSP-2"))),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [list, Conflict]
    again = await load(store, "d", conversation="desk")
    assert [one.number for one in again.applications] == ["CSP-1"]


async def test_sending_the_same_application_again_changes_nothing(store: Store) -> None:
    """B8: inserting is idempotent by the draft."""
    await take(store, "a1", submission=application())
    await take(store, "a2", submission=replace(application(), status="approved"))
    assert await store.applications() == [application()]


async def test_a_draft_has_one_number_and_a_number_one_draft(store: Store) -> None:
    await take(store, "a1", submission=application("CSP-1", "draft-1"))
    for submission in (application("CSP-2", "draft-1"), application("CSP-1", "draft-2")):
        with pytest.raises(Conflict):
            await take(store, "a2", submission=submission)
    assert await store.applications() == [application("CSP-1", "draft-1")]
    assert (await load(store, "a2")).replies is None


async def test_a_list_is_filtered_and_newest_first(store: Store) -> None:
    for n, more in enumerate(
        (
            {"user": "u1", "model": "direct-bill"},
            {"user": "u2", "model": "indirect-reseller"},
            {"user": "u1", "model": "indirect-reseller", "status": "approved"},
        )
    ):
        one = application(f"CSP-{n}", f"draft-{n}", sent=NOW + timedelta(seconds=n), **more)
        await take(store, f"a{n}", submission=one)

    async def numbers(**wanted: str) -> list[str]:
        return [one.number for one in await store.applications(**wanted)]

    assert await numbers() == ["CSP-2", "CSP-1", "CSP-0"]
    assert await numbers(user_id="u1") == ["CSP-2", "CSP-0"]
    assert await numbers(model="indirect-reseller") == ["CSP-2", "CSP-1"]
    assert await numbers(status="approved") == ["CSP-2"]
    assert await numbers(number="CSP-1") == ["CSP-1"]
    assert await numbers(number="CSP-1", user_id="u1") == []


async def test_the_history_of_an_application_begins_when_it_is_sent(store: Store, url: str) -> None:
    """H4's base: who, when, from what to what."""
    await take(store, "a1", submission=application())
    await take(store, "a2", submission=application())
    (move,) = (await every_row(url))["moves"]
    assert (move["number"], move["from_status"], move["to_status"]) == ("CSP-1", None, "submitted")
    assert (move["by"], move["at"]) == ("u", int(NOW.timestamp()) * 1_000_000 + NOW.microsecond)
