"""The web chat page, alone or in a frame on another site: real Web Chat, talking to our own Direct Line."""

from __future__ import annotations

import asyncio
import math
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

import orjson
from aiohttp import hdrs, web

from bot.limits import Rate, RateLimit, whose
from bot.localization.catalogs import Catalogs
from bot.localization.locale import Locale, negotiate
from bot.settings import Settings
from bot.testers import Testers
from bot.web import accent, chrome
from bot.web.bundle import Assets
from bot.web.templating import TEMPLATES
from bot.web.visitors import COOKIE, Visitors

#: The cookie in which the page keeps the language that was chosen.
LANGUAGE = "language"

#: For each address; an office of many behind one address is still let in.
TOKENS = Rate(burst=60, per_second=1)

#: When the dark colours are shown, by the scheme that the page around a frame asks for.
DARK_WHEN = {"dark": "all", "light": "not all"}
DARK_PREFERRED = "(prefers-color-scheme: dark)"

#: The hash of an empty style, which Web Chat makes without a nonce.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

#: Seconds for a body to arrive.
ARRIVAL = 15.0


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
        self._say = catalogs.say
        self._words = chrome.spoken(catalogs)
        self._assets = assets
        self._tokens = tokens
        self._visitors = Visitors(settings.direct_line_secret, clock)
        self._testers = Testers(settings.testers, settings.direct_line_secret, clock)
        self._public_host = urlsplit(settings.public_url or "").netloc.lower()
        self._allowed = settings.allowed_origins
        self._limit = RateLimit(TOKENS)
        self._proxies = settings.trusted_proxies
        self._template = TEMPLATES.get_template("embed.html")

    def add_to(self, app: web.Application) -> None:
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/embed", self._frame),
                web.post("/chat/token", self._token),
                web.options("/chat/token", self._preflight),
            ]
        )

    async def _page(self, request: web.Request) -> web.Response:
        if (link := request.query.get("tester")) is not None:
            return self._admitted(request, link)
        return self._shown(request, self._looks(request), frame=None)

    def _admitted(self, request: web.Request, link: str) -> web.Response:
        """Makes a tester of whoever opens a tester's link, and takes the link out of the address."""
        user_id = self._testers.admit(link)
        if user_id is None:
            said = self._say(chrome.NO_TESTER, self._language(request)[1])
            return web.Response(text=said, status=403, headers={hdrs.CACHE_CONTROL: "no-store"})
        response = web.Response(status=303, headers={hdrs.LOCATION: "/", hdrs.CACHE_CONTROL: "no-store"})
        self._visitors.remember(self._visitors.new(user_id), response, secure=is_secure(request))
        return response

    @staticmethod
    def _language(request: web.Request) -> tuple[Locale | None, Locale]:
        """The language that was chosen, if one was, and the one to show."""
        known = negotiate(request.query.get("locale")) or negotiate(request.cookies.get(LANGUAGE))
        preferred = chrome.preferred(request.headers.get(hdrs.ACCEPT_LANGUAGE, ""))
        return known, known or preferred or Locale.EN

    async def _frame(self, request: web.Request) -> web.Response:
        """The page in the frame that embed.js opens. `host` is the origin it stands in."""
        host = request.query.get("host", "").lower()
        if not (host in self._allowed or self._is_ours(request, host)):
            raise web.HTTPForbidden(text="This site is not among those that may embed the assistant.")
        frame = {"host": host, "insists": request.query.get("switch") == "1"}
        return self._shown(request, self._looks(request), frame)

    def _shown(
        self, request: web.Request, looks: dict[str, Any], frame: dict[str, Any] | None
    ) -> web.Response:
        known, shown = self._language(request)
        nonce = secrets.token_urlsafe(16)
        html = self._template.render(
            nonce=nonce,
            asset=self._assets.url,
            locales=list(Locale),
            shown=shown,
            say=self._words[shown],
            page=self._for_script(known, shown) | {"frame": frame},
            framed=frame is not None,
            **looks,
        )
        ancestors = " ".join(("'self'", *(self._allowed if frame else ())))
        headers = {
            "Content-Security-Policy": policy(nonce, request, ancestors),
            hdrs.CACHE_CONTROL: "no-store",
        }
        return web.Response(text=html, content_type="text/html", headers=headers)

    @staticmethod
    def _looks(request: web.Request) -> dict[str, Any]:
        """The colours that the page around a frame asks for: light or dark, and its accent."""
        given = request.query.get("accent", "").lower()
        scheme = request.query.get("theme", "")
        dark_when = DARK_WHEN.get(scheme, DARK_PREFERRED)
        # The later one wins where both are shown.
        surfaces = (("all", accent.LIGHT), (dark_when, accent.DARK)) if accent.is_colour(given) else ()
        return {
            "dark_when": dark_when,
            "scheme": scheme if scheme in DARK_WHEN else "light dark",
            "accents": [(when, accent.shades(given, surface)) for when, surface in surfaces],
        }

    def _for_script(self, known: Locale | None, shown: Locale) -> dict[str, Any]:
        return {
            "known": known is not None,
            "shown": shown.value,
            "names": {locale.value: locale.native for locale in Locale},
            "words": {locale.value: words for locale, words in self._words.items()},
        }

    async def _token(self, request: web.Request) -> web.Response:
        """A token for whom the cookie names, or `visitor` in the body: who sends that gets no cookie."""
        if not self._may_ask(request):
            return _refusal(
                403, "BadOrigin", "Only the chat page and allowed sites may ask for a token here."
            )
        address = whose(request.remote, request.headers.get("X-Forwarded-For", ""), self._proxies)
        if seconds := self._limit.wait(address):
            response = _refusal(429, "TooManyRequests", "Too many requests; try again later.")
            response.headers[hdrs.RETRY_AFTER] = str(math.ceil(seconds))
            return self._readable(request, response)
        if request.body_exists and request.content_type != "application/json":
            wanted = "The body must be application/json."
            return self._readable(request, _refusal(415, "UnsupportedMediaType", wanted))
        try:
            async with asyncio.timeout(ARRIVAL):
                body = orjson.loads(await request.read() or b"{}")
        except TimeoutError:
            return self._readable(request, _refusal(408, "RequestTimeout", "The body came too slowly."))
        except orjson.JSONDecodeError:
            return self._readable(request, _refusal(400, "BadSyntax", "The body is not JSON."))
        if not isinstance(body, dict):
            return self._readable(request, _refusal(400, "BadArgument", "The body is not a JSON object."))
        locale = negotiate(body.get("locale"))
        kept = body.get("visitor")
        visitor = self._visitors.of(kept if isinstance(kept, str) else request.cookies.get(COOKIE, ""))
        grant = self._tokens.issue(visitor.user_id, visitor.conversation_id, locale)
        if isinstance(kept, str):
            return self._readable(request, _json(grant | {"visitor": self._visitors.signed(visitor)}))
        response = _json(grant)
        framed = body.get("framed") is True
        self._visitors.remember(visitor, response, secure=is_secure(request), framed=framed)
        return self._readable(request, response)

    async def _preflight(self, request: web.Request) -> web.Response:
        """Before a page of an allowed site asks for a token."""
        if not self._may_ask(request):
            return _refusal(
                403, "BadOrigin", "Only the chat page and allowed sites may ask for a token here."
            )
        response = web.Response(status=204)
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_METHODS] = hdrs.METH_POST
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_HEADERS] = "content-type"
        return self._readable(request, response)

    def _may_ask(self, request: web.Request) -> bool:
        origin = request.headers.get(hdrs.ORIGIN, "").lower()
        if origin in self._allowed:
            return True
        if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
            return False
        return not origin or self._is_ours(request, origin)

    def _is_ours(self, request: web.Request, origin: str) -> bool:
        # The host alone: behind a proxy that ends TLS we would take ourselves for http.
        return origin.partition("://")[2] in (request.host.lower(), self._public_host or None)

    def _readable(self, request: web.Request, response: web.Response) -> web.Response:
        """Lets a page of an allowed site read the answer."""
        origin = request.headers.get(hdrs.ORIGIN, "").lower()
        response.headers[hdrs.VARY] = hdrs.ORIGIN
        if origin in self._allowed:
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = origin
        return response


def is_secure(request: web.Request) -> bool:
    """Whether the browser speaks TLS, be it to us or to a proxy before us."""
    return request.secure or request.headers.get("X-Forwarded-Proto", "").lower() == "https"


def policy(nonce: str, request: web.Request, ancestors: str) -> str:
    """Nothing but what comes from us; the socket is named for browsers to which 'self' does not mean it."""
    socket = ("wss://" if is_secure(request) else "ws://") + request.host
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {ancestors}; "
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
