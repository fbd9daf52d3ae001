"""Cuts text into sentences and takes an excerpt of at most two."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.knowledge.documentation.markdown import CELL_END, SPACE_AFTER_SIGN

#: After a full stop follows a capital, a figure or a quotation; "т. е. если" and "e.g. this" go on.
_END = re.compile(r"(?<=[。！？；])(?![”’」』）)])\s*|(?<=[.!?…])\s+(?=[\"“«(]?[A-ZА-ЯЁ0-9\u3400-\u9fff])")
#: Characters of one sentence in an excerpt; longer ones are cut at a word.
LONGEST = 220
_WORD_END = re.compile(r"[\s，、；：,;:]")


def sentences(block: str) -> list[str]:
    return [each for each in (piece.strip() for piece in _END.split(block)) if each]


def excerpt(every: Sequence[str], at: int) -> str:
    """The sentence at this place with the one after it, or before it where it is the last."""
    first = max(0, min(at, len(every) - 2))
    said = " ".join(_cut(each) for each in every[first : first + 2])
    return SPACE_AFTER_SIGN.sub("", said.replace(CELL_END, " · "))


def _cut(sentence: str) -> str:
    if len(sentence) <= LONGEST:
        return sentence
    ends = [end.start() for end in _WORD_END.finditer(sentence, LONGEST // 2, LONGEST)]
    return sentence[: ends[-1] if ends else LONGEST].rstrip() + "…"
