"""Claims that travel through other people's hands: signed, dated, and good for one purpose only."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import jwt
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ALGORITHM = "HS256"


class Flaw(Enum):
    """Why signed claims are not accepted."""

    FORGED = "forged"
    EXPIRED = "expired"


class Signer:
    """Signs claims as a JWT with a key that is derived from the secret, a different one for each purpose."""

    def __init__(self, secret: str, purpose: str, clock: Callable[[], datetime]) -> None:
        derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode())
        self._key = derivation.derive(secret.encode())
        self._clock = clock

    def sign(self, claims: Mapping[str, Any], lifetime: timedelta) -> str:
        # The random id makes two tokens signed in the same second different.
        dated = {"jti": secrets.token_hex(4), "exp": (self._clock() + lifetime).timestamp()}
        return jwt.encode({**claims, **dated}, self._key, ALGORITHM)

    def read(self, signed: str) -> dict[str, Any] | Flaw:
        try:
            claims: dict[str, Any] = jwt.decode(
                signed, self._key, [ALGORITHM], options={"require": ["exp"], "verify_exp": False}
            )
        except (jwt.InvalidTokenError, ValueError, RecursionError):
            return Flaw.FORGED
        return claims if self._clock().timestamp() < claims["exp"] else Flaw.EXPIRED
