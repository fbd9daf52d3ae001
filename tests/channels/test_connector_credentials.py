"""Tokens: which callers are believed, and how we say who we are."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path

import jwt
import pytest
from botframework.connector.auth import ManagedIdentityAppCredentials, MicrosoftAppCredentials

from bot.channels import identity
from bot.channels.activity import Activity
from bot.channels.credentials import Anonymous, Registered
from bot.channels.identity import FAILED_AGAIN, FRESH, STALE, UNKNOWN_AGAIN, Refused, Unavailable
from bot.channels.service import is_address, is_loopback, is_public
from bot.settings import Settings
from tests.channels.issuer import (
    APP,
    BOTS,
    ENTRA,
    NEXT_KEY,
    OTHER_KEY,
    PEM,
    SERVICE,
    TENANT,
    Issuer,
    bearer,
    emulators,
    published,
    with_public_key_as_secret,
)
from tests.channels.refused_tokens import REFUSED

NOW = int(time.time())
HERE = "http://127.0.0.1:56150/"


class Clock:
    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def issuer(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Issuer]:
    async with Issuer() as opened:
        monkeypatch.setattr(identity, "CHANNELS_METADATA", opened.metadata)
        monkeypatch.setattr(identity, "ENTRA_METADATA", opened.metadata)
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def registered(issuer: Issuer, tmp_path: Path, clock: Clock) -> Registered:
    return bot(tmp_path, clock)


def bot(folder: Path, clock: Clock, kind: str = "SingleTenant") -> Registered:
    environ = {
        "MicrosoftAppId": APP,
        "MicrosoftAppTenantId": TENANT,
        "MicrosoftAppType": kind,
        "BOT_DATA_DIR": str(folder),
        **({} if kind == "UserAssignedMSI" else {"MicrosoftAppPassword": "secret"}),
    }
    return Registered(Settings.read(environ), clock)


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


@pytest.mark.parametrize("kind", ["SingleTenant", "UserAssignedMSI", "MultiTenant"])
async def test_a_channels_token_is_believed_and_its_keys_are_read_once(
    kind: str, issuer: Issuer, tmp_path: Path, clock: Clock
) -> None:
    """I3"""
    believer = bot(tmp_path, clock, kind)
    now = int(clock.now)
    for token in (bearer(), bearer(aud=[APP]), bearer(exp=now - 60), bearer(nbf=now + 60)):
        for _ in range(2):
            await believer.check(token, activity())
    assert issuer.fetched == ["/openid", "/keys"]


@pytest.mark.parametrize("token", REFUSED.values(), ids=REFUSED.keys())
async def test_any_other_token_is_refused(registered: Registered, token: str | None) -> None:
    """I3"""
    with pytest.raises(Refused):
        await registered.check(token, activity())


def test_the_token_with_the_public_key_as_secret_is_what_a_careless_check_would_believe() -> None:
    header, payload, mac = with_public_key_as_secret().removeprefix("Bearer ").split(".")
    algorithm = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    assert algorithm.verify(f"{header}.{payload}".encode(), PEM, jwt.utils.base64url_decode(mac))


async def test_a_token_vouches_for_its_channel_and_service_only(registered: Registered) -> None:
    """I3"""
    await registered.check(bearer(), activity())
    with pytest.raises(Refused):
        await registered.check(bearer(), activity(channel="webchat"))
    with pytest.raises(Refused):
        await registered.check(bearer(), activity(service_url="https://evil.example/"))


async def test_a_remembered_token_is_forgotten_when_it_expires(registered: Registered, clock: Clock) -> None:
    soon = bearer(exp=int(clock.now) + 2)
    await registered.check(soon, activity())
    assert registered._checked[soon, "msteams", SERVICE] < clock.now + 10


@pytest.mark.parametrize(
    "url",
    [
        "http://smba.example/",
        "https://10.0.0.5/",
        "https://169.254.169.254/",
        "https://[fd00::1]/",
        "https://db/",
    ],
)
async def test_a_service_without_encryption_or_of_a_private_network_gets_no_token_of_ours(
    registered: Registered, url: str
) -> None:
    """I3"""
    with pytest.raises(Refused):
        await registered.check(bearer(serviceurl=url), activity(service_url=url))


@pytest.mark.parametrize(
    ("kind", "token"),
    [
        ("SingleTenant", emulators()),
        ("SingleTenant", emulators(iss=f"https://sts.windows.net/{TENANT}/", ver="1.0", appid=APP, azp=None)),
        ("MultiTenant", emulators(iss=BOTS, ver="1.0", appid=APP, azp=None)),
    ],
)
async def test_an_emulator_with_our_secret_is_heard_on_this_machine_only(
    kind: str, token: str, issuer: Issuer, tmp_path: Path, clock: Clock
) -> None:
    """I3"""
    believer = bot(tmp_path, clock, kind)
    await believer.check(token, activity("emulator", HERE))
    for elsewhere in (activity("emulator", "https://tunnel.example/"), activity("msteams", HERE)):
        with pytest.raises(Refused):
            await believer.check(token, elsewhere)


@pytest.mark.parametrize(
    ("kind", "token"),
    [
        pytest.param("UserAssignedMSI", emulators(), id="a managed identity's tenant"),
        pytest.param("MultiTenant", emulators(), id="some tenant"),
        pytest.param("SingleTenant", emulators(iss=BOTS), id="not our tenant"),
        pytest.param("SingleTenant", emulators(azp="somebody-else"), id="another application"),
        pytest.param("SingleTenant", emulators(ver="1.0"), id="no appid"),
        pytest.param("SingleTenant", emulators(aud="somebody-else"), id="another audience"),
        pytest.param("SingleTenant", emulators(exp=NOW - 400), id="expired"),
        pytest.param("SingleTenant", emulators(key=OTHER_KEY), id="wrong key"),
    ],
)
async def test_any_other_token_of_an_emulator_is_refused(
    kind: str, token: str, issuer: Issuer, tmp_path: Path, clock: Clock
) -> None:
    """I3"""
    with pytest.raises(Refused):
        await bot(tmp_path, clock, kind).check(token, activity("emulator", HERE))


async def test_a_new_key_is_found_and_unknown_ones_do_not_make_us_ask_again_and_again(
    registered: Registered, issuer: Issuer, clock: Clock
) -> None:
    """I3"""
    await registered.check(bearer(), activity())
    clock.now += UNKNOWN_AGAIN
    issuer.keys.append(published(NEXT_KEY, "k2", "msteams"))
    await registered.check(bearer(NEXT_KEY, "k2"), activity())
    assert len(issuer.fetched) == 4
    for number in range(20):
        with pytest.raises(Refused):
            await registered.check(bearer(kid=f"made-up-{number}"), activity())
    assert len(issuer.fetched) == 4


async def test_a_key_that_was_withdrawn_is_no_longer_believed(
    registered: Registered, issuer: Issuer, clock: Clock
) -> None:
    await registered.check(bearer(), activity())
    issuer.keys = [published(NEXT_KEY, "k2", "msteams")]
    clock.now += FRESH + 1
    with pytest.raises(Refused):
        await registered.check(bearer(), activity())


async def test_known_keys_outlive_an_outage_of_their_issuer_but_not_for_ever(
    registered: Registered, issuer: Issuer, clock: Clock
) -> None:
    await registered.check(bearer(), activity())
    issuer.down = True
    clock.now += FRESH + 1
    await registered.check(bearer(jti="another"), activity())
    await registered.check(bearer(jti="a third"), activity())
    assert len(issuer.fetched) == 3
    clock.now += STALE
    with pytest.raises(Unavailable):
        await registered.check(bearer(jti="a fourth"), activity())


async def test_keys_that_cannot_be_fetched_are_not_the_callers_fault(
    registered: Registered, issuer: Issuer, clock: Clock
) -> None:
    """I3"""
    issuer.down = True
    for _ in range(2):
        with pytest.raises(Unavailable):
            await registered.check(bearer(), activity())
    assert len(issuer.fetched) == 1
    issuer.down = False
    clock.now += FAILED_AGAIN
    await registered.check(bearer(), activity())


@pytest.mark.parametrize(
    ("kind", "authority"), [("SingleTenant", TENANT), ("MultiTenant", "botframework.com")]
)
async def test_our_own_token_is_fetched_once_and_again_when_it_was_refused(
    kind: str, authority: str, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []

    def fetch(credentials: MicrosoftAppCredentials) -> str:
        fetched.append(
            f"{credentials.microsoft_app_id} {credentials.oauth_endpoint} {credentials.oauth_scope}"
        )
        return f"token-{len(fetched)}"

    monkeypatch.setattr(MicrosoftAppCredentials, "get_access_token", fetch)
    registered = bot(tmp_path, clock, kind)
    assert [await registered.headers() for _ in range(3)] == [{"Authorization": "Bearer token-1"}] * 3
    registered.forget()
    assert await registered.headers() == {"Authorization": "Bearer token-2"}
    wanted = f"{APP} https://login.microsoftonline.com/{authority} https://api.botframework.com"
    assert fetched == [wanted] * 2


async def test_a_managed_identity_asks_its_machine_for_our_token(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def fetch(credentials: ManagedIdentityAppCredentials) -> str:
        asked.append(f"{credentials.microsoft_app_id} {credentials.oauth_scope}")
        return "token"

    monkeypatch.setattr(ManagedIdentityAppCredentials, "get_access_token", fetch)
    assert await bot(tmp_path, clock, "UserAssignedMSI").headers() == {"Authorization": "Bearer token"}
    assert asked == [f"{APP} https://api.botframework.com"]


async def test_without_identity_only_this_machine_is_answered() -> None:
    await Anonymous().check(None, activity(service_url=HERE))
    with pytest.raises(Refused):
        await Anonymous().check(None, activity())


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("[::1]", True),
        ("10.0.0.1", False),
        ("localhost.evil.example", False),
        ("127.0.0.1@evil.example", False),
    ],
)
def test_loopback_is_this_machine(host: str, loopback: bool) -> None:
    assert is_loopback(f"http://{host}:80/") is loopback


@pytest.mark.parametrize(
    "url",
    [
        "",
        "smba.example",
        "ftp://smba.example/",
        "file:///etc/passwd",
        "https:///path",
        "http://[::1",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:0/",
        "http://user:word@127.0.0.1/",
        "https://@smba.example/",
        "https://smba.example/?query",
        "https://smba.example/#part",
        "https://smba.example\\@evil.example/",
        "https://smba。example/",
    ],
)
def test_what_is_no_address_is_never_called(url: str) -> None:
    assert not is_address(url)
    assert not is_public(url)
    assert not is_loopback(url)


def test_a_public_address_is_encrypted_and_has_a_name() -> None:
    assert is_address(SERVICE)
    assert is_public(SERVICE)
    assert not is_public(ENTRA.replace("https", "http"))
