"""Storing an answer in the draft, with everything that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from bot.domain.application import dependents, dropped_by_model
from bot.domain.fields import Field, Model
from bot.store.records import Draft
from bot.text import Listing, text
from bot.turn import Turn
from dialogs.form import Answer

# Translators: a changed answer makes others void; {fields} lists the questions that come again.
ASK_AGAIN = text("apply.ask-again", "That changes what else I need, so I'll ask again about: {fields}.")
# Translators: the person changed the partner model; {fields} lists answers that are no longer needed.
DROPPED = text("apply.dropped", "For this model I no longer need: {fields}. Everything else is kept.")
# Translators: the person changed the partner model and nothing had to be given up.
ALL_KEPT = text("apply.all-kept", "Everything you told me so far is kept.")
# Translators: the person put a question off.
PUT_OFF = text("apply.put-off", "All right, I'll come back to this question at the end.")
# Translators: the person put a question off for the second time.
LEFT_OPEN = text(
    "apply.left-open", "All right, I leave this question open. It can be answered from the summary."
)


def begin_draft(turn: Turn) -> Draft:
    """The person's draft; a new one where there is none."""
    if turn.draft is None:
        turn.draft = Draft(id=uuid4().hex, answers={}, remarks={}, started=turn.now, touched=turn.now)
    return turn.draft


def keep(
    turn: Turn, answer: Answer, fields: Mapping[str, Field], together: frozenset[str] = frozenset()
) -> None:
    """Stores an answer, says its remarks, and drops the answers that it makes void. Those given `together`
    with it follow at once, so that nothing is said about them."""
    draft = begin_draft(turn)
    before = draft.answers.get(answer.field)
    known = answer.field in draft.answers
    draft.answers[answer.field] = answer.value
    _remark(turn, draft, answer)
    if known and before != answer.value:
        _void(turn, draft, answer, fields, together)


def _remark(turn: Turn, draft: Draft, answer: Answer) -> None:
    draft.remarks.pop(answer.field, None)
    if answer.remarks:
        draft.remarks[answer.field] = [remark.key for remark in answer.remarks]
    for remark in answer.remarks:
        turn.reply(remark)


def _void(
    turn: Turn, draft: Draft, answer: Answer, fields: Mapping[str, Field], together: frozenset[str]
) -> None:
    if answer.field == "model":
        dropped = [
            name for name in dropped_by_model(draft.answers, Model(answer.value)) if name in draft.answers
        ]
        message = DROPPED
        if not dropped:
            turn.reply(ALL_KEPT)
    else:
        dropped = [name for name in dependents(answer.field, draft.answers) if name in draft.answers]
        message = ASK_AGAIN
    told = (name for name in dropped if draft.answers[name] is not None and name not in together)
    labels = tuple(fields[name].ask.label for name in told)
    for name in dropped:
        del draft.answers[name]
        draft.remarks.pop(name, None)
    draft.consents = [consent for consent in draft.consents if consent.get("field") not in dropped]
    if labels:
        turn.reply(message.fill(fields=Listing(labels)))
