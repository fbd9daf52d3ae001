"""What is learned, written with the turn it comes from and counted up for whoever asks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, MutableMapping
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from bot.localization.locale import Locale
from bot.store import reporting
from bot.store.changing import adding, changing, new, same, value_of
from bot.store.lessons import (
    Asked,
    Comment,
    Given,
    Lesson,
    Rating,
    Report,
    Shown,
    Taken,
    Unanswered,
    Vote,
    anonymous,
)
from bot.store.tables import picks, questions, votes

Rows = MutableMapping[Any, list[dict[str, Any]]]


def _one_more(table: sa.Table) -> dict[str, Any]:
    return {"times": table.c.times + value_of(table.c.times)}


COUNT_QUESTION = changing(questions, "verdict", "sealed", **_one_more(questions))
COUNT_PICK = changing(picks, **_one_more(picks))
SET_OPINION = changing(votes, "version", "opinion", "at")
SET_COMMENT = changing(votes, "version", "comment", "at")
DROP_VOTE = sa.delete(votes).where(*same(votes))
ADD_QUESTION, ADD_PICK, ADD_VOTE = adding(questions), adding(picks), adding(votes)

#: What is there is changed before what is not there is added.
ORDER = (
    *(COUNT_QUESTION, ADD_QUESTION, COUNT_PICK, ADD_PICK),
    *(SET_OPINION, SET_COMMENT, ADD_VOTE, DROP_VOTE),
    *(reporting.SET_REPORT, reporting.ADD_REPORT),
)

ASKED = sa.select(questions).where(questions.c.day >= sa.bindparam("since")).order_by(questions.c.day.desc())
PICKED = sa.select(picks).where(picks.c.day >= sa.bindparam("since"))
RATED = sa.select(votes).where(votes.c.at >= sa.bindparam("since")).order_by(votes.c.at.desc())
GIVEN = sa.select(votes).where(votes.c.user_id == sa.bindparam("user_id")).order_by(votes.c.at.desc())
OLD_QUESTIONS = sa.delete(questions).where(questions.c.day < sa.bindparam("before"))
OLD_PICKS = sa.delete(picks).where(picks.c.day < sa.bindparam("before"))
OLD_VOTES = sa.delete(votes).where(votes.c.at < sa.bindparam("before"))


def add(rows: Rows, lessons: Iterable[Lesson], user_id: str) -> None:
    """What a turn taught as rows of the statements above; what counts together in a round is one row."""
    for lesson in lessons:
        match lesson:
            case Asked():
                sealed = {"text": lesson.text, "near": list(lesson.near)}
                asked = new(key=lesson.key, day=lesson.day.isoformat(), locale=lesson.locale.value)
                counted = asked | new(verdict=lesson.verdict, sealed=sealed)
                _count(rows, (COUNT_QUESTION, ADD_QUESTION), counted)
            case Taken():
                picked = new(key=lesson.key, day=lesson.day.isoformat(), topic=lesson.topic)
                _count(rows, (COUNT_PICK, ADD_PICK), picked)
            case Vote(opinion=None):
                rows[DROP_VOTE].append(_vote(lesson, user_id))
            case Vote():
                _put(rows, (SET_OPINION, ADD_VOTE), _vote(lesson, user_id) | new(opinion=lesson.opinion))
            case Comment():
                said = new(comment=anonymous(lesson.text))
                _put(rows, (SET_COMMENT, ADD_VOTE), _vote(lesson, user_id) | said)
            case Report():
                written = reporting.report_row(lesson, user_id)
                _put(rows, (reporting.SET_REPORT, reporting.ADD_REPORT), written)


def _put(rows: Rows, statements: Iterable[sa.Executable], written: dict[str, Any]) -> None:
    for statement in statements:
        rows[statement].append(written)


def _vote(lesson: Vote | Comment, user_id: str) -> dict[str, Any]:
    shown = lesson.shown
    return new(
        user_id=user_id,
        answer=shown.topic,
        locale=shown.locale.value,
        version=shown.version,
        opinion=None,
        at=lesson.at,
        comment=None,
    )


def _count(rows: Rows, statements: tuple[sa.Update, sa.Insert], counted: dict[str, Any]) -> None:
    keys = [name for name in ("new_key", "new_day", "new_topic") if name in counted]
    for other in rows[statements[0]]:
        if all(other[key] == counted[key] for key in keys):
            other["new_times"] += 1
            return
    _put(rows, statements, counted | new(times=1))


def asked(connection: Connection, since: date, locale: Locale | None) -> list[Unanswered]:
    """The queue of unanswered questions, those asked most often first."""
    day = {"since": since.isoformat()}
    taken: dict[str, Counter[str]] = defaultdict(Counter)
    for row in connection.execute(PICKED, day):
        taken[row.key][row.topic] += row.times
    found: dict[str, list[Any]] = {}
    for row in connection.execute(ASKED, day):
        if locale is None or row.locale == locale.value:
            found.setdefault(row.key, []).append(row)
    listed = [_question(rows, dict(taken[key].most_common())) for key, rows in found.items()]
    return sorted(listed, key=lambda one: (-one.count, one.text))


def _question(rows: list[Any], taken: dict[str, int]) -> Unanswered:
    """A question's days as one, the last first: its words and what came close are those of the last."""
    last = rows[0]
    return Unanswered(
        locale=Locale(last.locale),
        text=last.sealed["text"],
        verdict=last.verdict,
        near=tuple(last.sealed["near"]),
        count=sum(row.times for row in rows),
        first=date.fromisoformat(rows[-1].day),
        last=date.fromisoformat(last.day),
        taken=taken,
    )


def rated(connection: Connection, since: date, locale: Locale | None) -> list[Rating]:
    """What people think of each version of each answer, the least liked first."""
    found: dict[Shown, list[Any]] = {}
    for row in connection.execute(RATED, {"since": midnight(since)}):
        if locale is None or row.locale == locale.value:
            found.setdefault(Shown(row.answer, Locale(row.locale), row.version), []).append(row)
    listed = [_rating(shown, rows) for shown, rows in found.items()]
    return sorted(listed, key=lambda one: (one.up - one.down, one.shown.topic, one.shown.version))


def _rating(shown: Shown, rows: list[Any]) -> Rating:
    opinions = Counter(row.opinion for row in rows)
    comments = tuple(row.comment for row in rows if row.comment)
    return Rating(shown, opinions["up"], opinions["down"], comments)


def given(connection: Connection, user_id: str) -> list[Given]:
    """What a person has said about answers, the last first."""
    return [
        Given(Shown(row.answer, Locale(row.locale), row.version), row.opinion, row.comment, row.at)
        for row in connection.execute(GIVEN, {"user_id": user_id})
    ]


def drop(connection: Connection, before: date) -> int:
    """Deletes what was learned before this day; how many rows went."""
    gone = 0
    for statement in (OLD_VOTES, reporting.OLD_REPORTS):
        gone += connection.execute(statement, {"before": midnight(before)}).rowcount
    for statement in (OLD_QUESTIONS, OLD_PICKS):
        gone += connection.execute(statement, {"before": before.isoformat()}).rowcount
    return gone


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
