"""Paints drawings: real Web Chat in a headless Chromium, with the look of our page or with that of Teams."""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import orjson

from bot.cli.gallery.chromium import opened
from bot.cli.gallery.drawings import (
    CHANNELS,
    DENSITY,
    HOST_CONFIGS,
    MARGIN,
    QUALITY,
    SCRIPTS,
    STYLES,
    WIDTH,
    Drawing,
)
from bot.cli.gallery.site import Shot

if TYPE_CHECKING:
    from playwright.async_api import Browser, CDPSession, Page

#: Most moments fit; for others the page is made as tall as they are.
HEIGHT = 900
BLANK = '<!doctype html><html><body><div id="chat"></div></body></html>'
DRAW = "([activities, lang, look]) => draw(activities, lang, look)"

#: Called with each picture as soon as it is made: its drawing, what is known of it, and its content.
Keep = Callable[[Drawing, Shot, bytes], None]


def look_of(channel: str) -> Any:
    """The colours and sizes of a channel's cards, where they are not our page's."""
    host_config = HOST_CONFIGS.get(channel)
    return orjson.loads(host_config.read_bytes()) if host_config else None


async def paint(drawings: Sequence[Drawing], keep: Keep) -> None:
    """Raises `NoPictures` where there is nothing to paint with."""
    async with opened() as browser:
        pages = max(1, (os.cpu_count() or 1) // len(CHANNELS))
        async with asyncio.TaskGroup() as group:
            for channel in CHANNELS:
                # By language: a new one is a new conversation.
                mine = iter(sorted((each for each in drawings if each.channel == channel), key=_lang))
                for _ in range(pages):
                    group.create_task(_paint(browser, channel, mine, keep))


async def _paint(browser: Browser, channel: str, drawings: Iterator[Drawing], keep: Keep) -> None:
    easel: Easel | None = None
    for drawing in drawings:
        easel = easel or await Easel.on(browser, channel)
        keep(drawing, *await easel.paint(drawing))


def _lang(drawing: Drawing) -> str:
    return drawing.lang


class Easel:
    """A page on which one thing after another is drawn."""

    def __init__(self, page: Page, camera: CDPSession, look: Any) -> None:
        self._page = page
        self._camera = camera
        self._look = look

    @classmethod
    async def on(cls, browser: Browser, channel: str) -> Easel:
        context = await browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=DENSITY, offline=True
        )
        page = await context.new_page()
        await page.set_content(BLANK)
        for style in STYLES[channel]:
            await page.add_style_tag(path=style)
        for script in SCRIPTS:
            await page.add_script_tag(path=script)
        return cls(page, await context.new_cdp_session(page), look_of(channel))

    async def paint(self, drawing: Drawing) -> tuple[Shot, bytes]:
        box = await self._page.evaluate(DRAW, [drawing.sent, drawing.lang, self._look])
        if taller := box["hidden"]:
            await self._page.set_viewport_size({"width": WIDTH, "height": HEIGHT + taller})
            box = await self._page.evaluate("placed()")
        top, bottom = max(box["top"] - MARGIN, 0), box["bottom"] + MARGIN
        clip = {"x": 0, "y": top, "width": WIDTH, "height": bottom - top, "scale": 1}
        shot = await self._camera.send(
            "Page.captureScreenshot", {"format": "webp", "quality": QUALITY, "clip": clip}
        )
        if taller:
            await self._page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        return Shot(WIDTH, bottom - top, box["cutOff"]), base64.b64decode(shot["data"])
