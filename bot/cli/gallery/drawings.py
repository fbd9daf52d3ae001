"""What is to be drawn: what a channel shows of a moment in one language, known again by its content."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from bot.channels.activity import TEAMS
from bot.web.bundle import STATIC, WEB_CHAT

WEB = "directline"
#: The channels that are drawn, and what people call them.
CHANNELS = {WEB: "Web Chat", TEAMS: "Teams"}
LOOK = Path(__file__).parent / "look"
#: What draws a picture: if any of it changes, so do all pictures of the channel.
SCRIPTS = (WEB_CHAT, STATIC / "look.js", LOOK / "drawing.js")
STYLES = {WEB: (STATIC / "style.css", LOOK / "webchat.css"), TEAMS: (LOOK / "teams.css",)}
HOST_CONFIGS = {TEAMS: LOOK / "teams.json"}
#: A phone's width: what is cut off anywhere is cut off here.
WIDTH = 375
#: Letters stay sharp on screens with small pixels.
DENSITY = 1.5
QUALITY = 75
#: Around what is drawn.
MARGIN = 6
#: The folder of pictures in a gallery.
PICTURES = "pictures"
#: What nobody sees of an activity, and what is made anew each time.
UNSEEN = frozenset({"data", "fallbackText", "inputHint", "summary"})


@dataclass(frozen=True, slots=True)
class Drawing:
    """`activities`: what goes over the wire, less what nobody sees, as JSON."""

    channel: str
    lang: str
    activities: bytes

    @property
    def name(self) -> str:
        """Its picture in the gallery's folder: the same name for the same content."""
        content = b"\0".join(
            (_look(self.channel), self.channel.encode(), self.lang.encode(), self.activities)
        )
        return f"{PICTURES}/{hashlib.sha256(content).hexdigest()[:20]}.webp"

    @property
    def sent(self) -> Any:
        return orjson.loads(self.activities)


def drawing_of(channel: str, activities: Sequence[dict[str, Any]], lang: str) -> Drawing | None:
    """None where nothing is said."""
    seen = _seen(activities)
    return Drawing(channel, lang, orjson.dumps(seen, option=orjson.OPT_SORT_KEYS)) if seen else None


def _seen(wire: Any) -> Any:
    if isinstance(wire, list):
        return [_seen(each) for each in wire]
    if not isinstance(wire, dict):
        return wire
    pressed = {"value"} if wire.get("type") == "messageBack" else set()
    return {name: _seen(value) for name, value in wire.items() if name not in UNSEEN | pressed}


@cache
def _look(channel: str) -> bytes:
    found = hashlib.sha256(repr((WIDTH, DENSITY, QUALITY, MARGIN)).encode())
    host_config = HOST_CONFIGS.get(channel)
    for path in (*SCRIPTS, *STYLES[channel], *([host_config] if host_config else [])):
        # Without Web Chat nothing is drawn, but words are gathered all the same.
        found.update(path.read_bytes() if path.exists() else b"")
    return found.digest()
