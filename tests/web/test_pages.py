"""Files and health."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from aiohttp import hdrs

from bot.settings import ConfigurationError
from bot.web import bundle
from bot.web.bundle import Assets
from tests.web.house import House


async def test_the_process_is_well(house: House) -> None:
    """I1"""
    async with house.client.get("/healthz") as answer:
        assert (answer.status, await answer.json()) == (200, {"status": "ok"})


async def test_it_is_ready_as_long_as_the_store_answers(house: House, tmp_path: Path) -> None:
    """I1"""
    async with house.client.get("/readyz") as answer:
        assert (answer.status, await answer.json()) == (200, {"status": "ready"})


async def test_files_are_kept_by_browsers_under_the_name_of_their_version(house: House) -> None:
    async with house.client.get("/") as answer:
        urls = re.findall(r'(?:href|src)="(/static/[^"#]+)"', await answer.text())
    assert {url.partition("?")[0] for url in urls} == {
        "/static/favicon.svg",
        "/static/style.css",
        "/static/dark.css",
        "/static/webchat.js",
        "/static/look.js",
        "/static/chat.js",
    }
    for url in urls:
        async with house.client.get(url) as answer:
            assert answer.status == 200
            assert answer.headers[hdrs.CACHE_CONTROL] == "public, max-age=31536000, immutable"
        async with house.client.get(url.partition("?")[0]) as answer:
            assert answer.headers[hdrs.CACHE_CONTROL] == "no-cache"


async def test_the_bundle_travels_compressed_to_those_who_take_it(house: House) -> None:
    sizes = {}
    for coding in ("gzip", "identity"):
        headers = {hdrs.ACCEPT_ENCODING: coding}
        async with house.client.get("/static/webchat.js", headers=headers, auto_decompress=False) as answer:
            assert answer.headers.get(hdrs.CONTENT_ENCODING, "identity") == coding
            assert answer.content_type.endswith("/javascript")
            assert answer.headers[hdrs.VARY] == hdrs.ACCEPT_ENCODING
            sizes[coding] = len(await answer.read())
    assert sizes["gzip"] < 1_000_000 < sizes["identity"]


@pytest.mark.parametrize(
    "name", ["nothing.js", "..%2fembed.html", "%2e%2e/pages.py", "webchat.js.gz", "..%5cx"]
)
async def test_only_what_the_page_needs_is_served(house: House, name: str) -> None:
    async with house.client.get(f"/static/{name}") as answer:
        assert answer.status == 404


async def test_a_browser_that_asks_for_an_icon_gets_ours(house: House) -> None:
    async with house.client.get("/favicon.ico") as answer:
        assert answer.content_type == "image/svg+xml"


def test_without_web_chat_the_start_ends_in_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I2"""
    monkeypatch.setattr(bundle, "WEB_CHAT", tmp_path / "webchat.js")
    with pytest.raises(ConfigurationError, match="npm ci"):
        Assets(tmp_path)
