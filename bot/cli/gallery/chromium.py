"""The browser that draws: the Chromium at hand, driven by Playwright, which only developers have."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bot.web.bundle import WEB_CHAT

if TYPE_CHECKING:
    from playwright.async_api import Browser

#: Chromium asks nobody for anything.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
INSTEAD = "pictures cannot be drawn: {lacks}; run `{mend}`, or build without by --no-pictures"
NAMES = ("chromium", "chromium-browser", "google-chrome")


class NoPictures(RuntimeError):
    """Something is missing that pictures need; says what, and how to get it. One line."""


def at_hand() -> str | None:
    """The Chromium that is installed, or that CHROMIUM names."""
    found = (os.environ.get("CHROMIUM"), *map(shutil.which, NAMES))
    return next((each for each in found if each and _exists(each)), None)


def _exists(path: str) -> bool:
    return Path(path).exists()


async def path_of_chromium() -> str:
    """Raises `NoPictures` where anything that draws is missing."""
    if find_spec("playwright") is None:
        raise NoPictures(INSTEAD.format(lacks="Playwright is not installed", mend="make .venv/.dev"))
    if not WEB_CHAT.exists():
        raise NoPictures(INSTEAD.format(lacks="Web Chat is not installed", mend="npm ci"))
    if found := at_hand():
        return found
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    if not _exists(downloaded):
        mend = "sh tests/browser/ensure-chromium"
        raise NoPictures(INSTEAD.format(lacks="there is no Chromium", mend=mend))
    return downloaded


@asynccontextmanager
async def opened() -> AsyncIterator[Browser]:
    path = await path_of_chromium()
    from playwright.async_api import async_playwright

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()
