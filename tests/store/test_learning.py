"""What is learned from use: counted, redacted, changed, taken back, and dropped in time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.localization.locale import Locale
from bot.store.database import Conflict, Store
from bot.store.lessons import Asked, Comment, Rating, Shown, Taken, Vote
from tests.store.looking import every_byte, every_row
from tests.store.making import NOW, take

TODAY = NOW.date()
SHOWN = Shown("mpn.get-id", Locale.RU, "0123456789ab")


def asked(text: str, locale: Locale = Locale.RU, **more: Any) -> Asked:
    usual: dict[str, Any] = {"verdict": "nothing", "near": (), "day": TODAY}
    return Asked(text, locale, **(usual | more))


async def test_a_question_asked_again_is_counted_and_not_kept_again(store: Store) -> None:
    """C10: folded: case, width, spaces and punctuation make no other question; a language does."""
    same = ["Сколько стоит?", "сколько  СТОИТ", "Сколько стоит!!"]
    for number, text in enumerate(same):
        await take(store, f"a{number}", learned=[asked(text)])
    await take(store, "b", learned=[asked("Ｗｈｙ？", Locale.EN)])
    found = await store.questions(TODAY)
    assert [(one.locale, one.count) for one in found] == [(Locale.RU, 3), (Locale.EN, 1)]
    assert found[0].text == same[-1]
    assert [one.count for one in await store.questions(TODAY, Locale.EN)] == [1]


async def test_the_same_new_question_of_many_at_once_is_counted_for_each(store: Store) -> None:
    """C10: whether they share a round or not."""
    await asyncio.gather(*(take(store, "a", f"c{n}", f"u{n}", learned=[asked("Почему?")]) for n in range(20)))
    assert [one.count for one in await store.questions(TODAY)] == [20]


async def test_a_turn_delivered_twice_teaches_once(store: Store) -> None:
    """A7, C10"""
    await take(store, "a", learned=[asked("Почему?")])
    with pytest.raises(Conflict):
        await take(store, "a", learned=[asked("Почему?")])
    assert [one.count for one in await store.questions(TODAY)] == [1]


async def test_the_queue_says_what_came_close_and_what_was_taken(store: Store) -> None:
    """C10"""
    question = asked("Где взять номер?", verdict="unsure", near=("mpn.get-id", "model.compare"))
    await take(store, "a", learned=[question])
    for number in range(2):
        await take(store, f"b{number}", learned=[Taken(question.key, "model.compare", TODAY)])
    (found,) = await store.questions(TODAY)
    assert (found.verdict, found.near) == ("unsure", ("mpn.get-id", "model.compare"))
    assert found.taken == {"model.compare": 2}


async def test_the_days_of_a_question_are_one_line_and_can_be_cut_off(store: Store) -> None:
    """C10: --since counts what was asked since."""
    yesterday = TODAY - timedelta(days=1)
    await take(store, "a", learned=[asked("Почему?", day=yesterday, verdict="unsure")])
    for number in range(2):
        await take(store, f"b{number}", learned=[asked("почему")])
    (both,) = await store.questions(yesterday)
    assert (both.count, both.first, both.last) == (3, yesterday, TODAY)
    assert (both.text, both.verdict) == ("почему", "nothing")
    assert [one.count for one in await store.questions(TODAY)] == [2]
    assert await store.questions(TODAY + timedelta(days=1)) == []


async def test_a_vote_can_be_changed_and_taken_back_and_given_twice(store: Store) -> None:
    """C9: one vote a person and answer, with the version of the words that were voted on."""
    for number in range(2):
        await take(store, f"a{number}", learned=[Vote(SHOWN, "up", NOW)])
    await take(store, "b", "c2", "other", learned=[Vote(SHOWN, "up", NOW)])
    assert await store.ratings(TODAY) == [Rating(SHOWN, 2, 0, ())]
    newer = Shown(SHOWN.topic, SHOWN.locale, "ba9876543210")
    await take(store, "c", learned=[Vote(newer, "down", NOW)])
    assert await store.ratings(TODAY) == [Rating(newer, 0, 1, ()), Rating(SHOWN, 1, 0, ())]
    for number in range(2):
        await take(store, f"d{number}", learned=[Vote(SHOWN, None, NOW)])
    assert await store.ratings(TODAY) == [Rating(SHOWN, 1, 0, ())]


async def test_a_comment_stays_with_its_vote_and_goes_with_it(store: Store) -> None:
    """C9"""
    await take(store, "a", learned=[Vote(SHOWN, "down", NOW)])
    await take(store, "b", learned=[Comment(SHOWN, "Устарело", NOW)])
    await take(store, "c", learned=[Vote(SHOWN, "up", NOW)])
    assert await store.ratings(TODAY) == [Rating(SHOWN, 1, 0, ("Устарело",))]
    await take(store, "d", learned=[Vote(SHOWN, None, NOW)])
    assert await store.ratings(TODAY) == []
    await take(store, "e", learned=[Comment(SHOWN, "Всё же устарело", NOW)])
    assert await store.ratings(TODAY) == [Rating(SHOWN, 0, 0, ("Всё же устарело",))]


async def test_what_people_wrote_is_sealed_and_redacted(store: Store, url: str) -> None:
    """C9, C10, J4: at the sink, whatever a dialog hands over."""
    said = "Пишите на ivan@mail.ru, ИНН 7707083893"
    await take(store, "a", learned=[asked(said), Comment(SHOWN, said, NOW)])
    assert "Пишите".encode() not in await every_byte(url)
    (question,), (rating,) = await store.questions(TODAY), await store.ratings(TODAY)
    assert question.text == "Пишите на [mail], ИНН [number]"
    assert rating.comments == ("Пишите на [mail], ИНН [number]",)


async def test_a_turn_that_teaches_nothing_writes_nothing_more(store: Store, url: str) -> None:
    await take(store, "a")
    rows = await every_row(url)
    assert [rows[name] for name in ("questions", "picks", "votes")] == [[], [], []]


async def test_lessons_are_dropped_when_their_time_is_over(store: Store) -> None:
    """J3"""
    old = NOW - timedelta(days=10)
    question = asked("Почему?", day=old.date())
    await take(store, "a", learned=[question, Taken(question.key, "model.compare", old.date())])
    await take(store, "b", learned=[Vote(SHOWN, "up", old), asked("Зачем?")])
    assert await store.drop_lessons(TODAY - timedelta(days=10)) == 0
    assert await store.drop_lessons(TODAY) == 3
    assert [one.text for one in await store.questions(old.date())] == ["Зачем?"]
    assert await store.ratings(old.date()) == []


async def test_a_flood_of_words_is_cut(store: Store) -> None:
    """I3"""
    await take(store, "a", learned=[asked("слово " * 100_000)])
    (found,) = await store.questions(TODAY)
    assert len(found.text) <= 500
