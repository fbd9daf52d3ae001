from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestClient, TestServer

import app
from bot.channels import identity
from bot.settings import Settings
from tests.channels.issuer import APP, TENANT, Issuer

SECRET = "a-secret-of-this-test"
PARTNER = "https://partner.example"

Client = TestClient[Any, Any]


async def serve(folder: Path, **environment: str) -> Client:
    """The whole service on a free port."""
    settings = Settings.read(
        {
            "BOT_DATA_DIR": str(folder),
            "DIRECT_LINE_SECRET": SECRET,
            "ALLOWED_ORIGINS": PARTNER,
            **environment,
        }
    )
    client = TestClient(TestServer(await app.create_app(settings)))
    await client.start_server()
    return client


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    served = await serve(tmp_path_factory.mktemp("house"))
    yield served
    await served.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def registered(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    """The service with a bot identity; its channels' keys are published on this machine."""
    async with Issuer() as issuer:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(identity, "CHANNELS_METADATA", issuer.metadata)
            served = await serve(
                tmp_path_factory.mktemp("registered"),
                MicrosoftAppId=APP,
                MicrosoftAppPassword="secret",
                MicrosoftAppTenantId=TENANT,
            )
        yield served
        await served.close()
