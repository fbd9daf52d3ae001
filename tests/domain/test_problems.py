"""Every problem has its sentence."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import bot.domain
from bot.domain.application import FIELDS, NAMED
from bot.domain.checking import check
from bot.domain.fields import Context, Field, Problem
from bot.domain.problems import OURS, PROBLEMS, PYDANTIC

#: What pydantic may say of each kind of type, and of each limit set on it.
BY_TYPE = {
    "str": {"string_type", "string_unicode"},
    "int": {"int_type", "int_parsing", "int_parsing_size", "int_from_float"},
    "decimal": {"decimal_type", "decimal_parsing", "finite_number"},
    "literal": {"literal_error"},
}
BY_LIMIT = {
    "min_length": "string_too_short",
    "max_length": "string_too_long",
    "pattern": "string_pattern_mismatch",
    "ge": "greater_than_equal",
    "le": "less_than_equal",
    "decimal_places": "decimal_max_places",
}


def schemas(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    if "schema" in schema:
        yield from schemas(schema["schema"])


def possible(field: Field) -> set[str]:
    types: set[str] = set()
    for schema in schemas(dict(field.type.core_schema)):
        types |= BY_TYPE.get(schema["type"], set())
        types |= {error for limit, error in BY_LIMIT.items() if schema.get(limit) is not None}
    return types


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_error_of_pydantic_that_can_occur_has_a_sentence(field: Field) -> None:
    """B5: every pydantic error type used has a catalog entry."""
    assert possible(field)
    assert possible(field) <= set(PYDANTIC)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@pytest.mark.parametrize(
    "value", [True, 1, -1, 1.5, float("nan"), 10**400, "", "x" * 300, "-1", "1.234", [], {}]
)
def test_whatever_is_stored_pydantic_says_only_what_has_a_sentence(field: Field, value: object) -> None:
    """B5: no English message of pydantic ever reaches a person."""
    try:
        field.type.validate_python(value)
    except ValidationError as error:
        assert {each["type"] for each in error.errors(include_input=False)} <= set(PYDANTIC)


def test_keys_are_unique() -> None:
    keys = [sentence.key for sentence in PROBLEMS.values()]
    assert len(keys) == len(set(keys))


def test_every_problem_of_ours_is_used() -> None:
    folder = Path(bot.domain.__file__).parent
    used = {
        name
        for path in folder.rglob("*.py")
        for name in re.findall(r'problem\(\s*"([a-z_-]+)"', path.read_text("utf-8"))
    }
    returned = {"not-usd", "approximate", "currency-unclear", "negative", "range"}
    assert set(OURS) <= used | returned
    assert used <= set(PROBLEMS)


@pytest.mark.parametrize(("name", "typed"), [("mpn_id", "12"), ("contact_email", "x"), ("legal_name", "?")])
def test_a_problem_shows_the_fields_example(name: str, typed: str) -> None:
    result = check(NAMED[name], typed, Context({}, date(2021, 5, 10)))
    assert isinstance(result, Problem)
    assert result.text.values["example"] == NAMED[name].example({})


def test_it_says_how_many_characters_are_too_many() -> None:
    result = check(NAMED["legal_name"], "a" * 203, Context({}, date(2021, 5, 10)))
    assert isinstance(result, Problem)
    assert result.text.values["count"] == 3


@pytest.mark.parametrize(("typed", "type"), [("x" * 1001, "string_too_long"), ("\ud800", "string_unicode")])
def test_what_cannot_be_an_answer_is_refused_unread(typed: str, type: str) -> None:
    for field in FIELDS:
        result = check(field, typed, Context({}, date(2021, 5, 10)))
        assert isinstance(result, Problem)
        assert result.type == type
