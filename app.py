"""Joins the parts: opens the store, builds who answers, hangs the doors, listens."""

from __future__ import annotations

import asyncio
import logging
import sys
from datetime import UTC, datetime

from aiohttp import web

import dialogs
from bot.channels.connector import Connector
from bot.channels.direct_line import DirectLine
from bot.channels.rendering import Renderer
from bot.conversation import Conversation
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES
from bot.settings import ConfigurationError, Settings
from bot.store.database import Store
from bot.store.keys import encryption_keys
from bot.web.pages import Pages


def now() -> datetime:
    return datetime.now(UTC)


async def create_app(settings: Settings) -> web.Application:
    """The whole service as one aiohttp application, ready to be served."""
    catalogs = Catalogs.load(LOCALES)
    store = await Store.open(settings.database_url, encryption_keys(settings))
    conversation = Conversation(store, dialogs.build(catalogs, settings.contact), now)
    renderer = Renderer(catalogs)
    app = web.Application(client_max_size=settings.max_body)
    connector = Connector(store, conversation, renderer, settings, now)
    direct_line = DirectLine(store, conversation, renderer, settings, now)
    doors = (connector, direct_line)
    Pages(store, catalogs, settings, direct_line).add_to(app)
    for door in doors:
        door.add_to(app)

    async def start(_: web.Application) -> None:
        for door in doors:
            await door.start()

    async def close_doors(_: web.Application) -> None:
        for door in doors:
            await door.close()

    async def close_store(_: web.Application) -> None:
        await store.close()

    app.on_startup.append(start)
    app.on_shutdown.append(close_doors)
    app.on_cleanup.append(close_store)
    return app


def main() -> int:
    try:
        settings = Settings.read()
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    asyncio.run(serve(settings))
    return 0


async def serve(settings: Settings) -> None: ...


if __name__ == "__main__":
    sys.exit(main())
