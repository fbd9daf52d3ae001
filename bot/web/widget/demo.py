"""The page that shows the embed at work: a company's site with the assistant on it, and the line to copy."""

from __future__ import annotations

import secrets

from aiohttp import hdrs, web

from bot.localization.catalogs import Catalogs
from bot.localization.locale import Locale
from bot.settings import Settings
from bot.text import Text, text
from bot.web import chrome
from bot.web.accent import is_colour
from bot.web.bundle import Assets
from bot.web.embed import is_secure
from bot.web.templating import TEMPLATES

#: The name of the company whose site it seems to be, and the colours it can be tried with.
COMPANY = "Borealis IT"
ACCENTS = ("#0b6e6e", "#0b5cad", "#8a2be2", "#c2410c", "#ffd400")
THEMES = ("auto", "light", "dark")

WORDS: dict[str, Text] = {
    # Translators: title of a page that shows how the assistant looks on a company's web site.
    "title": text("demo.title", "The assistant on your site"),
    # Translators: slogan of an invented IT company, on a page that shows how the assistant looks there.
    "slogan": text("demo.slogan", "Your cloud in good hands"),
    # Translators: below the slogan of an invented IT company.
    "lead": text(
        "demo.lead",
        "We set up Microsoft 365 and Azure for small companies and look after them for years. "
        "Other resellers are welcome to join us.",
    ),
    # Translators: heading of a part of an invented company's web page.
    "moving": text("demo.moving", "Moving to the cloud"),
    # Translators: below the heading "Moving to the cloud".
    "moving_told": text(
        "demo.moving-told", "Mail, files and calendars move over a weekend, and nothing is lost."
    ),
    # Translators: heading of a part of an invented company's web page.
    "support": text("demo.support", "Support in your language"),
    # Translators: below the heading "Support in your language".
    "support_told": text("demo.support-told", "You reach people who know your company, by phone or by mail."),
    # Translators: heading of a part of an invented company's web page.
    "partners": text("demo.partners", "Become a partner"),
    # Translators: below the heading "Become a partner"; the chat opens by a round button in the corner.
    "partners_told": text(
        "demo.partners-told", "The assistant in the corner answers questions and takes applications."
    ),
    # Translators: button that opens the chat.
    "ask": text("demo.ask", "Ask the assistant"),
    # Translators: heading above a line of HTML code to be copied.
    "snippet": text("demo.snippet", "Put the assistant on your site"),
    # Translators: below the heading "Put the assistant on your site".
    "snippet_told": text(
        "demo.snippet-told",
        "This one line does it. Whoever runs the assistant adds your site's address to ALLOWED_ORIGINS.",
    ),
    # Translators: button; copies a line of code.
    "copy_line": text("demo.copy", "Copy"),
    # Translators: on the same button, after the line was copied.
    "copied": text("demo.copied", "Copied"),
    # Translators: names the choice of the colour of the chat.
    "accent": text("demo.accent", "Colour"),
    # Translators: names the choice between a light and a dark chat.
    "theme": text("demo.theme", "Light or dark"),
    # Translators: the chat is light or dark as the computer or phone is set up.
    "auto": text("demo.auto", "As the device"),
    # Translators: the chat is light.
    "light": text("demo.light", "Light"),
    # Translators: the chat is dark.
    "dark": text("demo.dark", "Dark"),
    # Translators: button; shows the page with the chosen colours.
    "show": text("demo.show", "Show"),
    # Translators: heading above a list that fills while the chat is used.
    "events": text("demo.events", "What your page hears"),
    "language": chrome.LANGUAGE,
}


class DemoPage:
    def __init__(self, catalogs: Catalogs, assets: Assets, settings: Settings) -> None:
        self._words = {
            locale: {name: catalogs.say(each, locale) for name, each in WORDS.items()} for locale in Locale
        }
        self._assets = assets
        self._public_url = settings.public_url
        self._template = TEMPLATES.get_template("demo.html")

    def add_to(self, app: web.Application) -> None:
        app.add_routes([web.get("/demo", self._page)])

    async def _page(self, request: web.Request) -> web.Response:
        shown = chrome.wished(request)
        accent = request.query.get("accent", "").lower()
        theme = request.query.get("theme", "")
        nonce = secrets.token_urlsafe(16)
        html = self._template.render(
            nonce=nonce,
            asset=self._assets.url,
            company=COMPANY,
            locales=list(Locale),
            shown=shown,
            say=self._words[shown],
            home=self._public_url or f"{'https' if is_secure(request) else 'http'}://{request.host}",
            accents=ACCENTS,
            accent=accent if is_colour(accent) else ACCENTS[0],
            themes=THEMES,
            theme=theme if theme in THEMES else THEMES[0],
        )
        headers = {"Content-Security-Policy": _policy(nonce), hdrs.CACHE_CONTROL: "no-store"}
        return web.Response(text=html, content_type="text/html", headers=headers)


def _policy(nonce: str) -> str:
    return (
        "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; frame-src 'self'; "
        f"img-src 'self'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'"
    )
