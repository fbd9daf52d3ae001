"""The page that tells what happens to people's data, for those who want to know before they chat."""

from __future__ import annotations

import secrets

from aiohttp import hdrs, web

from bot.domain.privacy_texts import TITLE, paragraphs
from bot.localization.catalogs import Catalogs
from bot.localization.locale import Locale
from bot.store.records import DRAFT_KEPT
from bot.web import chrome
from bot.web.bundle import Assets
from bot.web.templating import TEMPLATES


class PrivacyPage:
    def __init__(self, catalogs: Catalogs, assets: Assets) -> None:
        self._catalogs = catalogs
        self._assets = assets
        self._template = TEMPLATES.get_template("privacy.html")

    def add_to(self, app: web.Application) -> None:
        app.add_routes([web.get("/privacy", self._page)])

    async def _page(self, request: web.Request) -> web.Response:
        shown = chrome.wished(request)
        nonce = secrets.token_urlsafe(16)
        html = self._template.render(
            nonce=nonce,
            asset=self._assets.url,
            locales=list(Locale),
            shown=shown,
            title=self._catalogs.say(TITLE, shown),
            language=self._catalogs.say(chrome.LANGUAGE, shown),
            paragraphs=[self._catalogs.say(each, shown) for each in paragraphs(DRAFT_KEPT.days)],
        )
        headers = {
            "Content-Security-Policy": (
                "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                f"img-src 'self'; style-src 'nonce-{nonce}'"
            ),
            hdrs.CACHE_CONTROL: "no-cache",
            hdrs.VARY: hdrs.ACCEPT_LANGUAGE,
        }
        return web.Response(text=html, content_type="text/html", headers=headers)
