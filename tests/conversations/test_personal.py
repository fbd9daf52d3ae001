"""What is kept about a person: told on request, gone on request."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.domain.application import NAMED
from bot.knowledge.topics import Topics
from bot.localization.locale import Locale
from bot.turn import Summary
from dialogs.votes import NOT_HELPFUL
from tests.conversations.house import House, house
from tests.conversations.scripts import said_in, script_of
from tests.conversations.talking import YES, Person, follow, reach
from tests.conversations.test_feedback import TOPIC
from tests.conversations.test_interrupting import ASIDE

DELETE_ME = {"en": "delete me", "zh-CN": "删除我的数据", "zh-TW": "刪除我的資料", "ru": "удалите мои данные"}
EXPORT = {
    "en": "export my data",
    "zh-CN": "导出我的数据",
    "zh-TW": "匯出我的資料",
    "ru": "выгрузите мои данные",
}
NO = {"en": "no", "zh-CN": "不", "zh-TW": "不要", "ru": "нет"}


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with sqlite3.connect(folder / "bot.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


async def lived(rooms: House, locale: Locale) -> Person:
    """Somebody who has sent one application, and is in the middle of another in a second conversation."""
    person = Person(rooms.conversation, locale, say_text=rooms.say)
    await follow(script_of("indirect_taiwan"), person)
    person = person.elsewhere("test:2")
    await reach(script_of("indirect_taiwan"), person, "legal_name")
    return person


@pytest.mark.parametrize("locale", Locale)
async def test_who_asks_to_be_deleted_is_in_no_table_any_more(locale: Locale, tmp_path: Path) -> None:
    """J2: asked once, with a receipt that is stored nowhere either; others are not touched."""
    async with house(tmp_path) as rooms:
        other = Person(rooms.conversation, locale, user="boris", place="test:9", say_text=rooms.say)
        await reach(script_of("indirect_taiwan"), other, "legal_name")
        before = rows(tmp_path)
        person = await lived(rooms, locale)
        assert "anna" in str(rows(tmp_path))
        heard = await person.says(said_in(DELETE_ME, locale))
        assert (heard.keys, heard.waiting) == (["personal.forget"], "forgetting")
        heard = await person.says(said_in(YES, locale))
        assert heard.keys == ["personal.forgotten"]
        assert heard.outcome is not None
        assert heard.outcome.forgotten
        assert [reply.activity["text"] for reply in heard.outcome.replies] == ["personal.forgotten"]
        left = rows(tmp_path)
        assert "anna" not in str(left)
        assert {name: len(found) for name, found in left.items()} == {
            name: len(found) for name, found in before.items()
        }
        again = await person.says(said_in(EXPORT, locale))
        assert (again.answers, again.stored.applications) == ({}, [])


@pytest.mark.parametrize("locale", Locale)
async def test_who_thinks_better_of_it_loses_nothing(locale: Locale, tmp_path: Path) -> None:
    """J2: a no leads back to the question that was waiting."""
    async with house(tmp_path) as rooms:
        person = await lived(rooms, locale)
        before = await person.says("?!")
        await person.says(said_in(DELETE_ME, locale))
        heard = await person.says(said_in(NO, locale))
        assert (heard.field, heard.answers) == ("legal_name", before.answers)
        assert len(await rooms.store.applications(user_id="anna")) == 1


@pytest.mark.parametrize("locale", Locale)
async def test_everything_kept_is_told_on_request(locale: Locale, tmp_path: Path) -> None:
    """J2: every answer of the draft and of what was sent, and the form goes on where it was."""
    async with house(tmp_path) as rooms:
        person = await lived(rooms, locale)
        heard = await person.says(said_in(EXPORT, locale))
        assert heard.keys[:3] == ["personal.kept", "personal.draft", "personal.sent"]
        assert heard.field == "legal_name"
        told = [reply.attachment for reply in heard.stored.replies[1:3]]
        kept = [heard.answers, (await rooms.store.applications())[0].answers]
        for summary, answers in zip(told, kept, strict=True):
            assert isinstance(summary, Summary)
            labels = {line.label.key for group in summary.groups for line in group.lines}
            assert labels == {NAMED[name].ask.label.key for name in answers}


@pytest.mark.parametrize("locale", Locale)
async def test_votes_and_comments_are_told_as_well(locale: Locale, tmp_path: Path) -> None:
    """J2, C9: each with its answer and day; what was taken back or is somebody else's is not among them."""
    async with house(tmp_path) as rooms:
        person, other = (
            Person(rooms.conversation, locale, user=user, place=f"test:{user}", say_text=rooms.say)
            for user in ("anna", "boris")
        )
        heard = await other.says(said_in(ASIDE, locale))
        await other.presses(heard.offers("vote", vote="up"))
        heard = await person.says(said_in(ASIDE, locale))
        vote = heard.offers("vote", vote="down")
        heard = await person.presses(vote)
        await person.presses(heard.offers("comment"))
        await person.says("Too long")

        heard = await person.says(said_in(EXPORT, locale))
        assert heard.keys == ["personal.kept", "personal.opinions"]
        told = heard.stored.replies[1].attachment
        assert isinstance(told, Summary)
        (group,) = told.groups
        assert [(line.label.key, line.value) for line in group.lines] == [
            ("personal.vote", NOT_HELPFUL),
            ("personal.comment", "Too long"),
        ]
        named = rooms.say(group.title, locale)
        assert named.startswith(rooms.say(Topics.load()[TOPIC].subject, locale))
        assert locale.native in named

        await person.presses({**vote, "vote": "none"})
        heard = await person.says(said_in(EXPORT, locale))
        assert heard.keys == ["personal.kept"]


@pytest.mark.parametrize("words", [DELETE_ME, EXPORT])
async def test_neither_is_done_where_others_read_along(words: dict[str, str], tmp_path: Path) -> None:
    """F7, J2"""
    async with house(tmp_path) as rooms:
        person = await lived(rooms, Locale.EN)
        heard = await person.elsewhere("test:group").says(said_in(words, Locale.EN), shared=True)
        assert heard.keys == ["routes.not-here"]
