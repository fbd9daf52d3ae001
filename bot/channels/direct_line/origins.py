"""Which pages may talk to us from a browser, and the headers that let them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from aiohttp import hdrs, web

ALLOWED_METHODS = "GET, POST"
ALLOWED_HEADERS = "authorization, content-type, x-ms-bot-agent, x-requested-with"


class Origins:
    def __init__(self, trusted: Iterable[str], public_url: str | None) -> None:
        self._trusted = frozenset(trusted)
        self._public_host = urlsplit(public_url).netloc.lower() if public_url else None

    def allows(self, request: web.Request, among: tuple[str, ...] = ()) -> bool:
        """True for our own pages, for those the configuration lists, and where no browser asks.

        `among` are the origins a token was made for: then it is these and our own.
        """
        origin = request.headers.get(hdrs.ORIGIN, "").lower()
        if not origin or self._is_ours(request, origin):
            return True
        return origin in self._trusted and (not among or origin in among)

    def _is_ours(self, request: web.Request, origin: str) -> bool:
        # The host alone: behind a proxy that ends TLS we would take ourselves for http.
        return origin.partition("://")[2] in (request.host.lower(), self._public_host)


def grant(request: web.Request, response: web.StreamResponse) -> None:
    """CORS headers, on errors as well: without them the client sees no status at all."""
    origin = request.headers.get(hdrs.ORIGIN)
    response.headers[hdrs.VARY] = hdrs.ORIGIN
    if origin:
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = origin
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_METHODS] = ALLOWED_METHODS
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_HEADERS] = ALLOWED_HEADERS
        response.headers[hdrs.ACCESS_CONTROL_MAX_AGE] = "600"
