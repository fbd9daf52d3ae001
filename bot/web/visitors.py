"""Who comes to the page: the same person in the same browser, today and in a month, without an account."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import hdrs, web

from bot.signing import Flaw, Signer

COOKIE = "visitor"

#: As long as browsers keep a cookie at most.
REMEMBERED = timedelta(days=400)
#: Who comes back sooner finds the conversation; later a new one, in which the draft is found again.
WINDOW = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Visitor:
    user_id: str
    conversation_id: str


class Visitors:
    """Signs who somebody is, for a cookie or, where our page stands on another site, for its storage."""

    def __init__(self, secret: str, clock: Callable[[], datetime]) -> None:
        self._signer = Signer(secret, "chat visitor", clock)
        self._clock = clock

    def of(self, signed: str) -> Visitor:
        """The visitor that was signed, or a new one. Both ids are unguessable."""
        claims = self._signer.read(signed)
        if isinstance(claims, Flaw):
            return self.new(f"dl_{secrets.token_urlsafe(18)}")
        is_recent = self._clock().timestamp() - claims["seen"] < WINDOW.total_seconds()
        return Visitor(claims["user"], claims["conv"]) if is_recent else self.new(claims["user"])

    @staticmethod
    def new(user_id: str) -> Visitor:
        """This person in a new conversation."""
        return Visitor(user_id, secrets.token_urlsafe(18))

    def signed(self, visitor: Visitor) -> str:
        seen = {
            "user": visitor.user_id,
            "conv": visitor.conversation_id,
            "seen": self._clock().timestamp(),
        }
        return self._signer.sign(seen, REMEMBERED)

    def remember(
        self, visitor: Visitor, response: web.Response, *, secure: bool, framed: bool = False
    ) -> None:
        """`framed`: on another site, where only a cookie that is kept apart for that site comes back."""
        seconds = int(REMEMBERED.total_seconds())
        where = "Secure; SameSite=None; Partitioned" if framed else "SameSite=Lax"
        if secure and not framed:
            where += "; Secure"
        # Written here: Python 3.11 knows no partitioned cookies.
        cookie = f"{COOKIE}={self.signed(visitor)}; HttpOnly; Max-Age={seconds}; Path=/chat; {where}"
        response.headers.add(hdrs.SET_COOKIE, cookie)
