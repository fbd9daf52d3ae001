"""What is typed to a question as the code that its field's check expects, or what is unclear about it."""

from __future__ import annotations

from bot.domain.fields import Field, Kind, Problem
from bot.domain.guard import secrets_in
from bot.text import text
from bot.turn import Turn
from dialogs import countries
from dialogs.services import Services
from dialogs.showing import answers_of

# Translators: a choice was not understood; the question follows again with its buttons.
UNCLEAR = text("question.unclear", "Please choose one of the answers below, or type it.")
# Translators: what was typed fits several answers, which follow as buttons.
WHICH = text("question.which", "I can read that in more than one way. Which one do you mean?")
# Translators: the country was not understood.
NO_COUNTRY = text(
    "question.no-country",
    "I don't know a country or region by that name. Please type its name, for example {example}.",
)


def heard(turn: Turn, said: str, field: Field, services: Services) -> str | Problem:
    match field.ask.kind:
        case Kind.COUNTRY:
            return _country(turn, said, field, services)
        case Kind.CHOICE:
            return _option(turn, said, field, services)
        case Kind.TEXT:
            return said


def asks_yes_or_no(turn: Turn, field: Field) -> bool:
    return {"yes", "no"} <= {option.value for option in field.options(answers_of(turn))}


def _country(turn: Turn, said: str, field: Field, services: Services) -> str | Problem:
    found = services.reader.country(said, turn.locale)
    if isinstance(found, tuple):
        return Problem("which", WHICH, countries.options(found))
    if code := found or services.reader.country_of_city(said):
        return code
    return _guarded(said, Problem("country", NO_COUNTRY.fill(example=field.example(answers_of(turn)))))


def _option(turn: Turn, said: str, field: Field, services: Services) -> str | Problem:
    options = field.options(answers_of(turn))
    yes_no = services.reader.yes_no(said) if asks_yes_or_no(turn, field) else None
    if yes_no in {option.value for option in options}:
        return str(yes_no)
    labels = [(option.value, services.spoken(option.label)) for option in options]
    chosen = services.reader.option(said, field.name, labels)
    if isinstance(chosen, tuple):
        return Problem("which", WHICH, tuple(option for option in options if option.value in chosen))
    return chosen or _guarded(said, Problem("choice", UNCLEAR))


def _guarded(said: str, problem: Problem) -> Problem:
    """A password typed where a choice was asked is what there is to talk about, not the choice."""
    return secrets_in(said) or problem
