"""embed.js: what a page on another site loads before anybody opens the chat."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import orjson
from aiohttp import hdrs, web

from bot.localization.catalogs import Catalogs
from bot.localization.locale import TAGS, Locale
from bot.text import Text, text
from bot.web.chrome import TITLE

SOURCE = Path(__file__).with_name("embed.js")
BLANK = "__FROM_THE_SERVER__"
#: Its address stays the same for ever, so a new release must reach a page soon.
CACHED = "public, max-age=600"

# Translators: names the round button on a partner's web page that opens the chat, for screen readers.
OPEN = text("embed.open", "Open the chat about becoming a CSP partner")
# Translators: names the button that closes the chat on a partner's web page, for screen readers.
CLOSE = text("embed.close", "Close the chat")
# Translators: instead of the chat, where a page does not let it be shown or our server cannot be reached.
FAILED = text("embed.failed", "The chat could not be opened on this page.")
# Translators: a link below "The chat could not be opened on this page."
ELSEWHERE = text("embed.elsewhere", "Open it in a new tab")

WORDS: dict[str, Text] = {
    "title": TITLE,
    "open": OPEN,
    "close": CLOSE,
    "failed": FAILED,
    "elsewhere": ELSEWHERE,
}


class EmbedScript:
    def __init__(self, catalogs: Catalogs) -> None:
        words = {
            locale.value: {name: catalogs.say(each, locale) for name, each in WORDS.items()}
            for locale in Locale
        }
        facts = orjson.dumps({"words": words, "tags": TAGS}).decode()
        self._plain = SOURCE.read_text("utf-8").replace(BLANK, facts).encode()
        self._packed = gzip.compress(self._plain, 9, mtime=0)
        self._etag = hashlib.sha256(self._plain).hexdigest()[:16]

    def add_to(self, app: web.Application) -> None:
        app.add_routes([web.get("/embed.js", self._serve)])

    async def _serve(self, request: web.Request) -> web.Response:
        packs = "gzip" in request.headers.get(hdrs.ACCEPT_ENCODING, "")
        headers = {
            hdrs.CACHE_CONTROL: CACHED,
            hdrs.ETAG: f'W/"{self._etag}"',
            hdrs.VARY: hdrs.ACCEPT_ENCODING,
            # Any page may load it; which may open the frame is said by the frame.
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if any(tag.value in ("*", self._etag) for tag in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        if packs:
            headers[hdrs.CONTENT_ENCODING] = "gzip"
        return web.Response(
            body=self._packed if packs else self._plain,
            content_type="text/javascript",
            charset="utf-8",
            headers=headers,
        )
