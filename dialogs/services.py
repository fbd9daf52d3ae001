"""What dialogs ask for help: the reader of typed words, the topics, the wording of a Text in a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.fields import Field
from bot.knowledge.documentation.passages import Offer, nothing
from bot.knowledge.retrieval import Finder
from bot.knowledge.topics import Topics
from bot.localization.catalogs import Catalogs
from bot.localization.locale import Locale
from bot.store.lessons import Shown
from bot.text import Text
from dialogs.reading import Reader


@dataclass(slots=True)
class Services:
    reader: Reader
    topics: Topics
    finder: Finder
    catalogs: Catalogs
    #: Where a person can be reached: an e-mail address or a URL.
    contact: str | None = None
    #: Sections of the documentation, for what no topic answers.
    offer: Offer = nothing
    #: The answers given so far, by topic and language.
    shown: dict[tuple[str, Locale], Shown] = field(default_factory=dict)
    _spoken: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def say(self, text: Text, locale: Locale) -> str:
        """How a Text sounds in a language. Dialogs use it to recognise a typed label and to record what was
        shown, never to write a reply."""
        return self.catalogs.say(text, locale)

    def spoken(self, text: Text | str) -> tuple[str, ...]:
        """A label in every language, for recognising it when it is typed."""
        if isinstance(text, str):
            return (text,)
        if text.values:
            return tuple(dict.fromkeys(self.say(text, locale) for locale in Locale))
        if text.key not in self._spoken:
            self._spoken[text.key] = tuple(dict.fromkeys(self.say(text, locale) for locale in Locale))
        return self._spoken[text.key]

    def labels(self, fields: Mapping[str, Field]) -> dict[str, tuple[str, ...]]:
        """Each field's label in every language."""
        return {name: self.spoken(field.ask.label) for name, field in fields.items()}

    def forget_words(self) -> None:
        """What was put together from catalogs that have changed."""
        self._spoken.clear()
        self.shown.clear()
