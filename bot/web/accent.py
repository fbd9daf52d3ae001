"""The colour of the page around the chat, made readable on ours: WCAG's contrast is kept whatever it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

Colour = tuple[float, float, float]

#: WCAG 2.2, success criterion 1.4.3.
ENOUGH = 4.5
#: How much of the accent is in the soft colour behind a button that is pointed at.
SOFT = 0.12
STEP = 0.04


@dataclass(frozen=True, slots=True)
class Surface:
    """What the accent is written on: the colours of style.css and dark.css."""

    paper: str
    bot: str
    #: What the accent is mixed with until it can be read.
    towards: str


@dataclass(frozen=True, slots=True)
class Shades:
    """Colours as #rrggbb: the accent, it as a background, and what is written on it."""

    accent: str
    soft: str
    on_accent: str


LIGHT = Surface(paper="#ffffff", bot="#f3f6f5", towards="#000000")
DARK = Surface(paper="#161f1e", bot="#202b2a", towards="#ffffff")
#: What is written on an accent: whichever can be read better.
INKS = ("#ffffff", "#06201f")


def is_colour(given: str) -> bool:
    return re.fullmatch(r"#[0-9a-f]{6}", given) is not None


def shades(given: str, surface: Surface) -> Shades:
    """The nearest colour to `given` (#rrggbb) that can be read on this surface."""
    share = 0.0
    while True:
        accent = _mixed(given, surface.towards, share)
        soft = _mixed(surface.paper, accent, SOFT)
        if min(contrast(accent, other) for other in (surface.paper, surface.bot, soft)) >= ENOUGH:
            return Shades(accent, soft, max(INKS, key=lambda ink: contrast(ink, accent)))
        share += STEP


def contrast(one: str, other: str) -> float:
    """The ratio of two colours as WCAG defines it: from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(one: str, other: str, share: float) -> str:
    """`one` with a share of `other`, from 0 to 1."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    mixed = (first + (second - first) * min(share, 1.0) for first, second in pairs)
    return "#" + "".join(f"{round(part * 255):02x}" for part in mixed)


def _parts(colour: str) -> Colour:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
