"""Tokens: which callers are believed, and how we say who we are."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from botframework.connector.auth import ChannelValidation, JwtTokenExtractor, MicrosoftAppCredentials
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bot.channels.activity import Activity
from bot.channels.credentials import Refused, Registered, Unavailable, is_loopback
from bot.settings import Settings

APP = "11111111-2222-3333-4444-555555555555"
SERVICE = "https://smba.example/emea/"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
async def keys(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[str]]:
    """The channels' public keys where the SDK looks for them; lists each time they are fetched."""
    fetched: list[str] = []
    jwk = RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True) | {"kid": "k1", "endorsements": ["msteams"]}

    async def serve(request: web.Request) -> web.Response:
        fetched.append(request.path)
        if request.path == "/keys":
            return web.json_response({"keys": [jwk]})
        return web.json_response({"jwks_uri": str(server.make_url("/keys"))})

    app = web.Application()
    app.router.add_get("/{any}", serve)
    server = TestServer(app)
    await server.start_server()
    monkeypatch.setattr(ChannelValidation, "open_id_metadata_endpoint", str(server.make_url("/openid")))
    monkeypatch.setattr(JwtTokenExtractor, "metadataCache", {})
    yield fetched
    await server.close()


@pytest.fixture
def registered(tmp_path: Path) -> Registered:
    environ = {
        "MicrosoftAppId": APP,
        "MicrosoftAppPassword": "secret",
        "MicrosoftAppTenantId": "tenant",
        "BOT_DATA_DIR": str(tmp_path),
    }
    return Registered(Settings.read(environ))


def bearer(key: Any = KEY, **claims: Any) -> str:
    issued = {
        "iss": "https://api.botframework.com",
        "aud": APP,
        "serviceurl": SERVICE,
        "exp": int(time.time()) + 3600,
        "nbf": int(time.time()) - 60,
        **claims,
    }
    return "Bearer " + jwt.encode(issued, key, algorithm="RS256", headers={"kid": "k1"})


def activity(channel: str = "msteams", service_url: str = SERVICE) -> Activity:
    return Activity.model_validate(
        {
            "type": "message",
            "channelId": channel,
            "serviceUrl": service_url,
            "conversation": {"id": "c"},
            "from": {"id": "u"},
        }
    )


async def test_a_channels_token_is_believed_and_checked_once(registered: Registered, keys: list[str]) -> None:
    token = bearer()
    for _ in range(3):
        await registered.check(token, activity())
    assert keys == ["/openid", "/keys"]


@pytest.mark.parametrize(
    "token",
    [
        None,
        "",
        "Bearer",
        "Bearer x.y.z",
        "Basic abc",
        bearer(OTHER_KEY),
        bearer(aud="99999999-2222-3333-4444-555555555555"),
        bearer(iss="https://evil.example"),
        bearer(serviceurl="https://evil.example/"),
        bearer(exp=int(time.time()) - 3600),
        "Bearer " + jwt.encode({"iss": "https://api.botframework.com", "aud": APP}, "", algorithm="none"),
    ],
)
async def test_any_other_token_is_refused(registered: Registered, keys: list[str], token: str | None) -> None:
    """I3"""
    with pytest.raises(Refused):
        await registered.check(token, activity())


async def test_a_token_vouches_for_its_channel_and_service_only(
    registered: Registered, keys: list[str]
) -> None:
    token = bearer()
    await registered.check(token, activity())
    with pytest.raises(Refused):
        await registered.check(token, activity(channel="webchat"))
    with pytest.raises(Refused):
        await registered.check(token, activity(service_url="https://evil.example/"))


async def test_a_service_without_encryption_gets_no_token_of_ours(
    registered: Registered, keys: list[str]
) -> None:
    with pytest.raises(Refused):
        await registered.check(
            bearer(serviceurl="http://smba.example/"), activity(service_url="http://smba.example/")
        )


async def test_keys_that_cannot_be_fetched_are_not_the_callers_fault(
    registered: Registered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ChannelValidation, "open_id_metadata_endpoint", "http://127.0.0.1:9/openid")
    monkeypatch.setattr(JwtTokenExtractor, "metadataCache", {})
    with pytest.raises(Unavailable):
        await registered.check(bearer(), activity())


async def test_our_own_token_is_fetched_once_and_again_when_it_was_refused(
    registered: Registered, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []

    def fetch(credentials: MicrosoftAppCredentials) -> str:
        fetched.append(f"{credentials.microsoft_app_id} {credentials.oauth_endpoint}")
        return f"token-{len(fetched)}"

    monkeypatch.setattr(MicrosoftAppCredentials, "get_access_token", fetch)
    assert [await registered.headers() for _ in range(3)] == [{"Authorization": "Bearer token-1"}] * 3
    registered.forget()
    assert await registered.headers() == {"Authorization": "Bearer token-2"}
    assert fetched == [f"{APP} https://login.microsoftonline.com/tenant"] * 2


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("10.0.0.1", False),
        ("localhost.evil.example", False),
        ("", False),
        (None, False),
    ],
)
def test_loopback_is_this_machine(host: str | None, loopback: bool) -> None:
    assert is_loopback(host) is loopback
