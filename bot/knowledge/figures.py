"""The numbers, amounts, dates and links inside answers: each is kept once, with its date and its source."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from bot.text import Country, Listing, Money, Month, Value

_CURRENCY = re.compile("[A-Z]{3}")


class Figure(BaseModel):
    """One fact that an answer has a blank for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    value: int | date | str | list[str]
    #: A currency, "date", "month", "countries", "link", or what is counted.
    unit: str
    as_of: date
    #: The section of the documentation that gives it: "page#section".
    source: str

    def spoken(self) -> Value:
        """The value as it goes into a blank, for each language to write in its own way."""
        value = self.value
        if isinstance(value, list):
            return Listing(tuple(Country(code) for code in value))
        if isinstance(value, int) and _CURRENCY.fullmatch(self.unit):
            return Money(Decimal(value), self.unit)
        if isinstance(value, str) and self.unit == "month":
            year, month = value.split("-")
            return Month(int(year), int(month))
        return value
