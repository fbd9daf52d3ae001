"""What no topic answers is answered with what the documentation says, and never as if it were ours."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import orjson
import pytest
import pytest_asyncio
from cryptography.fernet import Fernet
from markdown_it import MarkdownIt

import app
import dialogs
from bot.channels.rendering import Renderer
from bot.channels.voice import NEAREST
from bot.conversation import Conversation
from bot.knowledge.documentation import documentation
from bot.knowledge.documentation.passages import Passage
from bot.knowledge.topics import Topics
from bot.localization.locale import Locale
from bot.settings import Settings
from bot.store.database import Store
from bot.text import text
from bot.turn import Incoming, Passages, Reply, Turn
from dialogs.answer import LOOK_IT_UP, PAGES_ASKED_FOR
from tests.conversations.house import Clock, catalogs
from tests.conversations.scripts import said_in
from tests.conversations.talking import BEGIN, RENDERER, Person
from tests.conversations.test_languages import QUESTION

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "tests" / "knowledge" / "documentation" / "pages"
QUESTIONS = {
    Locale.EN: ("is there a webhook for new orders", "Register a callback address"),
    Locale.ZH_CN: ("新订单有没有网络回调", "登记一个回调地址"),
    Locale.ZH_TW: ("裝驗證器的手機遺失了怎麼登入", "遺失裝有驗證器應用程式的手機"),
    Locale.RU: ("есть ли вебхук о новых заказах", "Зарегистрируйте адрес обратного вызова"),
}
OFFERS = {"answer.pages", "answer.pages-as-well"}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> dialogs.Assistant:
    shelves = documentation(PAGES, tmp_path_factory.mktemp("index"))
    assert shelves is not None
    shelves.update()
    return dialogs.build(catalogs(), None, shelves.offer)


@pytest_asyncio.fixture
async def conversation(tmp_path: Path, assistant: dialogs.Assistant) -> AsyncIterator[Conversation]:
    store = await Store.open(f"sqlite:///{tmp_path / 'bot.sqlite3'}", [Fernet.generate_key().decode()])
    yield Conversation(store, assistant, Clock())
    await store.close()


@pytest.mark.parametrize("locale", QUESTIONS)
async def test_sections_are_offered_as_such_in_every_language(
    conversation: Conversation, locale: Locale
) -> None:
    """C2, C3, C4"""
    question, excerpt = QUESTIONS[locale]
    heard = await Person(conversation, locale).says(question)
    (reply,) = (each for each in heard.stored.replies if each.key in OFFERS)
    assert not any(key.startswith("topic.") for key in heard.keys)
    for channel in ("directline", "msteams", "console"):
        said = orjson.dumps(RENDERER.activities(heard.stored, channel)).decode()
        assert excerpt in said, channel
        assert f"https://learn.microsoft.com/{locale.docs.lower()}/partner-center/people-and-devices#" in said
    plain = RENDERER.plain(reply, locale)
    assert catalogs().say(reply.attachment.title, locale) == plain.splitlines()[0]  # type: ignore[union-attr]
    assert catalogs().value(date(2021, 5, 12), locale) in plain


async def test_a_question_in_another_language_gets_that_languages_pages(conversation: Conversation) -> None:
    """C6"""
    heard = await Person(conversation, Locale.EN).says(QUESTIONS[Locale.RU][0])
    (reply,) = (each for each in heard.stored.replies if each.key in OFFERS)
    assert reply.locale is Locale.RU
    assert heard.keys[-1] == "answer.offer-to-switch"


async def test_the_form_goes_on_after_the_documentation_was_quoted(conversation: Conversation) -> None:
    person = Person(conversation, Locale.EN)
    before = await person.says("apply")
    heard = await person.says("is there a webhook for new orders?")
    assert OFFERS & set(heard.keys)
    assert (heard.waiting, heard.field) == (before.waiting, before.field)
    assert heard.keys[-1] == before.keys[-1]


@pytest.mark.parametrize("cited", [False, True])
@pytest.mark.parametrize("locale", list(Locale))
async def test_below_an_answer_the_documentation_is_one_press_away(
    locale: Locale, cited: bool, tmp_path: Path
) -> None:
    """C4, A2: where it puts a section first that the answer does not rest on; the form goes on afterwards."""
    sources = Topics.load()["application.review-time"].sources[locale]
    url = sources[0].url if cited else "https://learn.microsoft.com/partner-center/elsewhere#here"
    passage = Passage(locale, "Elsewhere", "Here", "Something near.", url, None, None, False)
    asked: list[str] = []

    def offer(question: str, _: Locale) -> tuple[Passage, ...]:
        asked.append(question)
        return (passage,)

    question = said_in(QUESTION, locale)
    store = await Store.open(f"sqlite:///{tmp_path / 'bot.sqlite3'}", [Fernet.generate_key().decode()])
    try:
        conversation = Conversation(store, dialogs.build(catalogs(), None, offer), Clock())
        person = Person(conversation, locale, say_text=catalogs().say)
        await person.says(said_in(BEGIN, locale))
        heard = await person.says(question)
        assert "topic.application.review-time" in heard.keys
        label = catalogs().say(LOOK_IT_UP, locale)
        assert (label in heard.choices) is not cited
        for channel in ("directline", "msteams", "console"):
            said = orjson.dumps(RENDERER.activities(heard.stored, channel)).decode()
            assert ("elsewhere#here" in said) is not cited, channel
            assert passage.excerpt not in said
        assert (
            catalogs().say(NEAREST, locale) in RENDERER.plain(heard.stored.replies[0], locale)
        ) is not cited
        if cited:
            return
        typed = await person.says(label)
        for again in (typed, await person.presses(heard.choices[label])):
            assert again.keys[0] == PAGES_ASKED_FOR.key
            assert (again.field, again.keys[-1]) == ("model", "apply.model.ask")
            assert asked[-1] == question
    finally:
        await store.close()


async def test_where_the_documentation_has_nothing_either_we_say_so(conversation: Conversation) -> None:
    """C4"""
    heard = await Person(conversation, Locale.EN).says("What will the weather be like in Seattle tomorrow?")
    assert heard.keys == ["answer.do-not-know"]


def test_what_a_page_says_is_never_markup() -> None:
    evil = "**b** [a](http://evil.example) ![x](http://evil.example/y.png) <img src=x>"
    passage = Passage(Locale.EN, evil, evil, evil, "https://learn.microsoft.com/x", None, None, False)
    reply = Reply(attachment=Passages(text("test.title", "Pages"), (passage,)))
    asked = Incoming(activity_id="a", conversation_id="c", user_id="u", channel="x")
    turn = Turn(asked, Clock().now, None, Locale.EN, True, None, {}, [reply])
    (activity,) = Renderer(catalogs()).activities(turn, "directline")
    drawn = MarkdownIt("commonmark", {"html": True}).render(activity["text"])
    assert drawn.count("<a ") == drawn.count('<a href="https://learn.microsoft.com/x">') == 1
    assert "<img" not in drawn and "<strong>" not in drawn


async def test_the_service_indexes_beside_its_work_and_then_offers(tmp_path: Path) -> None:
    shelves = documentation(PAGES, tmp_path)
    assert shelves is not None
    following = asyncio.create_task(app.follow(shelves))
    try:
        for _ in range(300):
            if shelves.offer("新订单有没有网络回调", Locale.ZH_CN):
                break
            await asyncio.sleep(0.1)
        else:
            pytest.fail("no index within half a minute")
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


@pytest.mark.parametrize("wrong", ["missing", "empty", "file"])
def test_documentation_that_is_not_there_stops_the_start_with_one_line(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("", "ascii")
    environ = {"PATH": os.environ["PATH"], "BOT_DATA_DIR": str(tmp_path / "data"), "PORT": "1"}
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**environ, "DOCS_DIR": str(tmp_path / wrong)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("DOCS_DIR must be a folder")
    assert len(done.stderr.splitlines()) == 1


def test_the_setting_is_read(tmp_path: Path) -> None:
    environ = {"BOT_DATA_DIR": str(tmp_path)}
    assert Settings.read(environ).docs_dir is None
    assert Settings.read({**environ, "DOCS_DIR": str(PAGES)}).docs_dir == PAGES
