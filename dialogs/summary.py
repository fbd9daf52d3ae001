"""All answers at a glance, each with the button that changes it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from bot.domain.fields import Answers, Field
from bot.text import Text, text
from bot.turn import Choice, Group, Line, Summary, Turn
from dialogs.showing import answers_of, spoken_value

# Translators: title of the summary of all answers.
TITLE = text("summary.title", "Your answers")
# Translators: button that changes one answer; the answer's name stands beside it.
CHANGE = text("button.change", "Change {field}")
# Translators: the person asked to see the answers and has given none yet.
NOTHING_YET = text("summary.nothing-yet", "You haven't answered anything yet.")


def summary(turn: Turn, fields: tuple[Field, ...], title: Text = TITLE) -> Summary:
    """The given answers in groups, section by section in the order of the form."""
    return listed(title, fields, answers_of(turn), changeable=True)


def listed(title: Text, fields: tuple[Field, ...], answers: Answers, *, changeable: bool) -> Summary:
    """Answers in groups, each with its button while it can be changed."""
    given = [field for field in fields if field.name in answers]
    sections = list(dict.fromkeys(field.ask.section.id for field in fields))
    given.sort(key=lambda field: sections.index(field.ask.section.id))
    groups = groupby(given, key=lambda field: field.ask.section)
    return Summary(
        title,
        tuple(Group(section.label, _lines(members, answers, changeable)) for section, members in groups),
    )


def change_button(field: Field) -> Choice:
    return Choice(CHANGE.fill(field=field.ask.label), {"press": "change", "field": field.name})


def _lines(fields: Iterable[Field], answers: Answers, changeable: bool) -> tuple[Line, ...]:
    return tuple(
        Line(each.ask.label, spoken_value(each, answers), change_button(each) if changeable else None)
        for each in fields
    )
