"""Who may speak to us and as whom we speak: the SDK's checks and tokens, kept while they are good."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from ipaddress import ip_address
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from bot.channels.activity import Activity
from bot.settings import Settings

#: How long a token of ours is used before the SDK is asked again; it never hands out one with less time left.
KEPT = 240.0

#: How many of the channels' tokens are remembered as checked; they are few, each in use for about an hour.
REMEMBERED = 1024

#: How long a check may take when keys have to be fetched first.
PATIENCE = 15.0


class Refused(Exception):
    """The caller is not who may speak to us."""


class Unavailable(Exception):
    """Keys or tokens cannot be fetched at the moment."""


class Anonymous:
    """No identity: this machine talks to itself, with the Emulator or a test."""

    required = False

    async def check(self, header: str | None, activity: Activity) -> None:
        if not is_loopback(urlsplit(activity.serviceUrl).hostname):
            raise Refused("Without MicrosoftAppId only a serviceUrl on this machine is served.")

    async def headers(self) -> dict[str, str]:
        return {}

    def forget(self) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Nothing is open."""


class Registered:
    """The SDK decides; it fetches keys and tokens by blocking calls, so it works on threads of its own."""

    required = True

    def __init__(self, settings: Settings, now: Callable[[], float] = time.time) -> None:
        # Here and not above: the SDK's connector takes half a second to import, and only this class needs it.
        from botbuilder.integration.aiohttp import (
            ConfigurationBotFrameworkAuthentication,
            ConfigurationServiceClientCredentialFactory,
        )

        # The SDK reads these attributes by name and takes a misspelt one for "no authentication".
        identity = SimpleNamespace(
            APP_ID=settings.app_id,
            APP_TYPE=settings.app_type,
            APP_PASSWORD=settings.app_password,
            APP_TENANTID=settings.tenant_id,
        )
        self._app_id = settings.app_id
        self._factory = ConfigurationServiceClientCredentialFactory(identity)
        self._authentication = ConfigurationBotFrameworkAuthentication(
            identity, credentials_factory=self._factory
        )
        self._now = now
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="credentials")
        self._checked: OrderedDict[tuple[str, str, str], float] = OrderedDict()
        self._credentials: Any = None
        self._token = ""
        self._token_until = 0.0
        self._fetching = asyncio.Lock()

    async def check(self, header: str | None, activity: Activity) -> None:
        """Returns if a channel's token in `header` vouches for the activity's channel and serviceUrl."""
        if not header:
            raise Refused("An Authorization header is required.")
        where = urlsplit(activity.serviceUrl)
        if where.scheme != "https" and not is_loopback(where.hostname):
            raise Refused("The serviceUrl must be https.")
        seen = (header, activity.channelId, activity.serviceUrl)
        if self._checked.get(seen, 0.0) > self._now():
            return
        claims = await self._on_thread(self._claims, seen)
        self._checked[seen] = min(float(claims.get("exp", 0)), self._now() + 3600)
        while len(self._checked) > REMEMBERED:
            self._checked.popitem(last=False)

    async def headers(self) -> dict[str, str]:
        """What authorises a call of ours to a channel."""
        if self._now() >= self._token_until:
            async with self._fetching:
                if self._now() >= self._token_until:
                    self._token = await self._on_thread(self._fetch)
                    self._token_until = self._now() + KEPT
        return {"Authorization": f"Bearer {self._token}"}

    def forget(self) -> None:
        """A channel refused our token: fetch another before the next call."""
        self._token_until = 0.0

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _on_thread(self, work: Callable[..., Any], *given: Any) -> Any:
        running = asyncio.get_running_loop().run_in_executor(self._threads, work, *given)
        try:
            return await asyncio.wait_for(running, PATIENCE)
        except TimeoutError:
            raise Unavailable("Fetching keys or a token took too long.") from None

    def _claims(self, seen: tuple[str, str, str]) -> dict[str, Any]:
        from requests import RequestException

        header, channel_id, service_url = seen
        activity = SimpleNamespace(channel_id=channel_id, service_url=service_url)
        try:
            result = asyncio.run(self._authentication.authenticate_request(activity, header))
        except RequestException as error:
            raise Unavailable("The channels' keys cannot be fetched.") from error
        except Exception as error:  # the SDK raises bare exceptions, IndexError and PyJWT's for a bad token
            raise Refused("The token is not one that a channel gave for this bot.") from error
        claims: dict[str, Any] = result.claims_identity.claims
        return claims

    def _fetch(self) -> str:
        if self._credentials is None:
            self._credentials = asyncio.run(self._made_credentials())
        try:
            token: str = self._credentials.get_access_token()
        except Exception as error:  # requests', MSAL's, KeyError or PermissionError, depending on the kind
            raise Unavailable("No token could be fetched for calls to channels.") from error
        return token

    async def _made_credentials(self) -> Any:
        scope = self._authentication.get_originating_audience()
        return await self._factory.create_credentials(
            self._app_id, scope, "https://login.microsoftonline.com/", True
        )


Credentials = Anonymous | Registered


@lru_cache(maxsize=REMEMBERED)
def is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return host is not None and ip_address(host).is_loopback
    except ValueError:
        return False
