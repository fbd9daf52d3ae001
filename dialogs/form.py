"""A form as dialogs see it, and what a question of it ends with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.fields import Answers, Field
from bot.text import Text
from bot.turn import Turn


@dataclass(frozen=True, slots=True)
class Form:
    """A declared form: its fields by name, and the order of those that apply."""

    id: str
    fields: Mapping[str, Field]
    order: Callable[[Turn], tuple[Field, ...]]
    required: Callable[[Field, Answers], bool]
    #: Whether its sections can be filled in on cards as well.
    on_cards: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question ends with: the field, its value, and remarks for person and reviewer."""

    field: str
    value: Any
    remarks: tuple[Text, ...] = ()
    postponed: bool = False
