"""The form's sentences in their places: each question, what comes of each answer, and the form on a card."""

from __future__ import annotations

from collections.abc import Iterator

from bot.cli.gallery.moments import NOW
from bot.cli.gallery.placing import Place
from bot.cli.gallery.samples import CHECKED, TYPED, questions, situations
from bot.domain.application import asked
from bot.domain.checking import check
from bot.domain.fields import Accepted, Answers, Context, Field, Option, Problem
from bot.text import Text
from bot.turn import Choice, Group, Input, InputForm, Line, Reply, Summary
from dialogs import section_card, sending, summary, words
from dialogs.asking import STEP

#: The choices that are shown of a long list.
SHOWN = 8
#: What is said of an answer, by the beginnings of keys; all else stands inside a problem.
KINDS = frozenset({"remark", "confirm"})
YES_NO = (
    Choice(words.YES, {"press": "confirm", "yes": True}),
    Choice(words.NO, {"press": "confirm", "yes": False}),
)


def asking(field: Field, answers: Answers) -> Reply:
    """The question as it is asked in the chat."""
    order = asked(answers)
    prompt = field.prompt(answers)
    if field in order:
        prompt = STEP.fill(
            number=order.index(field) + 1, total=len(order), section=field.ask.section.label, prompt=prompt
        )
    return Reply(prompt, choices=tuple(_button(field, option) for option in field.options(answers)[:SHOWN]))


def form_places() -> Iterator[Place]:
    """Each question in every wording, then what it says to answers, then what it keeps from being sent."""
    yield from _questions()
    yield from _answers()
    yield from _blocks()


def _questions() -> Iterator[Place]:
    seen: set[tuple[str, ...]] = set()
    for field, answers in questions(situations()):
        example = field.example(answers)
        options = field.options(answers)
        said = (*_keys(field.prompt(answers)), *_keys(example), *(str(_key(o)) for o in options))
        if (field.name, *said) in seen:
            continue
        seen.add((field.name, *said))
        yield Place(
            f"form.{field.ask.section.id}", f"the question {field.name}", _question(field, answers, example)
        )


def _place(field: Field, answers: Answers) -> Place:
    told = f"the question {field.name}"
    return Place(f"form.{field.ask.section.id}", told, _question(field, answers, field.example(answers)))


def _question(field: Field, answers: Answers, example: Text) -> tuple[Reply, ...]:
    required = field.ask.required(answers)
    label = field.prompt(answers) if required else section_card.OPTIONAL.fill(prompt=field.prompt(answers))
    options = tuple((option.value, option.label) for option in field.options(answers))
    entry = Input(field.name, label, example, required, field.ask.entry, options)
    submit = Choice(section_card.SUBMIT, {"press": "fill"})
    title = field.ask.section.label
    change = Choice(summary.CHANGE.fill(field=field.ask.label), {"press": "change", "field": field.name})
    lines = (Line(field.ask.label, example, change),)
    return (
        asking(field, answers),
        Reply(attachment=InputForm(title, section_card.FILL_IN, (entry,), submit)),
        Reply(attachment=Summary(summary.TITLE, (Group(title, lines),))),
    )


def _answers() -> Iterator[Place]:
    """Each sentence that the checks of the form really say, once, with what was typed."""
    seen: set[str] = set()
    for field, answers in questions(situations(CHECKED, 1)):
        options = tuple(option.value for option in field.options(answers)[:SHOWN])
        for typed in (*TYPED, *options):
            result = check(field, typed, _context(answers))
            for said, replies in _said(field, answers, result):
                if said.key not in seen:
                    seen.add(said.key)
                    kind = said.key.partition(".")[0]
                    scene = f"{kind if kind in KINDS else 'problem'}s.{field.ask.section.id}"
                    yield Place(scene, f"an answer to {field.name}", replies, typed)


def _said(
    field: Field, answers: Answers, result: Accepted | Problem
) -> Iterator[tuple[Text, tuple[Reply, ...]]]:
    if isinstance(result, Problem):
        meant = tuple(_button(field, option) for option in result.meant[:SHOWN])
        yield result.text, (Reply(result.text, choices=meant), asking(field, answers))
        for inside in (each for each in result.text.values.values() if isinstance(each, Text)):
            yield inside, (Reply(result.text, choices=meant), asking(field, answers))
        result = result.insisted or Accepted(None)
    for remark in result.remarks:
        yield remark, (Reply(remark),)
    if result.confirm is not None:
        yield result.confirm, (Reply(result.confirm, choices=YES_NO),)


def _blocks() -> Iterator[Place]:
    """Why an application cannot be sent with a valid answer."""
    seen: set[str] = set()
    for field, answers in questions(situations()):
        for option in ({"value": each.value} for each in field.options(answers)):
            reason = field.ask.blocks({**answers, field.name: option["value"]})
            if reason is not None and reason.key not in seen:
                seen.add(reason.key)
                yield Place("blocked", f"sending with {field.name}: {option['value']}", (_blocked(reason),))


def _blocked(reason: Text) -> Reply:
    return Reply(sending.BLOCKED.fill(reason=reason))


def _context(answers: Answers) -> Context:
    return Context(answers, NOW.date())


def _button(field: Field, option: Option) -> Choice:
    return Choice(option.label, {"press": "answer", "field": field.name, "value": option.value})


def _keys(text: Text) -> tuple[str, ...]:
    """The keys of a sentence and of those in it."""
    return (
        text.key,
        *(key for each in text.values.values() if isinstance(each, Text) for key in _keys(each)),
    )


def _key(option: Option) -> str:
    return option.label.key if isinstance(option.label, Text) else ""
