"""Nothing that a client sends makes a tester: the door vouches for who somebody is."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.direct_line import posted
from bot.channels.direct_line.tokens import Pass
from bot.store.records import Stored
from bot.turn import Incoming

CLAIMS: tuple[dict[str, Any], ...] = (
    {"from": {"id": "tester"}},
    {"from": {"id": "tester", "name": "tester", "role": "tester"}},
    {"channelData": {"is_tester": True, "userId": "tester", "tools": {"keys": True}}},
    {"entities": [{"type": "tester", "id": "tester"}]},
    {"user_id": "tester", "is_tester": True, "shared": False, "state": {"tools": {"keys": True}}},
    {"value": {"press": "tester", "do": "keys", "user_id": "tester", "is_tester": True}},
    {"recipient": {"id": "tester"}, "conversation": {"id": "tester's"}, "channelId": "tester"},
)


@pytest.mark.parametrize("claim", CLAIMS, ids=str)
def test_forged_channel_data_and_senders_change_nothing_about_who_it_is(claim: dict[str, Any]) -> None:
    """E3"""
    granted = Pass("a conversation", "dl_partner", "webchat")
    kept = posted.read({"type": "message", "text": "#keys", **claim}).kept(granted)
    incoming = posted.understand(Stored("a conversation", 1, {**kept, "id": "1"}))
    assert (incoming.user_id, incoming.conversation_id) == ("dl_partner", "a conversation")
    assert incoming.channel == "webchat"
    assert not {"is_tester", "state", "tools"} & set(Incoming.model_fields)
