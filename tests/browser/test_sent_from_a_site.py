"""An application that is really sent from a partner's page, and what the two tell each other."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.request import Request, urlopen

from playwright.sync_api import expect

from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from dialogs import move
from tests.browser.conftest import Visit
from tests.browser.partner import Guest, Service, allowed, partner_site
from tests.conversations.scripts import script_of
from tests.conversations.talking import rehearse

SAY = Catalogs.load(LOCALES).say
WHERE = "https://www.partner.example/become-a-partner"
LISTEN = "window.heard = []; CspAssistant.on('submitted', (details) => heard.push(details)); null"


def test_a_page_says_where_it_stands_and_hears_what_was_really_sent(
    visit: Callable[..., Visit], own_service: Callable[..., Service], tmp_path: Path
) -> None:
    """G1: `data-page` is in what the bot has received, `submitted` is told once and with the right number"""
    with partner_site() as site:
        service = own_service(**allowed(site))
        *filled_in, send, agree = _lines("indirect_taiwan", tmp_path / "rehearsal")
        applicant = Chat.begin(service)
        for words in [*filled_in, "give me a code"]:
            applicant.say(words)
        code = applicant.wait_for(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")

        person = cast(Guest, visit(at=service, kind=Guest))
        person.go(site, lang="en", page=WHERE)
        person.page.evaluate(LISTEN)
        with person.page.expect_response("**/chat/token") as granted:
            person.begin_chat()
        theirs = Chat(service, granted.value.json())
        joins = [each for each in theirs.history() if each.get("name") == "webchat/join"]
        assert [each["value"]["page"] for each in joins] == [WHERE]

        person.say(code)
        expect(person.bot_bubbles().filter(has_text=SAY(move.HERE, Locale.EN))).to_be_visible()
        person.say(send)
        expect(person.user_bubbles()).to_have_text([code, send])
        assert person.page.evaluate("heard") == []
        person.say(agree)
        number = theirs.wait_for(r"\bCSP(?:-[0-9A-Z]{4}){3}\b")
        expect(person.bot_bubbles().filter(has_text=number)).not_to_have_count(0)
        # Long enough for a second time, too.
        person.page.wait_for_timeout(500)
        assert person.page.evaluate("heard") == [{"reference": number}]
        # Who comes back is told the conversation again, and the page hears nothing.
        person.page.reload()
        person.page.evaluate(LISTEN)
        expect(person.bot_bubbles().filter(has_text=number)).not_to_have_count(0)
        person.page.wait_for_timeout(500)
        assert person.page.evaluate("heard") == []


def _lines(script: str, folder: Path) -> list[str]:
    """What is said from the beginning until the application is sent."""
    # In a thread of its own: in this one Playwright's event loop is running.
    with ThreadPoolExecutor(1) as thread:
        rehearsal = thread.submit(asyncio.run, rehearse(script_of(script), Locale.EN, folder)).result()
    return [line.words for line in rehearsal.lines]


@dataclass
class Chat:
    """A web chat without a browser, by the token that the chat page gets."""

    service: Service
    grant: dict[str, Any]

    @classmethod
    def begin(cls, service: Service) -> Chat:
        chat = cls(service, _call(f"{service.url}/chat/token", {"locale": "en"}))
        chat._ask("", {})
        return chat

    def say(self, words: str) -> None:
        message = {"type": "message", "text": words, "locale": "en", "from": {"id": "me"}}
        self._ask(f"/{self.grant['conversationId']}/activities", message)

    def history(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._ask(f"/{self.grant['conversationId']}/activities")["activities"]
        return found

    def wait_for(self, pattern: str) -> str:
        """What the bot's words have of this form."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            theirs = (each for each in self.history() if each["from"].get("role") == "bot")
            said = [each.get("text") or each.get("summary", "") for each in theirs]
            if found := re.search(pattern, "\n".join(said)):
                return found[0]
            time.sleep(0.05)
        raise AssertionError(f"{pattern} was not said: {said[-3:]}")

    def _ask(self, path: str, body: object = None) -> dict[str, Any]:
        return _call(f"{self.service.url}/v3/directline/conversations{path}", body, self.grant["token"])


def _call(url: str, body: object = None, token: str = "") -> dict[str, Any]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    content = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, content, headers), timeout=20) as answer:
        return cast(dict[str, Any], json.load(answer))
