"""A draft found again days later, and a conversation left by another release."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from bot.localization.locale import Locale
from bot.store.records import Change
from tests.conversations.house import Clock, House, house
from tests.conversations.scripts import said_in, script_of
from tests.conversations.talking import YES, Heard, Person, answer, follow, reach

RESUME = {"en": "resume", "zh-CN": "继续申请", "zh-TW": "繼續申請", "ru": "продолжить"}


@pytest.mark.parametrize("locale", Locale)
async def test_a_draft_is_found_again_after_a_restart_and_a_month(locale: Locale, tmp_path: Path) -> None:
    """B1: in the same conversation and in a new one, at the right question, with a recap."""
    clock = Clock()
    script = script_of("indirect_russia")
    async with house(tmp_path, clock) as rooms:
        before = await reach(script, Person(rooms.conversation, locale, say_text=rooms.say), "contact_email")
    clock.pass_days(30)
    async with house(tmp_path, clock) as rooms:
        same = Person(rooms.conversation, locale, say_text=rooms.say, count=1000)
        heard = await same.says(said_in(RESUME, locale))
        assert heard.keys[0] == "standing.where"
        assert (heard.question, heard.answers) == (before.question, before.answers)
    clock.pass_days(80)
    async with house(tmp_path, clock) as rooms:
        new = Person(rooms.conversation, locale, place="test:new", say_text=rooms.say)
        heard = await new.sends(kind="join")
        assert heard.keys == ["welcome.back"]
        heard = await new.says(said_in(YES, locale))
        assert heard.keys[0] == "standing.where"
        assert (heard.question, heard.answers) == (before.question, before.answers)
        await follow(script, new)
        assert len(await rooms.store.applications()) == 1


@pytest.mark.parametrize("locale", Locale)
async def test_a_draft_that_nobody_touched_for_91_days_is_gone(locale: Locale, tmp_path: Path) -> None:
    """B1: an answer to the old question is not taken for a beginning; the person is told."""
    clock = Clock()
    async with house(tmp_path, clock) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        await reach(script_of("indirect_russia"), person, "legal_name")
        clock.pass_days(91)
        heard = await person.says("Contoso")
        assert (heard.keys, heard.waiting) == (["routes.draft-gone"], None)
        assert heard.stored.draft is None
        heard = await person.presses(heard.offers("command", name="apply"))
        assert (heard.field, heard.answers) == ("model", {})


async def test_a_question_is_answered_before_the_person_is_told_that_the_draft_is_gone(
    tmp_path: Path,
) -> None:
    """B1: and it is told all the same."""
    clock = Clock()
    async with house(tmp_path, clock) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await reach(script_of("indirect_russia"), person, "legal_name")
        clock.pass_days(91)
        heard = await person.says("How long does the review take?")
        assert heard.keys == ["topic.application.review-time"]
        assert (await person.says("back")).keys == ["routes.draft-gone"]
        assert (await person.says("back")).keys == ["routes.not-in-a-form"]


async def change_state(rooms: House, change: Callable[[dict[str, Any]], None]) -> None:
    """Leaves the conversation as another release might have left it."""
    known = await rooms.store.load("test:1", "anna", "test", "another release")
    change(known.conversation.state)
    version = known.draft.version if known.draft else 0
    await rooms.store.commit(
        Change("another release", known.conversation, known.person, known.draft, version, None, [], False)
    )


def _top(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda state: state["stack"][0].update({name: value})


def _question(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda state: state["stack"][0]["state"].update({name: value})


def _form(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda state: state["stack"][-1]["state"].update({name: value})


def _all(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda state: state.update({name: value})


OLDER: dict[str, Callable[[dict[str, Any]], None]] = {
    "an unknown dialog": _top("id", "wizard"),
    "a dialog that is no name": _top("id", ["question"]),
    "an unknown step": _form("step", "fax_number"),
    "a step by number": _form("step", 7),
    "an unknown form": _question("form", "renewal"),
    "an unknown field": _question("field", "fax_number"),
    "a field by number": _question("field", 7),
    "failures in words": _question("failures", "two"),
    "something else that waits for a yes": _question("confirm", {"value": 1}),
    "an answer that is no text": _question("refused", {"raw": 1}),
    "another list of what was put off": _form("later", {"mpn_id": 1}),
    "an unknown field that was put off": _form("left", ["fax_number"]),
    "a draft by number": _form("draft", 7),
    "another version": _all("version", 0),
    "no version": lambda state: state.pop("version"),
    "a version in words": _all("version", "two"),
    "a question without its form": lambda state: state["stack"].pop(),
    "a form without its question": lambda state: state["stack"].pop(0),
    "a dialog without a state": lambda state: state["stack"][0].pop("state"),
    "a dialog without a name": lambda state: state["stack"][0].pop("id"),
    "a state that is a list": _top("state", [1]),
    "a stack that is text": _all("stack", "apply"),
    "a stack of numbers": _all("stack", [1, 2]),
    "a stack by name": _all("stack", {"apply": {}}),
}


@pytest.mark.parametrize("older", OLDER)
async def test_a_state_of_another_release_goes_on_at_the_first_open_question(
    older: str, tmp_path: Path
) -> None:
    """A9: with an apology in the person's language, and every answer kept."""
    locale = list(Locale)[len(older) % len(Locale)]
    script = script_of("indirect_taiwan")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        before = await reach(script, person, "mpn_id")
        await change_state(rooms, OLDER[older])
        heard = await person.says(script.says("mpn_id", locale))
        assert heard.keys[0] == "routes.moved-on"
        assert (heard.question, heard.answers) == (before.question, before.answers)
        heard = await answer(script, person, heard)
        assert heard.field == "mpn_id_type"


HARMLESS: dict[str, Callable[[dict[str, Any]], None]] = {
    "offers of another shape": _all("offered", {"yes": 1}),
    "offers that are numbers": _all("offered", [1, [2], ["x", "y"], ["x", {}, 3]]),
    "no offers": lambda state: state.pop("offered"),
    "something nobody knows": _all("hologram", {"deep": [1, {"x": None}]}),
    "a language we do not speak": _all("locale", "tlh"),
    "a language that is a list": _all("locale", ["en"]),
    "a first message that is no text": _all("pending", 7),
    "an offer that is no name": _all("asks", ["welcome.back"]),
}


@pytest.mark.parametrize("older", HARMLESS)
async def test_what_another_release_kept_besides_does_no_harm(older: str, tmp_path: Path) -> None:
    """A9: the form goes on without a word."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await reach(script_of("indirect_taiwan"), person, "mpn_id")
        await change_state(rooms, HARMLESS[older])
        heard = await person.says("4567890")
        assert (heard.field, heard.answers["mpn_id"]) == ("mpn_id_type", "4567890")


STRANGE: dict[str, tuple[dict[str, Any], str]] = {
    "an answer to a question that is gone": ({"fax_number": "1"}, "legal_name"),
    "a model that is gone": ({"model": "indirect-provider"}, "model"),
    "a country that is gone": ({"legal_country": "XX"}, "legal_country"),
    "a number where a choice was": ({"already_in_csp": 7}, "already_in_csp"),
    "a list where a name was": ({"mpn_id": ["1"]}, "mpn_id"),
}


@pytest.mark.parametrize("case", STRANGE)
@pytest.mark.parametrize("same_place", [True, False], ids=["same place", "elsewhere"])
async def test_answers_of_another_release_that_nobody_can_read_are_asked_for_again(
    case: str, same_place: bool, tmp_path: Path
) -> None:
    """A9: the rest of the draft is kept, and the form can be finished."""
    strange, asked = STRANGE[case]
    script = script_of("indirect_taiwan")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        before = await reach(script, person, "legal_name")
        known = await rooms.store.load("test:1", "anna", "test", "another release")
        assert known.draft is not None
        known.draft.answers = {**deepcopy(before.answers), **strange}
        await rooms.store.commit(
            Change(
                "another release",
                known.conversation,
                known.person,
                known.draft,
                known.draft.version,
                None,
                [],
                False,
            )
        )
        talking = person if same_place else person.elsewhere("test:2")
        heard: Heard = await talking.says("resume")
        if same_place:
            heard = await talking.says("範例資訊股份有限公司")
        else:
            assert heard.field == asked
        heard = (await follow(script, talking))[-1]
        assert heard.keys[0] == "apply.sent"
        assert (await rooms.store.applications())[0].answers["mpn_id"] == "4567890"


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("older", [{"version": 0}, {"version": None}, {"locale": "xx"}])
async def test_a_consent_to_an_older_wording_is_asked_for_again(
    older: dict[str, Any], locale: Locale, tmp_path: Path
) -> None:
    """J1: nothing else is asked again, and what is sent carries what was shown in today's wording."""
    script = script_of("direct_kazakhstan")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        before = await reach(script, person, "legal_name")
        assert before.answers["credit_check_consent"] == "yes"
        known = await rooms.store.load("test:1", "anna", "test", "another release")
        assert known.draft is not None
        for consent in known.draft.consents:
            consent.update(older)
        version = known.draft.version
        await rooms.store.commit(
            Change("another release", known.conversation, known.person, known.draft, version, None, [], False)
        )
        phone = person.elsewhere("test:2")
        heard = await phone.presses({"press": "command", "name": "resume"})
        assert ("privacy.notice" in heard.keys, heard.field) == (True, "credit_check_consent")
        assert before.answers.keys() - heard.answers.keys() == {"credit_check_consent"}
        assert (await follow(script, phone))[-1].keys[0] == "apply.sent"
        sent = (await rooms.store.applications())[0]
        assert [each["version"] for each in sent.consents] == [1, 1, 1]
        assert [each["locale"] for each in sent.consents] == [locale.value] * 3
