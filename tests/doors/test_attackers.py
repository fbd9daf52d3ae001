"""The attackers' list: what each gets for an answer. No answer tells a stack trace, each is safe to show."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from yarl import URL

from tests.channels.issuer import SERVICE, bearer
from tests.channels.refused_tokens import REFUSED
from tests.doors.conftest import PARTNER, SECRET, Client
from tests.doors.talking import BASE, Talk, activity, begin

pytestmark = pytest.mark.asyncio(loop_scope="module")

JSON = {"Content-Type": "application/json"}
EVIL = "https://evil.example"
GUESSED = {"Authorization": "Bearer guessed"}
ANOTHER = f"{BASE}/conversations/another"
DEEP = b'{"type":"message","value":' + b"[" * 5000 + b"]" * 5000 + b"}"
LARGE = b'{"type":"message","text":"' + b"a" * 300_000 + b'"}'
MESSAGE = b'{"type":"message","text":"hello"}'


@dataclass
class Attack:
    """A request, and the status it gets. `{id}` in its path is the attacker's own conversation."""

    told: str
    status: int
    path: str
    body: Any = None
    method: str = "POST"
    headers: dict[str, str] = field(default_factory=dict)
    #: Sent with the attacker's own, good token.
    signed: bool = False


def connector(told: str, status: int, body: Any, **headers: str) -> Attack:
    return Attack(told, status, "/api/messages", body, headers={**JSON, **headers})


def posted(told: str, status: int, body: Any, **headers: str) -> Attack:
    return Attack(told, status, "{id}/activities", body, headers={**JSON, **headers}, signed=True)


def bent(**fields: Any) -> bytes:
    return json.dumps(activity(**fields)).encode()


CONNECTOR = [
    connector("no JSON", 400, b"{"),
    connector("empty body", 400, b""),
    connector("a list", 400, b"[]"),
    connector("no activity", 400, b"{}"),
    connector("invalid UTF-8", 400, b'{"type":"\xff"}'),
    connector("NaN", 400, b'{"type":NaN}'),
    connector("nested 5,000 deep", 400, DEEP),
    connector("nested 100,000 deep", 400, b"[" * 100_000),
    connector("more than the limit", 413, LARGE),
    connector("another content type", 415, bent(), **{"Content-Type": "text/plain"}),
    connector("a form, as a foreign page can send", 415, b"a=b", **{"Content-Type": "multipart/form-data"}),
    connector("from is a text", 400, bent(**{"from": "anna"})),
    connector("conversation is a list", 400, bent(conversation=[])),
    connector("text is a number", 400, bent(text=7)),
    connector("an id of 100,000 letters", 400, bent(id="a" * 100_000)),
    connector("a number of 400 digits", 400, bent(value=888).replace(b"888", b"8" * 400)),
    connector(
        "such a number, half an emoji", 400, bent(value=888, text="\ud83d").replace(b"888", b"8" * 400)
    ),
    connector("a number out of range", 400, bent(value=888).replace(b"888", b"1e999")),
    connector("such a number beside NUL", 400, bent(value=888, text="\0").replace(b"888", b"1e999")),
    connector("half an emoji", 200, bent(text="\ud83d")),
    connector("NUL", 200, bent(text="a\0b", id="\0")),
    connector("serviceUrl elsewhere", 403, bent(serviceUrl="https://evil.example/")),
    connector("serviceUrl that looks local", 403, bent(serviceUrl="http://127.0.0.1.evil.example/")),
    connector("serviceUrl of the cloud's metadata", 403, bent(serviceUrl="http://169.254.169.254/")),
    connector("serviceUrl with a name before @", 400, bent(serviceUrl="http://127.0.0.1@evil.example/")),
    connector("serviceUrl is no address", 400, bent(serviceUrl="http://[::1")),
    connector("serviceUrl is a file", 400, bent(serviceUrl="file:///etc/passwd")),
    connector("a proxy passes a stranger on", 403, bent(), **{"X-Forwarded-For": "203.0.113.5"}),
    connector("called by another name (DNS rebinding)", 403, bent(), Host="evil.example"),
    Attack("another method", 405, "/api/messages", method="GET"),
    Attack("preflight of a foreign page", 405, "/api/messages", method="OPTIONS"),
]

DIRECT_LINE = [
    posted("no JSON", 400, b"{"),
    posted("empty body", 400, b""),
    posted("a list", 400, b"[]"),
    posted("no type", 400, b"{}"),
    posted("invalid UTF-8", 400, b'{"type":"\xff"}'),
    posted("nested 5,000 deep", 400, DEEP),
    posted("text is an object", 400, b'{"type":"message","text":{}}'),
    posted("channelData is a text", 400, b'{"type":"message","channelData":"x"}'),
    posted("an invoke", 400, b'{"type":"invoke","name":"adaptiveCard/action"}'),
    posted("a conversationUpdate", 400, b'{"type":"conversationUpdate"}'),
    posted("a number of 400 digits", 400, b'{"type":"message","text":"1","value":1' + b"0" * 400 + b"}"),
    posted("half an emoji and NUL", 200, b'{"type":"message","text":"\\ud83d\\u0000"}'),
    posted("somebody else's from.id", 200, b'{"type":"message","text":"1","from":{"id":"dl_admin"}}'),
    posted("more than the limit", 413, LARGE),
    posted("another content type", 415, MESSAGE, **{"Content-Type": "text/plain"}),
    posted("an unlisted origin", 403, MESSAGE, Origin=EVIL),
    posted("origin null", 403, MESSAGE, Origin="null"),
    posted("an origin that begins like a listed one", 403, MESSAGE, Origin=PARTNER + ".evil.example"),
    Attack("a file", 415, "{id}/upload", b"MZ", signed=True),
    Attack("no Authorization", 401, "{id}/activities", MESSAGE, headers=JSON),
    Attack("another secret", 403, f"{BASE}/tokens/generate", b"{}", headers=JSON | GUESSED),
    Attack("a token asks for a token", 403, f"{BASE}/tokens/generate", b"{}", headers=JSON, signed=True),
    Attack("another's conversation", 403, f"{ANOTHER}/activities", method="GET", signed=True),
    Attack("a message into another's", 403, f"{ANOTHER}/activities", MESSAGE, headers=JSON, signed=True),
    Attack("a stream of another's", 403, f"{ANOTHER}/stream?t={{token}}", method="GET"),
    Attack("another method", 405, "{id}/activities", method="DELETE", signed=True),
    Attack("an unknown path", 404, f"{BASE}/session/getsessionid", method="GET", signed=True),
    Attack("out of the folder", 404, f"{BASE}/../../etc/passwd", method="GET", signed=True),
    Attack("a stream without a token", 401, "{id}/stream", method="GET"),
    Attack("a stream with a made-up token", 403, "{id}/stream?t=a.b.c", method="GET"),
]

PAGES = [
    Attack(
        "a token for another site",
        403,
        "/chat/token",
        b"{}",
        headers=JSON | {"Origin": EVIL},
    ),
    Attack(
        "a token across sites", 403, "/chat/token", b"{}", headers=JSON | {"Sec-Fetch-Site": "cross-site"}
    ),
    Attack("a token by a form", 415, "/chat/token", b"a=b", headers={"Content-Type": "text/plain"}),
    Attack("a token for no JSON", 400, "/chat/token", b"{", headers=JSON),
    Attack("a token for too much", 413, "/chat/token", LARGE, headers=JSON),
    Attack("a frame on a foreign site", 403, "/embed?host=https://evil.example", method="GET"),
    Attack("out of the folder", 404, "/static/..%2f..%2fapp.py", method="GET"),
    Attack("out of the folder, twice encoded", 404, "/static/%252e%252e%252fapp.py", method="GET"),
    Attack("out of the folder by a backslash", 404, "/static/..%5capp.py", method="GET"),
    Attack("NUL in a name", 404, "/static/chat.js%00.css", method="GET"),
    Attack("the data folder", 404, "/var/bot.sqlite3", method="GET"),
    Attack("another method", 405, "/", method="DELETE"),
    Attack("TRACE", 405, "/", method="TRACE"),
    Attack("a header's end in a query", 200, "/?locale=ru%0d%0aX-Evil:1", method="GET"),
]


def told(attack: Attack) -> str:
    return f"{attack.told} -> {attack.status}"


async def carried_out(client: Client, attack: Attack, *, chunked: bool = False) -> tuple[int, str]:
    needs_talk = attack.signed or "{" in attack.path
    talk = await begin(client) if needs_talk else Talk("", "", "")
    headers = attack.headers | (talk.headers if attack.signed else {})
    data = in_pieces(attack.body) if chunked else attack.body
    path = attack.path.replace("{id}", talk.path).replace("{token}", talk.token)
    # Encoded: a client that tidies paths up is no attacker.
    url = URL(f"{str(client.make_url('/')).rstrip('/')}{path}", encoded=True)
    async with client.session.request(attack.method, url, data=data, headers=headers) as answer:
        text = await answer.text()
        must_be_safe(dict(answer.headers))
    assert "Traceback" not in text
    assert "File " not in text
    assert SECRET not in text
    return answer.status, text


async def in_pieces(body: bytes) -> Any:
    for start in range(0, len(body), 1000):
        yield body[start : start + 1000]


def must_be_safe(headers: dict[str, str]) -> None:
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert "frame-ancestors" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert {"Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"} <= set(headers)
    assert not {"Server", "X-Evil", "X-Powered-By"} & set(headers)


@pytest.mark.parametrize("attack", CONNECTOR, ids=told)
async def test_at_the_connectors_door(client: Client, attack: Attack) -> None:
    """I3"""
    assert (await carried_out(client, attack))[0] == attack.status


@pytest.mark.parametrize("attack", DIRECT_LINE, ids=told)
async def test_at_direct_lines_door(client: Client, attack: Attack) -> None:
    """I3, G1"""
    assert (await carried_out(client, attack))[0] == attack.status


@pytest.mark.parametrize("attack", PAGES, ids=told)
async def test_at_the_pages(client: Client, attack: Attack) -> None:
    """I3, G1"""
    assert (await carried_out(client, attack))[0] == attack.status


@pytest.mark.parametrize("make", [connector, posted], ids=["connector", "direct line"])
async def test_too_much_in_pieces_of_unknown_length(client: Client, make: Callable[..., Attack]) -> None:
    """I3"""
    assert (await carried_out(client, make("in pieces", 413, LARGE), chunked=True))[0] == 413


@pytest.mark.parametrize("name", REFUSED)
async def test_a_caller_with_a_bad_token(registered: Client, name: str) -> None:
    """I3"""
    given = REFUSED[name]
    headers = {} if given is None else {"Authorization": given}
    body = json.dumps(activity(channelId="msteams", serviceUrl=SERVICE))
    status, text = await carried_out(registered, connector(name, 401, body, **headers))
    assert status == 401
    assert json.loads(text)["error"]["code"] == "Unauthorized"


async def test_a_channel_with_a_good_token_is_answered(registered: Client) -> None:
    """I3"""
    body = json.dumps(activity(channelId="msteams", serviceUrl=SERVICE))
    status, text = await carried_out(registered, connector("good", 200, body, Authorization=bearer()))
    assert status == 200
    assert json.loads(text)["activities"]
