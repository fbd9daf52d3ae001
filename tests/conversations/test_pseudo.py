"""The pseudo-locale: every conversation in it shows what came from no catalog; partners never get there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.topics import Topics
from bot.localization.locale import Locale
from bot.localization.pseudo import CLOSE, ISOLATE, OPEN, RELEASE, TAG
from bot.text import Text, text
from bot.turn import SHOWN_AS, Choice, Incoming, Reply, Turn
from tests.conversations.card_forms import follow_on_cards
from tests.conversations.house import house
from tests.conversations.scripts import Script, scripts
from tests.conversations.talking import RENDERER, Heard, Person, follow

TESTER = "tester"
CHOOSE = {"press": "language", "locale": TAG}
CHANNELS = ("directline", "msteams", "sms")
#: What a person sees of an activity and its cards.
SHOWN = frozenset(
    {
        "text",
        "title",
        "displayText",
        "fallbackText",
        "speak",
        "summary",
        "altText",
        "label",
        "placeholder",
        "errorMessage",
    }
)
COMMANDS = (
    "help",
    "status",
    "language",
    "compare",
    "human",
    "thanks",
    "hello",
    "where",
    "summary",
    "bye",
    "why",
)

MARKDOWN = re.compile(r"\\([!-/:-@\[-`{-~])")
ADDRESS = re.compile(r"https?://[!-~]+")
#: An address without its scheme, or of a mailbox.
PLACE = re.compile(r"([\w.+-]+@)?[\w-]+(\.[\w-]+)+", re.ASCII)
TOPICS = Topics.load()
#: The documentation's own words, which we cite as they are, and the names that languages give themselves.
CITED = {
    words
    for topic in TOPICS.values()
    for source in topic.sources[Locale.EN]
    for words in (source.title, source.section)
} | {TAG, *(locale.native for locale in Locale)}


def shown(wire: Any) -> Iterator[str]:
    """Every text that a person sees.

    The runs of a block are one text, though links stand among them; so are blocks that follow one another:
    words of several lines are a block a line.
    """
    if isinstance(wire, dict):
        markdown = wire.get("textFormat") == "markdown"
        for key, value in wire.items():
            if key in SHOWN and isinstance(value, str):
                yield MARKDOWN.sub(r"\1", value) if markdown else value
            elif key not in ("data", "value"):
                yield from shown(value)
    elif isinstance(wire, list):
        for is_block, items in groupby(wire, is_text_block):
            if is_block:
                yield "\n".join("".join(run["text"] for run in item["inlines"]) for item in items)
            else:
                yield from chain.from_iterable(map(shown, items))


def is_text_block(item: Any) -> bool:
    return isinstance(item, dict) and "inlines" in item


def bare(said: str) -> list[str]:
    """What stands outside the brackets, and what stands inside as it was typed in the source."""
    words = ""
    depth = isolated = 0
    for sign in said:
        depth += (sign == OPEN) - (sign == CLOSE)
        isolated += (sign == ISOLATE) - (sign == RELEASE)
        assert depth >= 0
        assert isolated in (0, 1), said
        is_bare = sign.isalpha() and not isolated and (not depth or sign.isascii())
        words += sign if is_bare else " "
    assert depth == isolated == 0, repr(said)
    return words.split()


def isolates(said: str) -> list[str]:
    return re.findall(f"{ISOLATE}([^{RELEASE}]*){RELEASE}", said)


def on_every_channel(turn: Turn) -> list[str]:
    return [words for channel in CHANNELS for words in shown(RENDERER.activities(turn, channel))]


def faults(turn: Turn, known: set[str]) -> list[str]:
    """Every text of a turn that has words of no catalog, and every isolate that nobody typed or cites."""
    found = []
    known |= {str(name) for reply in turn.replies for name in places(reply)}
    known |= {sent.number for sent in (*turn.applications, turn.submission) if sent}
    for said in on_every_channel(turn):
        found += [said] if bare(ADDRESS.sub("", said)) else []
        found += [each for each in isolates(said) if not is_known(each, known)]
    return found


def is_known(words: str, known: set[str]) -> bool:
    words = words.strip("<>")  # a link in Markdown
    return (
        bool(ADDRESS.match(words) or PLACE.fullmatch(words))
        or not any(map(str.isalpha, words))
        or words in known | CITED
    )


def places(reply: Reply) -> Iterator[Any]:
    """Regions of an address as their own country writes them."""
    labels = [choice.label for choice in reply.choices]
    for label in labels:
        if isinstance(label, Text) and label.key == "address.region.name":
            yield label.values["name"]


def typed(script: Script) -> set[str]:
    return {str(words) for words in strings(script.answers)}


def strings(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for each in content.values():
            yield from strings(each)
    elif isinstance(content, list | tuple):
        for each in content:
            yield from strings(each)
    else:
        yield str(content)


def translator(rooms: Any) -> Person:
    return Person(rooms.conversation, Locale.EN, user=TESTER, claimed=TAG, say_text=rooms.say)


@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.name)
async def test_every_script_shows_nothing_outside_the_brackets(script: Script, tmp_path: Path) -> None:
    """E1: all texts, cards and buttons of a whole conversation, on every kind of channel."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        person = translator(rooms)
        found: list[str] = []

        async def step(words: str) -> Heard:
            heard = await person.says(words)
            answers = heard.stored.draft.answers if heard.stored.draft else {}
            found.extend(faults(heard.stored, {*typed(script), *strings(answers), words}))
            return heard

        heard = await follow(script, person, step)
    assert len(heard) > 3
    assert all(turn.stored.is_pseudo for turn in heard)
    assert found == []


@pytest.mark.parametrize(
    "script", [each for each in scripts() if each.ends == "sent"], ids=lambda each: each.name
)
async def test_every_card_form_shows_nothing_outside_the_brackets(script: Script, tmp_path: Path) -> None:
    """E1, F4: sections filled in on cards; what stood in a box comes back as it was."""
    async with house(tmp_path / "typed") as rooms:
        await follow(script, Person(rooms.conversation, Locale.EN, say_text=rooms.say))
        stored = (await rooms.store.applications())[0].answers
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        heard = await follow_on_cards(script, translator(rooms), stored)
        sent = (await rooms.store.applications())[0].answers
    known = {*typed(script), *strings(stored)}
    assert [fault for each in heard for fault in faults(each.stored, known)] == []
    assert sent.keys() == stored.keys()
    assert not {OPEN, ISOLATE} & set("".join(strings(sent)))


@pytest.mark.parametrize("start", range(4))
async def test_every_answer_shows_nothing_outside_the_brackets(start: int, tmp_path: Path) -> None:
    """E1: each topic with its sources, each command, and what is not understood."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        person = translator(rooms)
        await person.sends(kind="join")
        wanted = [{"pressed": {"press": "topic", "id": each}} for each in [*TOPICS][start::4]]
        wanted += [{"text": words} for words in (*COMMANDS, "What is the weather in Paris?")[start::4]]
        for sent in wanted:
            heard = await person.sends(**sent)
            if "pressed" in sent:
                assert heard.keys == [f"topic.{sent['pressed']['id']}"]
            assert (sent, faults(heard.stored, set())) == (sent, [])


def test_a_text_that_no_catalog_holds_is_found() -> None:
    """E1: whatever is shown without having been translated: a label, or a value that should be a Text."""
    turn = in_disguise(
        Reply(text("k", "Hello, {name}.").fill(name="dear applicant"), (), (Choice("Next", {}),))
    )
    assert set(faults(turn, set())) == {"dear applicant", "Next"}
    assert bare("⟦Ĥéļļö ~⟧ world") == ["world"]
    assert bare("⟦Ĥéļļö world ~⟧") == ["world"]
    assert bare("⟦Ĥéļļö ⁨world⁩ ~⟧ 12.") == []


def in_disguise(reply: Reply) -> Turn:
    incoming = Incoming(activity_id="1", conversation_id="c", user_id=TESTER, channel="test")
    state = {SHOWN_AS: TAG}
    now = datetime(2026, 11, 21, tzinfo=UTC)
    return Turn(incoming, now, None, Locale.EN, True, None, state, [reply], is_tester=True)


async def test_a_tester_chooses_it_by_button_or_by_name_and_leaves_it_again(tmp_path: Path) -> None:
    """E1: selectable in chat; it outlives a restart."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        person = Person(rooms.conversation, Locale.RU, user=TESTER, say_text=rooms.say)
        heard = await person.says("язык")
        heard = await person.presses(heard.offers("language", locale=TAG))
        assert OPEN in on_every_channel(heard.stored)[0]
        heard = await person.presses({"press": "language", "locale": "zh-TW"})
        assert not heard.stored.is_pseudo
        assert (await person.says(TAG)).stored.is_pseudo
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        person = replace(person, conversation=rooms.conversation)
        assert (await person.says("help")).stored.is_pseudo
    async with house(tmp_path) as rooms:  # who is no tester any more has English again
        person = replace(person, conversation=rooms.conversation)
        assert OPEN not in "".join(on_every_channel((await person.says("help")).stored))


async def test_a_label_can_be_sent_as_it_is_shown(tmp_path: Path) -> None:
    """E1: some clients send what stands on the button instead of what it means."""
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        person = translator(rooms)
        heard = await person.sends(kind="join")
        label = RENDERER.voice(heard.stored, heard.stored.replies[-1]).label(
            heard.stored.replies[-1].choices[0]
        )
        assert label.startswith(OPEN)
        assert (await person.says(label)).keys[-1] == "apply.model.ask"


@pytest.mark.parametrize("claimed", ["en", "ru", "", TAG, TAG.upper()])
async def test_a_partner_cannot_get_there(claimed: str, tmp_path: Path) -> None:
    """E1, E3: neither by a press, nor by its name, nor by what a channel claims; and is never offered it."""
    sent: list[dict[str, Any]] = [
        {"kind": "join"},
        {"pressed": CHOOSE},
        {"text": TAG},
        {"text": f"language {TAG}"},
        {"pressed": {**CHOOSE, "is_tester": True, SHOWN_AS: TAG}},
        {"text": "language"},
        {"pressed": {"press": "language"}},
        {"pressed": {"press": "language", "locale": "en"}},
        {"text": TAG},
        {"text": "help"},
    ]
    async with house(tmp_path, testers=(TESTER,)) as rooms:
        partner = Person(rooms.conversation, Locale.EN, claimed=claimed, say_text=rooms.say)
        for each in sent:
            heard = await partner.sends(**each)
            assert not heard.stored.is_pseudo
            assert CHOOSE not in heard.choices.values()
            assert not any(sign in "".join(on_every_channel(heard.stored)) for sign in (OPEN, ISOLATE))
