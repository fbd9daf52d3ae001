"""How a form declares its fields: the annotated type says what is valid, `Ask` says how to ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, GetCoreSchemaHandler, TypeAdapter, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from bot.text import Text

#: Answers by field name, as stored: plain JSON, codes instead of labels, None where skipped.
Answers = Mapping[str, Any]
Rule = Callable[[Answers], bool]


def always(answers: Answers) -> bool:
    return True


class Model(StrEnum):
    INDIRECT = "indirect-reseller"
    DIRECT = "direct-bill"


class Kind(StrEnum):
    """How an answer is read before it is checked."""

    CHOICE = "choice"
    COUNTRY = "country"
    TEXT = "text"


class Entry(StrEnum):
    """What is typed, for clients whose input fields help with it."""

    TEXT = "text"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    NUMBER = "number"


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
    label: Text | str


@dataclass(frozen=True, slots=True)
class Ask:
    """How a field is asked. Callables see the answers so far."""

    section: Section
    prompt: Text | Callable[[Answers], Text]
    label: Text
    #: A good answer, named in every problem. It may fit the answers so far (the postal code of a country).
    example: Text | Callable[[Answers], Text]
    kind: Kind = Kind.TEXT
    entry: Entry = Entry.TEXT
    #: Fixed options, or those that fit the answers so far (the regions of a country).
    options: tuple[Option, ...] | Callable[[Answers], tuple[Option, ...]] = ()
    applies_to: frozenset[Model] = frozenset(Model)
    when: Rule = always
    required: Rule = always
    #: Fields whose change makes this answer void.
    depends_on: tuple[str, ...] = ()
    #: A value to offer for confirmation (the legal name as account holder).
    suggest: Callable[[Answers], str | None] = lambda answers: None
    sensitivity: Sensitivity = Sensitivity.PUBLIC
    #: Topics that explain why this is asked.
    explained_by: tuple[str, ...] = ()
    #: False for what is not a question of its own (the summary asks for the final yes).
    asked: bool = True
    #: What to do first where an answer is valid but the application cannot be sent with it.
    blocks: Callable[[Answers], Text | None] = lambda answers: None


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at besides the value itself."""

    answers: Answers
    today: date
    #: The language that is being spoken: in zh-TW a bare $ is not the US dollar.
    locale: str = "en"
    #: Fields whose answer the person insists on (see `Problem.insisted`).
    insisted: frozenset[str] = frozenset()


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
    stored, echoed nor logged (a password, a card number). `insisted` is what is stored, with a note for the
    reviewer, where we may be wrong and the person insists; None where no insisting helps.
    """

    type: str
    text: Text
    meant: tuple[Option, ...] = ()
    unsaid: bool = False
    insisted: Accepted | None = None


Check = Callable[[str, Context], Accepted | Problem]


@dataclass(frozen=True, slots=True)
class Checked:
    """Says which function reads and judges an answer, typed or stored.

    pydantic calls it too, so a stored form is refused where a single answer would be; it then needs
    `context=Context(...)`. `digits` marks answers that are long numbers themselves: they are taken for
    a card number only when the check refuses them.
    """

    check: Check
    digits: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._again, handler(source))

    def _again(self, value: Any, info: ValidationInfo) -> Any:
        if value is None:
            return None
        context = info.context
        if not isinstance(context, Context):
            raise TypeError("a form is validated with context=Context(...)")
        result = self.check(str(value), context)
        if isinstance(result, Problem) and not (result.insisted and info.field_name in context.insisted):
            raise PydanticCustomError("refused", "{problem}", {"problem": result.type})
        return value


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One declared field of a form: its name, how it is asked, and what is valid."""

    name: str
    ask: Ask
    #: Judges a value by its declared type.
    type: TypeAdapter[Any]
    checked: Checked | None = None

    def prompt(self, answers: Answers) -> Text:
        prompt = self.ask.prompt
        return prompt if isinstance(prompt, Text) else prompt(answers)

    def options(self, answers: Answers) -> tuple[Option, ...]:
        options = self.ask.options
        return options if isinstance(options, tuple) else options(answers)

    def example(self, answers: Answers) -> Text:
        example = self.ask.example
        return example if isinstance(example, Text) else example(answers)


def fields_of(form: type[BaseModel]) -> tuple[Field, ...]:
    """The declared fields of a form in the order of its questions."""
    fields = []
    for name, info in form.model_fields.items():
        ask = next((item for item in info.metadata if isinstance(item, Ask)), None)
        if ask is None:
            raise TypeError(f"{form.__name__}.{name} is not declared with Ask")
        checked = next((item for item in info.metadata if isinstance(item, Checked)), None)
        # Without `Checked`: what was typed has been judged already when its type is.
        rules = [item for item in info.metadata if not isinstance(item, Checked)]
        annotated: Any = Annotated[(info.annotation, *rules)]
        fields.append(Field(name, ask, TypeAdapter(annotated), checked))
    return tuple(fields)
