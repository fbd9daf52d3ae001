"""What the server shows besides the bot: the chat page, what embeds it, its files, and whether it is well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import hdrs, web

from bot.localization.catalogs import Catalogs
from bot.settings import Settings
from bot.store.database import Store
from bot.web.bundle import Assets
from bot.web.embed import ChatPage, Tokens, is_secure
from bot.web.privacy import PrivacyPage
from bot.web.widget import DemoPage, EmbedScript

#: On every answer that does not say otherwise: what is no page of ours does nothing, wherever it is shown.
SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Pages:
    def __init__(
        self,
        store: Store,
        catalogs: Catalogs,
        settings: Settings,
        tokens: Tokens,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._assets = Assets(settings.data_dir / "web")
        self._parts = (
            ChatPage(catalogs, self._assets, settings, tokens, clock),
            EmbedScript(catalogs),
            DemoPage(catalogs, self._assets, settings),
            PrivacyPage(catalogs, self._assets),
        )

    def add_to(self, app: web.Application) -> None:
        app.add_routes(
            [
                web.get("/healthz", self._health),
                web.get("/readyz", self._ready),
                web.get("/static/{name}", self._assets.serve),
                web.get("/favicon.ico", self._icon),
            ]
        )
        for part in self._parts:
            part.add_to(app)
        app.on_response_prepare.append(_make_safe)

    async def _health(self, _: web.Request) -> web.Response:
        return _state("ok")

    async def _ready(self, _: web.Request) -> web.Response:
        """Whether turns can be saved. Catalogs need no question: without them nothing starts."""
        return _state("ready") if await self._store.ready() else _state("storage unavailable", 503)

    async def _icon(self, _: web.Request) -> web.Response:
        raise web.HTTPMovedPermanently(self._assets.url("favicon.svg"))


def _state(state: str, status: int = 200) -> web.Response:
    return web.json_response({"status": state}, status=status, headers={hdrs.CACHE_CONTROL: "no-store"})


async def _make_safe(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in SAFE.items():
        response.headers.setdefault(name, value)
    if is_secure(request):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    # Which server and version this is concerns nobody.
    response.headers.pop(hdrs.SERVER, None)
