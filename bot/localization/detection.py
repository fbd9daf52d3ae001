"""Which language a message is written in, by its script; where that does not tell, nobody guesses."""

from __future__ import annotations

import re

from bot.localization.han import HAN, simplified_only, traditional_only
from bot.localization.locale import Locale

_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
#: Addresses say nothing about the language of who names them.
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\bwww\.\S+")
#: Words by which English is told from names, codes, other languages and Russian in Latin letters; no word
#: that one of those has as well ("i", "my", "to", "do", "in", "on" are such).
_ENGLISH = frozenset(
    re.findall(
        r"\S+",
        """
        about after already and any anything application apply approval are because been before but
        by can can't could currencies currency did does doesn't don't english explain explained find
        for from get give go had has have hello help her here his how i'd i'm i've if into is isn't
        it it's its know make many more must need needed not of other our please requirement
        requirements says should show since start still supported tell thank thanks that that's the
        their them then there these they this though use using want we we're what what's when where
        whether which while who whose why will with without won't would yes yet you your
        """,
    )
)


def language_of(text: str) -> Locale | None:
    """The language of a message, or None where it could be in several: "CSP", "42", 你好 (either Chinese)."""
    text = _ADDRESS.sub(" ", text.casefold())
    han, cyrillic = len(_HAN.findall(text)), len(_CYRILLIC.findall(text))
    if han and han * 2 >= cyrillic:  # one character says about as much as two letters
        return _chinese(text)
    words = _LATIN_WORD.findall(text)
    english = sum(word.replace("’", "'") in _ENGLISH for word in words)
    if cyrillic:
        return Locale.EN if english > 1 and sum(map(len, words)) > cyrillic else Locale.RU
    return Locale.EN if english else None


def _chinese(text: str) -> Locale | None:
    simplified = sum(character in simplified_only() for character in text)
    traditional = sum(character in traditional_only() for character in text)
    if simplified == traditional:
        return None
    return Locale.ZH_CN if simplified > traditional else Locale.ZH_TW
