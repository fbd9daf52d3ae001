"""A person who asks for it is gone from every table."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from bot.localization.locale import Locale
from bot.store.database import Conflict, Store, UnknownConversation
from bot.store.lessons import Asked, Comment, Report, Shown, Vote
from bot.store.records import ResumeCode
from tests.store.conftest import KEY
from tests.store.looking import every_byte, every_row
from tests.store.making import NOW, application, change, draft, load, opened, take

PERSON = "29:person-to-forget"
#: Nothing in them belongs to a person, so that nothing of a person can be found or left in them.
NOBODYS = {"questions", "picks"}


def all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


async def live(store: Store, user: str, conversation: str) -> None:
    """Leaves something of a person in every table."""
    await opened(store, conversation, user)
    said = {"type": "message", "text": f"I am {user}", "from": {"id": user}}
    stored, _ = await store.receive(conversation, said, "client")
    known = await load(store, stored.activity["id"], conversation, user)
    known.person.locale = Locale.RU
    known.conversation.state = {"locale": "ru"}
    sent = application(f"CSP-{user}", f"sent-{user}", user)
    shown = Shown("mpn.get-id", Locale.RU, "0123456789ab")
    report = Report(f"r-{user}", "k", "ru", "ru", "0", "test", user, {"name": user}, user, NOW)
    learned = [Vote(shown, "down", NOW), Comment(shown, f"{user} says so", NOW), report]
    await store.commit(change(known, stored.activity["id"], submission=sent, deliver=True, learned=learned))
    open_draft = draft(contact=user)
    open_draft.id = f"open-{user}"
    code = ResumeCode(user, open_draft.id, Locale.RU, NOW)
    await take(store, "again", conversation, user, draft=open_draft, issued=(f"code of {user}", code))
    await store.receive(conversation, said, None)


async def test_nothing_of_a_forgotten_person_is_left_and_everything_of_others_is(
    store: Store, url: str
) -> None:
    """J2: a test scans every store for the user id."""
    await live(store, "other", "c-other")
    others = await every_row(url)
    await live(store, PERSON, "c-person")
    full = await every_row(url)
    assert {table for table in full if len(full[table]) == len(others[table])} == NOBODYS
    assert PERSON.encode() in await every_byte(url)

    gone = await store.forget(PERSON)
    tables = ("drafts", "applications", "conversations", "persons", "votes", "resume_codes", "reports")
    assert gone == dict.fromkeys(tables, 1)
    assert PERSON.encode() not in await every_byte(url)
    assert b"c-person" not in await every_byte(url)
    assert await every_row(url) == others
    assert (await load(store, "new", "c-person", PERSON)).applications == []


async def test_nothing_of_a_forgotten_person_is_left_in_the_file(sqlite_url: str, tmp_path: Path) -> None:
    """J2: not in a page that is free again, not in the write-ahead log."""
    store = await Store.open(sqlite_url, [KEY])
    await live(store, "other", "c-other")
    await live(store, PERSON, "c-person")
    await store.forget(PERSON)
    content = all_bytes(tmp_path)
    await store.close()
    assert b"c-other" in content
    assert PERSON.encode() not in content
    assert b"c-person" not in content


async def test_a_turn_that_was_under_way_does_not_bring_a_forgotten_person_back(
    store: Store, url: str
) -> None:
    await live(store, PERSON, "c-person")
    known = await load(store, "late", "c-person", PERSON)
    await store.forget(PERSON)
    with pytest.raises(Conflict):
        await store.commit(change(known, "late"))
    with pytest.raises(UnknownConversation):
        await store.receive("c-person", {"type": "message"}, None)
    assert not any((await every_row(url)).values())


async def test_a_question_nobody_answered_says_nothing_of_who_asked_it(store: Store, url: str) -> None:
    """C10: no user id, no conversation id, no time of day; so it may stay when the person goes."""
    question = Asked("Сколько стоит?", Locale.RU, "nothing", (), NOW.date())
    await take(store, "a", "c-person", PERSON, learned=[question])
    rows = (await every_row(url))["questions"]
    assert [{**row, "sealed": None} for row in rows] == [
        {
            "key": question.key,
            "day": "2026-11-21",
            "locale": "ru",
            "verdict": "nothing",
            "times": 1,
            "sealed": None,
        }
    ]
    await store.forget(PERSON)
    assert [one.text for one in await store.questions(NOW.date())] == ["Сколько стоит?"]


async def test_forgetting_nobody_is_no_fault(store: Store) -> None:
    results = await asyncio.gather(store.forget("nobody"), store.forget("nobody"))
    assert [sum(gone.values()) for gone in results] == [0, 0]


async def test_drafts_nobody_touched_for_long_are_dropped_and_the_others_stay(store: Store) -> None:
    """B1: kept until the day that was named, and no longer."""
    old, new = draft(legal_name="Old"), draft(legal_name="New")
    old.id, old.touched = "draft-old", NOW - timedelta(days=91)
    new.id, new.touched = "draft-new", NOW - timedelta(days=89)
    await take(store, "a", "c-old", "old", draft=old)
    await take(store, "a", "c-new", "new", draft=new)
    assert await store.drop_drafts(NOW - timedelta(days=90)) == 1
    assert (await load(store, "b", "c-old", "old")).draft is None
    kept = (await load(store, "b", "c-new", "new")).draft
    assert kept is not None
    assert kept.answers == {"legal_name": "New"}
