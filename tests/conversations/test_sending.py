"""Sent once, however often; answered once, however often delivered; in order, however fast."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.localization.locale import Locale
from bot.store.records import Change
from tests.conversations.house import house
from tests.conversations.scripts import said_in, script_of
from tests.conversations.talking import AGREE, BEGIN, TWENTY, Heard, Person, follow, reach


def wire(heard: Heard) -> list[object]:
    assert heard.outcome is not None
    return [(stored.position, stored.activity) for stored in heard.outcome.replies]


@pytest.mark.parametrize("locale", Locale)
async def test_sending_twice_is_sending_once(locale: Locale, tmp_path: Path) -> None:
    """B8: pressed twice, typed after it was pressed, and pressed on another device."""
    script = script_of("indirect_taiwan")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await reach(script, person, "consent")
        agree = heard.offers("way", way="agree")
        other = person.elsewhere("test:phone")
        await reach(script, other, "consent")
        heard = await person.presses(agree)
        assert heard.keys[0] == "apply.sent"
        number = heard.stored.submission
        assert number is not None
        for again in (
            await person.presses(agree),
            await person.says(said_in(AGREE, locale)),
            await other.presses(agree),
            await other.presses(agree),
            await other.says(said_in(AGREE, locale)),
        ):
            assert again.keys[0] == "apply.already-sent", again.texts
            assert number.number in again.texts[0]
        assert [each.number for each in await rooms.store.applications()] == [number.number]


async def test_two_devices_that_send_at_the_same_moment_send_once(tmp_path: Path) -> None:
    """B8: whoever comes second is told the same number."""
    script = script_of("indirect_taiwan")
    async with house(tmp_path) as rooms:
        places = [
            Person(rooms.conversation, Locale.EN, place=f"test:{n}", say_text=rooms.say) for n in range(4)
        ]
        for person in places:
            heard = await reach(script, person, "consent")
        agree = heard.offers("way", way="agree")
        all_heard = await asyncio.gather(*(person.presses(agree) for person in places))
        sent = await rooms.store.applications()
    assert len(sent) == 1
    assert sorted(heard.keys[0] for heard in all_heard) == ["apply.already-sent"] * 3 + ["apply.sent"]
    assert all(sent[0].number in heard.texts[0] for heard in all_heard)


async def test_an_old_consent_does_not_send_a_new_draft(tmp_path: Path) -> None:
    """B8: the button belongs to its draft; the one begun since is untouched."""
    script = script_of("indirect_taiwan")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        heard = await reach(script, person, "consent")
        agree = heard.offers("way", way="agree")
        phone = person.elsewhere("test:phone")
        await reach(script, phone, "consent")
        first = (await person.presses(agree)).stored.submission
        assert first is not None
        before = await reach(script, person, "mpn_id")
        heard = await phone.presses(agree)
        assert (heard.keys, heard.answers) == (["apply.already-sent"], before.answers)
        assert first.number in heard.texts[0]
        heard = await reach(script, person, "consent")
        stale = await person.presses(agree)
        assert stale.waiting == "consent"
        assert len(await rooms.store.applications()) == 1
        await person.presses(heard.offers("way", way="agree"))
        assert len({each.number for each in await rooms.store.applications()}) == 2


async def test_what_another_device_took_out_is_not_sent(tmp_path: Path) -> None:
    """B3, B8: an answer made void after the summary was shown leads back to the summary."""
    script = script_of("indirect_taiwan")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        heard = await reach(script, person, "consent")
        phone = person.elsewhere("test:phone")
        await phone.says("resume")
        await phone.presses({"press": "change", "field": "authority_to_sign"})
        await phone.presses({"press": "answer", "field": "authority_to_sign", "value": "no"})
        heard = await person.presses(heard.offers("way", way="agree"))
        assert (heard.keys[0], heard.waiting) == ("review.look-again", "review")
        assert await rooms.store.applications() == []


async def test_direct_bill_that_another_device_made_ineligible_is_assessed_again(tmp_path: Path) -> None:
    """B8, B9: nothing is sent as if it were eligible, and nobody is told that something went wrong."""
    script = script_of("direct_kazakhstan")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        heard = await reach(script, person, "consent")
        phone = person.elsewhere("test:phone")
        await phone.says("resume")
        await phone.presses({"press": "change", "field": "first_level_support"})
        await phone.presses({"press": "answer", "field": "first_level_support", "value": "no"})
        heard = await person.presses(heard.offers("way", way="agree"))
        assert (heard.keys[0], heard.waiting) == ("review.look-again", "assessment")
        assert await rooms.store.applications() == []


async def test_a_draft_deleted_on_another_device_is_told_and_not_begun_by_accident(tmp_path: Path) -> None:
    """A5: the pending question of the first device is closed."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await reach(script_of("indirect_taiwan"), person, "legal_name")
        phone = person.elsewhere("test:phone")
        await phone.says("resume")
        heard = await phone.says("cancel")
        await phone.presses(heard.offers("way", way="delete"))
        heard = await person.says("Contoso Ltd")
        assert (heard.keys, heard.stored.draft) == (["routes.draft-gone"], None)


async def test_a_question_that_another_device_made_needless_is_not_waited_for(tmp_path: Path) -> None:
    """A3: its answer is not taken for that of another question."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await reach(script_of("indirect_russia"), person, "registration_id")
        phone = person.elsewhere("test:phone")
        await phone.says("resume")
        await phone.presses({"press": "change", "field": "legal_country"})
        await phone.presses({"press": "answer", "field": "legal_country", "value": "HK"})
        await phone.presses({"press": "confirm", "field": "legal_country", "yes": True})
        heard = await person.says("9900000017")
        assert heard.keys[0] == "question.stale"
        assert heard.field == "mpn_country"
        assert "9900000017" not in heard.answers.values()


@pytest.mark.parametrize("locale", Locale)
async def test_an_activity_delivered_twice_is_answered_once(locale: Locale, tmp_path: Path) -> None:
    """A7: the second delivery brings the very same replies and changes nothing."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        await person.says(said_in(BEGIN, locale))
        first = await person.presses(
            {"press": "answer", "field": "model", "value": "direct-bill"}, activity_id="again"
        )
        second = await person.presses(
            {"press": "answer", "field": "model", "value": "direct-bill"}, activity_id="again"
        )
        assert second.outcome is not None
        assert second.outcome.seen_before
        assert wire(first) == wire(second)
        heard = await person.says("?")
        assert heard.field == "already_in_csp"
        late = await person.presses(
            {"press": "answer", "field": "model", "value": "direct-bill"}, activity_id="again"
        )
        assert wire(late) == wire(first)


async def test_an_activity_delivered_many_times_at_once_is_answered_once(tmp_path: Path) -> None:
    """A7: concurrently."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await person.says("apply")
        press = {"press": "answer", "field": "model", "value": "indirect-reseller"}
        heard = await asyncio.gather(*(person.presses(press, activity_id="again") for _ in range(8)))
        assert all(wire(each) == wire(heard[0]) for each in heard)
        assert sum(not each.outcome.seen_before for each in heard if each.outcome) == 1
        assert (await person.says("skip")).field == "already_in_csp"


async def test_twenty_messages_at_once_end_as_the_same_twenty_in_order(tmp_path: Path) -> None:
    """A8: the same answers, the same waiting question, the same replies."""
    ends = []
    for folder, at_once in (("in-order", False), ("at-once", True)):
        async with house(tmp_path / folder) as rooms:
            person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
            if at_once:
                heard = await asyncio.gather(*(person.says(words) for words in TWENTY))
            else:
                heard = [await person.says(words) for words in TWENTY]
            last = heard[-1]
            assert last.field == "contact_email", last.texts
            ends.append((last.answers, last.field, last.pending, [each.texts for each in heard]))
    assert ends[0] == ends[1]
    assert len(ends[0][0]) > 15


async def test_an_answer_that_todays_checks_refuse_is_asked_for_again_instead_of_sent(tmp_path: Path) -> None:
    """A9, B3: it was given under another release's rules, and its question comes before the summary."""
    script = script_of("indirect_taiwan")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await reach(script, person, "consent")
        known = await rooms.store.load("test:1", "anna", "test", "another release")
        assert known.draft is not None
        known.draft.answers["company_domain"] = "nowhere"
        version = known.draft.version
        await rooms.store.commit(
            Change("another release", known.conversation, known.person, known.draft, version, None, [], False)
        )
        heard = await person.says(AGREE["en"])
        assert (heard.keys[0], heard.field) == ("review.look-again", "company_domain")
        assert await rooms.store.applications() == []
        heard = await person.says("https://www.contoso.com.tw")
        assert heard.waiting == "review"
        heard = (await follow(script, person))[-1]
        assert heard.keys[0] == "apply.sent"
