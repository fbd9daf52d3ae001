"""Words not yet spoken: a sentence is a value until somebody's language is known."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Country:
    """A country or region by its code in the markets table, spoken by its name."""

    code: str


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of a currency (ISO 4217), spoken as the language writes it."""

    amount: Decimal
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year, spoken without a day."""

    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Several values, spoken as one list: "A, B and C" (or "A, B or C")."""

    items: tuple[Value, ...]
    either: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence: its lasting key, its English source and the values of its named blanks.

    `plural` is the English for many, where the sentence counts; the blank that is counted is `{count}`.
    """

    key: str
    english: str
    plural: str | None = None
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))

    def fill(self, **values: Value) -> Text:
        return Text(self.key, self.english, self.plural, MappingProxyType({**self.values, **values}))


Value = str | int | Decimal | date | datetime | Country | Money | Month | Listing | Text


def text(key: str, english: str) -> Text:
    # Interned, because the catalogs hold the same strings once more for each language.
    return Text(sys.intern(key), sys.intern(english))


def counted(key: str, one: str, many: str) -> Text:
    """A sentence with the blank `{count}`: `fill(count=5)` chooses the form in each language."""
    return Text(key, one, many)
