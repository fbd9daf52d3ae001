"""Direct Line tokens: one conversation, one user, until an hour; a JWT whose payload Web Chat can read."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.signing import Flaw, Signer

#: What every user id of a token begins with, so that Web Chat takes it for its own.
USER_PREFIX = "dl_"


def new_user_id() -> str:
    return USER_PREFIX + secrets.token_urlsafe(18)


def new_conversation_id() -> str:
    """Safe in a URL as it stands: the client pastes it in unescaped."""
    return secrets.token_urlsafe(18)


@dataclass(frozen=True, slots=True)
class Pass:
    """What a token entitles to. `channel` tells our own page (webchat) from other clients (directline)."""

    conversation_id: str
    user_id: str
    channel: str = "directline"
    #: The origins it may be used from, besides our own; empty: from any that the configuration lists.
    origins: tuple[str, ...] = ()
    locale: str | None = None


class Tokens:
    def __init__(self, secret: str, lifetime: timedelta, clock: Callable[[], datetime]) -> None:
        self._signer = Signer(secret, "direct line token", clock)
        self.lifetime = lifetime

    def issue(self, granted: Pass) -> str:
        claims = {
            "conv": granted.conversation_id,
            "user": granted.user_id,
            "channel": granted.channel,
            "origins": granted.origins,
            "locale": granted.locale,
        }
        return self._signer.sign(claims, self.lifetime)

    def read(self, token: str) -> Pass | Flaw:
        claims = self._signer.read(token)
        if isinstance(claims, Flaw):
            return claims
        return Pass(
            conversation_id=claims["conv"],
            user_id=claims["user"],
            channel=claims["channel"],
            origins=tuple(claims["origins"]),
            locale=claims["locale"],
        )
