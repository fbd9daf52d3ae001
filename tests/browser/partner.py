"""A partner's web site on another host than ours, with the assistant on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import FrameLocator, Locator, expect

from tests.browser.conftest import Visit
from tests.serving import Service

#: What the site's own policy allows: the line it has copied, and the frame that this opens.
POLICY = "default-src 'none'; script-src {bot}; frame-src {bot}; style-src 'none'"

PAGE = """<!doctype html><html lang="{lang}"><head><title>A partner</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script src="{bot}/embed.js"{attributes} async></script></head>
<body><header><h1>A partner</h1></header><main><p>What we do.</p><a href="#more" id="link">More</a>
<p id="more">We do it well.</p></main></body></html>"""


@dataclass
class Site:
    """Each of its pages is made from the query: `bot`, `lang`, and data attributes by their names."""

    origin: str

    def url(self, bot: str, lang: str = "", **data: str) -> str:
        asked = "&".join(
            f"{name}={value}" for name, value in {"bot": bot, "lang": lang, **data}.items()
        ).replace("#", "%23")
        return f"{self.origin}/?{asked}"


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:  # the name is the library's
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        bot, lang = asked.pop("bot", ""), asked.pop("lang", "")
        attributes = "".join(f' data-{name}="{value}"' for name, value in asked.items())
        self.send_response(200 if bot else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY.format(bot=bot))
        self.end_headers()
        if bot:
            self.wfile.write(PAGE.format(lang=lang, bot=bot, attributes=attributes).encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def partner_site() -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Page)
    Thread(target=server.serve_forever, daemon=True).start()
    # Another name than the bot's: for a browser it is another site, which shares no cookies with it.
    yield Site(f"http://localhost:{server.server_port}")
    server.shutdown()
    server.server_close()


class Guest(Visit):
    """One person's browser on a partner's page, where the chat is in a frame."""

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("csp-assistant iframe")

    @property
    def hosts(self) -> set[str]:
        return super().hosts | {urlsplit(self.page.url).netloc or "localhost"} | self.neighbours

    neighbours: frozenset[str] = frozenset()

    @property
    def bubble(self) -> Locator:
        return self.page.locator("csp-assistant .bubble")

    @property
    def panel(self) -> Locator:
        return self.page.locator("csp-assistant [role=dialog]")

    def go(self, site: Site, **asked: str) -> None:
        self.neighbours = frozenset({urlsplit(site.origin).netloc})
        self.page.goto(site.url(self.service.url, **asked))
        expect(self.bubble).to_be_visible()

    def begin_chat(self) -> None:
        self.bubble.click()
        expect(self.bot_bubbles().first).to_be_visible()

    def focused(self) -> str:
        """What has the focus: an element of the page, the bubble, the closing button or the frame."""
        return str(
            self.page.evaluate(
                """() => { const root = document.querySelector("csp-assistant");
                const { activeElement } = document;
                const found = activeElement === root ? root.shadowRoot.activeElement : activeElement;
                return found.className || found.id || found.localName; }"""
            )
        )


def allowed(site: Site) -> dict[str, str]:
    """Under its own name it is another site than ours; under our address it is ours at another port."""
    return {"ALLOWED_ORIGINS": f"{site.origin}, {site.origin.replace('localhost', '127.0.0.1')}"}


__all__ = ["Guest", "Service", "Site", "allowed", "partner_site"]
