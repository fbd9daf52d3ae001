"""A real Chromium on the real page of the running service."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect, sync_playwright

from bot.cli.gallery.chromium import FLAGS, path_of_chromium
from tests.serving import ROOT, Service

#: A busy machine takes its time.
expect.set_options(timeout=30_000)

VIOLATIONS = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


@dataclass
class Visit:
    """One person's browser on the page, and what went wrong in it."""

    page: Page
    service: Service
    faults: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.service.url}/{query}")

    @property
    def chat(self) -> Page | FrameLocator:
        """Where the chat is drawn."""
        return self.page

    @property
    def bubbles(self) -> Locator:
        return self.chat.locator(".webchat__bubble__content")

    @property
    def buttons(self) -> Locator:
        return self.chat.locator(".webchat__suggested-action")

    @property
    def box(self) -> Locator:
        return self.chat.locator("[data-id=webchat-sendbox-input]")

    def bot_bubbles(self) -> Locator:
        return self.chat.locator(
            ".webchat__bubble:not(.webchat__bubble--from-user) .webchat__bubble__content"
        )

    def user_bubbles(self) -> Locator:
        return self.chat.locator(".webchat__bubble--from-user .webchat__bubble__content")

    def say(self, words: str) -> None:
        self.box.fill(words)
        self.box.press("Enter")

    @property
    def hosts(self) -> set[str]:
        """Who may be asked for anything."""
        return {urlsplit(self.service.url).netloc}

    def note(self, asked: SplitResult) -> None:
        if asked.netloc and asked.netloc not in self.hosts:
            self.elsewhere.append(asked.geturl())

    def shot(self, name: str) -> None:
        folder = ROOT / "artefacts"
        folder.mkdir(exist_ok=True)
        self.page.screenshot(path=folder / f"{name}.png")

    def violations(self) -> list[str]:
        return [each for frame in self.page.frames for each in frame.evaluate("window.violations")]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    # No longer than a module: as long as Playwright runs, no other event loop can.
    path = asyncio.run(path_of_chromium())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(tmp_path_factory.mktemp("service"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def visit(chromium: Browser, service: Service) -> Iterator[Callable[..., Visit]]:
    """Opens browsers; at the end none of them broke a policy, asked another host or met an error."""
    visits: list[Visit] = []

    def begin(
        width: int = 1280,
        height: int = 860,
        at: Service = service,
        kind: Callable[[Page, Service], Visit] = Visit,
        **options: Any,
    ) -> Visit:
        options.setdefault("device_scale_factor", 2 if width < 600 else 1)
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        context.add_init_script(VIOLATIONS)
        made = kind(context.new_page(), at)
        made.page.on("pageerror", lambda error: made.faults.append(str(error)))
        made.page.on("request", lambda request: made.note(urlsplit(request.url)))
        visits.append(made)
        return made

    yield begin
    for each in visits:
        assert each.violations() == []
        assert each.elsewhere == []
        assert each.faults == []
        each.page.context.close()


@pytest.fixture
def own_service(tmp_path: Path) -> Iterator[Callable[..., Service]]:
    """A service for a test that stops it or sets it up in its own way."""
    started: list[Service] = []

    def start(**environment: str) -> Service:
        service = Service(tmp_path, **environment)
        service.start()
        started.append(service)
        return service

    yield start
    for service in started:
        service.stop()
