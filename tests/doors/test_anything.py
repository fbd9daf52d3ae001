"""Whatever comes in as an activity, an honest answer or a refusal goes out, and no turn stumbles."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.doors.conftest import Client
from tests.doors.talking import activity, begin

pytestmark = pytest.mark.asyncio(loop_scope="module")

ANYTHING = settings(
    max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
#: Text with what breaks encodings: half an emoji, NUL, signs that turn the line around.
WORDS = st.text(
    st.characters(codec=None) | st.sampled_from("\0\ud83d\udc00\u202e\u200b\ufeff<&*[]()"), max_size=40
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
KINDS = st.sampled_from(
    ["message", "event", "invoke", "typing", "conversationUpdate", "installationUpdate", "messageReaction"]
)
ADDRESSES = st.sampled_from(["http://127.0.0.1:1", "http://[::1", "http://a@127.0.0.1", "https://10.0.0.1/"])
PRESSES = st.fixed_dictionaries({"press": WORDS | VALUES}, optional={"step": VALUES, "nonce": VALUES})
ACCOUNTS = st.fixed_dictionaries({}, optional={"id": WORDS | VALUES, "name": VALUES, "role": VALUES})
ENTITIES = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["mention", "clientInfo"])},
        optional={"mentioned": ACCOUNTS | VALUES, "text": VALUES, "locale": VALUES},
    )
    | VALUES,
    max_size=3,
)
ATTACHMENTS = st.lists(
    st.fixed_dictionaries({}, optional={"contentType": st.just("text/html") | VALUES, "content": VALUES})
    | VALUES,
    max_size=2,
)
#: What an activity may be bent to, field by field.
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "type": KINDS | VALUES,
    "id": WORDS | VALUES,
    "channelId": st.sampled_from(["emulator", "msteams", "webchat"]) | VALUES,
    "serviceUrl": ADDRESSES | VALUES,
    "conversation": st.fixed_dictionaries(
        {"id": st.just("talk") | WORDS}, optional={"conversationType": VALUES, "isGroup": VALUES}
    )
    | VALUES,
    "from": ACCOUNTS | VALUES,
    "recipient": ACCOUNTS | VALUES,
    "name": st.sampled_from(["webchat/join", "adaptiveCard/action"]) | VALUES,
    "action": st.sampled_from(["add", "remove"]) | VALUES,
    "text": WORDS | VALUES,
    "textFormat": st.just("xml") | VALUES,
    "locale": st.sampled_from(["ru", "zh-Hant-TW", "zh_TW", ""]) | VALUES,
    "value": PRESSES | VALUES,
    "attachments": ATTACHMENTS | VALUES,
    "entities": ENTITIES | VALUES,
    "membersAdded": st.lists(ACCOUNTS, max_size=3) | VALUES,
    "channelData": st.dictionaries(st.sampled_from(["clientActivityID", "tenant", "postBack"]), VALUES)
    | VALUES,
    "deliveryMode": st.just("expectReplies") | VALUES,
}
BENT = st.fixed_dictionaries({}, optional=FIELDS)


def must_be_well(status: int, text: str, caplog: pytest.LogCaptureFixture) -> None:
    assert 200 <= status < 300 or 400 <= status < 500 or status == 501, (status, text)
    assert "Traceback" not in text
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


@ANYTHING
@given(bent=BENT)
async def test_at_the_connectors_door(
    client: Client, caplog: pytest.LogCaptureFixture, bent: dict[str, Any]
) -> None:
    """I3"""
    body = json.dumps(activity(**bent))
    async with client.post(
        "/api/messages", data=body, headers={"Content-Type": "application/json"}
    ) as answer:
        must_be_well(answer.status, await answer.text(), caplog)


@ANYTHING
@given(bent=BENT)
async def test_at_direct_lines_door(
    client: Client, caplog: pytest.LogCaptureFixture, bent: dict[str, Any]
) -> None:
    """I3"""
    talk = await begin(client)
    headers = talk.headers | {"Content-Type": "application/json"}
    body = json.dumps({"type": "message", "text": "hello", **bent})
    async with client.post(f"{talk.path}/activities", data=body, headers=headers) as answer:
        must_be_well(answer.status, await answer.text(), caplog)
    # The next one is answered, so the turn before it is over and stumbled over nothing.
    said = json.dumps({"type": "message", "text": "hello"})
    async with client.post(f"{talk.path}/activities", data=said, headers=headers) as answer:
        must_be_well(answer.status, await answer.text(), caplog)
    async with client.get(f"{talk.path}/activities", headers=headers) as answer:
        must_be_well(answer.status, await answer.text(), caplog)


@ANYTHING
@given(body=st.binary(max_size=200) | VALUES.map(lambda value: json.dumps(value).encode()))
@pytest.mark.parametrize("path", ["/api/messages", "/chat/token", "/v3/directline/conversations"])
async def test_any_bytes_at_any_door(
    client: Client, caplog: pytest.LogCaptureFixture, path: str, body: bytes
) -> None:
    """I3"""
    async with client.post(path, data=body, headers={"Content-Type": "application/json"}) as answer:
        must_be_well(answer.status, await answer.text(), caplog)
