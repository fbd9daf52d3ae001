"""Secret, tokens and origins: who may do what."""

from __future__ import annotations

import asyncio
import base64
import json
import string
from pathlib import Path
from typing import Any

import jwt
import pytest

from tests.channels.direct_line.house import BASE, SECRET, House


def payload(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))


async def test_the_secret_generates_a_token_of_one_conversation_and_one_user(house: House) -> None:
    """G1"""
    grant = await house.token()
    assert set(grant) == {"conversationId", "token", "expires_in"}
    assert grant["expires_in"] >= 1800
    assert set(grant["conversationId"]) <= set(string.ascii_letters + string.digits + "_-.~")
    assert payload(grant["token"])["user"].startswith("dl_")


async def test_generating_a_token_starts_nothing(house: House) -> None:
    grant = await house.token()
    status, _ = await house.ask("GET", f"/conversations/{grant['conversationId']}", grant["token"])
    assert status == 404
    assert house.bot.turns == []


@pytest.mark.parametrize("body", [{"user": {"id": "dl_abc"}}, {"User": {"Id": "dl_abc", "Name": "Ольга"}}])
async def test_the_caller_names_the_user_in_any_case(house: House, body: dict[str, Any]) -> None:
    assert payload((await house.token(**body))["token"])["user"] == "dl_abc"


@pytest.mark.parametrize(
    "body",
    [
        {"user": {"id": "abc"}},
        {"user": {"id": 7}},
        {"user": {"id": "dl_a b"}},
        {"user": "dl_abc"},
        {"trustedOrigins": "https://a.example"},
        {"trustedOrigins": [1]},
    ],
)
async def test_a_user_or_origin_that_cannot_be_is_refused(house: House, body: dict[str, Any]) -> None:
    status, answer = await house.ask("POST", "/tokens/generate", SECRET, body)
    assert (status, answer["error"]["code"]) == (400, "BadArgument")


async def test_a_token_generates_no_tokens(house: House) -> None:
    grant = await house.token()
    status, _ = await house.ask("POST", "/tokens/generate", grant["token"])
    assert status == 403


async def test_a_token_is_refreshed_and_the_old_one_stays_good(house: House) -> None:
    talk = await house.start()
    status, fresh = await house.ask("POST", "/tokens/refresh", talk.token)
    assert status == 200
    assert fresh["conversationId"] == talk.id
    assert fresh["token"] != talk.token
    assert payload(fresh["token"])["user"] == payload(talk.token)["user"]
    for token in (talk.token, fresh["token"]):
        assert (await house.ask("GET", talk.path, token))[0] == 200


async def test_an_expired_token_opens_nothing_and_says_that_it_expired(house: House) -> None:
    talk = await house.start()
    house.clock.pass_by(hours=1, seconds=1)
    for method, path in [
        ("POST", "/tokens/refresh"),
        ("GET", talk.path),
        ("GET", f"{talk.path}/activities"),
        ("POST", f"{talk.path}/activities"),
    ]:
        status, answer = await house.ask(method, path, talk.token)
        assert (status, answer["error"]["code"]) == (403, "TokenExpired")


async def test_a_token_that_is_used_lives_longer_than_the_client_waits_to_refresh_it(house: House) -> None:
    talk = await house.start()
    house.clock.pass_by(minutes=15, seconds=30)
    assert (await house.ask("POST", "/tokens/refresh", talk.token))[0] == 200


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "abc"])
async def test_without_readable_authorization_nobody_comes_in(house: House, header: str | None) -> None:
    headers = {"Authorization": header} if header is not None else {}
    status, answer = await house.ask("POST", "/conversations", headers=headers)
    assert (status, answer["error"]["code"]) == (401, "Unauthorized")


async def test_forged_tokens_are_refused(house: House) -> None:
    talk = await house.start()
    claims = payload(talk.token)
    head, _, signature = talk.token.split(".")
    other = base64.urlsafe_b64encode(json.dumps({**claims, "user": "dl_other"}).encode()).rstrip(b"=")
    forged = [
        "abc",
        "a.b.c",
        jwt.encode(claims, None, "none"),
        jwt.encode(claims, "k" * 32, "HS256"),
        jwt.encode(claims, SECRET.ljust(32), "HS256"),
        f"{head}.{other.decode()}.{signature}",
        talk.token[:-3],
        base64.urlsafe_b64encode(b"[" * 5000).decode() + ".e30.e30",
    ]
    for token in forged:
        status, answer = await house.ask("GET", talk.path, token)
        assert (status, answer["error"]["code"]) == (403, "BadToken"), token[:40]


async def test_a_token_opens_its_own_conversation_only(house: House) -> None:
    mine, other = await house.start(), await house.start()
    for method, path in [
        ("GET", other.path),
        ("GET", f"{other.path}/activities"),
        ("POST", f"{other.path}/activities"),
        ("GET", f"{other.path}/stream?t={mine.token}"),
    ]:
        assert (await house.ask(method, path, mine.token))[0] == 403


async def test_the_secret_acts_on_any_conversation_for_its_user(house: House) -> None:
    talk = await house.start()
    status, _ = await house.ask(
        "POST", f"{talk.path}/activities", SECRET, {"type": "message", "text": "from the server"}
    )
    assert status == 200
    said = (await talk.wait_for(2))[0]
    assert said["from"]["id"] == payload(talk.token)["user"]
    status, begun = await house.ask("GET", talk.path, SECRET)
    assert payload(begun["token"])["user"] == payload(talk.token)["user"]


async def test_the_secret_starts_a_conversation_without_a_token(house: House) -> None:
    status, begun = await house.ask("POST", "/conversations", SECRET, {"user": {"id": "server-user"}})
    assert status == 201
    assert payload(begun["token"])["user"] == "server-user"


async def test_tokens_survive_a_restart(house: House) -> None:
    talk = await house.start()
    await house.restart()
    assert (await house.ask("GET", talk.path, talk.token))[0] == 200


async def test_the_secret_of_another_server_is_no_secret_here(house: House) -> None:
    assert (await house.ask("POST", "/tokens/generate", SECRET + "x"))[0] == 403


async def test_an_unknown_conversation_is_not_found(house: House) -> None:
    grant = await house.token()
    path = f"/conversations/{grant['conversationId']}"
    message = {"type": "message", "text": "hi"}
    assert (await house.ask("GET", path, grant["token"]))[0] == 404
    assert (await house.ask("GET", f"{path}/activities", grant["token"]))[0] == 404
    assert (await house.ask("POST", f"{path}/activities", grant["token"], message))[0] == 404
    assert (await house.ask("GET", f"{path}/stream?t={grant['token']}"))[0] == 404
    assert (await house.ask("GET", "/conversations/nobody-knows-this", SECRET))[0] == 404


async def test_unknown_paths_and_methods_answer_in_the_same_form(house: House) -> None:
    for method, path, wanted in [
        ("GET", "/nowhere", 404),
        ("GET", "/conversations", 405),
        ("DELETE", "/tokens/generate", 405),
    ]:
        status, answer = await house.ask(method, path, SECRET)
        assert status == wanted
        assert set(answer["error"]) == {"code", "message"}


# -- origins


async def test_a_listed_origin_is_let_in_with_its_headers(house: House) -> None:
    """G1"""
    talk = await house.start()
    headers = {"Origin": "https://partner.example", "Authorization": f"Bearer {talk.token}"}
    async with house.client.get(f"{BASE}{talk.path}", headers=headers) as answer:
        assert answer.status == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "https://partner.example"
        assert answer.headers["Vary"] == "Origin"
        assert answer.headers["Cache-Control"] == "no-store"


async def test_errors_carry_the_headers_too_so_that_the_client_sees_them(house: House) -> None:
    headers = {"Origin": "https://partner.example", "Authorization": "Bearer nonsense"}
    async with house.client.get(f"{BASE}/conversations/x", headers=headers) as answer:
        assert answer.status == 403
        assert answer.headers["Access-Control-Allow-Origin"] == "https://partner.example"


@pytest.mark.parametrize("path", ["/tokens/generate", "/conversations", "/conversations/x/activities", "/x"])
async def test_preflight_needs_no_authorization(house: House, path: str) -> None:
    headers = {"Origin": "https://partner.example", "Access-Control-Request-Method": "POST"}
    async with house.client.options(BASE + path, headers=headers) as answer:
        assert answer.status == 204
        assert answer.headers["Access-Control-Allow-Methods"] == "GET, POST"
        allowed = answer.headers["Access-Control-Allow-Headers"].split(", ")
        assert set(allowed) == {"authorization", "content-type", "x-ms-bot-agent", "x-requested-with"}


async def test_an_origin_nobody_listed_is_refused_everywhere(house: House) -> None:
    """G1"""
    talk = await house.start()
    headers = {"Origin": "https://evil.example"}
    for method, path in [
        ("OPTIONS", "/conversations"),
        ("POST", "/conversations"),
        ("GET", talk.path),
        ("GET", talk.stream_url.partition(BASE)[2]),
    ]:
        status, answer = await house.ask(method, path, talk.token, headers=headers)
        assert (status, answer["error"]["code"]) == (403, "BadOrigin")


async def test_our_own_pages_need_no_listing(house: House) -> None:
    talk = await house.start()
    own = f"http://{house.client.host}:{house.client.port}"
    assert (await house.ask("GET", talk.path, talk.token, headers={"Origin": own}))[0] == 200


async def test_a_token_made_for_one_origin_is_refused_from_another(tmp_path: Path) -> None:
    """G1"""
    house = await House(tmp_path, ALLOWED_ORIGINS="https://a.example,https://b.example").open()
    grant = await house.token(TrustedOrigins=["https://a.example"])
    for origin, wanted in [("https://a.example", 201), ("https://b.example", 403)]:
        status, _ = await house.ask("POST", "/conversations", grant["token"], headers={"Origin": origin})
        assert status == wanted
    await house.close()


async def test_the_stream_is_on_the_public_address(tmp_path: Path) -> None:
    house = await House(tmp_path, PUBLIC_URL="https://bot.example.com").open()
    talk = await house.start()
    assert talk.stream_url.startswith(f"wss://bot.example.com{BASE}/conversations/{talk.id}/stream?")
    await house.close()


async def test_the_stream_follows_the_scheme_a_proxy_tells(house: House) -> None:
    talk = await house.start()
    assert talk.stream_url.startswith("ws://")
    _, begun = await house.ask("GET", talk.path, talk.token, headers={"X-Forwarded-Proto": "https"})
    assert begun["streamUrl"].startswith("wss://")


async def test_starting_again_with_the_same_token_restarts_nothing(house: House) -> None:
    """G4"""
    talk = await house.start()
    status, again = await house.ask("POST", "/conversations", talk.token)
    assert (status, again["conversationId"]) == (200, talk.id)
    await talk.post({"type": "event", "name": "webchat/join"})
    await house.ask("POST", "/conversations", talk.token, {"user": {}})
    await asyncio.sleep(0.05)
    assert len(await talk.wait_for(2)) == 2
