"""All answers at a glance, each with the button that changes it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from bot.domain.fields import Field
from bot.text import text
from bot.turn import Choice, Group, Line, Summary, Turn
from dialogs.showing import answers_of, spoken_value

# Translators: title of the summary of all answers.
TITLE = text("summary.title", "Your answers")
# Translators: button that changes one answer; the answer's name stands beside it.
CHANGE = text("button.change", "Change {field}")
# Translators: the person asked to see the answers and has given none yet.
NOTHING_YET = text("summary.nothing-yet", "You haven't answered anything yet.")


def summary(turn: Turn, fields: tuple[Field, ...]) -> Summary:
    """The given answers in groups, section by section in the order of the form."""
    answers = answers_of(turn)
    given = [field for field in fields if field.name in answers]
    given.sort(key=lambda field: _sections(fields).index(field.ask.section.id))
    groups = groupby(given, key=lambda field: field.ask.section)
    return Summary(TITLE, tuple(Group(section.label, _lines(turn, members)) for section, members in groups))


def change_button(field: Field) -> Choice:
    return Choice(CHANGE.fill(field=field.ask.label), {"press": "change", "field": field.name})


def _lines(turn: Turn, fields: Iterable[Field]) -> tuple[Line, ...]:
    answers = answers_of(turn)
    return tuple(Line(each.ask.label, spoken_value(each, answers), change_button(each)) for each in fields)


def _sections(fields: tuple[Field, ...]) -> list[str]:
    return list(dict.fromkeys(field.ask.section.id for field in fields))
