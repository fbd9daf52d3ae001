"""Joins the parts: opens the store, builds who answers, hangs the doors, listens."""

from __future__ import annotations

import logging
import os
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
    """The whole service as one aiohttp application; served, it picks up what an earlier process left."""
    keys = encryption_keys(settings.encryption_keys, settings.data_dir)
    store = await Store.open(settings.database_url, keys)
    catalogs = Catalogs.load(LOCALES)
    conversation = Conversation(store, dialogs.build(catalogs, settings.contact), now)
    renderer = Renderer(catalogs)
    connector = Connector(store, conversation, renderer, settings, now)
    direct_line = DirectLine(store, conversation, renderer, settings, now)
    pages = Pages(store, catalogs, settings, direct_line, now)
    app = web.Application(client_max_size=settings.max_body)
    for part in (pages, connector, direct_line):
        part.add_to(app)

    async def start(_: web.Application) -> None:
        await connector.start()
        await direct_line.start()

    async def close_doors(_: web.Application) -> None:
        await direct_line.close()
        await connector.close()

    async def close_store(_: web.Application) -> None:
        await store.close()

    app.on_startup.append(start)
    app.on_shutdown.append(close_doors)
    app.on_cleanup.append(close_store)
    return app


def main() -> int:
    try:
        settings = Settings.read(os.environ)
        logging.basicConfig(
            level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
        )
        web.run_app(create_app(settings), host=settings.host, port=settings.port, access_log=None)
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
