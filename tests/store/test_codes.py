"""Codes that move a draft, on every database: one transaction takes one, or nobody does."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.localization.locale import Locale
from bot.store.database import Conflict, Store
from bot.store.records import Remembered, ResumeCode, Taking
from tests.store.making import NOW, change, draft, load, take

CODE = "K7QM-4XPD"
LATER = NOW + timedelta(minutes=10)


async def give(store: Store, code: str = CODE, user: str = "giver") -> None:
    """The giver's draft, and a code for it."""
    known = await load(store, f"asks for {code}", f"c-{user}", user)
    kept = known.draft or draft(legal_name="Contoso")
    issued = code, ResumeCode(user, kept.id, Locale.RU, LATER)
    await store.commit(change(known, f"asks for {code}", draft=kept, issued=issued))


async def types(
    store: Store, user: str, found: ResumeCode | None, code: str = CODE, **different: Any
) -> Remembered:
    """Takes what was found under the code; the taker as loaded afterwards."""
    assert found is not None
    assert found.draft is not None
    taking = Taking(code, found.user_id, found.draft.version, NOW)
    usual = {"draft": found.draft, "taking": taking}
    await take(store, f"{user} types", f"c-{user}", user, **(usual | different))
    return await load(store, "next", f"c-{user}", user)


async def test_what_a_code_stands_for_is_found_and_taken_once(store: Store) -> None:
    """B2"""
    await give(store)
    found = await store.resume_code(CODE)
    assert found is not None
    assert (found.user_id, found.locale, found.expires, found.used) == ("giver", Locale.RU, LATER, None)
    assert not await store.has_moved("giver", "draft-1")
    taken = await types(store, "taker", found)
    assert taken.draft is not None
    assert (taken.draft.id, taken.draft.answers) == ("draft-1", {"legal_name": "Contoso"})
    assert (await load(store, "next", "c-giver", "giver")).draft is None
    assert await store.has_moved("giver", "draft-1")
    assert not await store.has_moved("taker", "draft-1")
    used = await store.resume_code(CODE)
    assert used is not None
    assert (used.used, used.draft) == (NOW, None)
    with pytest.raises(Conflict):
        await types(store, "another", found)
    assert await store.resume_code("WRONG") is None


async def test_of_many_at_once_one_takes_it(store: Store) -> None:
    """B2"""
    await give(store)
    found = await store.resume_code(CODE)
    users = [f"taker-{number}" for number in range(8)]
    results = await asyncio.gather(*(types(store, user, found) for user in users), return_exceptions=True)
    assert sum(not isinstance(result, Conflict) for result in results) == 1
    drafts = [(await load(store, "next", f"c-{user}", user)).draft for user in users]
    assert sum(one is not None for one in drafts) == 1


async def test_a_draft_that_was_changed_meanwhile_is_not_taken_as_it_was(store: Store) -> None:
    """B2"""
    await give(store)
    found = await store.resume_code(CODE)
    await take(store, "goes on", "c-giver", "giver", draft=draft(legal_name="Fabrikam"))
    with pytest.raises(Conflict):
        await types(store, "taker", found)
    again = await store.resume_code(CODE)
    taken = await types(store, "taker", again)
    assert taken.draft is not None
    assert taken.draft.answers == {"legal_name": "Fabrikam"}


async def test_the_giver_who_writes_at_the_same_moment_loses_nothing(store: Store) -> None:
    """B2: one of the two is told, and loads again"""
    await give(store)
    found = await store.resume_code(CODE)
    known = await load(store, "answers", "c-giver", "giver")
    assert known.draft is not None
    known.draft.answers["legal_name"] = "Fabrikam"
    results = await asyncio.gather(
        store.commit(change(known, "answers")), types(store, "taker", found), return_exceptions=True
    )
    assert sum(isinstance(result, Conflict) for result in results) == 1


async def test_an_expired_code_takes_nothing(store: Store) -> None:
    """B2"""
    await give(store)
    found = await store.resume_code(CODE)
    assert found is not None
    with pytest.raises(Conflict):
        await types(store, "taker", found, taking=Taking(CODE, "giver", 1, LATER))


async def test_the_draft_takes_the_place_of_one_that_was_there(store: Store) -> None:
    """B2"""
    await give(store)
    other = draft(legal_name="Wingtip")
    other.id = "draft-2"
    await take(store, "before", "c-taker", "taker", draft=other)
    taken = await types(store, "taker", await store.resume_code(CODE))
    assert taken.draft is not None
    assert (taken.draft.id, taken.draft.answers) == ("draft-1", {"legal_name": "Contoso"})


async def test_a_new_code_ends_the_one_before_and_old_ones_go(store: Store) -> None:
    """B2"""
    await give(store)
    await give(store, "NEW3-4567")
    assert await store.resume_code(CODE) is None
    await types(store, "taker", await store.resume_code("NEW3-4567"), "NEW3-4567")
    await store.drop_drafts(LATER - timedelta(days=1))
    assert await store.has_moved("giver", "draft-1")
    await store.drop_drafts(LATER + timedelta(seconds=1))
    assert not await store.has_moved("giver", "draft-1")
