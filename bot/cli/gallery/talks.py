"""Short talks that lead to what the scripts do not come by: commands, ways out, answers, mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from bot.cli.gallery.scripts import Script, script_of
from bot.knowledge.topics import Topics

FILE = Path(__file__).parent / "talks.yml"
KNOWN = ("says", "press", "reach", "second", "reminded")
#: Answers on one page.
PART = 12


@dataclass(frozen=True)
class Send:
    """What is done: something said (in each language), a button pressed, or a script followed to a place.

    `after`: so much time has passed. `second`: it is done in another chat, by somebody else as it seems.
    `reminded`: nobody does anything, and the assistant speaks first.
    """

    says: Any = ""
    press: Mapping[str, Any] | None = None
    reach: str | None = None
    script_name: str = "indirect_taiwan"
    after: timedelta = timedelta()
    second: bool = False
    reminded: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def script(self) -> Script:
        return script_of(self.script_name)


@dataclass(frozen=True)
class Talk:
    """`always`: what is true of every activity of this person's channel. `tester`: they are one."""

    id: str
    told: str
    sends: tuple[Send, ...]
    always: Mapping[str, Any] = field(default_factory=dict)
    tester: bool = False


def talks() -> list[Talk]:
    content = yaml.safe_load(FILE.read_text("utf-8"))
    written = [
        Talk(
            f"talk.{name}",
            each["told"],
            tuple(map(_send, each["turns"])),
            each.get("always", {}),
            each.get("tester", False),
        )
        for name, each in content.items()
    ]
    return [*written, *_answers(Topics.load())]


def _send(written: Any) -> Send:
    """A command's name stands for its button; else the parts of a `Send`."""
    if isinstance(written, str):
        return Send(press={"press": "command", "name": written})
    if "join" in written:
        return Send(second=written.get("second", False), more={"kind": "join"})
    known = {name: written[name] for name in KNOWN if name in written}
    return Send(
        **known,
        script_name=written.get("script", "indirect_taiwan"),
        after=timedelta(**written.get("after", {})),
        more=written.get("with", {}),
    )


def _answers(topics: Topics) -> Iterator[Talk]:
    """Every answer, asked for by its button."""
    names = iter(topics)
    number = 0
    while part := tuple(islice(names, PART)):
        number += 1
        sends = tuple(Send(press={"press": "topic", "id": name}) for name in part)
        yield Talk(f"answers.{number}", f"answers: {part[0]} to {part[-1]}", sends)
