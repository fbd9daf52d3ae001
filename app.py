"""Joins the parts: opens the store, builds who answers, hangs the doors, listens."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

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
from bot.store.records import DRAFT_KEPT
from bot.web.pages import Pages

#: Where whoever embeds or tests the application finds its store.
STORE = web.AppKey("store", Store)


def now() -> datetime:
    return datetime.now(UTC)


async def create_app(settings: Settings) -> web.Application:
    """The whole service as one aiohttp application; served, it picks up what an earlier process left."""
    keys = encryption_keys(settings.encryption_keys, settings.data_dir)
    store = await Store.open(settings.database_url, keys)
    catalogs = Catalogs.load(LOCALES)
    assistant = dialogs.build(catalogs, settings.contact)
    conversation = Conversation(store, assistant, now)
    renderer = Renderer(catalogs)
    connector = Connector(store, conversation, renderer, settings, now)
    direct_line = DirectLine(store, conversation, renderer, settings, now)
    pages = Pages(store, catalogs, settings, direct_line, now)
    app = web.Application(client_max_size=settings.max_body)
    app[STORE] = store
    for part in (pages, connector, direct_line):
        part.add_to(app)

    async def start(_: web.Application) -> None:
        await connector.start()
        await direct_line.start()
        # The garbage collector need not look again and again at what stays.
        gc.freeze()
        gc.set_threshold(10_000, 20, 50)
        gc.enable()

    async def close_doors(_: web.Application) -> None:
        await direct_line.close()
        await connector.close()

    async def close_store(_: web.Application) -> None:
        await store.close()

    async def aside(_: web.Application) -> AsyncIterator[None]:
        """What runs beside the doors."""
        warming = asyncio.create_task(asyncio.to_thread(assistant.warm_up))
        cleaning = asyncio.create_task(drop_old_drafts(store))
        yield
        cleaning.cancel()
        await asyncio.gather(warming, cleaning, return_exceptions=True)

    app.cleanup_ctx.append(aside)
    app.on_startup.append(start)
    app.on_shutdown.append(close_doors)
    app.on_cleanup.append(close_store)
    return app


async def drop_old_drafts(store: Store) -> None:
    """What was promised to be kept until a day is gone after it, whether its owner comes back or not."""
    while True:
        gone = await store.drop_drafts(now() - DRAFT_KEPT)
        if gone:
            logging.getLogger(__name__).info("%d drafts were kept as long as promised and are gone", gone)
        await asyncio.sleep(timedelta(days=1).total_seconds())


def main() -> int:
    try:
        settings = Settings.read(os.environ)
        logging.basicConfig(
            level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
        )
        gc.disable()  # until everything is built: what is built stays
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
