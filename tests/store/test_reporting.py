"""What testers report: sealed, added to, closed, and dropped in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.store.database import Store
from bot.store.lessons import Report
from tests.store.looking import every_byte
from tests.store.making import NOW, take


def report(**different: Any) -> Report:
    usual: dict[str, Any] = {
        "id": "1",
        "key": "button.skip",
        "locale": "en",
        "wanted": "ru",
        "catalog": "01234567",
        "channel": "msteams",
        "text": "Пропустить вопрос",
        "given": {"name": "xxx"},
        "comment": "не по-русски",
        "at": NOW,
    }
    return Report(**(usual | different))


async def test_a_report_is_found_again_and_nothing_in_it_can_be_read_by_others(
    store: Store, url: str
) -> None:
    """E6, H7: text, values and comment are sealed."""
    await take(store, "a", learned=[report()])
    assert await store.reports(NOW) == [report()]
    assert await store.reports(NOW + timedelta(seconds=1)) == []
    found = await every_byte(url)
    for secret in ("Пропустить вопрос", "xxx", "не по-русски"):
        assert secret.encode() not in found


async def test_a_comment_follows_and_opens_a_closed_report_again(store: Store) -> None:
    """E6: the same sentence of the same message is one report."""
    await take(store, "a", learned=[report(comment="")])
    assert await store.close_reports(["1", "2"]) == ["2"]
    assert [one.is_open for one in await store.reports(NOW)] == [False]
    await take(store, "b", learned=[report(), report(id="3")])
    assert [(one.id, one.comment, one.is_open) for one in await store.reports(NOW)] == [
        ("1", "не по-русски", True),
        ("3", "не по-русски", True),
    ]


async def test_a_comment_loses_what_tells_who_somebody_is(store: Store) -> None:
    """E6, J4"""
    await take(store, "a", learned=[report(comment="anna@contoso.ru, +7 495 123-45-67")])
    assert (await store.reports(NOW))[0].comment == "[mail], [number]"


async def test_old_reports_are_dropped(store: Store) -> None:
    """J3"""
    await take(store, "a", learned=[report(), report(id="2", at=NOW - timedelta(days=9))])
    assert await store.drop_lessons(NOW.date() - timedelta(days=1)) == 1
    assert [one.id for one in await store.reports(NOW - timedelta(days=99))] == ["1"]
