"""Who speaks to us: a channel's token, checked against the keys that its issuer publishes."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import jwt
from jwt.algorithms import AllowedPublicKeys

from bot.channels.activity import Activity
from bot.channels.service import is_loopback
from bot.settings import Settings

logger = logging.getLogger(__name__)

#: Where Azure Bot Service and Microsoft Entra ID publish their keys.
CHANNELS_METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration"
ENTRA_METADATA = "https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration"

CHANNELS_ISSUER = "https://api.botframework.com"
#: How Entra ID calls itself in tokens of either version.
ENTRA_ISSUERS = ("https://sts.windows.net/{}/", "https://login.microsoftonline.com/{}/v2.0")
#: The tenants that give tokens to bots of many tenants.
BOTS_TENANTS = ("d6d49420-f39b-4df7-a1dc-d59a935871db", "f8cdef31-a31e-4b4a-93e4-5f571e91255a")

ALGORITHM = "RS256"
#: Seconds by which clocks may differ, as in Microsoft's own libraries.
LEEWAY = 300

#: Seconds after which keys are read again; after which they are no longer believed if that fails;
#: between two readings for a key we do not know; and before trying again where reading failed.
FRESH, STALE = 86_400.0, 5 * 86_400.0
UNKNOWN_AGAIN, FAILED_AGAIN = 300.0, 10.0
PATIENCE = aiohttp.ClientTimeout(total=10)


class Refused(Exception):
    """The caller is not who may speak to us."""


class Unavailable(Exception):
    """Keys or tokens cannot be fetched at the moment."""


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, and the channels that its tokens may speak for."""

    public: AllowedPublicKeys
    endorsements: frozenset[str]


class Keys:
    """An issuer's keys by their ids, read when they are needed and kept for a day."""

    def __init__(self, metadata: str, now: Callable[[], float]) -> None:
        self._metadata = metadata
        self._now = now
        self._keys: dict[str, Key] = {}
        self._read_at = float("-inf")
        self._not_before = float("-inf")
        self._reading = asyncio.Lock()

    async def find(self, key_id: str) -> Key:
        if key_id not in self._keys or (self._age() > FRESH and not self._reading.locked()):
            async with self._reading:
                if self._now() >= self._not_before:
                    await self._read()
        if self._age() > STALE:
            raise Unavailable("The channels' keys cannot be fetched.")
        if key_id not in self._keys:
            raise Refused("The token is signed with a key that nobody published.")
        return self._keys[key_id]

    def _age(self) -> float:
        return self._now() - self._read_at

    async def _read(self) -> None:
        try:
            async with aiohttp.ClientSession(timeout=PATIENCE, raise_for_status=True) as session:
                async with session.get(self._metadata) as answer:
                    where = (await answer.json(content_type=None))["jwks_uri"]
                async with session.get(where) as answer:
                    published = (await answer.json(content_type=None))["keys"]
            self._keys = {each["kid"]: _key(each) for each in published if _is_usable(each)}
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError, jwt.PyJWTError) as error:
            logger.warning("keys not read from %s: %s", self._metadata, type(error).__name__)
            self._not_before = self._now() + FAILED_AGAIN
        else:
            self._read_at = self._now()
            self._not_before = self._read_at + UNKNOWN_AGAIN


class Identity:
    """Who may speak to one bot: Azure Bot Service, and on this machine an Emulator with the bot's secret."""

    def __init__(self, settings: Settings, now: Callable[[], float] = time.time) -> None:
        self._app_id = settings.app_id
        self._channels = Keys(CHANNELS_METADATA, now)
        self._entra = Keys(ENTRA_METADATA, now)
        # Nobody holds a managed identity's secret, so no Emulator can speak with it.
        tenants = {"MultiTenant": BOTS_TENANTS, "SingleTenant": (settings.tenant_id,), "UserAssignedMSI": ()}
        self._emulators = {
            issuer.format(tenant) for tenant in tenants[settings.app_type] for issuer in ENTRA_ISSUERS
        }

    async def check(self, header: str, activity: Activity) -> float:
        """Until when (seconds since 1970) the token vouches for the activity's channel and serviceUrl.

        Raises `Refused`, or `Unavailable` where keys cannot be read.
        """
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer":
            raise Refused("The Authorization header must be: Bearer TOKEN.")
        try:
            unread = jwt.decode_complete(token, options={"verify_signature": False})
            claims = await self._verified(token, unread, activity)
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
            raise Refused("The token is not one that a channel gave for this bot.") from error
        return float(claims["exp"])

    async def _verified(self, token: str, unread: Mapping[str, Any], activity: Activity) -> dict[str, Any]:
        issuer, key_id = unread["payload"].get("iss"), unread["header"].get("kid")
        if not isinstance(key_id, str) or not isinstance(issuer, str):
            raise Refused("The token names no key or no issuer.")
        if issuer == CHANNELS_ISSUER:
            key = await self._channels.find(key_id)
            if activity.channelId not in key.endorsements:
                raise Refused("The token's key does not speak for this channel.")
            claims = self._decoded(token, key, issuer)
            if claims.get("serviceurl") != activity.serviceUrl:
                raise Refused("The token is for another serviceUrl.")
            return claims
        # Such a token says nothing about the serviceUrl, so ours goes nowhere but to this machine.
        if (
            issuer in self._emulators
            and activity.channelId == "emulator"
            and is_loopback(activity.serviceUrl)
        ):
            claims = self._decoded(token, await self._entra.find(key_id), issuer)
            if claims.get("azp" if claims.get("ver") == "2.0" else "appid") != self._app_id:
                raise Refused("The token was given to somebody else.")
            return claims
        raise Refused("The token's issuer may not speak to this bot.")

    def _decoded(self, token: str, key: Key, issuer: str) -> dict[str, Any]:
        claims: dict[str, Any] = jwt.decode(
            token,
            key.public,
            [ALGORITHM],
            audience=self._app_id,
            issuer=issuer,
            leeway=LEEWAY,
            options={"require": ["exp", "aud", "iss"]},
        )
        return claims


def _is_usable(published: Mapping[str, Any]) -> bool:
    return published.get("kty") == "RSA" and "kid" in published


def _key(published: Mapping[str, Any]) -> Key:
    return Key(jwt.PyJWK(dict(published), ALGORITHM).key, frozenset(published.get("endorsements") or ()))
