"""Commands: what a whole message asks us to do, in any language and whatever the current one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.localization.folding import fold, joined, stem, words
from bot.localization.locale import Locale
from bot.localization.vocabulary import CommandName, Vocabulary
from dialogs.reading.form_fields import FieldNames
from dialogs.reading.keyboard import Spelling, in_other_layout
from dialogs.reading.lexicon import Lexicon, Words, entries

#: More words than this are an answer or a question, however they begin.
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Command:
    """`rest` is the field phrase of "change", or the language (a Locale) of "language".

    `among` are the languages to choose from where the name fits several (中文).
    """

    name: CommandName
    rest: str = ""
    among: tuple[Locale, ...] = ()


class Commands:
    def __init__(
        self, vocabularies: Mapping[Locale, Vocabulary], fields: FieldNames, no_commands: frozenset[str]
    ) -> None:
        every = tuple(vocabularies.items())
        self._fields = fields
        self._phrases = Lexicon[tuple[Locale, CommandName]](
            (written, (locale, name))
            for locale, vocabulary in every
            for name, phrases in vocabulary.commands.items()
            for written, _ in entries(phrases, name)
        )
        self._speaking = Lexicon[Locale | None](
            entry for _, vocabulary in every for entry in _about_languages(vocabulary)
        )
        before, after, into = (
            Lexicon(e for _, v in every for e in entries(getattr(v.changing, part), None))
            for part in ("before", "after", "into")
        )
        self._before_field, self._after_field, self._into = before, after, into
        self._polite_before, self._polite_after, self._polite = (
            Lexicon(e for _, v in every for e in entries(getattr(v.politeness, part), None))
            for part in ("before", "after", "anywhere")
        )
        polite = (self._polite_before, self._polite_after, self._polite)
        lexicons = (self._phrases, self._speaking, before, after, *polite)
        said = {word for lexicon in lexicons for written in lexicon for word in written} | fields.words
        self._spelling = Spelling(said, others=no_commands)
        self._known = said | set(map(stem, said))

    def read(self, text: str, locale: Locale) -> Command | None:
        message = words(fold(text))
        if not 0 < len(message) <= _LONGEST:
            return None
        unknown = sum(not self._knows(word) for word in message)
        command = None
        if not unknown or self._names_a_value(message):
            command = self._understood(message, locale)
        if command is None and unknown <= 1:
            command = self._misspelt(message, locale)
        return command or self._in_other_layout(text, locale)

    def _knows(self, word: str) -> bool:
        return word in self._known or stem(word) in self._known

    def _names_a_value(self, message: Words) -> bool:
        """The one request with words that nobody can know: "change the company name to Contoso"."""
        return any(True for at in range(len(message)) for _ in self._into.starting(message, at))

    def _understood(self, message: Words, locale: Locale) -> Command | None:
        requests = list(self._without_politeness(message))
        for read in (self._named, self._language, self._change):
            for request in requests:
                command = read(request, locale)
                if command is not None:
                    return command
        return None

    def _named(self, request: Words, locale: Locale) -> Command | None:
        meanings = self._phrases.exact(request)
        names = {name for _, name in meanings}
        if len(names) > 1:
            names = {name for language, name in meanings if language == locale}
        return Command(names.pop()) if len(names) == 1 else None

    def _language(self, request: Words, locale: Locale) -> Command | None:
        parts = self._speaking.parts(request)
        named = {language for part in parts or () for language in part if language is not None}
        among = tuple(language for language in Locale if language in named)
        if not among:
            return None
        return Command("language", among[0]) if len(among) == 1 else Command("language", among=among)

    def _change(self, request: Words, locale: Locale) -> Command | None:
        """Only where a field we know is named: there are companies called "Change" and "Fix"."""
        for phrase in self._changed(request):
            inner = self._named(phrase, locale)
            if inner is not None and inner.name == "language":
                return inner
            if self._fields.knows(phrase):
                return Command("change", joined(phrase))
        return None

    def _changed(self, request: Words) -> Iterator[Words]:
        for start, _ in (*self._before_field.starting(request, 0), (0, None)):
            if start:
                yield request[start:]
            ends = (at for at in range(start + 1, len(request)) if self._ends_field(request, at))
            yield from (request[start:end] for end in ends)

    def _ends_field(self, request: Words, at: int) -> bool:
        if any(True for _ in self._into.starting(request, at)):
            return True
        return any(end == len(request) for end, _ in self._after_field.starting(request, at))

    def _misspelt(self, message: Words, locale: Locale) -> Command | None:
        meant = {self._understood(corrected, locale) for corrected in self._spelling.corrections(message)} - {
            None
        }
        return meant.pop() if len(meant) == 1 else None

    def _in_other_layout(self, text: str, locale: Locale) -> Command | None:
        meant = words(fold(in_other_layout(text) or ""))
        return self._understood(meant, locale) if meant and all(map(self._knows, meant)) else None

    def _without_politeness(self, message: Words) -> Iterator[Words]:
        """The message as it is, then with more and more politeness taken off."""
        yield message
        bare = self._bare(message)
        starts, ends = self._polite_starts(bare), self._polite_ends(bare)
        requests = {bare[start:end] for start in starts for end in ends if start < end}
        yield from sorted(requests - {message}, key=len, reverse=True)

    def _polite_starts(self, message: Words) -> list[int]:
        starts = [0]
        for start in starts:
            if start < len(message):
                ends = (end for end, _ in self._polite_before.starting(message, start))
                starts.extend(end for end in ends if end not in starts)
        return starts

    def _polite_ends(self, message: Words) -> list[int]:
        ends = [len(message)]
        for end in ends:
            tails = (at for at in range(end) if self._polite_after.exact(message[at:end]))
            ends.extend(at for at in tails if at not in ends)
        return ends

    def _bare(self, message: Words) -> Words:
        kept: list[str] = []
        at = 0
        while at < len(message):
            end = next((end for end, _ in self._polite.starting(message, at)), at)
            if end == at:
                kept.append(message[at])
                end += 1
            at = end
        return tuple(kept)


def _about_languages(vocabulary: Vocabulary) -> Iterator[tuple[Words, Locale | None]]:
    for language, names in vocabulary.speaking.names.items():
        yield from entries(names, language)
    yield from entries(vocabulary.speaking.around, None)
