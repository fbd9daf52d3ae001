"""A visitor of the page becomes a tester by a signed link, and by nothing else."""

from __future__ import annotations

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest

from bot import testers as signed
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from bot.web import chrome
from bot.web.visitors import COOKIE
from tests.web.house import SECRET, House


def door(house: House, secret: str = SECRET) -> signed.Testers:
    return signed.Testers((), secret, lambda: house.now)


async def test_the_link_makes_a_tester_and_leaves_the_address(house: House) -> None:
    """E3"""
    link = door(house).link(timedelta(days=1))
    async with house.client.get("/", params={"tester": link}, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/")
        assert answer.headers["Cache-Control"] == "no-store"
        cookie = SimpleCookie(answer.headers["Set-Cookie"])[COOKIE]
    assert cookie["httponly"]
    status, _ = await house.token()
    user_id, conversation_id, _ = house.issuer.asked[-1]
    assert status == 200
    assert user_id in door(house)
    await house.token()
    assert house.issuer.asked[-1][:2] == (user_id, conversation_id)
    house.pass_by(days=2)
    await house.token()
    assert house.issuer.asked[-1][0] == user_id  # the same person, who is no tester any more
    assert user_id not in door(house)


@pytest.mark.parametrize("locale", list(Locale))
async def test_a_link_that_is_forged_or_too_old_is_refused_in_ones_language(
    house: House, locale: Locale
) -> None:
    """E3"""
    old = door(house).link(timedelta(days=1))
    forged = door(house, "another secret").link(timedelta(days=9))
    house.pass_by(days=2)
    for link in (old, forged, "", "1", "a.b.c", "é", old * 40):
        params = {"tester": link, "locale": locale.value}
        async with house.client.get("/", params=params, allow_redirects=False) as answer:
            assert answer.status == 403
            assert "Set-Cookie" not in answer.headers
            assert await answer.text() == Catalogs.load(LOCALES).say(chrome.NO_TESTER, locale)


async def test_nobody_gets_there_by_asking_for_a_token(house: House) -> None:
    """E3: neither with a name of their own, nor with the link where a visitor is kept."""
    link = door(house).link(timedelta(days=1))
    made_up = [
        {"visitor": link},
        {"visitor": "dl_" + link},
        {"user": "dl_tester", "userId": "dl_tester", "tester": link},
        {"is_tester": True},
    ]
    for body in made_up:
        await house.token(body)
        assert house.issuer.asked[-1][0] not in door(house)
    async with house.client.get("/") as answer:
        assert "tester" not in (await answer.text()).lower()
