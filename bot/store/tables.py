"""The tables, for SQLite and PostgreSQL alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    text,
)
from sqlalchemy.types import TypeDecorator

from bot.store.sealing import Digested, Sealed

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, stored as microseconds since 1970: exact, and sorted alike everywhere."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else EPOCH + timedelta(microseconds=value)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String, primary_key=True),
    Column("user_id", String, nullable=False, index=True),
    Column("channel", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("last_position", Integer, nullable=False),
    #: Milliseconds since 1970, like every activity's `at`.
    Column("last_at", BigInteger, nullable=False),
    #: {"state": ..., "reference": ...}
    Column("sealed", Sealed, nullable=False),
)

persons = Table(
    "persons",
    metadata,
    Column("id", String, primary_key=True),
    Column("locale", String),
    #: 1: no reminders.
    Column("muted", Integer, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("user_id", String, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("started", Moment, nullable=False),
    Column("touched", Moment, nullable=False, index=True),
    Column("reminded", Integer, nullable=False, server_default="0"),
    #: {"answers": ..., "remarks": ..., "consents": ...}
    Column("sealed", Sealed, nullable=False),
)

applications = Table(
    "applications",
    metadata,
    Column("number", String, primary_key=True),
    Column("draft_id", String, nullable=False, unique=True),
    Column("user_id", String, nullable=False, index=True),
    Column("model", String, nullable=False),
    Column("status", String, nullable=False),
    Column("locale", String, nullable=False),
    Column("sent", Moment, nullable=False, index=True),
    #: {"answers": ..., "remarks": ..., "consents": ...}
    Column("sealed", Sealed, nullable=False),
)

#: The history of each application's status; rows are only ever added.
moves = Table(
    "moves",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "number", String, ForeignKey("applications.number", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("at", Moment, nullable=False),
    Column("from_status", String),
    Column("to_status", String, nullable=False),
    Column("by", String, nullable=False),
    Column("reason", Sealed),
)

#: Both sides of every conversation. A user's activity is open until its turn is committed,
#: a reply until it was delivered.
activities = Table(
    "activities",
    metadata,
    Column("conversation_id", String, ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    #: Digests of the activity's id and of what its client called it, each with its conversation's id.
    Column("key", String),
    Column("client_key", String),
    Column("role", String, nullable=False),
    Column("state", String, nullable=False),
    #: The key of the activity a reply answers.
    Column("answers", String),
    Column("at", BigInteger, nullable=False),
    #: Wire JSON; absent where a connector's user wrote, which is not kept.
    Column("payload", Sealed),
)

#: Word for word the same in a query, or the index is not used for it.
IS_OPEN = text("state = 'open'")

#: Codes that move a draft to another channel. Used ones stay, so that its old place can say where it went.
resume_codes = Table(
    "resume_codes",
    metadata,
    Column("code", Digested, primary_key=True),
    Column("user_id", String, nullable=False, index=True),
    Column("draft_id", String, nullable=False, index=True),
    Column("locale", String, nullable=False),
    Column("expires", Moment, nullable=False, index=True),
    Column("used", Moment),
)

#: Questions without a certain answer, folded and counted by day; nothing in them tells who asked.
questions = Table(
    "questions",
    metadata,
    Column("key", String, primary_key=True),
    Column("day", String, primary_key=True, index=True),
    Column("locale", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("times", Integer, nullable=False),
    #: {"text": ..., "near": ...}
    Column("sealed", Sealed, nullable=False),
)

#: Which of the topics offered for such a question were taken.
picks = Table(
    "picks",
    metadata,
    Column("key", String, primary_key=True),
    Column("day", String, primary_key=True, index=True),
    Column("topic", String, primary_key=True),
    Column("times", Integer, nullable=False),
)

#: What a person thinks of an answer in a language.
votes = Table(
    "votes",
    metadata,
    Column("user_id", String, primary_key=True),
    Column("answer", String, primary_key=True),
    Column("locale", String, primary_key=True),
    Column("version", String, nullable=False),
    Column("opinion", String),
    Column("at", Moment, nullable=False, index=True),
    Column("comment", Sealed),
)

#: What testers find wrong with a sentence, as it was shown to them.
reports = Table(
    "reports",
    metadata,
    Column("id", String, primary_key=True),
    Column("user_id", String, nullable=False, index=True),
    Column("key", String, nullable=False),
    Column("locale", String, nullable=False),
    Column("wanted", String, nullable=False),
    Column("catalog", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    #: 0: closed.
    Column("is_open", Integer, nullable=False),
    #: {"text": ..., "given": ..., "comment": ...}
    Column("sealed", Sealed, nullable=False),
)
