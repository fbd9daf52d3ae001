"""The signs each language writes, and where a sentence has others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.localization.han import HAN
from bot.localization.locale import Locale

#: What somebody else wrote: it has signs of its own, and none of ours around it are judged by it.
_NOT_OURS = re.compile(r"https?://\S+|\S+@\S+|\{[a-z0-9_]+\}")

Rules = tuple[tuple[re.Pattern[str], str], ...]


def wrong_signs(sentence: str, locale: Locale) -> Iterator[str]:
    """What stands there, and what to write instead."""
    bare = _NOT_OURS.sub("¦", sentence)
    for pattern, advice in _RULES[locale]:
        if (match := pattern.search(bare)) is not None:
            yield f"{match[0]!r}: {advice}"


def _rules(*rules: tuple[str, str]) -> Rules:
    everywhere = (
        (r"(?<=\S)  +(?=\S)", "one space is enough"),
        (r"(?i)\b([^\W\d]+) \1\b", "a word stands twice"),
        (rf"((?!一)[{HAN}]{{2,}})\1|([的了是在和])\2", "a word stands twice"),
    )
    return tuple((re.compile(pattern), advice) for pattern, advice in (*rules, *everywhere))


_CHINESE = (
    (rf"[{HAN}][,;:?!.](?=\s|$|[{HAN}])", "use the full-width sign"),
    (r"\.\.\.|(?<!…)…(?!…)", "the ellipsis is ……"),
    (r"[Ａ-Ｚａ-ｚ０-９]", "use half-width letters and digits"),
    # Dates are written without spaces: 2021年1月27日.
    (rf"(?![年月])[{HAN}][A-Za-z0-9]|[A-Za-z][{HAN}]|\d(?![年月日])[{HAN}]", "put a space between them"),
    (r"[，。；：？！、] +(?=\S)", "no space after a full-width sign"),
)

_RULES: dict[Locale, Rules] = {
    Locale.EN: _rules(
        (r"\(s\)", "use counted(...)"),
        (r"\.\.\.", "the ellipsis is …"),
    ),
    Locale.ZH_CN: _rules(
        *_CHINESE,
        (r"[「」『』\"]", "quotation marks are “ ”"),
    ),
    Locale.ZH_TW: _rules(
        *_CHINESE,
        (r"[“”‘’\"]", "quotation marks are 「 」"),
        (r"[（）]", "parentheses are half-width, with a space outside"),
    ),
    Locale.RU: _rules(
        (r"[\"”]", "quotation marks are « », inside them „ “"),
        (r"\.\.\.", "the ellipsis is …"),
        (r"[ёЁ]", "write е"),
        (r"(?<=\S) - ", "a dash is —"),
        (r" —", "put a no-break space before the dash"),
        (r"\s[:?!;,]", "no space before this sign"),
        (r"(?<=[а-я,] )В(?:ы|ас|ам|ами|аш[а-я]*)\b", "вы is lower-case inside a sentence"),
    ),
}
