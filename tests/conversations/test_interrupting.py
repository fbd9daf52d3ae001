"""In the middle of the form: a question, a correction, a step back, a stop, three failures."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from bot.domain.application import NAMED
from bot.localization.locale import Locale
from bot.text import Country
from dialogs.countries import NAME
from tests.conversations.house import house
from tests.conversations.scripts import LONGEST, said_in, script_of
from tests.conversations.talking import Heard, Person, answer, reach

ASIDE = {
    "en": "How long does the review take?",
    "zh-CN": "审核需要多长时间？",
    "zh-TW": "審核需要多久？",
    "ru": "Сколько длится проверка заявки?",
}
BACK = {"en": "back", "zh-CN": "上一步", "zh-TW": "上一步", "ru": "назад"}
CANCEL = {"en": "cancel", "zh-CN": "取消", "zh-TW": "取消", "ru": "отмена"}
RESUME = {"en": "resume", "zh-CN": "继续申请", "zh-TW": "繼續申請", "ru": "продолжить"}
HELP = {"en": "help", "zh-CN": "帮助", "zh-TW": "說明", "ru": "помощь"}
WHERE = {"en": "where am I", "zh-CN": "我在哪一步", "zh-TW": "我在哪一步", "ru": "где я"}
RESTART = {"en": "restart", "zh-CN": "重新开始", "zh-TW": "重新開始", "ru": "начать сначала"}
HELLO = {"en": "hello", "zh-CN": "你好", "zh-TW": "哈囉", "ru": "привет"}
LATER = {"en": "later", "zh-CN": "稍后", "zh-TW": "晚點再說", "ru": "позже"}
CHANGE_NAME = {
    "en": "change the company name",
    "zh-CN": "修改公司名称",
    "zh-TW": "更改公司名稱",
    "ru": "исправить название компании",
}


def kept(heard: Heard) -> Any:
    """All that must not change by the way."""
    state = heard.stored.state
    draft = heard.stored.draft
    return deepcopy((state["stack"], draft and (draft.answers, draft.remarks, draft.consents)))


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("name", ["indirect_russia", "direct_kazakhstan"])
async def test_a_question_at_any_step_changes_nothing_and_the_step_is_repeated(
    name: str, locale: Locale, tmp_path: Path
) -> None:
    """A2: at every question, crossroads and confirmation; failures already counted stay counted."""
    script = script_of(name)
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script, person, "model")
        heard = await person.says("?!")
        for _ in range(LONGEST):
            before = kept(heard)
            question = (await person.says(said_in(WHERE, locale))).question
            aside = await person.says(said_in(ASIDE, locale))
            assert aside.keys[0].startswith("topic."), aside.texts
            assert aside.question == question
            assert kept(aside) == before
            if heard.waiting == "consent":
                break
            heard = await answer(script, person, heard)
        assert heard.waiting == "consent"


@pytest.mark.parametrize("asked_in", Locale)
@pytest.mark.parametrize("locale", Locale)
async def test_every_command_works_in_every_language_whatever_the_current_one(
    locale: Locale, asked_in: Locale, tmp_path: Path
) -> None:
    """A10: help, where am I, a greeting and restart, typed in one language while another is spoken."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script_of("indirect_taiwan"), person, "mpn_id")
        before, question = kept(heard), heard.question
        for words, key in ((HELP, "welcome.help"), (WHERE, "standing.where"), (HELLO, "standing.where")):
            heard = await person.says(said_in(words, asked_in))
            assert heard.keys[0] == key, heard.texts
            assert (kept(heard), heard.question) == (before, question)
            assert heard.stored.locale is locale
        heard = await person.says(said_in(RESTART, asked_in))
        assert heard.keys == ["restarting.ask"]
        assert heard.answers
        heard = await person.presses(heard.offers("way", way="delete"))
        assert (heard.field, heard.answers) == ("model", {})


@pytest.mark.parametrize("locale", Locale)
async def test_an_earlier_answer_is_changed_in_words_from_every_step(locale: Locale, tmp_path: Path) -> None:
    """A3: and afterwards the form is where it was, with every other answer kept."""
    script = script_of("indirect_taiwan")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script, person, "address_region")
        for count in range(LONGEST):
            field, waiting, before = heard.field, heard.waiting, dict(heard.answers)
            heard = await person.says(said_in(CHANGE_NAME, locale))
            assert heard.field == "legal_name", heard.texts
            heard = await person.says(f"範例雲端{count}股份有限公司")
            assert (heard.field, heard.waiting) == (field, "review" if waiting == "consent" else waiting)
            assert heard.answers == {**before, "legal_name": f"範例雲端{count}股份有限公司"}
            if waiting == "consent":
                break
            heard = await answer(script, person, heard)
        assert waiting == "consent"


@pytest.mark.parametrize("locale", Locale)
async def test_a_changed_country_asks_again_what_hangs_on_it(locale: Locale, tmp_path: Path) -> None:
    """A3: address, registration and the bank's details of another country; the rest is kept."""
    script = script_of("indirect_russia")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script, person, "review")
        before = dict(heard.answers)
        await person.presses({"press": "change", "field": "legal_country"})
        await person.presses({"press": "answer", "field": "legal_country", "value": "KZ"})
        heard = await person.presses({"press": "confirm", "field": "legal_country", "yes": True})
        assert "apply.ask-again" in heard.keys
        gone = set(before) - set(heard.answers)
        assert {"address_region", "address_city", "address_line1", "registration_id"} <= gone
        assert all("legal_country" in _depends(name) for name in gone)
        assert {name: heard.answers[name] for name in heard.answers if name != "legal_country"} == {
            name: value for name, value in before.items() if name not in gone | {"legal_country"}
        }
        assert heard.field in gone
        said = heard.texts[heard.keys.index("apply.ask-again")]
        assert rooms.say(NAMED["address_city"].ask.label, locale) in said


def _depends(name: str) -> set[str]:
    direct = set(NAMED[name].ask.depends_on)
    return direct.union(*(_depends(each) for each in direct))


async def test_a_bare_name_is_understood_after_the_question_which_answer_to_change(tmp_path: Path) -> None:
    """A3: "change an answer" shows all of them; the next words name one, and are no answer to the form."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        heard = await reach(script_of("indirect_taiwan"), person, "contact_family_name")
        heard = await person.says("change")
        assert "routes.change-what" in [reply.text.key for reply in heard.stored.replies if reply.text]
        heard = await person.says("company name")
        assert heard.field == "legal_name"
        heard = await person.says("Contoso Cloud Ltd")
        assert "contact_family_name" not in heard.answers


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("name", ["indirect_russia", "direct_kazakhstan"])
async def test_back_from_every_step_shows_the_one_before_with_its_answer(
    name: str, locale: Locale, tmp_path: Path
) -> None:
    """A4: keeping the old answer leads forward again; skipped answers are stations, too."""
    script = script_of(name)
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script, person, "model")
        assert (await person.says(said_in(BACK, locale))).keys[0] == "routes.at-the-start"
        previous, heard = heard.field, await answer(script, person, heard)
        for _ in range(LONGEST):
            field, waiting, before = heard.field, heard.waiting, dict(heard.answers)
            heard = await person.says(said_in(BACK, locale))
            if waiting == "consent":
                assert heard.waiting == "review"
                break
            assert heard.field == previous, (waiting, field)
            assert any(choice["press"] == "keep" for choice in heard.choices.values())
            heard = await person.presses(heard.offers("keep", field=previous))
            if "confirm" in heard.pending:
                heard = await person.presses(heard.offers("confirm", yes=True))
            if heard.waiting == "assessment" and waiting != "assessment":
                heard = await person.presses(heard.offers("way", way="on"))
            assert (heard.field, heard.waiting, heard.answers) == (field, waiting, before)
            if waiting == "question":
                previous = field
            heard = await answer(script, person, heard)
        assert waiting == "consent"


@pytest.mark.parametrize("locale", Locale)
async def test_cancel_asks_once_and_leaves_three_ways(locale: Locale, tmp_path: Path) -> None:
    """A5: stay is where we were, keep is found again in a new conversation, delete is gone."""
    script = script_of("indirect_taiwan")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script, person, "mpn_country")
        before, question = kept(heard), heard.question
        heard = await person.says(said_in(CANCEL, locale))
        assert heard.keys == ["leaving.ask"]
        assert "2027" in heard.texts[0], "until when the answers are kept"
        assert (await person.says(said_in(CANCEL, locale))).keys == ["leaving.ask"]
        heard = await person.presses(heard.offers("way", way="stay"))
        assert (kept(heard), heard.question) == (before, question)

        await person.says(said_in(CANCEL, locale))
        heard = await person.says(said_in(CANCEL, locale))
        heard = await person.presses(heard.offers("way", way="keep"))
        assert (heard.keys, heard.waiting) == (["leaving.kept"], None)
        elsewhere = person.elsewhere("test:another-day")
        heard = await elsewhere.says(said_in(RESUME, locale))
        assert heard.keys[0] == "standing.where"
        assert heard.question == question

        await elsewhere.says(said_in(CANCEL, locale))
        heard = await elsewhere.says(said_in(CANCEL, locale))
        heard = await elsewhere.presses(heard.offers("way", way="delete"))
        assert heard.keys == ["leaving.deleted"]
        assert heard.stored.draft is None
        assert (await person.says(said_in(RESUME, locale))).field == "model"


LEAVING = {
    "en": ("save", "stay", "delete"),
    "zh-CN": ("保存", "留下", "删除"),
    "zh-TW": ("儲存", "留下", "刪除"),
    "ru": ("сохранить", "остаться", "удалить"),
}


@pytest.mark.parametrize("locale", Locale)
async def test_the_ways_out_are_understood_in_one_word(locale: Locale, tmp_path: Path) -> None:
    """A5: what to save, to stay or to delete means is plain there, whatever it means elsewhere."""
    save, stay, delete = LEAVING[locale.value]
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        before = await reach(script_of("indirect_taiwan"), person, "legal_name")
        await person.says(said_in(CANCEL, locale))
        stayed = await person.says(stay)
        assert (stayed.field, stayed.answers) == ("legal_name", before.answers)
        await person.says(said_in(CANCEL, locale))
        saved = await person.says(save)
        assert (saved.keys, saved.waiting, saved.answers) == (["leaving.kept"], None, before.answers)
        await person.says(said_in(RESUME, locale))
        await person.says(said_in(CANCEL, locale))
        deleted = await person.says(delete)
        assert (deleted.keys, deleted.stored.draft) == (["leaving.deleted"], None)


CITIES = {
    "en": ("Almaty", "KZ"),
    "zh-CN": ("台北", "TW"),
    "zh-TW": ("高雄", "TW"),
    "ru": ("в Казани", "RU"),
}


@pytest.mark.parametrize("locale", Locale)
async def test_a_city_leads_to_its_country(locale: Locale, tmp_path: Path) -> None:
    """D6: its country is what is asked to be confirmed, and a no takes it back."""
    city, country = CITIES[locale.value]
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        await reach(script_of("indirect_taiwan"), person, "legal_country")
        heard = await person.says(city)
        assert rooms.say(NAME.fill(country=Country(country)), locale) in heard.texts[0]
        assert (heard.field, heard.pending["confirm"]) == ("legal_country", {"raw": country})
        await person.presses(heard.offers("confirm", yes=False))
        heard = await person.says(city)
        heard = await person.presses(heard.offers("confirm", yes=True))
        assert heard.answers["legal_country"] == country
        person = Person(rooms.conversation, locale, user="boris", place="test:2", say_text=rooms.say)
        await reach(script_of("indirect_taiwan"), person, "legal_country")
        assert (await person.says("上海")).answers["legal_country"] == "CN"


@pytest.mark.parametrize("locale", Locale)
async def test_the_third_failure_is_met_in_other_words_with_an_example_and_ways_out(
    locale: Locale, tmp_path: Path
) -> None:
    """A6: and what was put off comes back at the end, once; then the summary says what is missing."""
    script = script_of("indirect_taiwan")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        await reach(script, person, "contact_email")
        first = await person.says("@@")
        second = await person.says("@@")
        third = await person.says("@@")
        assert first.keys == [second.keys[0]] != third.keys[:1] == ["question.another-way"]
        assert rooms.say(NAMED["contact_email"].example(third.answers), locale) in third.texts[0]
        assert third.keys[1] == "apply.contact-email.ask"
        third.offers("command", name="human")
        heard = await person.presses(third.offers("later", field="contact_email"))
        assert heard.keys[0] == "apply.put-off"
        assert heard.field != "contact_email"
        for _ in range(LONGEST):
            if heard.field == "contact_email":
                break
            if heard.field == "admin_email":
                heard = await person.says("li.wang@contoso.com.tw")
            else:
                heard = await answer(script, person, heard)
        assert set(heard.answers) >= {"language", "provider_name"}
        heard = await person.says(said_in(LATER, locale))
        assert heard.keys[0] == "apply.left-open"
        assert heard.waiting == "review"
        assert not any(choice.get("way") == "send" for choice in heard.choices.values())
        heard = await person.presses(heard.offers("change", field="contact_email"))
        heard = await answer(script, person, heard)
        assert heard.waiting == "review"
        heard.offers("way", way="send")


@pytest.mark.parametrize("locale", Locale)
async def test_a_person_is_offered_whenever_one_is_asked_for(locale: Locale, tmp_path: Path) -> None:
    """A6: talking to a person costs no answer and no patience."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script_of("indirect_taiwan"), person, "mpn_id")
        before = kept(heard)
        heard = await person.presses({"press": "command", "name": "human"})
        assert heard.keys[0] == "welcome.human-microsoft"
        assert kept(heard) == before


async def test_a_change_of_what_is_not_yet_answered_asks_it_now(tmp_path: Path) -> None:
    """A3: of several that a word may mean, the first; what was put off is asked where the person wants it."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await reach(script_of("indirect_taiwan"), person, "legal_country")
        heard = await person.says("later")
        assert heard.field == "mpn_active_membership"
        heard = await person.says("change the country")
        assert heard.field == "legal_country"


@pytest.mark.parametrize("locale", Locale)
async def test_every_question_can_be_asked_out_of_order(locale: Locale, tmp_path: Path) -> None:
    """A3: a change of an answer that is not given yet, from the first questions on, in both models."""
    for model in ("indirect-reseller", "direct-bill"):
        async with house(tmp_path / model) as rooms:
            person = Person(rooms.conversation, locale, say_text=rooms.say)
            await person.presses({"press": "apply", "model": model})
            for name, field in NAMED.items():
                if not field.ask.asked:
                    continue
                heard = await person.presses({"press": "change", "field": name})
                assert heard.keys
                heard = await person.says("1")
                assert heard.keys
