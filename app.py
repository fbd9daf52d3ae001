"""Joins the parts: opens the store, builds who answers, hangs the doors, listens."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

import dialogs
from bot.channels.connector import Connector
from bot.channels.direct_line import DirectLine
from bot.channels.moving import Moving
from bot.channels.reminders import Reminders
from bot.channels.rendering import Renderer
from bot.conversation import Conversation
from bot.knowledge.documentation import documentation
from bot.knowledge.documentation.passages import nothing
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES
from bot.settings import ConfigurationError, Settings
from bot.store.database import Store
from bot.store.keys import encryption_keys
from bot.store.records import DRAFT_KEPT
from bot.testers import Testers
from bot.web.pages import Pages

if TYPE_CHECKING:
    from bot.knowledge.documentation.shelves import Shelves

#: How often the documentation is looked at again for pages that changed.
LOOKED_AT_AGAIN = timedelta(minutes=10)
#: Seconds after which a connection without a whole request is closed, be it quiet or trickling; longer than
#: proxies keep theirs.
IDLE = 75.0
ROOT = Path(__file__).parent
#: Where whoever embeds or tests the application finds its store.
STORE = web.AppKey("store", Store)


def now() -> datetime:
    return datetime.now(UTC)


async def create_app(settings: Settings) -> web.Application:
    """The whole service as one aiohttp application; served, it picks up what an earlier process left."""
    shelves = documentation(settings.docs_dir, settings.data_dir)
    keys = encryption_keys(settings.encryption_keys, settings.data_dir)
    store = await Store.open(settings.database_url, keys)
    catalogs = Catalogs.load(LOCALES)
    assistant = dialogs.build(catalogs, settings.contact, shelves.offer if shelves else nothing)
    testers = Testers(settings.testers, settings.direct_line_secret, now)
    conversation = Conversation(store, assistant, now, testers)
    renderer = Renderer(catalogs)
    connector = Connector(store, conversation, renderer, settings, now)
    direct_line = DirectLine(store, conversation, renderer, settings, now)
    reminders = Reminders(store, (connector, direct_line), timedelta(days=settings.reminder_days), now)
    moving = Moving(store, (connector, direct_line))
    conversation.when_moved = moving.note
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
        await moving.close()
        await connector.close()

    async def close_store(_: web.Application) -> None:
        await store.close()

    async def aside(_: web.Application) -> AsyncIterator[None]:
        """What runs beside the doors."""
        warming = asyncio.create_task(asyncio.to_thread(assistant.warm_up))
        endless = [asyncio.create_task(drop_what_is_old(store, timedelta(days=settings.feedback_days)))]
        if shelves is not None:
            endless.append(asyncio.create_task(follow(shelves)))
        if settings.watch_catalogs:
            endless.append(asyncio.create_task(follow_catalogs(catalogs, LOCALES, assistant.hear_anew)))
        if settings.reminder_days:
            endless.append(asyncio.create_task(reminders.keep_sending()))
        yield
        for task in endless:
            task.cancel()
        await asyncio.gather(warming, *endless, return_exceptions=True)

    app.cleanup_ctx.append(aside)
    app.on_startup.append(start)
    app.on_shutdown.append(close_doors)
    app.on_cleanup.append(close_store)
    return app


async def follow(shelves: Shelves) -> None:
    """Opens the documentation's index and keeps it up to date, without holding anybody up."""
    while True:
        await asyncio.to_thread(shelves.open)
        helpers = [await asyncio.create_subprocess_exec(*each, cwd=ROOT) for each in shelves.updates()]
        try:
            await asyncio.gather(*(helper.wait() for helper in helpers))
        finally:
            for helper in helpers:
                if helper.returncode is None:
                    helper.kill()
        await asyncio.to_thread(shelves.open)
        await asyncio.sleep(LOOKED_AT_AGAIN.total_seconds())


async def follow_catalogs(catalogs: Catalogs, folder: Path, when_changed: Callable[[], None]) -> None:
    """Has edited catalogs spoken, without holding anybody up."""
    from bot.localization.watching import PAUSE, Watch  # only translators at work need the checks

    watch = await asyncio.to_thread(Watch, catalogs, folder)
    while True:
        if await asyncio.to_thread(watch.look):
            watch.take_over()
            when_changed()
        await asyncio.sleep(PAUSE)


async def drop_what_is_old(store: Store, feedback_kept: timedelta) -> None:
    """What was promised to be kept until a day is gone after it, whether its owner comes back or not."""
    while True:
        await store.drop_lessons((now() - feedback_kept).date())
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
        web.run_app(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            access_log=None,
            keepalive_timeout=IDLE,
        )
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
