"""embed.js, the frame it opens and the page that shows both, as a browser gets them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from itertools import product
from pathlib import Path

import pytest
from aiohttp import hdrs

from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from bot.web.accent import DARK, ENOUGH, LIGHT, Surface, contrast, shades
from bot.web.bundle import STATIC
from bot.web.widget import demo, script
from tests.web.house import House
from tests.web.test_embed import for_script, shown

PARTNER = "https://www.partner.example"
SAY = Catalogs.load(LOCALES).say


@pytest.fixture
async def open_house(tmp_path: Path, compressed: Path) -> AsyncIterator[House]:
    """One that lets a partner's site embed it."""
    (tmp_path / "web").symlink_to(compressed)
    opened = await House(tmp_path, ALLOWED_ORIGINS=PARTNER).open()
    yield opened
    await opened.close()


async def frame(house: House, query: str) -> tuple[str, str]:
    """The page in the frame, and its policy."""
    async with house.client.get(f"/embed?host={PARTNER}&{query}") as answer:
        assert answer.status == 200
        return await answer.text(), answer.headers["Content-Security-Policy"]


# -- embed.js


async def test_the_line_on_a_page_costs_less_than_15_kilobytes(house: House) -> None:
    """G1"""
    async with house.client.get("/embed.js", headers={hdrs.ACCEPT_ENCODING: "identity"}) as answer:
        plain = await answer.read()
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        tag = answer.headers[hdrs.ETAG]
    packed_only = {hdrs.ACCEPT_ENCODING: "gzip"}
    async with house.client.get("/embed.js", headers=packed_only, auto_decompress=False) as answer:
        packed = await answer.read()
    assert len(packed) < 6_000 < len(plain) < 15_000
    async with house.client.get("/embed.js", headers={hdrs.IF_NONE_MATCH: tag}) as answer:
        assert answer.status == 304
    for each in Locale:
        assert SAY(script.OPEN, each) in plain.decode()


# -- the frame


async def test_a_site_that_is_not_allowed_gets_no_frame(open_house: House) -> None:
    """G1"""
    for host in ("https://evil.example", "", "null", "https://www.partner.example.evil.example", "://"):
        async with open_house.client.get("/embed", params={"host": host}) as answer:
            assert answer.status == 403, host
    async with open_house.client.get("/embed") as answer:
        assert answer.status == 403


async def test_only_allowed_sites_and_our_own_may_frame_the_chat(open_house: House) -> None:
    """G1"""
    _, policy = await frame(open_house, "locale=ru")
    assert f"frame-ancestors 'self' {PARTNER};" in policy
    async with open_house.client.get("/") as answer:
        assert "frame-ancestors 'self';" in answer.headers["Content-Security-Policy"]


async def test_the_frame_knows_who_stands_around_it_and_in_which_language(open_house: House) -> None:
    """G3"""
    html, _ = await frame(open_house, "locale=zh-Hant&switch=1")
    assert shown(html) == "zh-TW"
    assert for_script(html)["frame"] == {"host": PARTNER, "insists": True}
    html, _ = await frame(open_house, "")
    assert (for_script(html)["known"], for_script(html)["frame"]) == (
        False,
        {"host": PARTNER, "insists": False},
    )
    async with open_house.client.get("/") as answer:
        assert for_script(await answer.text())["frame"] is None


@pytest.mark.parametrize(
    ("theme", "media", "scheme"),
    [
        ("dark", "all", "dark"),
        ("light", "not all", "light"),
        ("", "(prefers-color-scheme: dark)", "light dark"),
        ('"><script>', "(prefers-color-scheme: dark)", "light dark"),
    ],
)
async def test_the_host_chooses_light_or_dark(open_house: House, theme: str, media: str, scheme: str) -> None:
    async with open_house.client.get("/embed", params={"host": PARTNER, "theme": theme}) as answer:
        html = await answer.text()
    assert re.search(r'dark\.css[^>]+media="([^"]+)"', html)[1] == media  # type: ignore[index]
    assert f'<meta name="color-scheme" content="{scheme}">' in html


async def test_the_accent_is_a_colour_or_nothing(open_house: House) -> None:
    html, _ = await frame(open_house, "accent=%237FBA00")
    assert "--accent: #4c7000" in html
    for wrong in ("red;}</style>", "%23ff", "url(x)"):
        html, _ = await frame(open_house, f"accent={wrong}")
        assert "<style" not in html


@pytest.mark.parametrize("surface", [LIGHT, DARK], ids=["light", "dark"])
def test_any_accent_can_be_read_wherever_it_is_used(surface: Surface) -> None:
    for parts in product(("00", "33", "7f", "b4", "ff"), repeat=3):
        made = shades("#" + "".join(parts), surface)
        for ground in (surface.paper, surface.bot, made.soft):
            assert contrast(made.accent, ground) >= ENOUGH
        assert contrast(made.on_accent, made.accent) >= ENOUGH


@pytest.mark.parametrize(("surface", "file"), [(LIGHT, "style.css"), (DARK, "dark.css")])
def test_the_surfaces_are_those_of_the_style_sheets(surface: Surface, file: str) -> None:
    colours = dict(re.findall(r"--([\w-]+): (#\w{6});", (STATIC / file).read_text("utf-8")))
    assert (colours["paper"], colours["bot"]) == (surface.paper, surface.bot)


# -- tokens for a frame, and for a page of an allowed site


async def test_a_frame_keeps_its_visitor_itself_and_continues_the_conversation(house: House) -> None:
    """G2"""
    _, first = await house.token({"visitor": ""})
    _, again = await house.token({"visitor": first["visitor"]})
    _, other = await house.token({"visitor": "forged.by.somebody"})
    assert again["conversationId"] == first["conversationId"] != other["conversationId"]
    house.pass_by(hours=25)
    _, later = await house.token({"visitor": again["visitor"]})
    assert later["conversationId"] != first["conversationId"]
    users = [user for user, _, _ in house.issuer.asked]
    assert users[0] == users[1] == users[3] != users[2]
    assert len(house.client.session.cookie_jar) == 0


async def test_a_frame_without_storage_has_a_cookie_kept_apart_for_its_site(house: House) -> None:
    """G2"""
    async with house.client.post("/chat/token", json={"framed": True}) as answer:
        assert answer.status == 200
        cookie = answer.headers[hdrs.SET_COOKIE]
    assert {"Secure", "HttpOnly", "SameSite=None", "Partitioned"} <= set(cookie.split("; "))


async def test_a_page_of_an_allowed_site_may_ask_for_a_token(open_house: House) -> None:
    """G1"""
    allowed = {"Origin": PARTNER, "Sec-Fetch-Site": "cross-site"}
    async with open_house.client.options("/chat/token", headers=allowed) as answer:
        assert answer.status == 204
        assert answer.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] == PARTNER
    async with open_house.client.post("/chat/token", json={"visitor": ""}, headers=allowed) as answer:
        assert (answer.status, answer.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN]) == (200, PARTNER)
        assert hdrs.ACCESS_CONTROL_ALLOW_CREDENTIALS not in answer.headers
    async with open_house.client.options("/chat/token", headers={"Origin": "https://evil.example"}) as answer:
        assert answer.status == 403
        assert hdrs.ACCESS_CONTROL_ALLOW_ORIGIN not in answer.headers


# -- the page that shows it


@pytest.mark.parametrize("locale", list(Locale))
async def test_the_demo_shows_the_line_to_copy_in_every_language(house: House, locale: Locale) -> None:
    async with house.client.get(f"/demo?locale={locale.value}&accent=%230b5cad") as answer:
        html = unescape(await answer.text())
        policy = answer.headers["Content-Security-Policy"]
    here = f"http://{house.client.host}:{house.client.port}"
    line = f'<script src="{here}/embed.js" data-locale="{locale.value}" data-accent="#0b5cad" async></script>'
    assert line in html
    assert shown(html) == locale.value
    for words in demo.WORDS.values():
        assert SAY(words, locale) in html
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
