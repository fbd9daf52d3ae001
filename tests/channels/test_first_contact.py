"""First contact in Teams: whatever mixture of events arrives, one welcome."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from bot.channels.activity import read, understand
from bot.localization.locale import Locale
from tests.conversations.house import House, house

BOT = {"id": "28:11111111-2222-3333-4444-555555555555", "name": "CSP"}
PERSON = {"id": "29:person", "aadObjectId": "aad-1"}
INSTALLED: dict[str, Any] = {
    "type": "installationUpdate",
    "action": "add",
    "entities": [{"type": "clientInfo", "locale": "ru-RU"}],
}
UPGRADED: dict[str, Any] = {"type": "installationUpdate", "action": "add-upgrade", "locale": "ru-RU"}
BOT_ADDED: dict[str, Any] = {"type": "conversationUpdate", "membersAdded": [BOT]}
PERSON_ADDED: dict[str, Any] = {"type": "conversationUpdate", "membersAdded": [{"id": "29:person"}, BOT]}
SAYS: dict[str, Any] = {"type": "message", "text": "подать заявку", "locale": "ru-RU"}
EVENTS = (INSTALLED, BOT_ADDED, PERSON_ADDED, UPGRADED)


async def told(rooms: House, number: int, event: dict[str, Any], conversation: dict[str, Any]) -> list[str]:
    """The keys of what an event brought."""
    wire = {
        "id": f"f:{number}",
        "channelId": "msteams",
        "serviceUrl": "https://smba.example/",
        "from": PERSON,
        "recipient": BOT,
        "conversation": conversation,
        **event,
    }
    incoming = understand(read(wire), wire)
    if incoming is None:
        return []
    outcome = await rooms.conversation.take_turn(
        incoming, lambda turn: [{"type": "message", "text": reply.key} for reply in turn.replies]
    )
    return [] if outcome.seen_before else [stored.activity["text"] for stored in outcome.replies]


@pytest.mark.parametrize("kind", ["personal", "groupChat", "channel"])
@pytest.mark.parametrize("order", [*permutations(EVENTS[:3]), EVENTS * 2, EVENTS[::-1] * 2])
async def test_any_mixture_of_events_brings_one_welcome(
    order: tuple[dict[str, Any], ...], kind: str, tmp_path: Path
) -> None:
    """F1, D8: the same event delivered again included; without a language it is told in all."""
    place = {"id": "a:1", "conversationType": kind, "tenantId": "t1"}
    async with house(tmp_path) as rooms:
        heard = []
        for number, event in enumerate(order):
            heard += [await told(rooms, number, event, place) for _ in range(2)]
    welcomes = [keys for keys in heard if keys]
    in_all = ["welcome.hello"] * len(Locale)
    assert welcomes in ([["welcome.welcome"]], [["welcome.shared"]], [in_all])


@pytest.mark.parametrize("event", EVENTS)
async def test_who_has_been_answered_is_not_welcomed_afterwards(
    event: dict[str, Any], tmp_path: Path
) -> None:
    """F1: the events of an installation may come after the first message."""
    place = {"id": "a:1", "conversationType": "personal", "tenantId": "t1"}
    async with house(tmp_path) as rooms:
        assert await told(rooms, 1, SAYS, place)
        assert await told(rooms, 2, event, place) == []
