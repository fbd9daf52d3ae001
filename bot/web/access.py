"""Who called, as a proxy tells it, and what the log keeps of a call: no query, which may hold a token."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class AccessLog(AbstractAccessLogger):
    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        self.logger.info("%s %s %d %.0f ms", request.method, request.path, response.status, time * 1000)

    @property
    def enabled(self) -> bool:
        return self.logger.isEnabledFor(logging.INFO)


@web.middleware
async def behind_proxy(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Takes a proxy's word for scheme and address, where the proxy is a neighbour of ours."""
    forwarded_for = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    scheme = request.headers.get("X-Forwarded-Proto", "").rpartition(",")[2].strip().lower()
    if (forwarded_for or scheme) and _is_near(request.remote):
        scheme = scheme if scheme in ("http", "https") else request.scheme
        request = request.clone(scheme=scheme, remote=forwarded_for or request.remote or "")
    return await handler(request)


def _is_near(address: str | None) -> bool:
    try:
        return address is not None and ip_address(address).is_private
    except ValueError:
        return False
