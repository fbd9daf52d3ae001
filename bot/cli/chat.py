"""`python -m bot chat`: talk to the assistant in a terminal; everything is kept as on any other channel."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import orjson

import dialogs
from bot.channels.rendering import Renderer
from bot.cli.opening import opened_store
from bot.cli.sections import shelves
from bot.conversation import Conversation, Outcome
from bot.knowledge.documentation.passages import Offer, nothing
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from bot.localization.pseudo import TAG as PSEUDO
from bot.settings import ConfigurationError, Settings
from bot.turn import Incoming, Turn

CHANNEL = "console"


class Console:
    """One person at a terminal, in one conversation that goes on from where it was left."""

    def __init__(self, conversation: Conversation, renderer: Renderer, user: str, locale: str | None) -> None:
        self._conversation = conversation
        self._renderer = renderer
        self._user = user
        self._locale = locale

    async def join(self) -> Outcome:
        return await self._take("join", "")

    async def say(self, words: str) -> Outcome:
        return await self._take("message", words)

    async def _take(self, kind: Any, words: str) -> Outcome:
        incoming = Incoming(
            activity_id=uuid4().hex,
            conversation_id=f"{CHANNEL}:{self._user}",
            user_id=f"{CHANNEL}:{self._user}",
            channel=CHANNEL,
            kind=kind,
            text=words,
            locale=self._locale,
        )
        return await self._conversation.take_turn(incoming, self._render)

    def _render(self, turn: Turn) -> list[dict[str, Any]]:
        spoken = [(self._renderer.voice(turn, reply), reply) for reply in turn.replies]
        return [
            {
                "type": "message",
                "key": reply.key,
                "text": "\n\n".join(filter(None, (voice.plain(reply), reply.note))),
                "choices": [voice.label(choice) for choice in reply.choices],
            }
            for voice, reply in spoken
        ]


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot chat", description=__doc__)
    languages = [*(each.value for each in Locale), PSEUDO]
    parser.add_argument("--locale", choices=languages, help="the language to begin in")
    parser.add_argument("--user", default="me", help="who is talking; the same name finds its draft again")
    parser.add_argument("--json", action="store_true", help="print one JSON object a turn")
    chosen = parser.parse_args(arguments)
    try:
        settings = Settings.read(os.environ)
        documentation = shelves(os.environ)
        offer = documentation.offer if documentation else nothing
        asyncio.run(_chat(settings, chosen.user, chosen.locale, chosen.json, offer))
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


async def _chat(settings: Settings, user: str, locale: str | None, as_json: bool, offer: Offer) -> None:
    catalogs = Catalogs.load(LOCALES)
    async with opened_store(settings) as store:
        assistant = dialogs.build(catalogs, settings.contact, offer)
        # Whoever can start this program may as well see its pseudo-locale.
        testers = (*settings.testers, f"{CHANNEL}:{user}")
        conversation = Conversation(store, assistant, lambda: datetime.now(UTC), testers)
        console = Console(conversation, Renderer(catalogs), user, locale)
        if not as_json:
            _print_text(await console.join())
        while line := await asyncio.to_thread(sys.stdin.readline):
            words = line.rstrip("\r\n")
            outcome = await console.say(words)
            if as_json:
                _print_json(words, outcome)
            else:
                _print_text(outcome)


def _print_json(words: str, outcome: Outcome) -> None:
    replies = [
        {name: stored.activity[name] for name in ("key", "text", "choices")} for stored in outcome.replies
    ]
    turn = {"say": words, "replies": replies, "locale": outcome.locale}
    sys.stdout.buffer.write(orjson.dumps(turn) + b"\n")
    sys.stdout.buffer.flush()


def _print_text(outcome: Outcome) -> None:
    for stored in outcome.replies:
        print(stored.activity["text"])
        for choice in stored.activity["choices"]:
            print(f"  [{choice}]")
        print()
    sys.stdout.flush()
