"""The structure of a turn, the same in every language: what is said, asked and offered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.localization.locale import Locale
from bot.text import Listing, Text
from bot.turn import Article, Choice, Comparison, InputForm, Passages, Reply, Summary, Turn

#: One line for each part of a turn; two languages with the same lines say the same things in the same order.
Shape = tuple[str, ...]

#: Names and codes made anew each time, and the wording of an answer that a vote is about.
PASSING = frozenset({"nonce", "draft", "locale", "version", "code"})
#: The questions that change places: some languages ask for the family name first.
NAMES = re.compile(r"(?:family|given)([-_])name")


def shape(turn: Turn) -> Shape:
    return tuple(neutral(line) for reply in turn.replies for line in _reply(reply))


def neutral(line: str) -> str:
    return NAMES.sub(r"\1name", line)


def differences(shapes: Mapping[str, Shape]) -> Iterator[str]:
    """Where a language parts from English, one sentence a language."""
    english = shapes[Locale.EN.value]
    for tag, other in shapes.items():
        if other == english:
            continue
        at = next(
            (at for at, (ours, theirs) in enumerate(zip(english, other, strict=False)) if ours != theirs),
            min(len(english), len(other)),
        )
        ours, theirs = (lines[at] if at < len(lines) else "nothing" for lines in (english, other))
        yield f"{tag} has {theirs!r} where English has {ours!r}"


def _reply(reply: Reply) -> Iterator[str]:
    yield f"reply {_said(reply.text)}" if reply.text else "reply"
    yield from _attachment(reply.attachment)
    yield from sorted(_button(choice) for choice in reply.choices)


def _attachment(attachment: Any) -> Iterator[str]:
    match attachment:
        case Summary():
            yield f"summary {attachment.title.key}"
            for group in attachment.groups:
                yield f"group {group.title.key}"
                yield from (
                    f"line {line.label.key}{' with a button' if line.change else ''}" for line in group.lines
                )
        case Comparison():
            yield f"comparison {attachment.title.key}"
            yield from (f"row {_said(row.left)} | {_said(row.right)}" for row in attachment.rows)
        case Article():
            yield f"article {attachment.topic}"
            for name in ("paragraphs", "points", "steps", "closing", "changes"):
                yield from (f"{name} {_said(each)}" for each in getattr(attachment, name))
            yield f"{len(attachment.sources)} sources{', nearest section' if attachment.nearest else ''}"
        case Passages():
            yield f"passages {attachment.title.key}"
        case InputForm():
            yield f"form {attachment.title.key} {_said(attachment.note)}"
            for each in attachment.inputs:
                options = ",".join(sorted(code for code, _ in each.options))
                yield f"input {each.name} {_said(each.label)} {each.entry} {options}"


def _button(choice: Choice) -> str:
    press = {name: value for name, value in choice.press.items() if name not in PASSING}
    if isinstance(choice.label, Text) and choice.label.values.keys() == {"country"}:
        # Which few countries are offered first depends on the language, how many does not.
        press.pop("value", None)
    return f"button {_said(choice.label)} {press}"


def _said(value: Any) -> str:
    """The keys of a sentence and of the sentences in it; other values are what they are in each language."""
    match value:
        case Text():
            inside = ", ".join(f"{name}={_said(each)}" for name, each in sorted(value.values.items()))
            return f"{value.key}({inside})" if inside else value.key
        case Listing():
            return f"[{', '.join(map(_said, value.items))}]"
        case _:
            return type(value).__name__
