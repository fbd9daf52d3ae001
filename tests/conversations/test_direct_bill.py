"""Direct bill: every outcome of the assessment, and the way on from each; and which model suits me."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.localization.locale import Locale
from bot.text import Text
from bot.turn import Article
from tests.conversations.house import House, house
from tests.conversations.scripts import said_in, script_of
from tests.conversations.talking import Heard, Person, answer, follow, reach

DIRECT = script_of("direct_kazakhstan")
COMPARE = {
    "en": "Which model suits me?",
    "zh-CN": "哪种模式适合我？",
    "zh-TW": "哪種模式適合我？",
    "ru": "Какая модель мне подходит?",
}


def article(heard: Heard) -> Article:
    found = [reply.attachment for reply in heard.stored.replies if isinstance(reply.attachment, Article)]
    return found[-1]


def keys(texts: tuple[Text, ...]) -> set[str]:
    """The sentences of an article, those inside a frame as well."""
    inner = [value for each in texts for value in each.values.values() if isinstance(value, Text)]
    return {each.key for each in texts}.union(*(keys((each,)) for each in inner))


async def assessed(rooms: House, locale: Locale, **other: str) -> tuple[Person, Heard]:
    """Somebody at the assessment who answered these differently, by button or in words."""
    person = Person(rooms.conversation, locale, say_text=rooms.say)
    heard = await person.presses({"press": "apply", "model": "direct-bill"})
    for _ in range(60):
        if heard.waiting != "question":
            break
        field = str(heard.field)
        if field not in other:
            heard = await answer(DIRECT, person, heard)
        elif any(choice["press"] == "answer" for choice in heard.choices.values()):
            heard = await person.presses({"press": "answer", "field": field, "value": other[field]})
            if "confirm" in heard.pending:
                heard = await person.presses({"press": "confirm", "field": field, "yes": True})
        else:
            heard = await person.says(other[field])
    return person, heard


@pytest.mark.parametrize("locale", Locale)
async def test_a_company_that_meets_everything_is_told_by_which_rules_and_goes_on(
    locale: Locale, tmp_path: Path
) -> None:
    """B9: dated advice with its source; nothing is decided."""
    async with house(tmp_path) as rooms:
        person, heard = await assessed(rooms, locale)
        assert heard.waiting == "assessment"
        told = article(heard)
        assert told.subject.key == "assessment.eligible"
        assert told.closing[-1].key == "assessment.rule-date"
        assert "2021" in rooms.say(told.closing[-1], locale)
        assert told.sources
        heard = await person.presses(heard.offers("way", way="on"))
        assert heard.field == "legal_name"
        assert (await follow(DIRECT, person))[-1].keys[0] == "apply.sent"


UNMET = {
    "already_in_csp": ("no", "E03"),
    "months_as_indirect": ("7", "E04"),
    "revenue_usd": ("299999.99", "E05"),
    "mpn_active_membership": ("no", "E06"),
    "mpn_id_type": ("global", "E07"),
    "authority_to_sign": ("no", "E08"),
    "first_level_support": ("no", "E09"),
    "billing_infrastructure": ("no", "E10"),
    "credit_check_consent": ("no", "E11"),
}


@pytest.mark.parametrize("field", UNMET)
async def test_each_unmet_requirement_is_named_with_its_remedy(field: str, tmp_path: Path) -> None:
    """B9: never a refusal: as an indirect reseller, or on with a note, or later."""
    value, row = UNMET[field]
    locale = list(Locale)[len(field) % len(Locale)]
    async with house(tmp_path) as rooms:
        _, heard = await assessed(rooms, locale, **{field: value})
        assert heard.waiting == "assessment"
        told = article(heard)
        assert told.subject.key == "assessment.not-yet"
        assert any(key.startswith(f"eligibility.{row}") for key in keys(told.points)), keys(told.points)
        assert {"assessment.rule-date", "assessment.stay-indirect"} <= keys(told.closing)
        assert [each["way"] for each in heard.choices.values() if each["press"] == "way"] == [
            "indirect",
            "note",
            "keep",
        ]


@pytest.mark.parametrize("locale", Locale)
async def test_whoever_is_not_ready_goes_on_as_an_indirect_reseller(locale: Locale, tmp_path: Path) -> None:
    """B4, B9: shared answers are kept, what only direct bill asks is named and dropped."""
    async with house(tmp_path) as rooms:
        person, heard = await assessed(rooms, locale, months_as_indirect="7")
        before = dict(heard.answers)
        heard = await person.presses(heard.offers("way", way="indirect"))
        assert heard.keys[0] == "apply.dropped"
        assert heard.answers["model"] == "indirect-reseller"
        assert {"mpn_id", "legal_country", "already_in_csp", "authority_to_sign"} <= set(heard.answers)
        assert not {"revenue_usd", "months_as_indirect", "credit_check_consent"} & set(heard.answers)
        assert all(heard.answers[name] == before[name] for name in heard.answers if name != "model")
        draft = heard.stored.draft
        assert draft is not None
        assert [each["text"] for each in draft.consents] == ["privacy.notice"]
        assert "eligibility" not in draft.remarks
        rest = {**DIRECT.answers, "provider_name": "Example Distribution"}
        heard = (await follow(replace(DIRECT, answers=rest), person))[-1]
        assert heard.keys[0] == "apply.sent"
        sent = await rooms.store.applications()
    assert [(each.model, len(each.consents)) for each in sent] == [("indirect-reseller", 2)]


async def test_whoever_insists_goes_on_with_a_note_that_a_change_takes_back(tmp_path: Path) -> None:
    """B9: the note names the rows; an input changed afterwards is assessed anew."""
    async with house(tmp_path) as rooms:
        person, heard = await assessed(rooms, Locale.EN, months_as_indirect="7")
        heard = await person.presses(heard.offers("way", way="note"))
        draft = heard.stored.draft
        assert draft is not None
        assert draft.remarks["eligibility"] == ["E04"]
        heard = await reach(DIRECT, person, "review")
        await person.presses({"press": "change", "field": "months_as_indirect"})
        heard = await person.says("18")
        assert heard.waiting == "assessment"
        assert article(heard).subject.key == "assessment.eligible"
        heard = await person.presses(heard.offers("way", way="on"))
        assert heard.waiting == "review"
        draft = heard.stored.draft
        assert draft is not None
        assert "eligibility" not in draft.remarks


async def test_the_assessment_waits_on_what_was_put_off(tmp_path: Path) -> None:
    """B9, A6: and comes when it is answered in the end."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await reach(DIRECT, person, "revenue_usd")
        heard = await person.says("later")
        while heard.field != "revenue_usd":
            assert heard.waiting == "question"
            heard = await answer(DIRECT, person, heard)
        heard = await answer(DIRECT, person, heard)
        assert heard.waiting == "assessment"
        heard = await person.presses(heard.offers("way", way="on"))
        assert heard.waiting == "review"


@pytest.mark.parametrize("way", ["indirect", "mistake", "keep"])
async def test_a_direct_bill_partner_needs_no_application(way: str, tmp_path: Path) -> None:
    """B9: told so, with three ways on."""
    locale = {"indirect": Locale.ZH_TW, "mistake": Locale.RU, "keep": Locale.ZH_CN}[way]
    async with house(tmp_path) as rooms:
        person, heard = await assessed(rooms, locale, existing_direct_partner="yes")
        assert (heard.keys[0], heard.waiting) == ("apply.already-direct", "already-direct")
        heard = await person.presses(heard.offers("way", way=way))
        if way == "keep":
            assert (heard.keys, heard.waiting) == (["leaving.kept"], None)
        elif way == "mistake":
            assert heard.field == "existing_direct_partner"
        else:
            assert heard.answers["model"] == "indirect-reseller"
            assert heard.field == "legal_name"


@pytest.mark.parametrize("locale", Locale)
async def test_an_indirect_application_is_not_turned_into_a_direct_one_by_a_question(
    locale: Locale, tmp_path: Path
) -> None:
    """B4: "am I eligible for direct bill" finds out, and drops nothing."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        before = await reach(script_of("indirect_taiwan"), person, "provider_name")
        heard = await person.presses({"press": "command", "name": "assess"})
        assert heard.answers == before.answers
        heard = await person.presses({"press": "apply", "model": "indirect-reseller"})
        assert (heard.question, heard.answers) == (before.question, before.answers)


async def find_out(rooms: House, locale: Locale) -> tuple[Person, Heard]:
    person = Person(rooms.conversation, locale, say_text=rooms.say)
    heard = await person.says(said_in(COMPARE, locale))
    return person, await person.presses(heard.offers("command", name="find-out"))


async def give(person: Person, heard: Heard, answers: dict[str, Any]) -> Heard:
    for _ in range(20):
        if heard.waiting != "question":
            break
        field = str(heard.field)
        heard = await person.says(answers[field])
        if "confirm" in heard.pending:
            heard = await person.presses({"press": "confirm", "field": field, "yes": True})
    return heard


@pytest.mark.parametrize("locale", Locale)
async def test_a_company_new_to_csp_fits_the_indirect_model(locale: Locale, tmp_path: Path) -> None:
    """C8: after two questions; the button applies, and what was answered is not asked again."""
    async with house(tmp_path) as rooms:
        person, heard = await find_out(rooms, locale)
        heard = await give(person, heard, {"already_in_csp": "no", "legal_country": "Kazakhstan"})
        assert article(heard).subject.key == "finder.indirect"
        assert "assessment.rule-date" in keys(article(heard).closing)
        assert not any(choice.get("model") == "direct-bill" for choice in heard.choices.values())
        heard = await person.presses(heard.offers("apply", model="indirect-reseller"))
        assert heard.answers == {
            "already_in_csp": "no",
            "legal_country": "KZ",
            "model": "indirect-reseller",
        }
        assert heard.field == "mpn_active_membership"


@pytest.mark.parametrize(
    ("facts", "row"),
    [
        ({"months_as_indirect": "7"}, "E04"),
        ({"revenue_usd": "1000"}, "E05"),
        ({"first_level_support": "no"}, "E09"),
    ],
)
async def test_an_unmet_requirement_speaks_for_the_indirect_model(
    facts: dict[str, str], row: str, tmp_path: Path
) -> None:
    """C8: by the person's own facts."""
    met = {
        "already_in_csp": "yes",
        "legal_country": "Kazakhstan",
        "months_as_indirect": "18",
        "revenue_usd": "350000",
        "first_level_support": "yes",
    }
    async with house(tmp_path) as rooms:
        person, heard = await find_out(rooms, Locale.EN)
        heard = await give(person, heard, {**met, **facts})
        assert article(heard).subject.key == "finder.indirect"
        assert any(key.startswith(f"eligibility.{row}") for key in keys(article(heard).points))


@pytest.mark.parametrize("model", ["direct-bill", "indirect-reseller"])
async def test_whoever_meets_what_decides_may_choose(model: str, tmp_path: Path) -> None:
    """C8: both buttons; direct bill goes on with its own questions only."""
    facts = {
        "already_in_csp": "yes",
        "legal_country": "Казахстан",
        "months_as_indirect": "18",
        "revenue_usd": "350000",
        "first_level_support": "да",
    }
    async with house(tmp_path) as rooms:
        person, heard = await find_out(rooms, Locale.RU)
        heard = await give(person, heard, facts)
        assert article(heard).subject.key == "finder.either"
        heard = await person.presses(heard.offers("apply", model=model))
        assert heard.answers["model"] == model
        assert heard.field == "mpn_active_membership"
        assert {"already_in_csp", "legal_country", "revenue_usd"} <= set(heard.answers)


@pytest.mark.parametrize("locale", Locale)
async def test_no_model_fits_a_country_without_a_market(locale: Locale, tmp_path: Path) -> None:
    """C8: mainland China is told so in the finder, too, and another country may be given."""
    china = {"en": "China", "zh-CN": "中国", "zh-TW": "中國", "ru": "Китай"}
    async with house(tmp_path) as rooms:
        person, heard = await find_out(rooms, locale)
        heard = await give(person, heard, {"already_in_csp": "no", "legal_country": said_in(china, locale)})
        assert heard.waiting == "no-market"
        assert {"apply.no-market", "topic.region.mainland-china"} <= set(heard.keys)
        heard = await person.presses(heard.offers("way", way="change"))
        assert heard.field == "legal_country"
        heard = await give(person, heard, {"legal_country": "HK"})
        assert article(heard).subject.key == "finder.indirect"


@pytest.mark.parametrize("locale", Locale)
async def test_another_country_is_typed_at_once_where_one_has_no_market(
    locale: Locale, tmp_path: Path
) -> None:
    """A1: without the button before it, in the application."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        await reach(script_of("mainland_china"), person, "no-market")
        heard = await person.says("Singapore")
        assert heard.keys == ["confirm.legal-country"]
        heard = await person.presses(heard.offers("confirm", yes=True))
        assert (heard.answers["legal_country"], heard.field) == ("SG", "mpn_active_membership")


async def test_an_answer_of_the_finder_is_changed_and_gone_back_to_like_any_other(tmp_path: Path) -> None:
    """A3, A4: within the finder, which goes on afterwards."""
    async with house(tmp_path) as rooms:
        person, heard = await find_out(rooms, Locale.EN)
        heard = await person.says("yes")
        assert heard.field == "legal_country"
        assert (await person.says("back")).field == "already_in_csp"
        heard = await person.says("keep it")
        assert heard.field == "legal_country"
        heard = await person.says("change already in csp")
        assert heard.field == "already_in_csp"
        heard = await person.says("no")
        assert (heard.field, heard.stored.state["stack"][-1]["id"]) == ("legal_country", "finder")
