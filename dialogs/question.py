"""Our one prompt: it asks a declared field by name, reads what is typed or pressed, and checks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.checking import check
from bot.domain.fields import Accepted, Answers, Context, Field, Kind, Problem
from bot.domain.guard import secrets_in
from bot.text import Text, text
from bot.turn import Choice, Turn
from dialogs import countries, words
from dialogs.answer import answered_aside, explain
from dialogs.engine import turn_of
from dialogs.sdk import Dialog, DialogContext, DialogInstance, DialogReason, DialogTurnResult, TurnContext
from dialogs.services import Services
from dialogs.showing import answers_of, proposal_of, spoken, spoken_value

QUESTION = "question"

#: After so many failures on one field the wording changes and ways out are offered.
PATIENCE = 3

# Translators: above every question; {section} is the part of the form, {prompt} the question.
STEP = text("question.step", "Step {number} of {total} · {section}\n\n{prompt}")
# Translators: under a question that was answered before; {value} is that answer.
CURRENT = text("question.current", "{prompt}\n\nYour answer so far: {value}")
# Translators: under a question for which we can propose an answer, to be confirmed.
PROPOSED = text("question.proposed", "{prompt}\n\nIs it {value}?")
# Translators: a choice was not understood; the question follows again with its buttons.
UNCLEAR = text("question.unclear", "Please choose one of the answers below, or type it.")
# Translators: what was typed fits several answers, which follow as buttons.
WHICH = text("question.which", "I can read that in more than one way. Which one do you mean?")
# Translators: the country was not understood.
NO_COUNTRY = text(
    "question.no-country",
    "I don't know a country or region by that name. Please type its name, for example {example}.",
)
# Translators: a choice was not understood for the third time; {example} is a good answer.
TRY_ANOTHER_WAY = text(
    "question.another-way",
    "{problem}\n\nLet's try it another way: a good answer looks like this: {example}. "
    "You can also put this question off until the end, or talk to a person.",
)
# Translators: the person pressed a button of a question that is already answered.
STALE = text(
    "question.stale", "That question is already answered, so nothing has changed. Here is where we are:"
)
# Translators: a button; takes an answer that we think is wrong, with a note for the reviewer.
USE_ANYWAY = text("button.use-anyway", "Use it anyway")
# Translators: the person kept the earlier answer.
NOTHING_TO_KEEP = text("question.nothing-to-keep", "There is no earlier answer to keep.")
# Translators: the question cannot be skipped.
CANNOT_SKIP = text(
    "question.cannot-skip", "This answer is needed, so it can't be skipped. You can put it off until the end."
)


@dataclass(frozen=True, slots=True)
class Form:
    """A form as dialogs see it: its fields by name, and the order of those that apply."""

    id: str
    fields: Mapping[str, Field]
    order: Callable[[Turn], tuple[Field, ...]]
    required: Callable[[Field, Answers], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question ends with: the field, its value, and remarks for person and reviewer."""

    field: str
    value: Any
    remarks: tuple[Text, ...] = ()
    postponed: bool = False


class Question(Dialog):
    """State: form and field by name, failures so far, and as they were typed the answer that waits for a yes
    and the one last refused; whether our proposal was declined."""

    waits = True
    stands_alone = False

    def __init__(self, services: Services, forms: Mapping[str, Form]) -> None:
        super().__init__(QUESTION)
        self._services = services
        self._forms = forms

    async def begin_dialog(self, dialog_context: DialogContext, options: object = None) -> DialogTurnResult:
        state = dialog_context.active_dialog.state
        state.update(options if isinstance(options, dict) else {})
        state["failures"] = 0
        self._ask(turn_of(dialog_context), state)
        return Dialog.end_of_turn

    async def continue_dialog(self, dialog_context: DialogContext) -> DialogTurnResult:
        turn, state = turn_of(dialog_context), dialog_context.active_dialog.state
        answer = self._pressed(turn, state) if turn.pressed else self._typed(turn, state)
        if answer is None:
            return Dialog.end_of_turn
        return await dialog_context.end_dialog(answer)

    async def resume_dialog(
        self, dialog_context: DialogContext, reason: DialogReason, result: object
    ) -> DialogTurnResult:
        """What was asked in between is settled: the question is where it was."""
        self._ask(turn_of(dialog_context), dialog_context.active_dialog.state)
        return Dialog.end_of_turn

    async def reprompt_dialog(self, context: TurnContext, instance: DialogInstance) -> None:
        self._ask(turn_of(context), instance.state)

    def fits(self, state: dict[str, Any]) -> bool:
        """Whether this form still has this field, and the rest is what we would have saved."""
        form, field, waiting = state.get("form"), state.get("field"), state.get("confirm", {"raw": ""})
        return (
            isinstance(form, str)
            and isinstance(field, str)
            and form in self._forms
            and field in self._forms[form].fields
            and isinstance(state.get("failures"), int)
            and isinstance(state.get("refused", ""), str)
            and isinstance(waiting, dict)
            and isinstance(waiting.get("raw"), str)
        )

    def understands(self, turn: Turn, state: dict[str, Any]) -> bool:
        """Whether the words are surely an answer: a choice or a country, said as one says it."""
        _, field = self._of(state)
        return field.ask.kind is not Kind.TEXT and isinstance(self._read(turn, field), str)

    # -- asking

    def _ask(self, turn: Turn, state: dict[str, Any], *more: Choice) -> None:
        form, field = self._of(state)
        answers = answers_of(turn)
        if "confirm" in state:
            understood = check(field, state["confirm"]["raw"], self._context(turn))
            if isinstance(understood, Accepted) and understood.confirm is not None:
                self._ask_to_confirm(turn, state, understood.confirm)
                return
            # In another language it may need no yes, or be no answer at all: then it is asked for anew.
            del state["confirm"]
        prompt = field.prompt(answers)
        if field.name in answers:
            prompt = CURRENT.fill(prompt=prompt, value=spoken_value(field, answers))
        elif (proposal := self._proposal(turn, state)) is not None:
            prompt = PROPOSED.fill(prompt=prompt, value=spoken(field, proposal, answers))
        names = [each.name for each in form.order(turn)]
        if field.name in names:
            number = names.index(field.name) + 1
            section = field.ask.section.label
            prompt = STEP.fill(number=number, total=len(names), section=section, prompt=prompt)
        turn.reply(prompt, *self._choices(turn, state), *more)

    def _choices(self, turn: Turn, state: dict[str, Any]) -> tuple[Choice, ...]:
        form, field = self._of(state)
        answers = answers_of(turn)
        if field.ask.kind is Kind.COUNTRY:
            own = countries.likely(turn, field)
        else:
            own = countries.page(field, field.options(answers), 0)
        extra: list[Choice] = []
        if field.name in answers:
            extra.append(Choice(words.KEEP, {"press": "keep", "field": field.name}))
        elif self._proposal(turn, state) is not None:
            extra.append(Choice(words.YES, {"press": "keep", "field": field.name}))
        if not form.required(field, answers):
            extra.append(Choice(words.SKIP, {"press": "skip", "field": field.name}))
        if answers:
            extra.append(words.command(words.BACK, "back"))
        if field.ask.explained_by:
            extra.append(Choice(words.WHY, {"press": "why", "field": field.name}))
        return (*own, *extra)

    def _proposal(self, turn: Turn, state: dict[str, Any]) -> str | None:
        return None if state.get("declined") else proposal_of(self._of(state)[1], turn)

    def _ask_to_confirm(self, turn: Turn, state: dict[str, Any], question: Text) -> None:
        name = state["field"]
        turn.reply(
            question,
            Choice(words.YES, {"press": "confirm", "field": name, "yes": True}),
            Choice(words.NO, {"press": "confirm", "field": name, "yes": False}),
        )

    # -- hearing

    def _pressed(self, turn: Turn, state: dict[str, Any]) -> Answer | None:
        press = turn.pressed or {}
        if press.get("field") != state["field"]:
            turn.reply(STALE)
            self._ask(turn, state)
            return None
        _, field = self._of(state)
        match press.get("press"):
            case "answer":
                state.pop("confirm", None)
                return self._checked(turn, state, str(press.get("value", "")))
            case "keep":
                return self._kept(turn, state)
            case "skip":
                return self.skipped(turn, state)
            case "later":
                return Answer(field.name, None, postponed=True)
            case "confirm":
                return self._confirmed(turn, state, press.get("yes") is True)
            case "insist":
                return self._insisted(turn, state)
            case "why":
                explain(turn, self._services, field.ask.explained_by[0])
            case "browse" if field.ask.kind is Kind.COUNTRY:
                countries.browse(turn, field, press.get("region"), _page_of(press))
                return None
            case "browse":
                options = field.options(answers_of(turn))
                turn.reply(countries.WHICH_ONE, *countries.page(field, options, _page_of(press)))
                return None
            case _:
                turn.reply(STALE)
        self._ask(turn, state)
        return None

    def _typed(self, turn: Turn, state: dict[str, Any]) -> Answer | None:
        _, field = self._of(state)
        said = turn.said
        yes_no = self._services.reader.yes_no(said)
        if "confirm" in state:
            if yes_no in ("yes", "no"):
                return self._confirmed(turn, state, yes_no == "yes")
            state.pop("confirm")
        if not self._asks_yes_or_no(turn, field):
            known = field.name in answers_of(turn)
            proposed = not known and self._proposal(turn, state) is not None
            if yes_no == "yes" and (known or proposed):
                return self._kept(turn, state)
            if yes_no == "no" and proposed:
                state["declined"] = True
                self._ask(turn, state)
                return None
        read = self._read(turn, field)
        if isinstance(read, Problem):
            return self._refused(turn, state, read)
        return self._checked(turn, state, read)

    @staticmethod
    def _asks_yes_or_no(turn: Turn, field: Field) -> bool:
        return {"yes", "no"} <= {option.value for option in field.options(answers_of(turn))}

    def _read(self, turn: Turn, field: Field) -> str | Problem:
        """What was typed as the code that the field's check expects, or what is unclear about it."""
        reader, said = self._services.reader, turn.said
        if field.ask.kind is Kind.COUNTRY:
            found = reader.country(said, turn.locale)
            if isinstance(found, tuple):
                return Problem("which", WHICH, countries.options(found))
            return found or self._guarded(
                turn, field, Problem("country", NO_COUNTRY.fill(example=field.example(answers_of(turn))))
            )
        if field.ask.kind is not Kind.CHOICE:
            return said
        options = field.options(answers_of(turn))
        values = {option.value for option in options}
        yes_no = reader.yes_no(said) if {"yes", "no"} <= values else None
        if yes_no in values:
            return str(yes_no)
        labels = [(option.value, self._services.spoken(option.label)) for option in options]
        chosen = reader.option(said, field.name, labels)
        if isinstance(chosen, tuple):
            return Problem("which", WHICH, tuple(option for option in options if option.value in chosen))
        return chosen or self._guarded(turn, field, Problem("choice", UNCLEAR))

    @staticmethod
    def _guarded(turn: Turn, field: Field, problem: Problem) -> Problem:
        """A password typed where a choice was asked is what there is to talk about, not the choice."""
        secret = secrets_in(turn.said)
        return secret or problem

    def _checked(self, turn: Turn, state: dict[str, Any], raw: str) -> Answer | None:
        form, field = self._of(state)
        result = check(field, raw, self._context(turn))
        if isinstance(result, Problem):
            return self._refused(turn, state, result, raw)
        if result.value is None and form.required(field, answers_of(turn)):
            turn.reply(CANNOT_SKIP)
            self._ask(turn, state)
            return None
        if result.confirm is None:
            return Answer(field.name, result.value, result.remarks)
        state["confirm"] = {"raw": raw}
        self._ask_to_confirm(turn, state, result.confirm)
        return None

    def _confirmed(self, turn: Turn, state: dict[str, Any], yes: bool) -> Answer | None:
        waiting = state.pop("confirm", None)
        if waiting is None or not yes:
            self._ask(turn, state)
            return None
        understood = check(self._of(state)[1], waiting["raw"], self._context(turn))
        if isinstance(understood, Problem):
            return self._refused(turn, state, understood, waiting["raw"])
        return Answer(state["field"], understood.value, understood.remarks)

    def _kept(self, turn: Turn, state: dict[str, Any]) -> Answer | None:
        _, field = self._of(state)
        answers = answers_of(turn)
        if field.name in answers:
            return Answer(field.name, answers[field.name])
        proposal = self._proposal(turn, state)
        if proposal is None:
            turn.reply(NOTHING_TO_KEEP)
            self._ask(turn, state)
            return None
        return self._checked(turn, state, proposal)

    def skipped(self, turn: Turn, state: dict[str, Any]) -> Answer | None:
        """Leaves an optional question unanswered; a needed one can only be put off."""
        form, field = self._of(state)
        if not form.required(field, answers_of(turn)):
            return Answer(field.name, None)
        turn.reply(CANNOT_SKIP, Choice(words.LATER, {"press": "later", "field": field.name}))
        self._ask(turn, state)
        return None

    def _refused(self, turn: Turn, state: dict[str, Any], problem: Problem, raw: str = "") -> Answer | None:
        _, field = self._of(state)
        turn.unsay = turn.unsay or problem.unsaid
        if not problem.unsaid and answered_aside(turn, self._services):
            self._ask(turn, state)
            return None
        state["failures"] += 1
        meant = tuple(countries.button(field, option) for option in problem.meant)
        out: list[Choice] = []
        if problem.insisted is not None and state["failures"] >= PATIENCE - 1:
            state["refused"] = raw
            out.append(Choice(USE_ANYWAY, {"press": "insist", "field": field.name}))
        if state["failures"] < PATIENCE:
            turn.reply(problem.text, *(meant or self._choices(turn, state)), *out)
            return None
        example = field.example(answers_of(turn))
        turn.reply(TRY_ANOTHER_WAY.fill(problem=problem.text, example=example), *meant)
        self._ask(turn, state, *self._ways_out(field), *out)
        return None

    def _ways_out(self, field: Field) -> list[Choice]:
        return [
            Choice(words.LATER, {"press": "later", "field": field.name}),
            words.command(words.HUMAN, "human"),
        ]

    def _insisted(self, turn: Turn, state: dict[str, Any]) -> Answer | None:
        """Takes the refused answer on the person's word, where the field allows it."""
        raw = state.pop("refused", "")
        result = check(self._of(state)[1], raw, self._context(turn))
        if isinstance(result, Problem) and result.insisted is not None:
            return Answer(state["field"], result.insisted.value, result.insisted.remarks)
        self._ask(turn, state)
        return None

    @staticmethod
    def _context(turn: Turn) -> Context:
        return Context(answers_of(turn), turn.today, turn.locale.value)

    def _of(self, state: dict[str, Any]) -> tuple[Form, Field]:
        form = self._forms[state["form"]]
        return form, form.fields[state["field"]]


def _page_of(press: Mapping[str, Any]) -> int:
    page = press.get("page")
    return page if isinstance(page, int) and page >= 0 else 0
