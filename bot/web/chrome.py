"""The words around the chat, in every language at once: the page changes its language without reloading."""

from __future__ import annotations

from aiohttp import hdrs, web

from bot.localization.catalogs import Catalogs
from bot.localization.locale import Locale, negotiate
from bot.text import Text, text

# Translators: the page's title in the browser's tab.
TITLE = text("page.title", "CSP onboarding assistant")
# Translators: the page's heading; short, it stands next to the choice of languages on a phone.
HEADING = text("page.heading", "Become a CSP partner")
# Translators: under the heading, on wide screens.
TAGLINE = text("page.tagline", "Find the right partner model and apply, in one conversation.")
# Translators: names the list of languages, for screen readers.
LANGUAGE = text("page.language", "Language")
# Translators: names the chat, for screen readers.
CHAT = text("page.chat", "Chat with the onboarding assistant")
# Translators: in the empty box a person types into.
PLACEHOLDER = text("page.placeholder", "Write an answer or ask a question")
# Translators: while the chat is being opened.
CONNECTING = text("page.connecting", "Connecting…")
# Translators: the connection was lost; what was written is safe.
RECONNECTING = text("page.reconnecting", "The connection was lost. Reconnecting; your answers are safe.")
# Translators: the page is open, but the chat cannot be reached, and this was the first try.
UNREACHABLE = text("page.unreachable", "The chat can't be reached at the moment. We keep trying.")
# Translators: instead of the chat, in a browser where JavaScript is switched off.
NO_SCRIPT = text("page.no-script", "This chat needs JavaScript. Please switch it on and load the page again.")
# Translators: instead of the page, for a tester whose link no longer works.
NO_TESTER = text("page.no-tester", "This link for testers is not valid any more. Please ask for a new one.")

WORDS: dict[str, Text] = {
    "title": TITLE,
    "heading": HEADING,
    "tagline": TAGLINE,
    "language": LANGUAGE,
    "chat": CHAT,
    "placeholder": PLACEHOLDER,
    "connecting": CONNECTING,
    "reconnecting": RECONNECTING,
    "unreachable": UNREACHABLE,
    "no_script": NO_SCRIPT,
}


def spoken(catalogs: Catalogs) -> dict[Locale, dict[str, str]]:
    return {locale: {name: catalogs.say(words, locale) for name, words in WORDS.items()} for locale in Locale}


def wished(request: web.Request) -> Locale:
    """The language of a page that remembers none: by its address, or by what the browser likes best."""
    accepted = request.headers.get(hdrs.ACCEPT_LANGUAGE, "")
    return negotiate(request.query.get("locale")) or preferred(accepted) or Locale.EN


def preferred(accepted: str) -> Locale | None:
    """The language of ours that a browser's `Accept-Language` likes best."""
    wishes = []
    for wish in accepted.split(","):
        tag, _, parameters = wish.partition(";")
        wishes.append((_weight(parameters), tag))
    ranked = sorted(wishes, key=lambda wish: -wish[0])
    return next((locale for weight, tag in ranked if weight > 0 and (locale := negotiate(tag))), None)


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
