"""The pages on a server of their own, with somebody who issues tokens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from cryptography.fernet import Fernet

from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES
from bot.settings import Settings
from bot.store.database import Store
from bot.web.pages import Pages

SECRET = "the secret of these tests"


class Issuer:
    """Hands out tokens that say what they are for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str | None]] = []

    def issue(self, user_id: str, conversation_id: str, locale: str | None) -> dict[str, object]:
        self.asked.append((user_id, conversation_id, locale))
        return {"conversationId": conversation_id, "token": "a token", "expires_in": 3600}


class House:
    def __init__(self, folder: Path, **environment: str) -> None:
        self.issuer = Issuer()
        self.now = datetime.now(UTC)
        self._settings = Settings.read(
            {
                "BOT_DATA_DIR": str(folder),
                "DIRECT_LINE_SECRET": SECRET,
                "BOT_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
                **environment,
            }
        )

    async def open(self) -> House:
        self.store = await Store.open(self._settings.database_url, self._settings.encryption_keys)
        app = web.Application()
        catalogs = Catalogs.load(LOCALES)
        Pages(self.store, catalogs, self._settings, self.issuer, lambda: self.now).add_to(app)
        self.client = TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True))
        await self.client.start_server()
        return self

    async def close(self) -> None:
        await self.client.close()
        await self.store.close()

    def pass_by(self, **much: float) -> None:
        self.now += timedelta(**much)

    async def token(self, body: Any = None, **headers: str) -> tuple[int, Any]:
        async with self.client.post("/chat/token", json=body or {}, headers=headers) as answer:
            return answer.status, await answer.json()
