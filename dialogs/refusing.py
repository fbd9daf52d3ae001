"""An answer that cannot be taken: what is wrong, what may be meant; after the third time, other ways on."""

from __future__ import annotations

from typing import Any

from bot.domain.fields import Problem
from bot.text import text
from bot.turn import Choice, Turn
from dialogs import countries, words
from dialogs.asking import choices
from dialogs.form import Form
from dialogs.showing import answers_of

#: After so many failures on one field the wording changes and ways out are offered.
PATIENCE = 3

# Translators: a choice was not understood for the third time; {example} is a good answer.
TRY_ANOTHER_WAY = text(
    "question.another-way",
    "{problem}\n\nLet's try it another way. A good answer looks like this: {example}. "
    "You can also put this question off until the end, or talk to a person.",
)
# Translators: a button; takes an answer that we think is wrong, with a note for the reviewer.
USE_ANYWAY = text("button.use-anyway", "Use it anyway")


def refuse(turn: Turn, form: Form, state: dict[str, Any], problem: Problem, raw: str) -> tuple[Choice, ...]:
    """Says what is wrong. Where it returns buttons, the question is to be asked again with them."""
    field = form.fields[state["field"]]
    state["failures"] += 1
    meant = tuple(countries.button(field, option) for option in problem.meant)
    out: list[Choice] = []
    if problem.insisted is not None and state["failures"] >= PATIENCE - 1:
        state["refused"] = raw
        out.append(Choice(USE_ANYWAY, {"press": "insist", "field": field.name}))
    if state["failures"] < PATIENCE:
        turn.reply(problem.text, *(meant or choices(turn, form, state)), *out)
        return ()
    example = field.example(answers_of(turn))
    turn.reply(TRY_ANOTHER_WAY.fill(problem=problem.text, example=example), *meant)
    later = Choice(words.LATER, {"press": "later", "field": field.name})
    return (later, words.command(words.HUMAN, "human"), *out)
