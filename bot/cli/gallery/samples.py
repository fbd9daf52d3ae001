"""Sample values for the blanks of sentences; each language writes them its own way (CLDR)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

import yaml

from bot.domain.application import FIELDS, NAMED, STILL_OPEN, asked
from bot.domain.fields import Answers, Field
from bot.domain.problems import PROBLEMS
from bot.localization.catalogs import BLANK
from bot.localization.extraction import Source
from bot.text import Country, Listing, Money, Month, Text, Value
from dialogs.status import WHERE

COMPANY: Mapping[str, Any] = {
    "already_in_csp": "no",
    "registration_id_country": "KZ",
    "legal_name": "Contoso Cloud LLC",
    "contact_family_name": "Petrova",
    "contact_given_name": "Anna",
    "contact_email": "anna.petrova@contoso.com",
    "company_domain": "contoso.com",
}
#: Where companies are: together they bring up what is asked in some countries only.
COUNTRIES = (
    *("RU", "TW", "HK", "KZ", "US", "CN", "IN", "AE", "DE", "BY", "BR", "SG", "UA", "UZ", "VN", "ZA", "TR"),
    *("SA", "PL", "AM", "AZ", "KG", "MD", "MM", "TJ", "TH", "SS", "VE", "HU", "IQ", "JP", "GB", "CU"),
)
#: Those whose checks are their own.
CHECKED = ("RU", "TW", "HK", "KZ", "US", "IN", "DE", "AE", "SG")
MODELS = ("indirect-reseller", "direct-bill")
#: The numbers for which languages have forms of their own (D3).
COUNTS = (1, 2, 5, 11, 21)

_NAME = NAMED["legal_name"]
VALUES: Mapping[str, Value] = {
    "amount": Money(Decimal(250_000)),
    "answer": "Contoso Cloud LLC",
    "bik": "044525225",
    "code": "7QK4-M2XD",
    "contact": "https://partner.example.com/help",
    "count": 5,
    "countries": Listing((Country("KZ"), Country("AM"))),
    "country": Country("KZ"),
    "date": date(2026, 11, 21),
    "domain": "gmail.com",
    "done": 5,
    "example": _NAME.example({}),
    "expected": Country("KZ"),
    "extension": "12",
    "field": _NAME.ask.label,
    "fields": Listing((_NAME.ask.label, NAMED["contact_email"].ask.label)),
    "floor": Money(Decimal(300_000)),
    "given": Country("RU"),
    "key": "apply.sent",
    "label": _NAME.ask.label,
    "language": "Русский",
    "limit": 60,
    "market": Country("TW"),
    "masked": "•••• 1234",
    "missing": Money(Decimal(50_000)),
    "month": Month(2027, 3),
    "number": 7,
    "options": Listing(("Astana", "Almaty"), either=True),
    "position": 4,
    "prompt": _NAME.prompt({}),
    "problem": PROBLEMS["letters"].fill(example=_NAME.example({})),
    "question": _NAME.ask.label,
    "reason": STILL_OPEN.fill(question=_NAME.ask.label),
    "region": "Astana",
    "right": "О",
    "scheme": "ftp",
    "seat": Country("TW"),
    "section": _NAME.ask.section.label,
    "sign": "$",
    "subject": _NAME.ask.label,
    "time": datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
    "title": "Enroll in the CSP program",
    "total": 31,
    "url": "https://partner.microsoft.com/support",
    "value": "Contoso Cloud LLC",
    "where": WHERE.fill(done=5, total=31, section=_NAME.ask.section.label),
    "word": "Cоntoso",
    "name": "info",
    "names": Listing(("name",)),
}


class NoSample(ValueError):
    """A blank that nobody has given a sample for; says which, and where to put it."""


def filled(text: Text, **known: Value) -> Text:
    """The sentence with a value in each blank."""
    blanks = {name for form in (text.english, text.plural or "") for name in BLANK.findall(form)}
    given = {**VALUES, **text.values, **known}
    if lacking := sorted(blanks - given.keys()):
        raise NoSample(f"{text.key}: no sample for {{{lacking[0]}}}; add one to VALUES in {__name__}")
    return text.fill(**{name: given[name] for name in blanks})


def text_of(source: Source) -> Text:
    return Text(source.key, source.english, source.plural)


def situations(countries: Iterable[str] = COUNTRIES, turns: int = 3) -> Iterator[Answers]:
    """Answers so far, for companies of both models in each of the countries: once with all first options
    chosen, once with all second ones, and so on."""
    choices = [field for field in FIELDS if isinstance(field.ask.options, tuple) and field.ask.options]
    for country, model, turn in product(countries, MODELS, range(turns)):
        yield {
            **{field.name: next(islice(cycle(_values(field)), turn, None)) for field in choices},
            **COMPANY,
            "model": model,
            "legal_country": country,
            "mpn_country": country,
            "bank_country": country,
        }


def _values(field: Field) -> tuple[str, ...]:
    return tuple(option.value for option in field.options({}))


def questions(in_: Iterable[Answers]) -> Iterator[tuple[Field, Answers]]:
    """Every field in each of the situations in which it is asked."""
    for answers in in_:
        order = asked(answers)
        for field in FIELDS:
            if field in order or not field.ask.asked:
                yield field, answers


#: Wrong and unusual answers, and one that is far too long.
TYPED = (*yaml.safe_load((Path(__file__).parent / "typed.yml").read_text("utf-8")), "x" * 300)
