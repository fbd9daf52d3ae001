"""The language: chosen once, kept, changed at any moment; never mixed, never English by accident."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from bot.localization.locale import Locale
from bot.turn import Incoming, Turn
from tests.conversations.house import house
from tests.conversations.scripts import LONGEST, said_in, script_of
from tests.conversations.talking import BEGIN, Heard, Person, answer, reach

PAIRS = [*permutations(Locale, 2)]
QUESTION = {
    "en": "How long does the review take?",
    "zh-CN": "审核需要多长时间？",
    "zh-TW": "審核需要多久？",
    "ru": "Сколько длится проверка заявки?",
}


def kept(heard: Heard) -> Any:
    state = {name: heard.stored.state[name] for name in ("stack", "version")}
    draft = heard.stored.draft
    return deepcopy((state, draft and (draft.answers, draft.remarks, draft.consents)))


def language(locale: Locale) -> dict[str, Any]:
    return {"press": "language", "locale": locale.value}


def newcomer(rooms: Any, **more: Any) -> Person:
    """Somebody whose channel says nothing about a language."""
    return Person(rooms.conversation, Locale.EN, claimed="", say_text=rooms.say, **more)


@pytest.mark.parametrize(("spoken", "other"), PAIRS)
async def test_a_switch_at_every_step_asks_the_same_again_in_the_other_language(
    spoken: Locale, other: Locale, tmp_path: Path
) -> None:
    """D5: identical stored state, at every question, confirmation and crossroads, there and back."""
    script = script_of("direct_kazakhstan" if spoken.value < other.value else "indirect_hong_kong")
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, spoken, say_text=rooms.say)
        heard = await reach(script, person, "model")
        for _ in range(LONGEST):
            before, (key, wording, presses) = kept(heard), heard.question
            heard = await person.presses(language(other))
            assert heard.keys[0] == "language.changed"
            assert (heard.stored.locale, heard.stored.chosen_locale) == (other, other)
            assert kept(heard) == before
            assert heard.question[0] == key
            assert heard.question[1] != wording or not wording
            if heard.field == "language":  # there a language's name is the answer
                heard = await person.presses(language(spoken))
            else:
                heard = await person.says(spoken.native)
            assert (heard.stored.locale, kept(heard), heard.question) == (
                spoken,
                before,
                (key, wording, presses),
            )
            if heard.waiting == "consent":
                break
            heard = await answer(script, person, heard)
        assert heard.waiting == "consent"


async def test_a_value_waiting_for_a_yes_waits_in_every_language(tmp_path: Path) -> None:
    """D5: the country that was understood is shown again by its name in the new language."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, Locale.EN, say_text=rooms.say)
        await reach(script_of("indirect_russia"), person, "legal_country")
        heard = await person.says("Russia")
        assert heard.keys == ["confirm.legal-country"]
        for locale, name in ((Locale.RU, "Росси"), (Locale.ZH_TW, "俄羅斯"), (Locale.EN, "Russia")):
            heard = await person.presses(language(locale))
            assert heard.keys == ["language.changed", "confirm.legal-country"]
            assert name in heard.texts[-1]
        assert (await person.says("да")).answers["legal_country"] == "RU"


@pytest.mark.parametrize(("chosen", "claimed"), PAIRS)
async def test_a_chosen_language_beats_what_the_channel_says(
    chosen: Locale, claimed: Locale, tmp_path: Path
) -> None:
    """D4: in this conversation, in another one, after a restart, and with a press that claims another."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, claimed, say_text=rooms.say)
        await person.sends(kind="join")
        await person.presses(language(chosen))
        heard = await person.says(said_in(BEGIN, chosen))
        press = heard.offers("answer", value="direct-bill")
        heard = await person.presses(press, locale=claimed.value)
        assert heard.stored.locale is chosen
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, claimed, place="test:2", say_text=rooms.say)
        assert (await person.sends(kind="join")).stored.locale is chosen
        assert (await person.says("42")).stored.chosen_locale is chosen


@pytest.mark.parametrize(("spoken", "claimed"), PAIRS)
async def test_a_press_with_another_locale_changes_nothing(
    spoken: Locale, claimed: Locale, tmp_path: Path
) -> None:
    """D4: where nobody chose, the conversation stays in the language it began in."""
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, spoken, say_text=rooms.say)
        heard = await person.says(said_in(BEGIN, spoken))
        heard = await person.presses(heard.offers("answer", value="direct-bill"), locale=claimed.value)
        assert heard.stored.locale is spoken
        assert (await person.says("42", locale=claimed.value)).stored.locale is spoken


@pytest.mark.parametrize("first", ["join", "message", "empty", "digits"])
async def test_first_contact_without_a_language_greets_in_all_of_them(first: str, tmp_path: Path) -> None:
    """D8: each greeting in its own language, the choice by native names; never English alone."""
    sent: dict[str, dict[str, Any]] = {
        "join": {"kind": "join"},
        "message": {"text": "CSP"},
        "empty": {"text": ""},
        "digits": {"text": "42"},
    }
    async with house(tmp_path) as rooms:
        heard = await newcomer(rooms).sends(**sent[first])
        assert [reply.locale for reply in heard.stored.replies] == list(Locale)
        assert set(heard.keys) == {"welcome.hello"}
        assert list(heard.choices) == [locale.native for locale in Locale]
        assert not heard.stored.locale_known
        assert heard.outcome is not None
        assert heard.outcome.locale is None


@pytest.mark.parametrize("how", ["pressed", "typed", "asked"])
@pytest.mark.parametrize("locale", Locale)
async def test_the_first_message_is_answered_once_the_language_is_chosen(
    locale: Locale, how: str, tmp_path: Path
) -> None:
    """D8: by the button, by typing its name, or by asking for it; a command as well as a question."""
    names = {"en": "in English please", "zh-CN": "请说简体中文", "zh-TW": "請用繁體中文", "ru": "по-русски"}
    for first, key in ((QUESTION, "topic.application.review-time"), (BEGIN, "privacy.notice")):
        async with house(tmp_path / key) as rooms:
            person = newcomer(rooms)
            assert set((await person.says(said_in(first, locale))).keys) == {"welcome.hello"}
            heard = await (
                person.presses(language(locale))
                if how == "pressed"
                else person.says(locale.native if how == "typed" else names[locale.value])
            )
            assert heard.keys[:2] == ["language.changed", key]
            assert (heard.stored.locale, heard.stored.chosen_locale) == (locale, locale)


@pytest.mark.parametrize("locale", Locale)
async def test_whoever_just_writes_is_answered_in_that_language(locale: Locale, tmp_path: Path) -> None:
    """D8: the second message tells the language; it is not a choice that outlives the conversation."""
    async with house(tmp_path) as rooms:
        person = newcomer(rooms)
        await person.sends(kind="join")
        heard = await person.says(said_in(QUESTION, locale))
        assert heard.keys[0] == "topic.application.review-time"
        assert (heard.stored.locale, heard.stored.chosen_locale) == (locale, None)
        assert (await person.says("42")).stored.locale is locale


async def test_an_apology_before_the_language_is_known_comes_in_all_of_them(tmp_path: Path) -> None:
    """D8: not even a fault of ours is told in English by accident."""
    async with house(tmp_path) as rooms:
        turns: list[Turn] = []

        def render(turn: Turn) -> list[dict[str, Any]]:
            turns.append(turn)
            return []

        incoming = Incoming(activity_id="1", conversation_id="c", user_id="u", channel="test", text="x")
        await rooms.conversation.apologise(incoming, render)
        assert [reply.locale for reply in turns[0].replies] == list(Locale)


@pytest.mark.parametrize(("spoken", "other"), PAIRS)
async def test_a_question_in_another_language_is_answered_in_it_with_an_offer(
    spoken: Locale, other: Locale, tmp_path: Path
) -> None:
    """C6: no silent switch; a plain yes to the offer switches."""
    yes = {"en": "yes", "zh-CN": "好的", "zh-TW": "好的", "ru": "да"}
    async with house(tmp_path) as rooms:
        person = Person(rooms.conversation, spoken, say_text=rooms.say)
        heard = await person.says(said_in(QUESTION, other))
        assert heard.keys == ["topic.application.review-time", "answer.offer-to-switch"]
        assert {reply.locale for reply in heard.stored.replies} == {other}
        assert heard.stored.locale is spoken
        heard = await person.says(said_in(yes, other))
        assert heard.keys[0] == "language.changed"
        assert heard.stored.chosen_locale is other


async def test_a_hundred_interleaved_turns_never_mix_languages(tmp_path: Path) -> None:
    """D11: people in four languages at once, each reply in its own language."""
    script = script_of("indirect_taiwan")
    async with house(tmp_path) as rooms:

        async def talk(number: int, locale: Locale) -> list[Heard]:
            name = f"{locale.value}-{number}"
            person = Person(rooms.conversation, locale, user=name, place=name, say_text=rooms.say)
            heard = [await person.says(said_in(BEGIN, locale))]
            while len(heard) < 13:
                heard.append(await answer(script, person, heard[-1]))
            return heard

        people = [(number, locale) for number in range(2) for locale in Locale]
        all_heard = await asyncio.gather(*(talk(number, locale) for number, locale in people))
    alone = {locale: heard for (_, locale), heard in zip(people, all_heard, strict=True)}
    assert sum(map(len, all_heard)) >= 100
    for (_, locale), heard in zip(people, all_heard, strict=True):
        for turn, same in zip(heard, alone[locale], strict=True):
            assert turn.stored.locale is locale
            assert turn.texts == same.texts
            assert turn.outcome is not None
            assert turn.outcome.locale is locale
