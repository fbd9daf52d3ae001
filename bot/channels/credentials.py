"""Who may speak to us and as whom we speak: checks and tokens, kept while they are good."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

from bot.channels.activity import Activity
from bot.channels.identity import Identity, Refused, Unavailable
from bot.channels.service import is_loopback, is_public
from bot.settings import Settings

#: How long a token of ours is used before the SDK is asked again; it never hands out one with less time left.
KEPT = 240.0

#: How many of the channels' tokens are remembered as checked; they are few, each in use for about an hour.
REMEMBERED = 1024

#: What a token of ours is for.
SCOPE = "https://api.botframework.com"
LOGIN = "https://login.microsoftonline.com/"
#: How long fetching a token may take.
PATIENCE = 15.0


class Anonymous:
    """No identity: this machine talks to itself, with the Emulator or a test."""

    required = False

    async def check(self, header: str | None, activity: Activity) -> None:
        if not is_loopback(activity.serviceUrl):
            raise Refused("Without MicrosoftAppId only a serviceUrl on this machine is served.")

    async def headers(self) -> dict[str, str]:
        return {}

    def forget(self) -> None:
        """Nothing is kept."""

    def close(self) -> None:
        """Nothing is open."""


class Registered:
    """A bot with an identity. The SDK fetches its tokens by blocking calls, so that is done on a thread."""

    required = True

    def __init__(self, settings: Settings, now: Callable[[], float] = time.time) -> None:
        # Here and not above: the SDK takes half a second to import, and only this class needs it.
        from botbuilder.integration.aiohttp import ConfigurationServiceClientCredentialFactory

        # The SDK reads these attributes by name and takes a misspelt one for "no authentication".
        identity = SimpleNamespace(
            APP_ID=settings.app_id,
            APP_TYPE=settings.app_type,
            APP_PASSWORD=settings.app_password,
            APP_TENANTID=settings.tenant_id,
        )
        self._app_id = settings.app_id
        self._factory = ConfigurationServiceClientCredentialFactory(identity)
        self._identity = Identity(settings, now)
        self._now = now
        self._threads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="credentials")
        self._checked: OrderedDict[tuple[str, str, str], float] = OrderedDict()
        self._credentials: Any = None
        self._token = ""
        self._token_until = 0.0
        self._fetching = asyncio.Lock()

    async def check(self, header: str | None, activity: Activity) -> None:
        """Returns if a channel's token in `header` vouches for the activity's channel and serviceUrl."""
        if not header:
            raise Refused("An Authorization header is required.")
        if not (is_public(activity.serviceUrl) or is_loopback(activity.serviceUrl)):
            raise Refused("The serviceUrl must be https, and no machine of a private network.")
        seen = (header, activity.channelId, activity.serviceUrl)
        if self._checked.get(seen, 0.0) > self._now():
            return
        until = await self._identity.check(header, activity)
        self._checked[seen] = min(until, self._now() + 3600)
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

    async def _on_thread(self, work: Callable[[], str]) -> str:
        running = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            return await asyncio.wait_for(running, PATIENCE)
        except TimeoutError:
            raise Unavailable("Fetching a token took too long.") from None

    def _fetch(self) -> str:
        if self._credentials is None:
            made = self._factory.create_credentials(self._app_id, SCOPE, LOGIN, True)
            self._credentials = asyncio.run(made)
        try:
            token: str = self._credentials.get_access_token()
        except Exception as error:  # requests', MSAL's, KeyError or PermissionError, depending on the kind
            raise Unavailable("No token could be fetched for calls to channels.") from error
        return token


Credentials = Anonymous | Registered
