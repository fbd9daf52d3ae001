"""Every form that a card may hold: all countries, models and languages, nothing wrong or everything."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from bot.channels.rendering import Renderer
from bot.domain.application import NAMED
from bot.domain.fields import Entry, Field
from bot.domain.markets import MARKETS
from bot.localization.locale import Locale
from bot.store.records import Draft
from bot.turn import ANSWER, Incoming, InputForm, Turn
from dialogs import apply
from dialogs.section_card import code_of, part_of, show, shown
from dialogs.services import Services
from tests.conversations.house import assistant, catalogs

RENDERER = Renderer(catalogs())
SERVICES: Services = assistant()._services
NOW = datetime(2026, 11, 21, tzinfo=UTC)
#: As long as an answer may be that is typed in earnest, and wrong everywhere.
WRONG = "。" * 60


def turn_of(locale: Locale, country: str, model: str = "direct-bill") -> Turn:
    answers = {"model": model, "already_in_csp": "yes", "legal_country": country}
    incoming = Incoming(
        activity_id="f:" + "0" * 60, conversation_id="c", user_id="u", channel="msteams", cards=True
    )
    return Turn(
        incoming=incoming,
        now=NOW,
        chosen_locale=locale,
        locale=locale,
        locale_known=True,
        draft=Draft("d", answers, {}, NOW, NOW),
        state={},
    )


def parts(turn: Turn) -> Iterator[tuple[Field, ...]]:
    """The sections of the form as they are put on cards."""
    begun = {part_of(apply.FORM, turn, field.name)[0]: field for field in apply.FORM.order(turn)}
    for first in begun:
        yield part_of(apply.FORM, turn, first.name)


def drawn(turn: Turn, part: tuple[Field, ...], given: dict[str, str], channel: str) -> dict[str, Any]:
    turn.replies.clear()
    state = {"field": part[0].name, "card": {"given": given}, "nonce": "12345678"}
    show(turn, apply.FORM, state, SERVICES)
    [activity] = RENDERER.activities(turn, channel)
    [attachment] = activity["attachments"]
    card: dict[str, Any] = attachment["content"]
    return card


def nodes(found: Any) -> list[dict[str, Any]]:
    if isinstance(found, list):
        return [node for item in found for node in nodes(item)]
    if not isinstance(found, dict):
        return []
    return [found, *(node for value in found.values() for node in nodes(value))]


@pytest.mark.parametrize("channel", ["msteams", "webchat"])
@pytest.mark.parametrize("locale", list(Locale))
def test_no_form_is_too_large_in_any_language_and_country(locale: Locale, channel: str) -> None:
    """F4: at most 20 KB in the longest language, version and fallbackText always."""
    sizes = []
    for model in ("indirect-reseller", "direct-bill"):
        for country in MARKETS:
            turn = turn_of(locale, country, model)
            assert turn.draft is not None
            # In countries with a list of others all that may be asked is asked.
            turn.draft.answers |= {"sells_in_listed_country": "yes", "registration_id_country": "TH"}
            for part in parts(turn):
                wrong = {field.name: WRONG for field in part if not field.options(turn.draft.answers)}
                card = drawn(turn, part, wrong, channel)
                assert (card["version"], bool(card["fallbackText"])) == ("1.4", True)
                sizes.append(len(orjson.dumps(card)))
    assert max(sizes) <= 19_000


@pytest.mark.parametrize("locale", list(Locale))
def test_forms_are_made_of_what_version_1_4_knows(locale: Locale) -> None:
    """F4: labels, what is needed and examples are in the person's language; no value is read as Markdown."""
    allowed = {
        *("AdaptiveCard", "RichTextBlock", "TextRun", "ActionSet", "Action.Execute", "Action.Submit"),
        *("Input.Text", "Input.Number", "Input.ChoiceSet", "messageBack"),
    }
    turn = turn_of(locale, "RU")
    for part in parts(turn):
        card = drawn(turn, part, {}, "msteams")
        assert {node["type"] for node in nodes(card) if "type" in node} <= allowed
        for each in (node for node in nodes(card) if str(node.get("type")).startswith("Input.")):
            assert each["label"]
            assert ("errorMessage" in each) is each.get("isRequired", False)


def test_each_kind_of_answer_is_typed_in_its_own_input() -> None:
    turn = turn_of(Locale.EN, "RU")
    cards = [drawn(turn, part, {}, "msteams") for part in parts(turn)]
    kinds = {node["id"].removeprefix(ANSWER): node for node in nodes(cards) if "label" in node}
    for name, each in kinds.items():
        field = NAMED[name]
        expected = (
            "Input.ChoiceSet" if field.options(turn.draft.answers if turn.draft else {}) else "Input.Text"
        )
        assert each["type"] == ("Input.Number" if field.ask.entry is Entry.NUMBER else expected)
    assert kinds["contact_email"]["style"] == "email"
    assert kinds["contact_phone"]["style"] == "tel"
    assert kinds["support_website"]["style"] == "url"
    assert kinds["authority_to_sign"]["style"] == "expanded"
    assert (kinds["address_region"]["style"], len(kinds["address_region"]["choices"])) == ("compact", 85)
    assert kinds["address_line2"]["label"].endswith("(optional)")
    assert "isRequired" not in kinds["address_line2"]


@pytest.mark.parametrize(
    ("country", "address"),
    [
        ("RU", ["region", "city", "postal_code", "line1", "line2"]),
        ("HK", ["region", "city", "line1", "line2"]),
        ("SG", ["postal_code", "line1", "line2"]),
        ("MO", ["line1", "line2"]),
    ],
)
def test_an_address_stands_on_the_card_as_its_country_writes_it(country: str, address: list[str]) -> None:
    turn = turn_of(Locale.EN, country)
    [company] = [part for part in parts(turn) if part[0].name == "legal_name"]
    ids = [node["id"] for node in nodes(drawn(turn, company, {}, "webchat")) if "label" in node]
    begin = ANSWER + "address_"
    assert [each.removeprefix(begin) for each in ids if each.startswith(begin)] == address


def test_web_chat_gets_no_execute() -> None:
    """Its bundle draws `Action.Execute` as a button that does nothing."""
    turn = turn_of(Locale.EN, "RU")
    for part in parts(turn):
        kinds = {node.get("type") for node in nodes(drawn(turn, part, {}, "webchat"))}
        assert "Action.Execute" not in kinds


def test_no_card_has_more_than_ten_questions() -> None:
    for country in MARKETS:
        turn = turn_of(Locale.EN, country)
        assert max(map(len, parts(turn))) <= 10


@pytest.mark.parametrize("locale", list(Locale))
def test_the_name_of_a_country_in_its_input_is_read_as_that_country(locale: Locale) -> None:
    """What stands there is sent back by the client, even where the name fits several countries (Guinea)."""
    field, misread = NAMED["mpn_country"], {}
    for code in MARKETS:
        turn = turn_of(locale, code)
        name = catalogs().value(shown(field, code, {}), locale)
        for spoken_in in Locale:
            turn.locale = spoken_in
            if (read := code_of(turn, field, name, SERVICES)) != code:
                misread[code, spoken_in] = (name, read)
    assert misread == {}


def test_the_form_asks_what_the_chat_would_ask() -> None:
    turn = turn_of(Locale.EN, "RU")
    names: list[str] = []
    for part in parts(turn):
        show(turn, apply.FORM, {"field": part[0].name, "card": {"given": {}}}, SERVICES)
        card = turn.replies[-1].attachment
        assert isinstance(card, InputForm)
        names += [each.name for each in card.inputs]
    assert names == [field.name for field in apply.FORM.order(turn)]
