"""How people ask: phrasings of every topic by many hands, and what is not ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from bot.knowledge.reading import read
from bot.localization.locale import Locale

#: Every so many phrasings of a topic and hand one is kept aside for measuring, and never learned from.
KEPT_ASIDE = 10
#: As whose hand the questions about partner work stand that no topic answers.
NEAR = "near"
_QUESTIONS = TypeAdapter(dict[str, list[str]])


@dataclass(frozen=True, slots=True)
class Phrasing:
    text: str
    locale: Locale
    #: Who wrote it; the phrasings of one hand resemble each other.
    hand: str
    #: Its place among the phrasings of its topic and hand.
    position: int
    #: None where no topic of ours answers it.
    topic_id: str | None
    #: Other topics whose answer tells the same.
    also: frozenset[str] = frozenset()

    @property
    def kept_aside(self) -> bool:
        return self.position % KEPT_ASIDE == KEPT_ASIDE - 1

    @property
    def right(self) -> frozenset[str]:
        """The topics that answer it."""
        return self.also | ({self.topic_id} if self.topic_id else set())


class NotOurs(BaseModel):
    """The not_ours.yml of one language."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    questions: list[str]
    #: Questions about partner work that no topic answers; their words are ours.
    near: list[str]
    #: What occurs only in questions that are not ours: brands, services of the state, everyday life.
    subjects: list[str]

    @classmethod
    def load(cls, folder: Path, locale: Locale) -> NotOurs:
        return cls.model_validate(read(folder / locale.folder / "not_ours.yml"))


def phrasings(folder: Path) -> Iterator[Phrasing]:
    """All of them; `folder` holds the languages: questions/<hand>.yml, also.yml, not_ours.yml."""
    for locale in Locale:
        also = _also(folder, locale)
        for path in sorted((folder / locale.folder / "questions").glob("*.yml")):
            for topic_id, asked in _QUESTIONS.validate_python(read(path)).items():
                for position, text in enumerate(asked):
                    yield Phrasing(text, locale, path.stem, position, topic_id, also.get(text, frozenset()))
        not_ours = NotOurs.load(folder, locale)
        for hand, asked_of_others in (("not_ours", not_ours.questions), (NEAR, not_ours.near)):
            for position, text in enumerate(asked_of_others):
                yield Phrasing(text, locale, hand, position, None)


def _also(folder: Path, locale: Locale) -> dict[str, frozenset[str]]:
    """Phrasings with the topics that answer them besides the one they stand under."""
    topics: dict[str, frozenset[str]] = {}
    for topic_id, asked in _QUESTIONS.validate_python(read(folder / locale.folder / "also.yml")).items():
        for text in asked:
            topics[text] = topics.get(text, frozenset()) | {topic_id}
    return topics
