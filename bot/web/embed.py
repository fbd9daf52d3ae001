"""The web chat page: real Web Chat, served by us, talking to our own Direct Line."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from datetime import datetime
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

import jinja2
import orjson
from aiohttp import hdrs, web

from bot.limits import Rate, RateLimit
from bot.localization.catalogs import Catalogs
from bot.localization.locale import Locale, negotiate
from bot.settings import Settings
from bot.web import chrome
from bot.web.bundle import Assets
from bot.web.visitors import Visitors

#: The cookie in which the page keeps the language that was chosen.
LANGUAGE = "language"

#: For each address; an office of many behind one address is still let in.
TOKENS = Rate(burst=60, per_second=1)

#: The hash of an empty style, which Web Chat makes without a nonce.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


class Tokens(Protocol):
    """Who makes Direct Line tokens for the page."""

    def issue(self, user_id: str, conversation_id: str, locale: str | None) -> dict[str, object]: ...


class ChatPage:
    def __init__(
        self,
        catalogs: Catalogs,
        assets: Assets,
        settings: Settings,
        tokens: Tokens,
        clock: Callable[[], datetime],
    ) -> None:
        self._words = chrome.spoken(catalogs)
        self._assets = assets
        self._tokens = tokens
        self._visitors = Visitors(settings.direct_line_secret, clock)
        self._public_host = urlsplit(settings.public_url or "").netloc.lower()
        self._limit = RateLimit(TOKENS)
        loader = jinja2.PackageLoader("bot.web")
        self._template = jinja2.Environment(loader=loader, autoescape=True).get_template("embed.html")

    def add_to(self, app: web.Application) -> None:
        app.add_routes([web.get("/", self._page), web.post("/chat/token", self._token)])

    async def _page(self, request: web.Request) -> web.Response:
        known = negotiate(request.query.get("locale")) or negotiate(request.cookies.get(LANGUAGE))
        shown = known or chrome.preferred(request.headers.get(hdrs.ACCEPT_LANGUAGE, "")) or Locale.EN
        nonce = secrets.token_urlsafe(16)
        html = self._template.render(
            nonce=nonce,
            asset=self._assets.url,
            locales=list(Locale),
            shown=shown,
            say=self._words[shown],
            page=self._for_script(known, shown),
        )
        headers = {"Content-Security-Policy": policy(nonce, request), hdrs.CACHE_CONTROL: "no-store"}
        return web.Response(text=html, content_type="text/html", headers=headers)

    def _for_script(self, known: Locale | None, shown: Locale) -> dict[str, Any]:
        return {
            "known": known is not None,
            "shown": shown.value,
            "names": {locale.value: locale.native for locale in Locale},
            "words": {locale.value: words for locale, words in self._words.items()},
        }

    async def _token(self, request: web.Request) -> web.Response:
        if not self._from_our_page(request):
            return _refusal(403, "BadOrigin", "Only the chat page may ask for a token here.")
        if seconds := self._limit.wait(_address(request)):
            response = _refusal(429, "TooManyRequests", "Too many requests; try again later.")
            response.headers[hdrs.RETRY_AFTER] = str(math.ceil(seconds))
            return response
        try:
            body = orjson.loads(await request.read() or b"{}")
        except orjson.JSONDecodeError:
            return _refusal(400, "BadSyntax", "The body is not JSON.")
        if not isinstance(body, dict):
            return _refusal(400, "BadArgument", "The body is not a JSON object.")
        locale = negotiate(body.get("locale"))
        visitor = self._visitors.of(request)
        response = _json(self._tokens.issue(visitor.user_id, visitor.conversation_id, locale))
        self._visitors.remember(visitor, response, secure=is_secure(request))
        return response

    def _from_our_page(self, request: web.Request) -> bool:
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return False
        scheme, separator, host = request.headers.get(hdrs.ORIGIN, "").lower().partition("://")
        return host in (request.host.lower(), self._public_host) if separator else not scheme


def _address(request: web.Request) -> str:
    """Whose request it is; where a neighbour passed it on, the neighbour's word is taken."""
    remote = request.remote or ""
    passed_on = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return passed_on if passed_on and _is_near(remote) else remote


def _is_near(address: str) -> bool:
    try:
        return ip_address(address).is_private
    except ValueError:
        return False


def is_secure(request: web.Request) -> bool:
    """Whether the browser speaks TLS, be it to us or to a proxy before us."""
    return request.secure or request.headers.get("X-Forwarded-Proto", "").lower() == "https"


def policy(nonce: str, request: web.Request) -> str:
    """Nothing but what comes from us; the socket is named for browsers to which 'self' does not mean it."""
    socket = ("wss://" if is_secure(request) else "ws://") + request.host
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
        f"connect-src 'self' blob: {socket}; img-src 'self' blob: data:; "
        f"script-src 'self' 'nonce-{nonce}'; style-src 'nonce-{nonce}' {EMPTY_STYLE}"
    )


def _json(body: object, status: int = 200) -> web.Response:
    headers = {hdrs.CACHE_CONTROL: "no-store"}
    return web.Response(
        body=orjson.dumps(body), status=status, content_type="application/json", headers=headers
    )


def _refusal(status: int, code: str, message: str) -> web.Response:
    return _json({"error": {"code": code, "message": message}}, status)
