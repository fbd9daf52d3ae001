import asyncio
import logging
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest

import dialogs
from app import follow_catalogs
from bot.channels.rendering import Renderer
from bot.conversation import Conversation
from bot.localization import po, updating
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from bot.localization.po import Message
from bot.localization.watching import Watch
from bot.text import text
from tests.conversations.house import house
from tests.conversations.talking import Person

NAME = text("name", "Name, {name}")
DAYS = Message("days", "{count} day", "{count} days", ("{count} день", "{count} дня", "{count} дней"))
GREETING = Message("name", "Name, {name}", None, ("Имя, {name}",))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for locale in Locale:
        (tmp_path / locale.folder).mkdir()
        shutil.copy(LOCALES / locale.folder / "glossary.yml", tmp_path / locale.folder)
        po.write(po.path_of(tmp_path, locale), locale, [])
    po.write(po.path_of(tmp_path, Locale.RU), Locale.RU, [DAYS, GREETING])
    return tmp_path


def said(catalogs: Catalogs) -> str:
    return catalogs.say(NAME.fill(name="X"), Locale.RU)


def test_an_edited_catalog_is_spoken_after_the_next_look(folder: Path) -> None:
    catalogs = Catalogs.load(folder)
    watch = Watch(catalogs, folder)
    assert watch.look() is False
    updating.fill(folder, Locale.RU, {"name": "Название, {name}"})
    assert said(catalogs) == "Имя, X"
    assert watch.look() is True
    assert said(catalogs) == "Имя, X"
    watch.take_over()
    assert said(catalogs) == "Название, X"
    assert watch.look() is False


def with_forms(*forms: str) -> Callable[[Path], object]:
    return lambda path: po.write(path, Locale.RU, [DAYS, replace(GREETING, forms=forms)])


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda path: path.write_text('msgctxt "name\n', "utf-8"), "bot.po:1: a string must stand between"),
        (lambda path: path.write_bytes(b'msgctxt "\xff"\n'), "can't decode byte"),
        (lambda path: path.unlink(), "No such file"),
        (lambda path: path.write_text("", "utf-8"), "it lacks days, which is spoken now"),
        (lambda path: po.write(path, Locale.RU, [DAYS]), "it lacks name, which is spoken now"),
        (with_forms("Имя, {nmae} {name}"), "name has a blank {nmae} that the English lacks"),
        (with_forms("Имя"), "name lost the blank {name}"),
        (
            lambda path: po.write(path, Locale.RU, [replace(DAYS, forms=("a", "b")), GREETING]),
            "days has 2 forms, the language needs 3",
        ),
    ],
)
def test_a_broken_catalog_is_refused_and_the_old_one_stays(
    folder: Path, spoil: Callable[[Path], object], says: str, caplog: pytest.LogCaptureFixture
) -> None:
    catalogs = Catalogs.load(folder)
    watch = Watch(catalogs, folder)
    path = po.path_of(folder, Locale.RU)
    whole = path.read_bytes()
    spoil(path)
    with caplog.at_level(logging.WARNING):
        assert watch.look() is False
        assert watch.look() is False
    assert said(catalogs) == "Имя, X"
    (line,) = [record.getMessage() for record in caplog.records]
    assert f"{path} is refused, its older words stay: " in line
    assert says in line
    path.write_bytes(whole.replace("Имя".encode(), "Как звать".encode()))
    assert watch.look() is True
    watch.take_over()
    assert said(catalogs) == "Как звать, X"


async def test_an_edit_speaks_in_a_running_conversation_within_a_second(tmp_path: Path) -> None:
    """E2: BOT_WATCH_CATALOGS: the next message has the new words, and a new label can be typed."""
    folder = tmp_path / "locales"
    for locale in Locale:
        shutil.copytree(LOCALES / locale.folder / "LC_MESSAGES", folder / locale.folder / "LC_MESSAGES")
        shutil.copy(LOCALES / locale.folder / "glossary.yml", folder / locale.folder)
    catalogs = Catalogs.load(folder)
    assistant = dialogs.build(catalogs, None)
    renderer = Renderer(catalogs)
    following = asyncio.create_task(follow_catalogs(catalogs, folder, assistant.hear_anew))
    try:
        async with house(tmp_path) as rooms:
            conversation = Conversation(rooms.store, assistant, rooms.clock)
            person = Person(conversation, Locale.RU, say_text=catalogs.say)
            heard = await person.says("помощь")
            assert "Тот же текст" not in heard.texts[0]
            await asyncio.sleep(0.5)  # the first look is over
            words = {"welcome.help": "Тот же текст другими словами.", "button.status": "Где моя заявочка"}
            assert updating.fill(folder, Locale.RU, words) == {}
            start = perf_counter()
            while "Тот же текст" not in heard.texts[0]:
                assert perf_counter() - start < 1, "an edit took more than a second"
                heard = await person.says("помощь")
            activity = renderer.activities(heard.stored, "directline")[0]
            assert activity["text"] == words["welcome.help"]
            assert (await person.says("где моя заявочка")).keys == (await person.says("статус")).keys
    finally:
        following.cancel()
