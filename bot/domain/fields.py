"""How a form declares its fields: the annotated type says what is valid, `Ask` says how to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from bot.text import Text, Value

#: Answers by field name, as stored: plain JSON, codes instead of labels, None where skipped.
Answers = Mapping[str, Any]
Rule = Callable[[Answers], bool]


class Model(StrEnum):
    INDIRECT = "indirect-reseller"
    DIRECT = "direct-bill"


class Kind(StrEnum):
    """How an answer is read before it is checked."""

    CHOICE = "choice"
    COUNTRY = "country"
    TEXT = "text"


class Sensitivity(StrEnum):
    PUBLIC = "public"
    PERSONAL = "personal"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    label: Text


@dataclass(frozen=True, slots=True)
class Option:
    """One of a field's possible answers: what is stored, and what the button says."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Ask:
    """How a field is asked. Callables see the answers so far."""

    section: Section
    prompt: Text | Callable[[Answers], Text]
    label: Text
    example: Text
    kind: Kind = Kind.TEXT
    #: Fixed options, or those that fit the answers so far (the regions of a country).
    options: tuple[Option, ...] | Callable[[Answers], tuple[Option, ...]] = ()
    applies_to: frozenset[Model] = frozenset(Model)
    when: Rule = lambda answers: True
    required: Rule = lambda answers: True
    #: Fields whose change makes this answer void.
    depends_on: tuple[str, ...] = ()
    #: A value to offer for confirmation (the legal name as account holder).
    suggest: Callable[[Answers], str | None] = lambda answers: None
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    #: Topics that explain why this is asked.
    explained_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field of a form: its name and how it is asked."""

    name: str
    ask: Ask


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at besides the value itself."""

    answers: Answers
    today: date


@dataclass(frozen=True, slots=True)
class Accepted:
    """A valid answer as it is stored. `remarks` are said to the person and kept for the reviewer;
    `confirm` asks the person to look at what was understood before it is stored."""

    value: Any
    remarks: tuple[Text, ...] = ()
    confirm: Text | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that cannot be taken: what to say, and what could be meant instead.

    `type` is pydantic's error type, or one of ours from `problems.py`. `meant` are values that can be
    pressed (each is checked again like a typed answer). `unsaid` is set where the text must be neither
    stored, echoed nor logged (a password, a card number).
    """

    type: str
    text: Text
    meant: tuple[Option, ...] = ()
    unsaid: bool = False


def fields_of(form: type[BaseModel]) -> tuple[Field, ...]:
    """The declared fields of a form in the order of its questions."""
    fields = []
    for name, info in form.model_fields.items():
        ask = next((item for item in info.metadata if isinstance(item, Ask)), None)
        if ask is None:
            raise TypeError(f"{form.__name__}.{name} is not declared with Ask")
        fields.append(Field(name, ask))
    return tuple(fields)


def shown(value: Any) -> Value:
    """A stored value as something that can be spoken."""
    return value if isinstance(value, str | int) else str(value)
