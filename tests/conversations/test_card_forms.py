"""A section of the application filled in on one card, and everything between card and questions."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.localization.locale import Locale
from bot.turn import InputForm
from tests.conversations.card_forms import FORM, card_of, follow_on_cards, is_offered, sent
from tests.conversations.house import house
from tests.conversations.scripts import script_of
from tests.conversations.talking import Heard, Person, reach, rehearse

SENT = ("indirect_taiwan", "indirect_russia", "indirect_hong_kong", "direct_kazakhstan")


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("name", SENT)
async def test_an_application_filled_in_on_cards_is_the_same_to_the_byte(
    name: str, locale: Locale, tmp_path: Path
) -> None:
    """B6, F4: questions, cards, four languages, both models."""
    script = script_of(name)
    asked = await rehearse(script, locale, tmp_path / "asked")
    async with house(tmp_path / "cards") as place:
        person = Person(place.conversation, locale, say_text=place.say, always=CARDS)
        heard = await follow_on_cards(script, person, asked.answers)
        [application] = await place.store.applications()
    assert json.dumps(application.answers) == json.dumps(asked.answers)
    assert application.remarks == asked.applications[0].remarks
    assert application.consents == asked.applications[0].consents
    assert len(heard) < len(asked.lines) / 2


CARDS = {"cards": True}
PEOPLE = {
    "contact_family_name": "陳",
    "contact_given_name": "怡君",
    "contact_email": "chen.yijun@contoso.com.tw",
    "contact_phone": "+886 2 2123 4567",
    "authority_to_sign": "yes",
    "admin_email": "chen.yijun@contoso.com.tw",
    "has_global_admin": "yes",
}


@asynccontextmanager
async def at(
    name: str, folder: Path, locale: Locale = Locale.EN, script: str = "indirect_taiwan"
) -> AsyncIterator[tuple[Person, Heard]]:
    """A person who has come to this question, on a channel that draws cards."""
    async with house(folder) as place:
        person = Person(place.conversation, locale, say_text=place.say, always=CARDS)
        yield person, await reach(script_of(script), person, name)


def problems(heard: Heard) -> dict[str, str]:
    return {each.name: each.problem.key for each in card_of(heard).inputs if each.problem}


def values(card: InputForm) -> dict[str, object]:
    return {each.name: each.value for each in card.inputs}


async def test_a_section_is_offered_as_a_form_at_its_first_question_only(tmp_path: Path) -> None:
    """F4"""
    async with at("contact_family_name", tmp_path, Locale.ZH_TW) as (person, heard):
        assert is_offered(heard)
        assert not is_offered(await person.says("陳"))
        assert [each.name for each in card_of(await person.presses(FORM)).inputs] == list(PEOPLE)


@pytest.mark.parametrize("elsewhere", [{"cards": False}, {"shared": True}])
async def test_no_form_where_no_card_is_drawn_or_others_read_along(
    elsewhere: dict[str, bool], tmp_path: Path
) -> None:
    """F7"""
    async with at("contact_given_name", tmp_path) as (person, _):
        heard = await person.says("fill in this section as a form", **elsewhere)
        assert not any(isinstance(reply.attachment, InputForm) for reply in heard.stored.replies)
        assert heard.keys[0] == ("routes.not-here" if "shared" in elsewhere else "routes.no-form-here")


@pytest.mark.parametrize(
    ("locale", "words"),
    [(Locale.EN, "form"), (Locale.ZH_CN, "填写表单"), (Locale.ZH_TW, "填寫表單"), (Locale.RU, "анкета")],
)
async def test_the_form_can_be_asked_for_in_words(locale: Locale, words: str, tmp_path: Path) -> None:
    async with at("contact_family_name", tmp_path, locale) as (person, _):
        assert card_of(await person.says(words)).title.key == "section.people"


async def test_what_is_wrong_stands_at_its_field_and_everything_else_is_kept(tmp_path: Path) -> None:
    """B5, A3"""
    async with at("contact_given_name", tmp_path) as (person, _):
        card = card_of(await person.presses(FORM))
        typed = PEOPLE | {"contact_email": "chen@gmail.com", "contact_given_name": "", "contact_phone": "12"}
        heard = await person.presses(sent(card, typed, person))
        assert problems(heard) == {
            "contact_given_name": "problem.missing",
            "contact_email": "problem.free-mail",
            "contact_phone": "problem.phone",
        }
        assert values(card_of(heard))["contact_email"] == "chen@gmail.com"
        assert heard.answers["contact_family_name"] == "陳"
        assert heard.answers["has_global_admin"] == "yes"
        assert "contact_email" not in heard.answers
        heard = await person.presses(sent(card_of(heard), PEOPLE, person))
        assert heard.field == "support_email"
        assert PEOPLE.items() - {("contact_phone", PEOPLE["contact_phone"])} <= heard.answers.items()
        assert heard.answers["contact_phone"] == "+886221234567"


async def test_a_change_of_language_draws_the_card_again_with_what_was_wrong(tmp_path: Path) -> None:
    """D5"""
    async with at("contact_given_name", tmp_path) as (person, _):
        card = card_of(await person.presses(FORM))
        wrong = await person.presses(sent(card, PEOPLE | {"contact_email": "chen"}, person))
        heard = await person.presses({"press": "language", "locale": "ru"})
        assert heard.stored.locale is Locale.RU
        assert problems(heard) == problems(wrong) == {"contact_email": "problem.email"}
        assert card_of(heard).submit.press == card_of(wrong).submit.press


async def test_a_question_in_the_middle_leaves_the_form_open(tmp_path: Path) -> None:
    """A2"""
    async with at("contact_given_name", tmp_path) as (person, _):
        card = card_of(await person.presses(FORM))
        heard = await person.says("What is an indirect provider?")
        assert heard.keys[-1] == "apply.contact-given-name.ask"
        assert "The form above is still open" in heard.texts[-1]
        heard = await person.presses(sent(card, PEOPLE, person))
        assert heard.field == "support_email"


async def test_an_answer_typed_meanwhile_makes_the_card_an_old_one_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    """F5"""
    async with at("contact_given_name", tmp_path) as (person, _):
        card = card_of(await person.presses(FORM))
        typed = await person.says("明")
        assert typed.field == "contact_family_name"
        heard = await person.presses(sent(card, PEOPLE, person))
        assert heard.answers == typed.answers
        assert card_of(heard).note.key == "form.outdated"
        assert values(card_of(heard))["contact_given_name"] == "明"
        assert values(card_of(heard))["contact_email"] == PEOPLE["contact_email"]
        heard = await person.presses(sent(card_of(heard), {}, person))
        assert (heard.field, heard.answers["contact_given_name"]) == ("support_email", "明")


async def test_a_form_sent_twice_is_taken_once_and_says_so(tmp_path: Path) -> None:
    """F5"""
    async with at("contact_given_name", tmp_path) as (person, _):
        press = sent(card_of(await person.presses(FORM)), PEOPLE, person)
        first = await person.presses(press)
        second = await person.presses(press)
        assert second.keys == ["question.stale", "apply.support-email.ask"]
        assert second.answers == first.answers


async def test_back_and_one_by_one_lead_from_the_card_to_the_questions(tmp_path: Path) -> None:
    async with at("contact_given_name", tmp_path) as (person, _):
        heard = await person.presses(FORM)
        heard = await person.presses(heard.offers("one-by-one"))
        assert heard.keys == ["apply.contact-given-name.ask"]
        assert "The form above" not in heard.texts[-1]
        await person.presses(FORM)
        assert (await person.says("back")).field == "company_domain"


async def test_a_yes_that_an_answer_needs_is_asked_for_in_the_chat(tmp_path: Path) -> None:
    async with house(tmp_path) as place:
        person = Person(place.conversation, Locale.RU, say_text=place.say, always=CARDS)
        assert is_offered(await person.says("подать заявку"))
        card = card_of(await person.presses(FORM))
        start = {"model": "indirect-reseller", "already_in_csp": "no", "legal_country": "казахстан"}
        heard = await person.presses(sent(card, start, person))
        assert (heard.field, heard.keys[-1]) == ("legal_country", "confirm.legal-country")
        assert "legal_country" not in heard.answers
        heard = await person.says("нет")
        assert (heard.field, heard.keys) == ("legal_country", ["apply.legal-country.ask"])


async def test_a_bank_elsewhere_is_confirmed_before_its_code_and_account_are_taken(tmp_path: Path) -> None:
    async with at("bank_country", tmp_path, Locale.EN, "direct_kazakhstan") as (person, _):
        card = card_of(await person.presses(FORM))
        assert str(values(card)["bank_country"]) == "Country(code='KZ')"
        typed = {"bank_country": "Russia", "bank_name": "Bank", "bank_code": "049999999"}
        typed |= {"bank_account_holder": "ТОО «Пример»", "bank_account": "40702810299990000001"}
        heard = await person.presses(sent(card, typed | {"bank_name": "АО «Пример Банк»"}, person))
        assert heard.keys[-1] == "confirm.bank-abroad"
        assert {"bank_country", "bank_code", "bank_account"}.isdisjoint(heard.answers)
        heard = await person.says("yes")
        assert heard.answers["bank_code"] == "049999999"
        assert heard.answers["bank_account"] == "40702810299990000001"


async def test_an_unknown_bank_country_keeps_what_was_typed_below_it(tmp_path: Path) -> None:
    async with at("bank_country", tmp_path, Locale.EN, "direct_kazakhstan") as (person, _):
        card = card_of(await person.presses(FORM))
        typed = {"bank_country": "Atlantis", "bank_code": "TESTKZKA", "bank_account": "KZ35999T000000000001"}
        typed |= {"bank_account_holder": "ТОО «Пример»", "bank_name": "АО «Пример Банк»"}
        heard = await person.presses(sent(card, typed, person))
        assert problems(heard) == {"bank_country": "question.no-country"}
        heard = await person.presses(sent(card_of(heard), {"bank_country": "Kazakhstan"}, person))
        assert heard.answers["bank_code"] == "TESTKZKA"
        assert heard.answers["bank_account"] == "KZ35999T000000000001"


async def test_a_number_that_hangs_on_a_choice_waits_until_it_is_made(tmp_path: Path) -> None:
    async with at("legal_name", tmp_path, script="indirect_hong_kong") as (person, _):
        names = [each.name for each in card_of(await person.presses(FORM)).inputs]
        assert "sells_in_listed_country" in names
        assert "registration_id" not in names


async def test_a_password_on_a_card_is_neither_kept_nor_shown_again(tmp_path: Path) -> None:
    """J4"""
    async with at("contact_given_name", tmp_path) as (person, _):
        card = card_of(await person.presses(FORM))
        heard = await person.presses(sent(card, PEOPLE | {"contact_phone": "password: Hunter22!"}, person))
        assert heard.stored.unsay
        assert heard.keys[0] == "problem.secret"
        assert "Hunter22" not in json.dumps([heard.stored.state, heard.answers])
        assert values(card_of(heard))["contact_phone"] == ""


@pytest.mark.parametrize(
    "more",
    [
        {"fields": "legal_name"},
        {"fields": [1, None, {"a": 1}, "confirmed", "model", "no_such_field"]},
        {"fields": None, "step": None},
        {"nonce": {"a": []}},
        {"answer.contact_email": {"a": "b"}, "answer.contact_phone": True, "answer.admin_email": 1e400},
        {"answer.contact_family_name": "x" * 100_000},
        {"answer.contact_family_name": "\ud800"},
    ],
)
async def test_whatever_a_client_sends_as_a_form_is_answered(more: dict[str, object], tmp_path: Path) -> None:
    """I3"""
    async with at("contact_given_name", tmp_path) as (person, before):
        press = sent(card_of(await person.presses(FORM)), PEOPLE, person) | more
        heard = await person.presses(press)
        assert heard.keys
        assert heard.answers.keys() - before.answers.keys() <= PEOPLE.keys()
        assert len(json.dumps(heard.stored.state)) < 10_000


async def test_what_may_be_meant_by_a_wrong_answer_is_a_button_in_the_chat(tmp_path: Path) -> None:
    async with house(tmp_path) as place:
        person = Person(place.conversation, Locale.EN, say_text=place.say, always=CARDS)
        await person.says("apply")
        card = card_of(await person.presses(FORM))
        start = {"model": "indirect-reseller", "already_in_csp": "no", "legal_country": "Guinea"}
        heard = await person.presses(sent(card, start, person))
        assert problems(heard) == {"legal_country": "question.which"}
        heard = await person.presses(heard.offers("answer", field="legal_country", value="GN"))
        heard = await person.says("yes")
        assert heard.answers["legal_country"] == "GN"
        card = card_of(await person.presses(FORM))
        member = {"mpn_active_membership": "yes", "mpn_id": "1234567", "mpn_id_type": "location"}
        heard = await person.presses(sent(card, member | {"mpn_in_partner_center": "yes"}, person))
        assert heard.answers["mpn_country"] == "GN"
