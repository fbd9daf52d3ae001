"""Tokens that open nothing, by what is wrong with them."""

from __future__ import annotations

import time

from tests.channels.issuer import APP, BOTS, OTHER_KEY, bearer, with_public_key_as_secret

NOW = int(time.time())

REFUSED: dict[str, str | None] = {
    "missing": None,
    "empty": "",
    "no token after Bearer": "Bearer",
    "malformed": "Bearer x.y.z",
    "only dots": "Bearer " + "." * 3000,
    "another scheme": "Basic abc",
    "two tokens": bearer().replace("Bearer ", "Bearer  x "),
    "cut off": bearer()[:-8],
    "wrong key": bearer(OTHER_KEY),
    "unknown key id": bearer(OTHER_KEY, "k9"),
    "no key id": bearer(kid=None),
    "a key of another kind": bearer(kid="ec"),
    "key without endorsements": bearer(kid="unendorsed"),
    "wrong audience": bearer(aud="99999999-2222-3333-4444-555555555555"),
    "no audience": bearer(aud=None),
    "wrong issuer": bearer(iss="https://evil.example"),
    "no issuer": bearer(iss=None),
    "an Emulator's issuer for Teams": bearer(iss=BOTS, ver="1.0", appid=APP),
    "another serviceUrl": bearer(serviceurl="https://evil.example/"),
    "no serviceUrl": bearer(serviceurl=None),
    "expired": bearer(exp=NOW - 400),
    "never expires": bearer(exp=None),
    "not yet valid": bearer(nbf=NOW + 4000),
    "alg none": bearer("", algorithm="none"),
    "HS256 with the public key": with_public_key_as_secret(),
    "an algorithm not agreed on": bearer(algorithm="RS512"),
}
