"""A turn is loaded whole and saved whole, once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bot.localization.locale import Locale
from bot.store.database import Conflict, Store
from bot.store.records import PersonRecord
from tests.store.conftest import KEY
from tests.store.making import HELLO, NOW, application, change, draft, load, take


async def test_what_was_never_saved_is_empty(store: Store) -> None:
    known = await load(store, "a1")
    assert (known.conversation.id, known.conversation.user_id, known.conversation.channel) == (
        "c",
        "u",
        "directline",
    )
    assert (known.conversation.state, known.conversation.reference, known.conversation.version) == ({}, {}, 0)
    assert (known.person, known.draft, known.applications) == (PersonRecord("u"), None, [])
    assert known.replies is None


async def test_everything_a_turn_saved_is_there_for_the_next_after_a_restart(url: str) -> None:
    """B1: a draft answered today is found after a restart."""
    store = await Store.open(url, [KEY])
    known = await load(store, "a1")
    known.conversation.state = {"stack": [{"id": "apply", "state": {"step": "legal_name"}}], "n": 3}
    known.conversation.reference = {"serviceUrl": "https://example.com/", "bot": {"id": "28:x"}}
    known.person.locale = Locale.ZH_TW
    saved = draft(legal_name="台灣雲端股份有限公司", skipped=None)
    saved.remarks = {"legal_name": ["remark.script"]}
    await store.commit(change(known, "a1", draft=saved))
    await store.close()

    store = await Store.open(url, [KEY])
    again = await load(store, "a2")
    await store.close()
    assert again.conversation == replace(known.conversation, version=1)
    assert again.person == PersonRecord("u", Locale.ZH_TW, muted=False, version=1)
    assert again.draft == replace(saved, version=1)
    assert again.draft is not None
    assert again.draft.started == NOW
    assert again.replies is None


async def test_a_second_delivery_of_an_activity_finds_the_replies_of_the_first(store: Store) -> None:
    """A7: the second delivery returns the stored outcome."""
    first = await take(store, "a1", replies=[HELLO, {"type": "message", "text": "?"}])
    await take(store, "a2")
    again = await load(store, "a1")
    assert again.replies == first
    assert [one.activity["text"] for one in first] == [HELLO["text"], "?"]


async def test_a_turn_without_replies_is_known_as_taken(store: Store) -> None:
    await take(store, "a1", replies=[])
    assert (await load(store, "a1")).replies == []


async def test_the_same_activity_of_another_conversation_is_another_activity(store: Store) -> None:
    await take(store, "a1")
    assert (await load(store, "a1", conversation="d")).replies is None


async def test_the_same_activity_committed_twice_is_a_conflict(store: Store) -> None:
    """A7: same conversation and activity id twice is one state change."""
    await take(store, "a1")
    fresh = await load(store, "a2")
    with pytest.raises(Conflict):
        await store.commit(change(fresh, "a1"))
    assert len(await store.transcript("c", 0)) == 1


async def test_of_two_turns_on_the_same_state_the_second_is_told(store: Store) -> None:
    """I4: compare-and-set, not last writer wins."""
    one, two = await load(store, "a1"), await load(store, "a2")
    one.conversation.state, two.conversation.state = {"by": 1}, {"by": 2}
    results = await asyncio.gather(
        store.commit(change(one, "a1")), store.commit(change(two, "a2")), return_exceptions=True
    )
    assert isinstance(results[1], Conflict)
    assert (await load(store, "a2")).conversation.state == {"by": 1}
    assert (await load(store, "a2")).replies is None


async def test_a_language_chosen_meanwhile_in_another_conversation_is_a_conflict(store: Store) -> None:
    one, two = await load(store, "a1"), await load(store, "b1", conversation="d")
    one.person.locale = Locale.RU
    await store.commit(change(one, "a1"))
    with pytest.raises(Conflict):
        await store.commit(change(two, "b1"))
    assert (await load(store, "b1", conversation="d")).person.locale is Locale.RU


async def test_a_draft_changed_meanwhile_in_another_conversation_is_a_conflict(store: Store) -> None:
    await take(store, "a1", draft=draft(legal_name="A"))
    one, two = await load(store, "a2"), await load(store, "b1", conversation="d")
    assert one.draft is not None
    one.draft.answers["legal_name"] = "B"
    await store.commit(change(one, "a2"))
    with pytest.raises(Conflict):
        await store.commit(change(two, "b1", draft=None))
    kept = (await load(store, "a3")).draft
    assert kept is not None
    assert (kept.answers, kept.version) == ({"legal_name": "B"}, 2)


async def test_two_drafts_begun_at_once_by_one_person_are_a_conflict(store: Store) -> None:
    one, two = await load(store, "a1"), await load(store, "b1", conversation="d")
    results = await asyncio.gather(
        store.commit(change(one, "a1", draft=draft())),
        store.commit(change(two, "b1", draft=replace(draft(), id="draft-2"))),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [list, Conflict]


async def test_a_turn_can_drop_its_draft_and_begin_another(store: Store) -> None:
    await take(store, "a1", draft=draft(legal_name="A"))
    await take(store, "a2", draft=None)
    assert (await load(store, "a3")).draft is None
    await take(store, "a3", draft=draft(legal_name="B"))
    known = await load(store, "a4")
    await store.commit(change(known, "a4", draft=replace(draft(), id="draft-2")))
    assert ((await load(store, "a5")).draft or draft()).id == "draft-2"


async def test_a_conflict_in_a_shared_transaction_spares_the_others(store: Store) -> None:
    stale = await load(store, "s1", conversation="stale", user="stale")
    await take(store, "s0", conversation="stale", user="stale")
    known = [await load(store, "a", conversation=f"c{n}", user=f"u{n}") for n in range(20)]
    changes = [change(one, "a") for one in known]
    changes.insert(10, change(stale, "s1"))
    results = await asyncio.gather(*map(store.commit, changes), return_exceptions=True)
    assert [n for n, result in enumerate(results) if isinstance(result, Conflict)] == [10]
    for n in range(20):
        assert (await load(store, "a", conversation=f"c{n}", user=f"u{n}")).replies is not None


async def test_a_row_the_database_refuses_spares_the_others(store: Store) -> None:
    """Two new applications under one number: the first is stored, only the second's turn fails."""
    known = [await load(store, "a", conversation=f"c{n}", user=f"u{n}") for n in range(3)]
    sent = [
        application("CSP-1", "draft-0", "u0"),
        application("CSP-1", "draft-1", "u1"),
        application("CSP-2", "draft-2", "u2"),
    ]
    results = await asyncio.gather(
        *(
            store.commit(change(one, "a", submission=submission))
            for one, submission in zip(known, sent, strict=True)
        ),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [list, Conflict, list]
    assert {one.draft_id for one in await store.applications()} == {"draft-0", "draft-2"}


async def test_names_the_database_cannot_hold_fail_alone(store: Store) -> None:
    """I3: hostile ids do not disturb anybody else."""
    results = await asyncio.gather(
        load(store, "a1"),
        load(store, "a1", user="lone \ud83d surrogate"),
        load(store, "a1", conversation="d"),
        return_exceptions=True,
    )
    assert isinstance(results[1], Exception)
    assert not isinstance(results[0], BaseException)
    assert not isinstance(results[2], BaseException)


async def test_any_json_survives_and_any_activity_id(store: Store) -> None:
    odd = {"text": "lone \ud83d surrogate, NUL \x00, 𠮷", "value": {"big": 2**70, "none": None, "": [1.5]}}
    await take(store, "id \ud83d \x00 " + "x" * 9000, replies=[odd])
    (stored,) = await store.transcript("c", 0)
    assert {name: stored.activity[name] for name in odd} == odd
    assert (await load(store, "id \ud83d \x00 " + "x" * 9000)).replies == [stored]


async def test_replies_carry_id_time_and_what_they_answer(store: Store) -> None:
    replies = await take(store, "a1", replies=[HELLO, HELLO, HELLO])
    replies += await take(store, "a2", replies=[HELLO, HELLO])
    assert [one.activity["replyToId"] for one in replies] == ["a1", "a1", "a1", "a2", "a2"]
    assert len({one.activity["id"] for one in replies}) == 5
    assert HELLO == {"type": "message", "text": "Здравствуйте, 您好"}
    times = [one.activity["timestamp"] for one in replies]
    assert all(len(time) == 24 and time.endswith("Z") for time in times)
    moments = [datetime.fromisoformat(time) for time in times]
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert min(gaps) >= timedelta(milliseconds=1)


async def test_time_moves_on_although_the_clock_is_set_back(sqlite_url: str) -> None:
    now = [1_800_000_000.0]
    store = await Store.open(sqlite_url, [KEY], clock=lambda: now[0])
    before = await take(store, "a1", replies=[HELLO, HELLO])
    now[0] -= 3600
    after = await take(store, "a2")
    await store.close()
    times = [one.activity["timestamp"] for one in before + after]
    # The activity itself came first.
    assert times == ["2027-01-15T08:00:00.001Z", "2027-01-15T08:00:00.002Z", "2027-01-15T08:00:00.004Z"]


async def test_hundreds_of_turns_at_once_are_all_kept(store: Store) -> None:
    async def talk(n: int) -> None:
        for turn in range(5):
            known = await load(store, f"a{turn}", conversation=f"c{n}", user=f"u{n}")
            known.conversation.state = {"turn": turn, "n": n}
            await store.commit(change(known, f"a{turn}"))

    await asyncio.gather(*(talk(n) for n in range(100)))
    known = await asyncio.gather(*(load(store, "a4", conversation=f"c{n}", user=f"u{n}") for n in range(100)))
    assert [one.conversation.state for one in known] == [{"turn": 4, "n": n} for n in range(100)]
    assert [one.conversation.version for one in known] == [5] * 100
    assert all(one.replies is not None and len(one.replies) == 1 for one in known)


async def test_a_caller_who_gives_up_does_not_undo_its_turn(store: Store) -> None:
    known = await load(store, "a1")
    turn = asyncio.create_task(store.commit(change(known, "a1")))
    await asyncio.sleep(0)
    turn.cancel()
    await asyncio.gather(turn, return_exceptions=True)
    await take(store, "b1", conversation="d")
    assert (await load(store, "a1")).replies is not None
