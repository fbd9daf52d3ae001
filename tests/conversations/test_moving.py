"""A draft goes to another chat by a code, and back."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain import resume_code
from bot.localization.locale import Locale
from bot.turn import Summary
from tests.conversations.house import Clock, House, house
from tests.conversations.scripts import said_in, script_of
from tests.conversations.talking import Person, reach

ASK = {"en": "give me a code", "zh-CN": "给我转移码", "zh-TW": "給我移轉碼", "ru": "дайте код"}
IN_TEAMS = {
    "en": "continue in Teams",
    "zh-CN": "在 Teams 中继续",
    "zh-TW": "在 Teams 中繼續",
    "ru": "продолжить в Teams",
}
TEAMS = "msteams:contoso-tenant:anna"


@pytest.fixture
async def rooms(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path, Clock()) as opened:
        yield opened


def someone(rooms: House, locale: Locale = Locale.EN, user: str = "dl_anna", place: str = "web:1") -> Person:
    return Person(rooms.conversation, locale, user=user, place=place, say_text=rooms.say)


async def code_for(person: Person, words: Any = ASK) -> str:
    heard = await person.says(said_in(words, person.locale))
    assert heard.keys[0] == "move.code"
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", heard.texts[0])
    assert found
    return found[0]


@pytest.mark.parametrize("words", [ASK, IN_TEAMS], ids=["code", "teams"])
@pytest.mark.parametrize("locale", Locale)
async def test_a_code_takes_the_draft_to_another_chat_and_back(
    rooms: House, locale: Locale, words: dict[str, str]
) -> None:
    """B2: with a recap, at the question that is next; the old chat says where it went"""
    web = someone(rooms, locale)
    there = await reach(script_of("indirect_taiwan"), web, "legal_name")
    answers, draft = dict(there.answers), there.stored.draft
    code = await code_for(web, words)
    teams = someone(rooms, locale, TEAMS, "teams:1")
    heard = await teams.says(code.lower().replace("-", " "))
    assert heard.keys[:2] == ["move.here", "summary.title"]
    assert isinstance(heard.stored.replies[1].attachment, Summary)
    assert (heard.field, heard.answers) == ("legal_name", answers)
    assert draft is not None
    assert heard.stored.draft is not None
    assert heard.stored.draft.id == draft.id
    gone = await web.says("Contoso")
    assert gone.keys == ["move.away"]
    assert gone.stored.draft is None
    # And back: the same way, from a chat in which nothing is left.
    back = await web.says(await code_for(teams))
    assert (back.keys[0], back.field) == ("move.here", "legal_name")
    assert (await teams.says("Contoso")).keys == ["move.away"]
    assert (await web.says("Contoso")).answers["legal_name"] == "Contoso"


async def test_who_comes_from_another_language_is_spoken_to_in_it(rooms: House) -> None:
    """B2, D8: the first that a new chat hears is the code"""
    web = someone(rooms, Locale.RU)
    await reach(script_of("indirect_taiwan"), web, "legal_name")
    code = await code_for(web)
    teams = replace(someone(rooms, Locale.RU, TEAMS, "teams:1"), claimed="")
    heard = await teams.says(code)
    assert heard.keys[0] == "move.here"
    assert heard.stored.locale is Locale.RU


async def test_a_code_works_once_even_for_two_at_the_same_moment(rooms: House) -> None:
    """B2"""
    web = someone(rooms)
    await reach(script_of("indirect_taiwan"), web, "legal_name")
    code = await code_for(web)
    two = [someone(rooms, user=f"dl_{name}", place=f"web:{name}") for name in ("boris", "chen")]
    heard = await asyncio.gather(*(person.says(code) for person in two))
    assert sorted(one.keys[0] for one in heard) == ["move.here", "move.used"]
    assert (await someone(rooms, user="dl_dora", place="web:d").says(code)).keys[0] == "move.used"


async def test_a_code_lasts_ten_minutes(rooms: House) -> None:
    """B2"""
    web = someone(rooms)
    await reach(script_of("indirect_taiwan"), web, "legal_name")
    code = await code_for(web)
    rooms.clock.now += timedelta(minutes=10)
    teams = someone(rooms, user=TEAMS, place="teams:1")
    assert (await teams.says(code)).keys[0] == "move.expired"
    # Nothing is lost: the draft is where it was, and a new code takes it.
    assert (await teams.says(await code_for(web))).keys[0] == "move.here"


async def test_a_new_code_ends_the_one_before(rooms: House) -> None:
    """B2"""
    web = someone(rooms)
    await reach(script_of("indirect_taiwan"), web, "legal_name")
    first, second = await code_for(web), await code_for(web)
    teams = someone(rooms, user=TEAMS, place="teams:1")
    assert (await teams.says(first)).keys[0] == "move.wrong"
    assert (await teams.says(second)).keys[0] == "move.here"


async def test_guessing_is_stopped_and_waiting_helps(rooms: House) -> None:
    """B2"""
    web = someone(rooms)
    await reach(script_of("indirect_taiwan"), web, "legal_name")
    code = await code_for(web)
    guesser = someone(rooms, user="dl_mallory", place="web:m")
    heard = [(await guesser.says(resume_code.made())).keys[0] for _ in range(6)]
    assert heard == ["move.wrong"] * 5 + ["move.too-many"]
    assert (await guesser.says(code)).keys[0] == "move.too-many"
    rooms.clock.now += timedelta(minutes=10, seconds=1)
    code = await code_for(web)
    assert (await guesser.says(code)).keys[0] == "move.here"


async def test_a_code_of_one_tenant_is_unknown_to_another(rooms: House) -> None:
    """B2"""
    anna = someone(rooms, user=TEAMS, place="teams:1")
    await reach(script_of("indirect_taiwan"), anna, "legal_name")
    code = await code_for(anna)
    stranger = someone(rooms, user="msteams:fabrikam-tenant:eve", place="teams:9")
    assert (await stranger.says(code)).keys[0] == "move.wrong"
    colleague = someone(rooms, user="msteams:contoso-tenant:bob", place="teams:2")
    assert (await colleague.says(code)).keys[0] == "move.here"


async def test_a_code_is_not_taken_where_others_read_along(rooms: House) -> None:
    """B2, F7"""
    web = someone(rooms)
    await reach(script_of("indirect_taiwan"), web, "legal_name")
    code = await code_for(web)
    group = someone(rooms, user=TEAMS, place="group:1")
    assert (await group.says(code, shared=True)).keys == ["routes.not-here"]
    assert (await group.says("give me a code", shared=True)).keys == ["routes.not-here"]


async def test_where_another_application_was_begun_it_asks_before_it_replaces(rooms: House) -> None:
    """B2"""
    web = someone(rooms)
    await reach(script_of("indirect_taiwan"), web, "legal_name")
    code = await code_for(web)
    teams = someone(rooms, user=TEAMS, place="teams:1")
    before = await reach(script_of("indirect_hong_kong"), teams, "legal_name")
    heard = await teams.says(code)
    assert heard.keys == ["move.replace"]
    kept = await teams.says("Keep the answers here")
    assert kept.keys[0] == "move.stays"
    assert (kept.field, kept.answers) == ("legal_name", before.answers)
    heard = await teams.presses(heard.offers("bring"))
    assert heard.keys[0] == "move.here"
    assert heard.answers["legal_country"] == "TW"
    assert (await web.says("hello")).keys[0] == "move.away"


async def test_what_only_looks_like_a_code_is_an_answer_like_any_other(rooms: House) -> None:
    """B2: nothing that was typed is lost"""
    person = someone(rooms)
    await reach(script_of("indirect_taiwan"), person, "legal_name")
    heard = await person.says("K7QM-4XPD")
    assert heard.answers["legal_name"] == "K7QM-4XPD"


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("place", ["legal_country", "contact_phone"])
async def test_an_unknown_code_is_told_as_such_where_it_can_be_no_answer(
    rooms: House, locale: Locale, place: str
) -> None:
    """B2: the question is asked again, and it was no failed attempt to answer it"""
    person = someone(rooms, locale)
    before = await reach(script_of("indirect_taiwan"), person, place)
    heard = await person.says("k7qm 4xpd")
    assert heard.keys[0] == "move.wrong"
    assert (heard.question, heard.pending["failures"]) == (before.question, 0)
    assert (heard.field, heard.answers) == (place, before.answers)
    for _ in range(4):
        await person.says(resume_code.made())
    assert (await person.says(resume_code.made())).keys[0] == "move.too-many"


async def test_a_code_with_signs_that_none_has_is_a_misread_one(rooms: House) -> None:
    """B2"""
    assert (await someone(rooms).says("k7om-4xpd")).keys[0] == "move.wrong"


async def test_there_is_no_code_for_nothing_and_none_against_oneself(rooms: House) -> None:
    """B2"""
    web = someone(rooms)
    assert (await web.says("give me a code")).keys[0] == "move.nothing"
    await reach(script_of("indirect_taiwan"), web, "legal_name")
    code = await code_for(web)
    heard = await web.says(code)
    assert (heard.keys[0], heard.field) == ("move.already-here", "legal_name")


async def test_a_sent_application_does_not_move(rooms: House) -> None:
    """B2"""
    web = someone(rooms)
    await reach(script_of("indirect_taiwan"), web, "legal_name")
    code = await code_for(web)
    assert (await web.says("delete my data")).keys[0] == "personal.forget"
    await web.says("yes")
    teams = someone(rooms, user=TEAMS, place="teams:1")
    assert (await teams.says(code)).keys[0] == "move.wrong"


async def test_a_code_is_not_readable_in_the_database(rooms: House, tmp_path: Path) -> None:
    """B2"""
    web = someone(rooms)
    await reach(script_of("indirect_taiwan"), web, "legal_name")
    code = await code_for(web)
    with sqlite3.connect(tmp_path / "bot.sqlite3") as database:
        everything = "\n".join(database.iterdump())
        ((kept,),) = database.execute("SELECT code FROM resume_codes")
    assert code not in everything
    assert re.fullmatch(r"[0-9a-f]{32}", kept)


def test_no_code_can_be_misread_or_be_a_word() -> None:
    """B2"""
    made = {resume_code.made() for _ in range(500)}
    assert len(made) == 500
    for code in made:
        assert resume_code.recognised(f" {code.lower()}. ".replace("-", " ")) in (code, None)
        assert resume_code.recognised(code) == code
        assert not set("0O1IL5S2Z8BUAE") & set(code)
    for other in (
        "",
        "hello",
        "12345678",
        "COMPANY",
        "K7QM-4XP",
        "K7QM-4XPDD",
        "CSP-7Q2M-0X4V-K9TB",
        "CDFGHJKM",
    ):
        assert resume_code.recognised(other) is None
