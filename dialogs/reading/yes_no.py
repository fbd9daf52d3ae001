"""Yes, no or not sure, and nothing where a message takes back what it says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

from bot.localization.folding import fold, is_han, words
from bot.localization.locale import Locale
from bot.localization.vocabulary import Vocabulary
from dialogs.reading.keyboard import in_other_layout
from dialogs.reading.lexicon import Lexicon, Words, entries

Answer = Literal["yes", "no", "unsure"]
_Meaning = Answer | Literal["hedges", "negation"] | None

_AFTER_A_PAUSE = re.compile(r"\s*[,.;:!。、…()-]")
#: A longer message than this tells a story, and hides what it takes back.
_LONGEST = 60
_LONGEST_WITHOUT_A_PAUSE = 5


class YesNo:
    def __init__(self, vocabularies: Mapping[Locale, Vocabulary]) -> None:
        self._phrases = Lexicon[_Meaning](
            entry
            for vocabulary in vocabularies.values()
            for meaning in (*get_args(Answer), "hedges", "negation")
            for entry in entries(getattr(vocabulary.answers, meaning), meaning)
        )
        fillers = (
            entry
            for vocabulary in vocabularies.values()
            for phrases in (vocabulary.fillers, vocabulary.politeness.after, vocabulary.politeness.anywhere)
            for entry in entries(phrases, None)
        )
        self._fillers = Lexicon[_Meaning](fillers)
        answers = (
            (written, meaning) for written in self._phrases for meaning in self._phrases.exact(written)
        )
        self._all = Lexicon[_Meaning]([*answers, *((filler, None) for filler in self._fillers)])

    def read(self, text: str) -> Answer | None:
        folded = fold(text)
        message = words(folded)
        if "?" in folded or not 0 < len(message) <= _LONGEST:
            return None
        return self._whole(message) or self._leading(message, folded) or self._in_other_layout(text)

    def _whole(self, message: Words) -> Answer | None:
        parts = self._all.parts(message)
        return _answer({m for part in parts or () for m in part if m is not None})

    def _leading(self, message: Words, folded: str) -> Answer | None:
        """ "Yes, the director signs": a clear answer, a pause, and nothing that contradicts it."""
        start = 0
        while start < len(message) and not self._longest(message, start):
            end = next((end for end, _ in self._fillers.starting(message, start)), start)
            if end == start:
                return None
            start = end
        if start == len(message):
            return None
        end, meanings = next(self._phrases.starting(message, start))
        answer = _answer(set(meanings))
        if end < len(message) and not (_pauses(folded, end) or self._goes_on(message, end)):
            return None
        rest = {meaning for at in range(end, len(message)) for meaning in self._longest(message, at)}
        allowed = {answer, None} | ({"negation"} if answer == "no" else set())
        return answer if rest <= allowed else None

    def _longest(self, message: Words, at: int) -> frozenset[_Meaning]:
        return next((meanings for _, meanings in self._phrases.starting(message, at)), frozenset())

    def _goes_on(self, message: Words, at: int) -> bool:
        """Without a comma, but shortly and with words that only carry the answer on: "yes we sign"."""
        brief = len(message) - at <= _LONGEST_WITHOUT_A_PAUSE and not is_han(message[at])
        return brief and any(True for _ in self._fillers.starting(message, at))

    def _in_other_layout(self, text: str) -> Answer | None:
        meant = in_other_layout(text)
        return _answer(set(self._phrases.exact(words(fold(meant))))) if meant else None


def _answer(meanings: set[_Meaning]) -> Answer | None:
    for answer in ("yes", "no", "unsure"):
        if meanings == {answer}:
            return answer
    return None


def _pauses(folded: str, count: int) -> bool:
    """Whether a punctuation mark follows the first so many words."""
    at = 0
    for word in words(folded)[:count]:
        at = folded.index(word, at) + len(word)
    return _AFTER_A_PAUSE.match(folded, at) is not None
