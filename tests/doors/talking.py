"""What honest clients send, for hostile ones to bend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.doors.conftest import SECRET, Client

BASE = "/v3/directline"


def activity(**fields: Any) -> dict[str, Any]:
    """A message of the Emulator, answered in the answer to it."""
    return {
        "type": "message",
        "id": "line",
        "channelId": "emulator",
        "serviceUrl": "http://127.0.0.1:1",
        "conversation": {"id": "talk"},
        "from": {"id": "anna"},
        "recipient": {"id": "bot"},
        "deliveryMode": "expectReplies",
        "text": "hello",
        **fields,
    }


@dataclass(frozen=True, slots=True)
class Talk:
    """A Direct Line conversation that was started."""

    id: str
    token: str
    #: With the stream's own token.
    stream: str

    @property
    def path(self) -> str:
        return f"{BASE}/conversations/{self.id}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


async def begin(client: Client) -> Talk:
    secret = {"Authorization": f"Bearer {SECRET}"}
    made = await (await client.post(f"{BASE}/tokens/generate", headers=secret)).json()
    headers = {"Authorization": f"Bearer {made['token']}"}
    started = await (await client.post(f"{BASE}/conversations", headers=headers)).json()
    stream = started["streamUrl"].partition("/v3/")[2]
    return Talk(started["conversationId"], started["token"], f"/v3/{stream}")
