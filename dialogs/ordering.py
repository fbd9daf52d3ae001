"""The order in which the application's questions come, by model and language."""

from __future__ import annotations

from bot.domain.application import asked
from bot.domain.fields import Field, Model
from bot.localization.locale import Locale
from bot.turn import Turn
from dialogs.showing import answers_of


def order(turn: Turn) -> tuple[Field, ...]:
    """The fields that apply, in the order they are asked: for direct bill the assessment's come first."""
    answers = answers_of(turn)
    fields = asked(answers, family_first=turn.locale in (Locale.ZH_CN, Locale.ZH_TW))
    if answers.get("model") != Model.DIRECT:
        return fields
    return tuple(sorted(fields, key=lambda field: not is_assessed(field)))


def is_assessed(field: Field) -> bool:
    """Whether the assessment for direct bill looks at this answer, or needs it to ask for another."""
    sections = ("start", "membership", "direct")
    return field.ask.section.id in sections or field.name == "authority_to_sign"
