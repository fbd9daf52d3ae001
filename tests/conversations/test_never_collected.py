"""What is never collected, and what is never asked where others read along."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from bot.domain.problems import PROBLEMS
from bot.localization.locale import Locale
from bot.store.records import ConversationRecord
from bot.text import Text
from tests.conversations.house import house
from tests.conversations.scripts import LONGEST, said_in, script_of
from tests.conversations.talking import BEGIN, Heard, Person, answer, follow, reach

PASSWORD = {
    "en": "my password is hunter2xyz",
    "zh-CN": "密码是 hunter2xyz",
    "zh-TW": "密碼是 hunter2xyz",
    "ru": "мой пароль: hunter2xyz",
}
CARD = "4111 1111 1111 1111"


def everything(heard: Heard) -> str:
    """All that is stored of a turn besides the activity itself, and all that is said."""
    turn = heard.stored
    draft = turn.draft
    kept = [turn.state, draft and [draft.answers, draft.remarks, draft.consents]]
    return orjson.dumps(kept).decode() + " ".join(heard.texts) + repr(turn.replies)


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("name", ["indirect_russia", "direct_kazakhstan"])
async def test_a_password_or_a_card_number_is_refused_at_every_step(
    name: str, locale: Locale, tmp_path: Path
) -> None:
    """never_collect: not kept, not repeated, and blanked where the activity itself was saved."""
    script = script_of(name)
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script, person, "model")
        for _ in range(LONGEST):
            before = dict(heard.answers)
            for secret, key in ((said_in(PASSWORD, locale), "problem.secret"), (CARD, "problem.card-number")):
                told = await person.says(secret)
                assert told.stored.unsay, (heard.field, secret)
                assert "hunter2xyz" not in everything(told)
                assert "4111" not in everything(told)
                said = " ".join(told.texts)
                assert rooms.say(_problem(key), locale) in said or told.keys[0] == "question.another-way"
                assert (told.field, told.waiting, told.answers) == (heard.field, heard.waiting, before)
            if heard.waiting == "consent":
                break
            heard = await answer(script, person, heard)
        assert heard.waiting == "consent"


def _problem(key: str) -> Text:
    return PROBLEMS[key.removeprefix("problem.")]


@pytest.mark.parametrize("claimed", ["en", ""])
@pytest.mark.parametrize("secret", ["password: hunter2xyz", CARD, "is my password hunter2! right?"])
async def test_a_secret_outside_the_form_is_not_kept_either(
    secret: str, claimed: str, tmp_path: Path
) -> None:
    """never_collect: as the very first message, and where nothing is asked."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, claimed=claimed, say_text=rooms.say)
        first = await person.says(secret)
        again = await person.says(secret)
        for heard in (first, again):
            assert heard.stored.unsay
            assert "hunter2" not in everything(heard)
            assert "4111" not in everything(heard)


async def test_the_saved_activity_loses_a_secret(tmp_path: Path) -> None:
    """never_collect: the transcript of Direct Line, where the message was saved before it was read."""
    async with house(tmp_path) as rooms:
        await rooms.store.open_conversation(ConversationRecord("test:1", "anna", "directline"))
        stored, _ = await rooms.store.receive(
            "test:1", {"type": "message", "text": "password: hunter2xyz", "from": {"id": "anna"}}, None
        )
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await person.says("password: hunter2xyz", activity_id=stored.activity["id"])
        transcript = await rooms.store.transcript("test:1", 0)
        assert transcript
        assert "hunter2xyz" not in repr(transcript)


COLLECTING: list[dict[str, Any]] = [
    {"press": "apply", "model": "direct-bill"},
    {"press": "change", "field": "legal_name"},
    *({"press": "command", "name": name} for name in ("apply", "resume", "restart", "change", "assess")),
    *({"press": "command", "name": name} for name in ("summary", "status", "where", "find-out")),
]


@pytest.mark.parametrize("locale", Locale)
async def test_no_company_data_is_asked_where_others_read_along(locale: Locale, tmp_path: Path) -> None:
    """F7: not by button, not in words; and nothing of the draft is told."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        before = await reach(script_of("indirect_taiwan"), person, "legal_name")
        group = person.elsewhere("group:1")
        assert (await group.sends(kind="join", shared=True)).keys == ["welcome.shared"]
        assert (await group.says(said_in(BEGIN, locale), shared=True)).keys == ["routes.not-here"]
        for press in COLLECTING:
            heard = await group.presses(press, shared=True)
            assert (heard.keys, heard.waiting) == (["routes.not-here"], None)
            assert heard.answers == before.answers
        for words in ("back", "skip", "later", "cancel", "hello", "42"):
            heard = await group.says(words, shared=True)
            assert heard.waiting is None
            assert not {"standing.where", "welcome.back"} & set(heard.keys)


@pytest.mark.parametrize("locale", Locale)
async def test_questions_are_answered_where_others_read_along(locale: Locale, tmp_path: Path) -> None:
    """F7: with no button that leads into a form."""
    question = {
        "en": "How long does the review take?",
        "zh-CN": "审核需要多长时间？",
        "zh-TW": "審核需要多久？",
        "ru": "Сколько длится проверка заявки?",
    }
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await person.says(said_in(question, locale), shared=True)
        assert heard.keys == ["topic.application.review-time"]
        heard = await person.presses({"press": "command", "name": "compare"}, shared=True)
        assert heard.keys
        for turn in (heard, await person.says("help", shared=True), await person.says("hello", shared=True)):
            pressed = [choice.get("name") for choice in turn.choices.values()]
            assert not {"apply", "resume", "find-out", "status"} & set(pressed)


LINK = "https://teams.microsoft.com/l/chat/0/0?users=28:11111111-2222-3333-4444-555555555555"


async def test_a_group_is_shown_the_way_to_a_chat_of_our_own(tmp_path: Path) -> None:
    """F7: in the greeting, in the help and wherever something is refused."""
    async with house(tmp_path) as rooms:
        group = Person(rooms.conversation, Locale.EN, place="group:1", say_text=rooms.say)
        turns = [
            await group.sends(kind="join", shared=True, private_chat=LINK),
            await group.says("help", shared=True, private_chat=LINK),
            await group.says("apply", shared=True, private_chat=LINK),
            # the label of the button that opens the link, typed
            await group.says("Chat with me alone", shared=True, private_chat=LINK),
        ]
        keys = ["welcome.shared", "welcome.help-shared", "routes.not-here", "routes.not-here"]
        assert [turn.keys for turn in turns] == [[key] for key in keys]
        for turn in turns:
            [link] = [choice.url for reply in turn.stored.replies for choice in reply.choices if choice.url]
            assert link == LINK


@pytest.mark.parametrize(
    "press",
    [
        {"press": "review", "at": "review", "draft": "x"},
        {"press": "send", "at": "consent"},
        {"press": "answer", "field": "legal_name"},
        {"press": "command", "name": "export"},
        {"press": "command", "name": 5},
        {"press": "whatever comes later"},
    ],
)
async def test_a_button_of_a_private_chat_does_nothing_in_a_group(
    press: dict[str, Any], tmp_path: Path
) -> None:
    """F7: also one that does not exist yet."""
    async with house(tmp_path) as rooms:
        group = Person(rooms.conversation, Locale.EN, place="group:1")
        assert (await group.presses(press, shared=True)).keys == ["routes.not-here"]


async def test_a_yes_in_a_group_tells_nobody_about_an_application(tmp_path: Path) -> None:
    """F7: said once more in private, it repeats the reference number."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await follow(script_of("indirect_taiwan"), person)
        assert (await person.says("yes")).keys == ["apply.already-sent"]
        heard = await person.elsewhere("group:1").says("yes", shared=True)
        assert heard.stored.applications
        assert "apply.already-sent" not in heard.keys


async def test_in_a_group_each_is_answered_in_their_own_language(tmp_path: Path) -> None:
    """F7, D4: the chosen one, else their client's, else the group's."""
    question = "CSP?"
    async with house(tmp_path) as rooms:
        anna = Person(rooms.conversation, Locale.RU, user="anna", place="group:1")
        bert = Person(rooms.conversation, Locale.ZH_TW, user="bert", place="group:1", count=100)
        cleo = Person(rooms.conversation, Locale.EN, user="cleo", place="group:1", count=200)
        dora = Person(rooms.conversation, Locale.EN, user="dora", place="group:1", count=300, claimed="fi")
        await cleo.presses({"press": "language", "locale": "zh-CN"}, shared=True)
        heard = [await one.says(question, shared=True) for one in (anna, bert, cleo, anna, dora)]
        assert [turn.stored.locale for turn in heard] == ["ru", "zh-TW", "zh-CN", "ru", "ru"]


async def test_a_form_left_open_in_a_group_is_closed(tmp_path: Path) -> None:
    """F7: even if the conversation was a private one when it began."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await reach(script_of("indirect_taiwan"), person, "legal_name")
        heard = await person.says("Contoso Ltd", shared=True)
        assert heard.waiting is None
        assert "legal_name" not in heard.answers
