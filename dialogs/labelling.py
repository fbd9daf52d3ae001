"""What a tester sees below each message, and what is kept of it for a report: keys, languages, catalog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from bot.domain.redaction import shaped
from bot.localization.catalogs import Catalogs
from bot.localization.locale import Locale
from bot.localization.pseudo import TAG as PSEUDO
from bot.store.records import Draft
from bot.text import Listing, Text, Value, text
from bot.turn import Choice, Reply, Turn

#: Under what a conversation's state keeps its tester's tools.
TOOLS = "tools"
#: Of so many messages it is remembered what was shown, and so much of each.
REMEMBERED, LONGEST = 20, 1500

# Translators: button for testers, below a message; {number} is the message's number, as in “Report #12”.
REPORT = text("tester.report", "Report #{number}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a message. `locale` is the language it really came in."""

    key: str
    locale: str
    given: dict[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was shown; `text` and the given values have only the shape of what was typed."""

    number: int
    key: str
    wanted: str
    catalog: str
    text: str
    sentences: tuple[Sentence, ...]

    def sentence(self, key: str) -> Sentence:
        """The sentence of that key; of a message that has none (a topic), a name for the whole."""
        return next((one for one in self.sentences if one.key == key), Sentence(key, self.wanted, {}))


def label(turn: Turn, catalogs: Catalogs) -> None:
    """Numbers the turn's messages and remembers them; where keys are shown, says them below each."""
    tools = tools_of(turn)
    kept = [*tools.get("messages", ())]
    labelled = []
    for reply in turn.replies:
        number = tools["count"] = tools.get("count", 0) + 1
        kept.append(_saved(message := _message(turn, reply, number, catalogs)))
        labelled.append(_with_note(reply, message, turn.draft) if tools.get("keys") else reply)
    tools["messages"] = kept[-REMEMBERED:]
    turn.replies = labelled


def tools_of(turn: Turn) -> dict[str, Any]:
    tools: dict[str, Any] = turn.state.setdefault(TOOLS, {})
    return tools


def messages(turn: Turn) -> list[Message]:
    """What is remembered, oldest first."""
    return [
        Message(**{**one, "sentences": tuple(Sentence(*each) for each in one["sentences"])})
        for one in tools_of(turn).get("messages", ())
    ]


def _saved(message: Message) -> dict[str, Any]:
    plain = {each.name: getattr(message, each.name) for each in fields(message)}
    return plain | {"sentences": [[one.key, one.locale, one.given] for one in message.sentences]}


def _with_note(reply: Reply, message: Message, draft: Draft | None) -> Reply:
    sandbox = " · sandbox" if draft is not None and draft.is_sandbox else ""
    lines = [f"#{message.number} · {message.wanted} · {message.catalog}{sandbox}"]
    for one in message.sentences:
        lines.append(one.key if one.locale == message.wanted else f"{one.key} → {one.locale}")
    report = {"press": "tester", "do": "report", "message": message.number}
    button = Choice(REPORT.fill(number=message.number), report)
    return replace(reply, note="\n".join(lines), choices=(*reply.choices, button))


def _message(turn: Turn, reply: Reply, number: int, catalogs: Catalogs) -> Message:
    locale = reply.locale or turn.locale
    is_pseudo = turn.is_pseudo and locale is Locale.EN
    wanted = PSEUDO if is_pseudo else locale.value
    tops = list(_texts(reply))
    said = "\n".join(catalogs.say(_masked(each), locale) for each in _texts((reply.text, reply.attachment)))
    found = {each.key: each for top in tops for each in _nested(top)}
    return Message(
        number=number,
        key=reply.key,
        wanted=wanted,
        catalog=catalogs.version(locale),
        text=said[:LONGEST],
        sentences=tuple(
            Sentence(
                key,
                PSEUDO if is_pseudo else catalogs.spoken_in(each, locale).value,
                {
                    name: value.key if isinstance(value, Text) else catalogs.value(_hidden(value), locale)
                    for name, value in each.values.items()
                },
            )
            for key, each in found.items()
        ),
    )


def _texts(part: object) -> Iterator[Text]:
    """The sentences of a reply, its cards and its buttons, without those inside others."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _texts(each)
    elif is_dataclass(part):
        for each in fields(part):
            yield from _texts(getattr(part, each.name))


def _nested(value: Value) -> Iterator[Text]:
    """A sentence and those in its blanks."""
    if isinstance(value, Text):
        yield value
        for inner in value.values.values():
            yield from _nested(inner)
    elif isinstance(value, Listing):
        for item in value.items:
            yield from _nested(item)


def _masked(text: Text) -> Text:
    """The sentence with the shape of typed words in its blanks."""
    values: Mapping[str, Value] = {name: _hidden(value) for name, value in text.values.items()}
    return replace(text, values=values)


def _hidden(value: Value) -> Value:
    match value:
        case str():
            return shaped(value)
        case Text():
            return _masked(value)
        case Listing(items, either):
            return Listing(tuple(map(_hidden, items)), either)
        case _:
            return value
