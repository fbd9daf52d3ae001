"""What the questions of several sections share: the sections, common answers, rules and remarks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from bot.domain.fields import Accepted, Answers, Checked, Context, Model, Option, Section
from bot.text import Text, text

START = Section(
    "start",
    # Translators: a part of the application form.
    text("section.start", "Before we start"),
)
MEMBERSHIP = Section(
    "membership",
    # Translators: a part of the application form; the network's name.
    text("section.membership", "Microsoft Partner Network"),
)
DIRECT = Section(
    "direct",
    # Translators: a part of the application form, for the direct-bill model only.
    text("section.direct", "Direct bill"),
)
COMPANY = Section(
    "company",
    # Translators: a part of the application form.
    text("section.company", "Your company"),
)
PEOPLE = Section(
    "people",
    # Translators: a part of the application form: contact and administrator.
    text("section.people", "People"),
)
SUPPORT = Section(
    "support",
    # Translators: a part of the application form.
    text("section.support", "Customer support"),
)
PROVIDER = Section(
    "provider",
    # Translators: a part of the application form.
    text("section.provider", "Indirect provider"),
)
BANK = Section(
    "bank",
    # Translators: a part of the application form.
    text("section.bank", "Bank information"),
)
CONFIRM = Section(
    "confirm",
    # Translators: the last part of the application form.
    text("section.confirm", "Check and send"),
)

YesNo = Literal["yes", "no"]
YesNoUnsure = Literal["yes", "no", "unsure"]

# Translators: an answer, also a button.
YES = Option("yes", text("option.yes", "Yes"))
# Translators: an answer, also a button.
NO = Option("no", text("option.no", "No"))
# Translators: an answer, also a button: the person does not know.
UNSURE = Option("unsure", text("option.unsure", "Not sure"))
YES_NO = (YES, NO)
YES_NO_UNSURE = (YES, NO, UNSURE)

# Translators: a good answer to a yes-or-no question.
YES_EXAMPLE = text("option.yes.example", "yes")

DIRECT_ONLY = frozenset({Model.DIRECT})
INDIRECT_ONLY = frozenset({Model.INDIRECT})


def never(answers: Answers) -> bool:
    return False


def is_direct(answers: Answers) -> bool:
    return answers.get("model") == Model.DIRECT


def answer_of(name: str) -> Callable[[Answers], str | None]:
    """Proposes another answer for this one, too."""
    return lambda answers: answers.get(name)


def says(remarks: Mapping[str, Text]) -> Checked:
    """A choice of which some answers need a word: it is said, and kept for the reviewer."""

    def with_remark(raw: str, context: Context) -> Accepted:
        return Accepted(raw, (remarks[raw],) if raw in remarks else ())

    return Checked(with_remark)


def needs(name: str, what_first: Text, *good: str) -> Callable[[Answers], Text | None]:
    """Keeps an application from being sent while an answer is none of the good ones."""
    return lambda answers: None if answers.get(name, good[0]) in (None, *good) else what_first
