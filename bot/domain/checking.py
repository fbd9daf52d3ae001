"""The one way an answer is judged: the guard, the field's own check, then the declared type."""

from __future__ import annotations

from dataclasses import replace

from pydantic import ValidationError

from bot.domain.fields import Accepted, Context, Field, Kind, Problem
from bot.domain.guard import numbers_in, secrets_in, words_in
from bot.domain.problems import PYDANTIC, problem
from bot.domain.shorthands import means_nothing
from bot.text import Listing, Value

#: No answer needs more; what is longer is not looked at any further.
LONGEST = 1000


def check(field: Field, raw: str, context: Context) -> Accepted | Problem:
    """An answer as it is stored, or what is wrong with it. For choices and countries `raw` is a code."""
    result = _guarded(field, raw, context)
    if isinstance(result, Accepted):
        return result
    if result.insisted and field.name in context.insisted:
        return result.insisted
    example = {"example": field.example(context.answers)} if "example" not in result.text.values else {}
    return replace(result, text=result.text.fill(**example))


def _guarded(field: Field, raw: str, context: Context) -> Accepted | Problem:
    if wrong := _unreadable(raw):
        return wrong
    long_number = field.checked is not None and field.checked.digits
    if secret := words_in(raw) if long_number else secrets_in(raw):
        return secret
    result = _judged(field, raw, context)
    if isinstance(result, Problem) and long_number and not result.unsaid:
        return numbers_in(raw) or result
    return result


def _unreadable(raw: str) -> Problem | None:
    if len(raw) > LONGEST:
        return problem("string_too_long", count=len(raw) - LONGEST)
    try:
        raw.encode()
    except UnicodeEncodeError:
        return problem("string_unicode")
    return None


def _judged(field: Field, raw: str, context: Context) -> Accepted | Problem:
    typed = field.ask.kind is Kind.TEXT
    if typed and not field.ask.required(context.answers) and means_nothing(raw):
        return Accepted(None)
    result = field.checked.check(raw, context) if field.checked else Accepted(raw)
    if isinstance(result, Problem) or result.value is None:
        return result
    try:
        field.type.validate_python(result.value)
    except ValidationError as error:
        return _from_pydantic(field, error, context)
    return result


def _from_pydantic(field: Field, error: ValidationError, context: Context) -> Problem:
    """The first of pydantic's errors in our words."""
    found = error.errors()[0]
    given, limits = found["input"], found.get("ctx", {})
    values: dict[str, Value] = {}
    match found["type"]:
        case "literal_error":
            values["options"] = Listing(
                tuple(option.label for option in field.options(context.answers)), True
            )
        case "string_too_short":
            values["count"] = limits["min_length"] - len(given)
        case "string_too_long":
            values["count"] = len(given) - limits["max_length"]
        case "greater_than_equal":
            values["limit"] = limits["ge"]
        case "less_than_equal":
            values["limit"] = limits["le"]
    return Problem(found["type"], PYDANTIC[found["type"]].fill(**values))
