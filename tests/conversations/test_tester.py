"""A tester's tools: keys below messages, reports, jumps into a sandbox; and nobody else ever gets there."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import testers as signed
from bot.domain.application import FIELDS
from bot.knowledge.topics import Topics
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from bot.localization.po import path_of, read
from bot.localization.pseudo import TAG
from bot.store.lessons import Report
from bot.turn import Turn
from dialogs import jumping, tester
from dialogs.labelling import REMEMBERED, TOOLS, label
from tests.conversations.house import Clock, House, catalogs, house
from tests.conversations.scripts import script_of
from tests.conversations.talking import RENDERER, Heard, Person, reach

TESTER = "tester"
CHANNELS = ("directline", "msteams", "sms")
#: Every way of asking for a tool.
ASKED: tuple[dict[str, Any], ...] = (
    {"text": "#"},
    {"text": "#keys"},
    {"text": "＃KEYS"},
    {"text": "#report it is wrong"},
    {"text": "#report 1 it is wrong"},
    {"text": "#jump legal_name"},
    {"text": "#jump consent"},
    {"pressed": {"press": "tester", "do": "keys"}},
    {"pressed": {"press": "tester", "do": "keys", "is_tester": True, "user": TESTER}},
    {"pressed": {"press": "tester", "do": "report", "message": 1}},
    {"pressed": {"press": "tester", "do": "jump", "to": "legal_name"}},
)


def person(rooms: House, locale: Locale = Locale.EN, user: str = TESTER, **more: Any) -> Person:
    return Person(rooms.conversation, locale, user=user, say_text=rooms.say, **more)


def drawn(turn: Turn) -> str:
    return "".join(json.dumps(RENDERER.activities(turn, channel), ensure_ascii=False) for channel in CHANNELS)


async def reports(rooms: House) -> list[Report]:
    return await rooms.store.reports(rooms.clock() - timedelta(days=1))


@pytest.mark.parametrize("locale", list(Locale))
async def test_a_tester_sees_number_keys_language_and_catalog_below_each_message(
    locale: Locale, tmp_path: Path
) -> None:
    """E3: on every channel, until they are hidden again."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        anna = person(rooms, locale)
        heard = await anna.says("#keys")
        assert heard.keys == [tester.KEYS_SHOWN.key]
        assert heard.texts == [catalogs().say(tester.KEYS_SHOWN, locale)]
        heard = await anna.presses({"press": "topic", "id": "model.compare"})
        head = f" · {locale.value} · {catalogs().version(locale)}"
        for channel in CHANNELS:
            made = RENDERER.activities(heard.stored, channel)
            shown = "\n".join(each.get("text", "") for each in made).replace("\\", "")
            assert head in shown
            assert "topic.model.compare" in shown or "model.compare" in shown
            assert "button.helpful" in shown
        heard = await anna.says("#keys")
        assert heard.keys == [tester.KEYS_HIDDEN.key]
        assert not any(reply.note for reply in (await anna.says("help")).stored.replies)


async def test_a_missing_translation_is_named_with_the_language_spoken(tmp_path: Path) -> None:
    """D10, E3"""
    known = [one for one in read(path_of(LOCALES, Locale.RU)) if one.key != tester.KEYS_SHOWN.key]
    patchy = Catalogs({Locale.RU: known})
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        heard = await person(rooms, Locale.RU).says("#keys")
    turn = heard.stored
    label(turn, patchy)
    assert f"{tester.KEYS_SHOWN.key} → en" in turn.replies[0].note
    assert f"{tester.HIDE_KEYS.key}\n" in turn.replies[0].note + "\n"
    assert patchy.version(Locale.RU) in turn.replies[0].note
    assert patchy.version(Locale.RU) != catalogs().version(Locale.RU)


@pytest.mark.parametrize("locale", list(Locale))
async def test_a_report_has_key_language_shape_and_comment(locale: Locale, tmp_path: Path) -> None:
    """E6: what was typed is in it by its shape only; a comment is kept without what tells who somebody is."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        anna = person(rooms, locale)
        await anna.says("#keys")
        heard = await reach(script_of("indirect_russia"), anna, "registration_id")
        heard = await anna.says("9900000018")
        number = heard.stored.state[TOOLS]["count"]
        assert "9900000018" not in json.dumps(heard.stored.state[TOOLS])
        heard = await anna.presses(heard.offers("tester", do="report", message=number))
        assert heard.keys == [tester.REPORTED.key]
        assert heard.field is None or heard.waiting == "question"
        (report,) = await reports(rooms)
        assert (report.locale, report.wanted, report.channel) == (locale.value, locale.value, "test")
        assert report.catalog == catalogs().version(locale)
        assert report.comment == ""
        assert report.key == heard.stored.replies[0].text.values["key"]  # type: ignore[union-attr]
        heard = await anna.says(f"#report {number} запятая, anna@contoso.ru")
        assert heard.keys == [tester.REPORTED_WITH_WORDS.key]
        (report,) = await reports(rooms)
        assert report.comment == "запятая, [mail]"
        assert heard.waiting == "question"


async def test_typed_words_are_in_a_report_by_their_shape(tmp_path: Path) -> None:
    """E6"""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        anna = person(rooms, Locale.RU)
        await reach(script_of("indirect_russia"), anna, "legal_name")
        await anna.says("ООО «Тайна-77»")
        await anna.says("сводка")
        await anna.presses({"press": "change", "field": "legal_name"})
        heard = await anna.says("#report")
        assert heard.keys == [tester.REPORTED.key]
        (report,) = await reports(rooms)
        assert "Тайна" not in json.dumps([report.text, report.given], ensure_ascii=False)
        assert "xxx «xxxxx-00»" in report.text


async def test_a_sentence_inside_a_message_can_be_reported_by_its_key(tmp_path: Path) -> None:
    """E6"""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        anna = person(rooms)
        await anna.says("help")
        await anna.says("#report button.compare too long")
        (report,) = await reports(rooms)
        assert (report.key, report.comment) == ("button.compare", "too long")


async def test_only_the_last_messages_are_remembered(tmp_path: Path) -> None:
    """E6: the state of a conversation does not grow."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        anna = person(rooms)
        for _ in range(REMEMBERED + 5):
            heard = await anna.says("help")
        assert len(heard.stored.state[TOOLS]["messages"]) == REMEMBERED
        for number in ("1", "999", "0"):
            assert (await anna.says(f"#report {number} wrong")).keys == [tester.NO_SUCH_MESSAGE.key]
        assert await reports(rooms) == []


@pytest.mark.parametrize("locale", list(Locale))
async def test_every_question_is_reached_by_its_name(locale: Locale, tmp_path: Path) -> None:
    """E4: put as to somebody who came there step by step, and answered from there."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        anna = person(rooms, locale)
        for field in FIELDS:
            if field.ask.asked:
                heard = await anna.says(f"#jump {field.name}")
                assert heard.field == field.name
                assert heard.keys[0] == jumping.IN_SANDBOX.key
                assert heard.stored.draft is not None
                assert heard.stored.draft.is_sandbox
                assert field.name not in heard.answers
                again = await anna.says("#")
                assert (again.field, again.keys[0]) == (field.name, tester.TOOLS.key)


@pytest.mark.parametrize("locale", list(Locale))
@pytest.mark.parametrize("step", [*jumping.STEPS, *jumping.ALONE])
async def test_every_step_is_reached_by_its_name(step: str, locale: Locale, tmp_path: Path) -> None:
    """E4"""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        heard = await person(rooms, locale).says(f"#jump {step}")
        if step == "finder":
            assert heard.waiting == "question"
        else:
            assert heard.waiting == step
        assert drawn(heard.stored)


async def test_every_sentence_and_topic_is_reached_by_its_key(tmp_path: Path) -> None:
    """E4: problems above all, with made-up values or those that are given."""
    known = catalogs().known()
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        anna = person(rooms, Locale.RU)
        for key in [each for each in known if each.startswith("problem.")]:
            heard = await anna.says(f"#jump {key}")
            assert heard.keys == [key]
            assert drawn(heard.stored)
        for topic in [*Topics.load()][:10]:
            heard = await anna.says(f"#jump {topic}")
            assert heard.keys[0] == f"topic.{topic}"
        heard = await anna.says("#jump standing.draft count=21")
        assert "21" in heard.texts[0]
        heard = await anna.says("#jump legal-nam")
        assert heard.keys == [jumping.NO_SUCH_PLACE.key]
        heard = await anna.presses(heard.offers("tester", to="legal_name"))
        assert heard.field == "legal_name"
    for key, sentence in known.items():
        for locale in Locale:
            assert catalogs().say(jumping.filled(sentence, {}), locale), key


async def test_a_sandbox_is_never_sent(tmp_path: Path) -> None:
    """E4: nor where somebody else takes it over, for it is marked for good."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        anna = person(rooms)
        heard = await anna.says("#jump consent")
        assert heard.waiting == "consent"
        heard = await anna.presses(heard.offers("way", way="agree"))
        assert heard.keys == ["apply.sandbox-ends"]
        assert heard.stored.draft is None
        assert await rooms.store.applications() == []


async def test_a_draft_of_ones_own_stays_as_it_is(tmp_path: Path) -> None:
    """E4: nothing is lost."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        anna = person(rooms)
        before = await reach(script_of("indirect_taiwan"), anna, "mpn_id")
        heard = await anna.says("#jump legal_name")
        assert heard.keys[0] == jumping.OWN_DRAFT.key
        assert (heard.field, heard.answers) == ("mpn_id", before.answers)


async def test_answers_and_values_can_be_given(tmp_path: Path) -> None:
    """E4"""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        anna = person(rooms)
        heard = await anna.says("#jump registration_id legal_country=KZ model=direct-bill")
        assert (heard.field, heard.answers["legal_country"]) == ("registration_id", "KZ")
        heard = await anna.says("#jump legal_name legal_country=nowhere nonsense=1 model=7")
        assert heard.keys[:2] == [jumping.IN_SANDBOX.key, jumping.NOT_USED.key]
        assert all(name in heard.texts[1] for name in ("legal_country", "nonsense", "model"))
        assert "nonsense" not in heard.answers


def reveals(heard: Heard) -> bool:
    turn = heard.stored
    offered = any(press.get("press") == "tester" for press in heard.choices.values())
    said = any("tester." in key for key in heard.keys)
    noted = any(reply.note for reply in turn.replies)
    sandbox = turn.draft is not None and turn.draft.is_sandbox
    return offered or said or noted or sandbox or TOOLS in turn.state or bool(turn.learned and reported(turn))


def reported(turn: Turn) -> list[Report]:
    return [each for each in turn.learned if isinstance(each, Report)]


@pytest.mark.parametrize("locale", list(Locale))
async def test_a_partner_neither_sees_nor_enables_any_of_it(locale: Locale, tmp_path: Path) -> None:
    """E3, E6: not by typing, not by forged presses, not by what the client claims."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        for claimed in (locale.value, TAG):
            partner = person(rooms, locale, "partner", place=f"test:{claimed}", claimed=claimed)
            await partner.says("help")
            for sent in ASKED:
                heard = await partner.sends(**sent)
                assert not reveals(heard), (sent, heard.keys)
                assert catalogs().version(locale) not in drawn(heard.stored)
        assert await reports(rooms) == []


@pytest.mark.parametrize("sent", ASKED, ids=str)
async def test_the_tools_are_away_where_others_read_along(sent: dict[str, Any], tmp_path: Path) -> None:
    """E3: a tester in a group chat shows nothing to the partners in it."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        anna = person(rooms, always={"shared": True})
        await anna.says("help")
        assert not reveals(await anna.sends(**sent))
        assert await reports(rooms) == []


async def test_who_is_no_tester_any_more_has_no_tools_left(tmp_path: Path) -> None:
    """E3: the list decides at every turn, not what was switched on."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        await person(rooms).says("#keys")
    async with house(tmp_path) as rooms:
        anna = person(rooms, place="test:1")
        anna.count = 100
        heard = await anna.says("help")
        assert not any(reply.note for reply in heard.stored.replies)
        assert (await anna.says("#keys")).keys != [tester.KEYS_HIDDEN.key]


async def test_an_address_with_a_number_sign_is_an_answer_even_of_a_tester(tmp_path: Path) -> None:
    """E3: only the tools' own names are tools."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        anna = person(rooms)
        await anna.says("#jump address_line2")
        heard = await anna.says("#12-34")
        assert heard.answers["address_line2"] == "#12-34"


async def test_a_signed_link_makes_testers_until_its_day_is_over(tmp_path: Path) -> None:
    """E3: each with an id that cannot be made up; partners' ids are none."""
    clock = Clock()
    testers = signed.Testers((TESTER,), "a secret", clock)
    link = testers.link(timedelta(days=2))
    first, second = testers.admit(link), testers.admit(link)
    assert first is not None
    assert second is not None
    assert first != second
    assert {first, second, TESTER} <= {each for each in (first, second, TESTER) if each in testers}
    others = signed.Testers((), "another secret", clock)
    assert first not in others
    assert others.admit(link) is None
    assert testers.admit(first.removeprefix("dl_")) is None
    assert len(first) < 200
    for forged in ("dl_" + link, link, first + "x", first[:-2], "dl_..", "dl_a.b.c", "dl_", "", 7, None):
        assert forged not in testers
    clock.pass_days(3)
    assert first not in testers
    assert testers.admit(link) is None
