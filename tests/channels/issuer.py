"""An issuer of tokens on this machine: publishes its keys as Microsoft does, and signs what a test wants."""

from __future__ import annotations

import time
from typing import Any, Self

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm
from jwt.utils import base64url_encode

APP = "11111111-2222-3333-4444-555555555555"
TENANT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
SERVICE = "https://smba.example/emea/"
CHANNELS = "https://api.botframework.com"
ENTRA = f"https://login.microsoftonline.com/{TENANT}/v2.0"
BOTS = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"

KEY, NEXT_KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(3))
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def bearer(key: Any = KEY, kid: str | None = "k1", algorithm: str = "RS256", **claims: Any) -> str:
    """A channel's token for our bot with these claims; those that are None are left out."""
    now = int(time.time())
    issued = {
        "iss": CHANNELS,
        "aud": APP,
        "serviceurl": SERVICE,
        "exp": now + 3600,
        "nbf": now - 60,
        **claims,
    }
    given = {name: value for name, value in issued.items() if value is not None}
    headers = {"kid": kid} if kid else None
    return "Bearer " + jwt.encode(given, key, algorithm=algorithm, headers=headers)


def with_public_key_as_secret() -> str:
    """HS256 with what everybody can read for a secret; PyJWT itself refuses to make one."""
    genuine = bearer().removeprefix("Bearer ").split(".")
    header = base64url_encode(b'{"alg":"HS256","typ":"JWT","kid":"k1"}').decode()
    signing = f"{header}.{genuine[1]}".encode()
    hmac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    return f"Bearer {signing.decode()}.{base64url_encode(hmac.sign(signing, PEM)).decode()}"


def emulators(**claims: Any) -> str:
    """What Entra ID gives to an Emulator that knows our bot's secret."""
    return bearer(**{"iss": ENTRA, "ver": "2.0", "azp": APP, "serviceurl": None, **claims})


def published(key: rsa.RSAPrivateKey, kid: str, *endorsements: str) -> dict[str, Any]:
    found = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**found, "kid": kid, **({"endorsements": list(endorsements)} if endorsements else {})}


class Issuer:
    """`keys` are those it publishes, `fetched` the paths it was asked for; `down` makes it fail."""

    def __init__(self) -> None:
        self.keys = [
            published(KEY, "k1", "msteams", "emulator"),
            published(KEY, "unendorsed"),
            {"kty": "EC", "kid": "ec"},
        ]
        self.fetched: list[str] = []
        self.down = False
        app = web.Application()
        app.router.add_get("/{any}", self._serve)
        self._server = TestServer(app)

    async def _serve(self, request: web.Request) -> web.Response:
        self.fetched.append(request.path)
        if self.down:
            raise web.HTTPServiceUnavailable
        if request.path == "/keys":
            return web.json_response({"keys": self.keys})
        return web.json_response({"jwks_uri": str(self._server.make_url("/keys"))})

    async def __aenter__(self) -> Self:
        await self._server.start_server()
        self.metadata = str(self._server.make_url("/openid"))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.close()
