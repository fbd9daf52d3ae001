"""The application from hello to reference number, by buttons and by words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain import markets
from bot.domain.application import NAMED
from bot.localization.locale import Locale
from tests.conversations.house import house
from tests.conversations.scripts import LONGEST, said_in, script_of
from tests.conversations.talking import AGREE, Heard, Person, answer, follow, reach

STEP = re.compile(r"\D*(\d+)\D+(\d+)")


async def press(person: Person, now: Heard, wanted: dict[str, Any]) -> Heard:
    """Presses the button that gives the wanted answer, looking for it in the lists where it is not shown."""
    field = str(now.field)
    if wanted.get(field) is None:
        return await person.presses(now.offers("skip", field=field))
    for _ in range(LONGEST):
        offered = list(now.choices.values())
        value = {"press": "answer", "field": field, "value": wanted[field]}
        if found := [one for one in offered if value.items() <= one.items()]:
            return await person.presses(found[0])
        further = [one for one in offered if one["press"] == "browse"]
        region = [one for one in further if one.get("region") == region_of(wanted[field])]
        assert further, f"no button leads to {value}"
        now = await person.presses((region or further)[0])
    raise AssertionError(f"{value} is nowhere in the lists")


def region_of(value: str) -> str | None:
    return markets.region_of(value) if value in markets.MARKETS else None


def has_buttons(now: Heard) -> bool:
    return any(choice["press"] in ("answer", "browse") for choice in now.choices.values())


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("name", ["indirect_taiwan", "direct_kazakhstan"])
async def test_a_partner_applies_by_buttons_only(name: str, locale: Locale, tmp_path: Path) -> None:
    """A1: whatever has buttons is pressed, countries found by browsing; only free text is typed."""
    script = replace(script_of(name), before={})
    async with house(tmp_path / "typed") as rooms:
        await follow(script, Person(rooms.conversation, locale, say_text=rooms.say))
        typed = (await rooms.store.applications())[0].answers
    if typed["legal_country"] == "TW":
        # Typed, the register's own spelling is kept; the button has the post's.
        typed["address_region"] = "台北市"
    async with house(tmp_path / "pressed") as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await person.sends(kind="join")
        heard = await person.presses(heard.offers("command", name="apply"))
        for _ in range(LONGEST):
            if "confirm" in heard.pending:
                heard = await person.presses(heard.offers("confirm", yes=True))
            elif heard.waiting == "question" and (has_buttons(heard) or typed.get(str(heard.field)) is None):
                heard = await press(person, heard, typed)
            elif heard.waiting == "question":
                heard = await person.says(script.says(str(heard.field), locale))
            elif heard.waiting is not None:
                ways = [one for one in heard.choices.values() if one["press"] == "way"]
                heard = await person.presses(ways[0])
            else:
                break
        assert heard.keys[0] == "apply.sent"
        sent = await rooms.store.applications()
    assert [each.answers for each in sent] == [typed]


@pytest.mark.parametrize("locale", Locale)
async def test_every_question_says_which_step_of_how_many_it_is(locale: Locale, tmp_path: Path) -> None:
    """B7: the numbers grow with the answers, and the total follows the branches."""
    script = script_of("indirect_russia")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script, person, "model")
        seen: list[tuple[int, int]] = []
        for _ in range(LONGEST):
            if heard.waiting != "question":
                break
            found = STEP.match(heard.texts[-1])
            assert found is not None, heard.texts[-1]
            seen.append((int(found[1]), int(found[2])))
            heard = await answer(script, person, heard)
    numbers = [number for number, _ in seen]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1
    assert seen[-1][0] == seen[-1][1]
    assert len({total for _, total in seen}) > 1


@pytest.mark.parametrize("locale", Locale)
async def test_what_another_model_asks_is_never_asked(locale: Locale, tmp_path: Path) -> None:
    """B4: an indirect reseller meets no question of direct bill, nor the other way round."""
    for name in ("indirect_taiwan", "direct_kazakhstan"):
        script = script_of(name)
        async with house(tmp_path / name) as rooms:
            heard = await follow(script, Person(rooms.conversation, locale, say_text=rooms.say))
        model = script.stored["model"]
        asked = {now.field for now in heard if now.field is not None}
        assert all(model in NAMED[field].ask.applies_to for field in asked)


@pytest.mark.parametrize("locale", Locale)
async def test_a_changed_model_keeps_what_is_shared_and_says_what_is_dropped(
    locale: Locale, tmp_path: Path
) -> None:
    """B4: from direct bill to the indirect model and back, by one press on the line of the summary."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script_of("direct_kazakhstan"), person, "review")
        before = dict(heard.answers)
        await person.presses({"press": "change", "field": "model"})
        heard = await person.presses({"press": "answer", "field": "model", "value": "indirect-reseller"})
        assert "apply.dropped" in heard.keys
        dropped = set(before) - set(heard.answers)
        assert dropped == {name for name in before if "indirect-reseller" not in NAMED[name].ask.applies_to}
        assert {name: before[name] for name in heard.answers if name != "model"} == {
            name: value for name, value in heard.answers.items() if name != "model"
        }
        said = heard.texts[heard.keys.index("apply.dropped")]
        assert all(rooms.say(NAMED[name].ask.label, locale) in said for name in dropped)
        assert heard.stored.draft is not None
        assert [each["text"] for each in heard.stored.draft.consents] == ["privacy.notice"]


@pytest.mark.parametrize("locale", Locale)
async def test_nothing_is_sent_before_the_review_and_the_consent(locale: Locale, tmp_path: Path) -> None:
    """B3: neither at the summary nor before the consent is an application stored."""
    script = script_of("indirect_taiwan")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script, person, "review")
        assert await rooms.store.applications() == []
        heard = await person.presses(heard.offers("way", way="send"))
        assert heard.keys == ["consent.text"]
        assert await rooms.store.applications() == []
        heard = await person.presses(heard.offers("way", way="decline"))
        assert heard.waiting == "review"
        heard = await person.presses(heard.offers("way", way="send"))
        heard = await person.says(said_in(AGREE, locale))
        assert heard.keys[0] == "apply.sent"
        assert len(await rooms.store.applications()) == 1


@pytest.mark.parametrize("name", ["indirect_taiwan", "direct_kazakhstan"])
async def test_every_line_of_the_review_is_changed_and_returns_to_it(name: str, tmp_path: Path) -> None:
    """B3: each line's button asks its question with the old answer; keeping it leads back to the review."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        heard = await reach(script_of(name), person, "review")
        summary: Any = next(each.attachment for each in heard.stored.replies if each.attachment)
        lines = [line for group in summary.groups for line in group.lines]
        assert len(lines) == len(heard.answers)
        before = dict(heard.answers)
        for line in lines:
            heard = await person.presses(dict(line.change.press))
            assert heard.field == line.change.press["field"]
            heard = await person.presses(heard.offers("keep", field=heard.field))
            if "confirm" in heard.pending:
                heard = await person.presses(heard.offers("confirm", yes=True))
            if heard.waiting == "assessment":
                heard = await person.presses(heard.offers("way", way="on"))
            assert heard.waiting == "review", line.change.press
        assert heard.answers == before


@pytest.mark.parametrize("locale", Locale)
async def test_what_is_proposed_is_shown_and_taken_only_with_a_yes(locale: Locale, tmp_path: Path) -> None:
    """B10: the country of the MPN account is proposed, declined, and asked for plainly."""
    script = script_of("indirect_taiwan")
    yes = {"en": "yep", "zh-CN": "对", "zh-TW": "對", "ru": "ага"}
    no = {"en": "nope", "zh-CN": "不是", "zh-TW": "不是", "ru": "не"}
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script, person, "mpn_country")
        assert "mpn_country" not in heard.answers
        proposed = heard.texts[-1]
        heard = await person.says(said_in(no, locale))
        assert (heard.field, "mpn_country" in heard.answers) == ("mpn_country", False)
        assert heard.texts[-1] != proposed
        assert not any(choice["press"] == "keep" for choice in heard.choices.values())
        heard = await answer(script, person, heard)
        assert heard.answers["mpn_country"] == "TW"
        person = person.elsewhere("test:language")
        heard = await reach(script, person, "language")
        assert "language" not in heard.answers
        heard = await person.says(said_in(yes, locale))
        assert heard.answers["language"] == locale.docs


@pytest.mark.parametrize("locale", Locale)
async def test_a_summary_hides_the_account_number(locale: Locale, tmp_path: Path) -> None:
    """B3: the review shows that there is an account, never which."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script_of("direct_kazakhstan"), person, "review")
        assert heard.answers["bank_account"] == "KZ35999T000000000001"
        assert "999T0000" not in str(heard.stored.replies).replace(" ", "")
