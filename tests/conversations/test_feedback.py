"""Thumbs up and down, comments, and the questions that found no answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.localization.locale import Locale
from bot.store.lessons import Rating, Shown
from dialogs.votes import COMPARISON
from tests.conversations.house import Clock, House, assistant, house
from tests.conversations.scripts import LONGEST, said_in, script_of
from tests.conversations.talking import Heard, Person, answer, reach
from tests.conversations.test_interrupting import ASIDE, HELP, kept
from tests.conversations.test_languages import PAIRS, language

TOPIC = "application.review-time"
GOOD = {"en": "that helped!", "zh-CN": "很有用", "zh-TW": "有幫助", "ru": "Помогло"}
BAD = {"en": "not helpful", "zh-CN": "不好", "zh-TW": "沒有用", "ru": "не помогло"}
NEVER_MIND = {"en": "take back my vote", "zh-CN": "撤回评价", "zh-TW": "收回評價", "ru": "отменить оценку"}
SAID = {
    "en": "The days are out of date. Write to anna@contoso.com",
    "zh-CN": "天数已经过时了，请联系 anna@contoso.com",
    "zh-TW": "天數已經過時了，請聯絡 anna@contoso.com",
    "ru": "Сроки устарели. Пишите на anna@contoso.com",
}
NO_COMMENT = {"en": "no", "zh-CN": "不用", "zh-TW": "跳過", "ru": "нет"}
#: Nothing in CSP has anything to do with it.
FOREIGN = {
    "en": "Which wine goes with roasted duck, call +1 425 555 0100",
    "zh-CN": "烤鸭配什么葡萄酒，电话 13800138000",
    "zh-TW": "烤鴨配什麼葡萄酒，電話 0912345678",
    "ru": "Какое вино подходит к утке, звоните +7 495 123-45-67",
}


def long_ago(rooms: House) -> Any:
    return rooms.clock.now.date() - timedelta(days=30)


async def ratings(rooms: House) -> list[tuple[str, Locale, int, int, tuple[str, ...]]]:
    found = await rooms.store.ratings(long_ago(rooms))
    return [(one.shown.topic, one.shown.locale, one.up, one.down, one.comments) for one in found]


async def asked(person: Person) -> Heard:
    heard = await person.says(said_in(ASIDE, person.locale))
    assert heard.keys[0] == f"topic.{TOPIC}"
    return heard


@pytest.mark.parametrize("locale", Locale)
async def test_a_vote_is_given_changed_and_taken_back_by_buttons(locale: Locale, tmp_path: Path) -> None:
    """C9: pressed twice it counts once; stored with answer, language and the version of the words."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await asked(person)
        up, down = heard.offers("vote", vote="up"), heard.offers("vote", vote="down")
        for _ in range(2):
            heard = await person.presses(up)
            assert heard.keys == ["feedback.helped"]
            assert await ratings(rooms) == [(TOPIC, locale, 1, 0, ())]
        (rating,) = await rooms.store.ratings(long_ago(rooms))
        assert rating == Rating(Shown(TOPIC, locale, up["version"]), 1, 0, ())
        heard = await person.presses(down)
        assert heard.keys == ["feedback.did-not-help"]
        assert heard.offers("vote", vote="none") == {**down, "vote": "none"}
        assert await ratings(rooms) == [(TOPIC, locale, 0, 1, ())]
        for _ in range(2):
            heard = await person.presses({**down, "vote": "none"})
            assert heard.keys == ["feedback.taken-back"]
            assert await ratings(rooms) == []


@pytest.mark.parametrize("locale", Locale)
async def test_the_comparison_of_the_models_has_thumbs_too(locale: Locale, tmp_path: Path) -> None:
    """C9, C8: stored with an id of its own and the version of its words; named in an export."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await person.presses({"press": "command", "name": "compare"})
        up = heard.offers("vote", vote="up", answer=COMPARISON)
        await person.presses(up)
        assert await ratings(rooms) == [(COMPARISON, locale, 1, 0, ())]
        (rating,) = await rooms.store.ratings(long_ago(rooms))
        assert rating.shown == Shown(COMPARISON, locale, up["version"])
        await person.says(BAD[locale.value])
        assert await ratings(rooms) == [(COMPARISON, locale, 0, 1, ())]
        heard = await person.presses({"press": "command", "name": "export"})
        (group,) = heard.stored.replies[-1].attachment.groups  # type: ignore[union-attr]
        title = assistant()._services.topics.comparison.title
        assert rooms.say(title, locale) in rooms.say(group.title, locale)


@pytest.mark.parametrize("locale", Locale)
async def test_a_vote_is_given_changed_and_taken_back_in_words(locale: Locale, tmp_path: Path) -> None:
    """C9: of the last answer, also after something else was talked about."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        await asked(person)
        await person.says(said_in(BAD, locale))
        assert await ratings(rooms) == [(TOPIC, locale, 0, 1, ())]
        await person.says(said_in(HELP, locale))
        await person.says(said_in(GOOD, locale))
        assert await ratings(rooms) == [(TOPIC, locale, 1, 0, ())]
        await person.says("👎")
        assert await ratings(rooms) == [(TOPIC, locale, 0, 1, ())]
        await person.says(said_in(NEVER_MIND, locale))
        assert await ratings(rooms) == []


@pytest.mark.parametrize("locale", Locale)
async def test_the_labels_of_the_buttons_can_be_typed(locale: Locale, tmp_path: Path) -> None:
    """C9, D9: as on a channel without buttons."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        labels = {
            press["vote"]: label for label, press in (await asked(person)).choices.items() if "vote" in press
        }
        heard = await person.says(labels["down"])
        label = next(label for label, press in heard.choices.items() if press["press"] == "comment")
        heard = await person.says(label)
        assert (heard.keys, heard.waiting) == (["feedback.your-comment"], "comment")
        await person.says(said_in(SAID, locale))
        ((topic, *_, comments),) = await ratings(rooms)
        assert (topic, len(comments)) == (TOPIC, 1)
        assert comments[0].endswith("[mail]")


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("name", ["indirect_russia", "direct_kazakhstan"])
async def test_a_vote_and_a_comment_change_nothing_at_any_step_of_a_form(
    name: str, locale: Locale, tmp_path: Path
) -> None:
    """C9, A2: the form goes on at its question; answers, failures and what waits for a yes stay."""
    script = script_of(name)
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script, person, "model")
        heard = await person.says("?!")
        for count in range(LONGEST):
            before, question = kept(heard), (await asked(person)).question
            now = await asked(person)
            now = await person.presses(now.offers("vote", vote="down" if count % 2 else "up"))
            assert (kept(now), now.question) == (before, question)
            now = await person.presses(now.offers("comment"))
            assert now.keys == ["feedback.your-comment"]
            if count % 3 == 0:
                now = await person.says(f"{said_in(SAID, locale)} ({count})?")
                assert now.keys[0] == "feedback.noted"
            else:
                now = await person.says(said_in(NO_COMMENT, locale))
            assert (kept(now), now.question) == (before, question)
            if heard.waiting == "consent":
                break
            heard = await answer(script, person, heard)
        assert heard.waiting == "consent"
        ((topic, *_, comments),) = await ratings(rooms)
        assert (topic, len(comments)) == (TOPIC, 1)


async def test_a_press_of_the_form_passes_by_the_comment_that_was_asked_for(tmp_path: Path) -> None:
    """C9: a comment never swallows a form's answer."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        heard = await reach(script_of("indirect_russia"), person, "model")
        form_press = heard.offers("answer", value="direct-bill")
        heard = await person.presses((await asked(person)).offers("vote", vote="down"))
        heard = await person.presses(heard.offers("comment"))
        heard = await person.presses(form_press)
        assert heard.answers == {"model": "direct-bill"}
        assert heard.waiting == "question"
        assert (await ratings(rooms))[0][-1] == ()


async def test_a_word_that_can_be_an_answer_is_the_answer_and_no_vote(tmp_path: Path) -> None:
    """C9: a thumb where yes or no was asked; a name like "Helpful" once the answer was left behind."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await reach(script_of("indirect_taiwan"), person, "already_in_csp")
        await asked(person)
        heard = await person.says("👎")
        assert heard.answers["already_in_csp"] == "no"
        heard = await person.says("Taiwan")
        await asked(person)
        assert (await person.says("👍")).answers["legal_country"] == "TW"
        await reach(script_of("indirect_taiwan"), person, "legal_name")
        await asked(person)
        await person.says("where am I")
        heard = await person.says("Helpful")
        assert heard.answers["legal_name"] == "Helpful"
        assert await ratings(rooms) == []


async def test_a_comment_on_what_has_changed_changes_nothing(tmp_path: Path) -> None:
    """C9: in Russian it sounds like the request to change an answer; one that names none is a request."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.RU, say_text=rooms.say)
        for said, told in (("Адрес изменился", "feedback.noted"), ("изменить", "routes.nothing-to-change")):
            heard = await person.presses((await asked(person)).offers("vote", vote="down"))
            await person.presses(heard.offers("comment"))
            assert (await person.says(said)).keys[0] == told


async def test_a_comment_is_what_is_said_whatever_it_looks_like_except_a_request_for_help(
    tmp_path: Path,
) -> None:
    """C9, A10: a question mark or a no at its beginning makes no other thing of it; a password is refused."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        heard = await person.presses((await asked(person)).offers("vote", vote="down"))
        heard = await person.presses(heard.offers("comment"))
        assert (await person.says("help")).keys[-1] == "feedback.your-comment"
        heard = await person.says("my password is hunter2")
        assert (heard.keys[-1], heard.stored.unsay) == ("feedback.your-comment", True)
        assert (await person.says("  ")).keys == ["feedback.your-comment"]
        heard = await person.says("No, why does it say 30 days?")
        assert heard.keys == ["feedback.noted"]
        assert heard.waiting is None
        assert (await ratings(rooms))[0][-1] == ("No, why does it say 30 days?",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "no.such-topic"},
        {"locale": "xx"},
        {"version": "<script>"},
        {"version": None},
        {"vote": "sideways"},
        {"vote": {}},
        {"answer": ["a"]},
    ],
)
async def test_a_forged_press_is_no_vote(wrong: dict[str, Any], tmp_path: Path) -> None:
    """I3: nothing is stored of it and nothing breaks."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        press = (await asked(person)).offers("vote", vote="up")
        assert (await person.presses(press | wrong)).keys[0] == "question.stale"
        assert (await person.presses(press | wrong | {"press": "comment", "vote": 1})).waiting in (
            None,
            "comment",
        )
        assert await ratings(rooms) == []


@pytest.mark.parametrize("locale", Locale)
async def test_where_several_people_write_no_question_is_left_open(locale: Locale, tmp_path: Path) -> None:
    """C9: a vote counts for who gave it; a comment would take somebody else's next message."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await person.says(said_in(ASIDE, locale), shared=True)
        heard = await person.presses(heard.offers("vote", vote="down"), shared=True)
        assert "comment" not in [press["press"] for press in heard.choices.values()]
        assert (await ratings(rooms))[0][2:4] == (0, 1)
        await person.says(said_in(GOOD, locale), shared=True)
        assert (await ratings(rooms))[0][2:4] == (1, 0)


@pytest.mark.parametrize("locale", Locale)
async def test_a_question_without_an_answer_joins_the_queue(locale: Locale, tmp_path: Path) -> None:
    """C4, C10: in its language, without personal data, from within a form as well, and counted."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await person.says(said_in(FOREIGN, locale))
        assert "answer.do-not-know" in heard.keys
        await reach(script_of("indirect_taiwan"), person, "model")
        heard = await person.says(said_in(FOREIGN, locale) + "?")
        assert heard.field == "model"
        (question,) = await rooms.store.questions(long_ago(rooms))
        assert (question.locale, question.verdict, question.count) == (locale, "nothing", 2)
        assert "[number]" in question.text
        assert not any(sign.isdigit() for sign in question.text)


async def test_an_answer_to_a_form_never_joins_the_queue(tmp_path: Path) -> None:
    """C10: what is wrong with it is between the person and the form."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.RU, say_text=rooms.say)
        await reach(script_of("indirect_russia"), person, "legal_country")
        for words in ("Нарния", "Иванов Иван Иванович", "utka@"):
            await person.says(words)
        await asked(person)
        assert await rooms.store.questions(long_ago(rooms)) == []


async def doubtful(rooms: House, person: Person) -> Heard:
    """A question for which topics are offered, whatever the finder finds doubtful today."""
    candidates = {
        "en": ["agreement", "tenant", "requirements", "what about verification", "direct", "location"],
        "zh-CN": ["协议", "租户", "要求", "验证", "直接", "位置"],
        "zh-TW": ["合約", "租用戶", "要求", "驗證", "直接", "位置"],
        "ru": ["соглашение", "клиент", "требования", "проверка", "прямой", "расположение"],
    }
    for words in candidates[person.locale.value]:
        heard = await person.says(words)
        if "answer.did-you-mean" in heard.keys:
            return heard
    raise AssertionError("nothing is doubtful any more")


@pytest.mark.parametrize("locale", Locale)
async def test_the_queue_knows_which_suggestion_was_taken(locale: Locale, tmp_path: Path) -> None:
    """C10: the one that was pressed or typed next, once; not what is asked later on."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await doubtful(rooms, person)
        offered = [(label, press) for label, press in heard.choices.items() if press["press"] == "topic"]
        heard = await person.says(offered[-1][0])
        assert heard.keys[0] == f"topic.{offered[-1][1]['id']}"
        await person.presses(offered[0][1])
        queue = await rooms.store.questions(long_ago(rooms))
        assert [question.taken for question in queue if question.taken] == [{offered[-1][1]["id"]: 1}]
        doubt = next(question for question in queue if question.taken)
        assert (doubt.verdict, doubt.near) == ("unsure", tuple(press["id"] for _, press in offered))


@pytest.mark.parametrize(("spoken", "other"), PAIRS)
async def test_follow_ups_survive_a_change_of_language(spoken: Locale, other: Locale, tmp_path: Path) -> None:
    """C5: they are offered again in the new language, and work by press and by label, in a form as well."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, spoken, say_text=rooms.say)
        for in_form in (False, True):
            if in_form:
                await person.presses(language(spoken))
                await reach(script_of("indirect_taiwan"), person, "legal_country")
            before = [press for press in (await asked(person)).choices.values() if press["press"] == "topic"]
            heard = await person.presses(language(other))
            after = {label: press for label, press in heard.choices.items() if press["press"] == "topic"}
            assert list(after.values()) == before != []
            assert (heard.field == "legal_country") is in_form
            heard = await person.says(next(iter(after)))
            assert heard.keys[0] == f"topic.{before[0]['id']}"
            assert heard.stored.replies[0].locale in (None, other)
            heard = await person.presses(before[-1])
            assert heard.keys[0] == f"topic.{before[-1]['id']}"


@pytest.mark.parametrize(("spoken", "other"), PAIRS)
async def test_the_buttons_of_an_answer_in_another_language_can_be_typed_in_it(
    spoken: Locale, other: Locale, tmp_path: Path
) -> None:
    """C6, C9: the answer, its follow-ups and its thumbs are in the language of the question."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, spoken, say_text=rooms.say)
        heard = await person.says(said_in(ASIDE, other))
        assert heard.keys == [f"topic.{TOPIC}", "answer.offer-to-switch"]
        reply = heard.stored.replies[0]
        assert reply.locale is other
        thumb = next(choice for choice in reply.choices if choice.press.get("vote") == "up")
        assert not isinstance(thumb.label, str)
        heard = await person.says(rooms.say(thumb.label, other))
        assert heard.keys == ["feedback.helped"]
        assert heard.stored.locale is spoken
        assert await ratings(rooms) == [(TOPIC, other, 1, 0, ())]


async def test_a_vote_outlives_a_restart_and_ends_with_the_person(tmp_path: Path) -> None:
    """C9, J2"""
    clock = Clock()
    async with house(tmp_path, clock) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        press = (await asked(person)).offers("vote", vote="down")
    async with house(tmp_path, clock) as rooms:
        person.conversation = rooms.conversation
        await person.presses(press)
        assert len(await ratings(rooms)) == 1
        heard = await person.says("delete me")
        await person.presses(heard.offers("way", way="delete"))
        assert await ratings(rooms) == []
