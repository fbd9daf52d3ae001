"""Claims that travel through other people's hands: signed, dated, and good for one purpose only."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache
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
        # A client shows the same token with every call.
        self._claims = lru_cache(maxsize=4096)(self._verified)

    def sign(self, claims: Mapping[str, Any], lifetime: timedelta) -> str:
        # The random id makes two tokens signed in the same second different.
        dated = {"jti": secrets.token_hex(4), "exp": (self._clock() + lifetime).timestamp()}
        return jwt.encode({**claims, **dated}, self._key, ALGORITHM)

    def read(self, signed: str) -> dict[str, Any] | Flaw:
        claims = self._claims(signed)
        if claims is None:
            return Flaw.FORGED
        return claims if self._clock().timestamp() < claims["exp"] else Flaw.EXPIRED

    def _verified(self, signed: str) -> dict[str, Any] | None:
        """The claims, whatever their date; None where the signature is not ours."""
        try:
            claims: dict[str, Any] = jwt.decode(
                signed, self._key, [ALGORITHM], options={"require": ["exp"], "verify_exp": False}
            )
        except (jwt.InvalidTokenError, ValueError, RecursionError):
            return None
        return claims
