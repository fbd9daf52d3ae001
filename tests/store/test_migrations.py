"""Migrations end at tables.py, and a database that is up to date opens at once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.localization.locale import Locale
from bot.settings import ConfigurationError
from bot.store import migrations
from bot.store.database import Store
from bot.store.engines import reach
from bot.store.indexes import metadata
from bot.store.lessons import Shown, Vote
from bot.store.migrations import HEAD
from bot.store.sealing import Cipher
from tests.store.conftest import KEY
from tests.store.making import NOW, load, take


async def test_migrations_end_at_the_tables(url: str) -> None:
    await (await Store.open(url, [KEY])).close()
    database = reach(url, Cipher([KEY]))

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        return list(compare_metadata(context, metadata))

    found = await database.reader.run(differences)
    await database.close()
    assert found == []


def test_the_head_is_the_last_step() -> None:
    folder = Path(migrations.__file__).parent
    config = Config()
    config.set_main_option("script_location", str(folder))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_opening_again_keeps_what_is_there(url: str) -> None:
    for n in range(3):
        store = await Store.open(url, [KEY])
        await take(store, f"a{n}")
        assert (await load(store, "x")).conversation.version == n + 1
        await store.close()


async def test_a_database_of_the_first_release_keeps_what_is_there_and_gets_the_new_tables(url: str) -> None:
    """A9: what was saved before votes were kept loads; votes are kept from then on."""
    database = reach(url, Cipher([KEY]))

    def first_release(connection: Connection) -> None:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO persons (id, locale, version) VALUES ('u', 'ru', 1)"))

    await database.writer.run(first_release)
    await database.close()
    store = await Store.open(url, [KEY])
    assert (await load(store, "a")).person.locale is Locale.RU
    shown = Shown("mpn.get-id", Locale.RU, "0123456789ab")
    await take(store, "a", learned=[Vote(shown, "up", NOW)])
    assert [one.up for one in await store.ratings(NOW.date())] == [1]
    await store.close()


async def test_several_may_open_a_new_database_at_once(url: str) -> None:
    stores = await asyncio.gather(*(Store.open(url, [KEY]) for _ in range(5)))
    await asyncio.gather(*(take(store, "a", f"c{n}", f"u{n}") for n, store in enumerate(stores)))
    assert (await load(stores[0], "a", "c4", "u4")).replies is not None
    for store in stores:
        await store.close()


def test_processes_that_start_at_once_share_a_new_database(tmp_path: Path) -> None:
    code = (
        "import asyncio, sys; from bot.store.database import Store; sys.stdin.read(1)\n"
        "async def main():\n"
        "    store = await Store.open(sys.argv[1], [sys.argv[2]])\n"
        "    print(await store.ready())\n"
        "    await store.close()\n"
        "asyncio.run(main())"
    )
    command = [sys.executable, "-c", code, f"sqlite:///{tmp_path / 'bot.sqlite3'}", KEY]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(5)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("g")
        process.stdin.flush()
    assert [process.communicate()[0] for process in processes] == ["True\n"] * 5


async def test_a_database_of_a_newer_release_stops_the_start(url: str) -> None:
    """I2: one clear line."""
    await (await Store.open(url, [KEY])).close()
    database = reach(url, Cipher([KEY]))
    await database.writer.run(
        lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    )
    await database.close()
    with pytest.raises(ConfigurationError, match="newer"):
        await Store.open(url, [KEY])


def test_an_up_to_date_database_opens_without_alembic(tmp_path: Path) -> None:
    code = (
        "import asyncio, sys, time; from bot.store.database import Store\n"
        "async def main():\n"
        "    begun = time.process_time()\n"
        "    store = await Store.open(sys.argv[1], [sys.argv[2]])\n"
        "    print('alembic' in sys.modules, time.process_time() - begun)\n"
        "    await store.close()\n"
        "asyncio.run(main())"
    )
    command = [sys.executable, "-c", code, f"sqlite:///{tmp_path / 'bot.sqlite3'}", KEY]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in "123"]
    assert [imported for imported, _ in runs] == ["True", "False", "False"]
    assert min(float(seconds) for _, seconds in runs[1:]) < 0.05
