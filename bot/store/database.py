"""The store: everything that is remembered, behind one door."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any, Self, cast

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from bot.localization.locale import Locale
from bot.settings import ConfigurationError
from bot.store import codes, learning, loading, reporting, saving, upkeep
from bot.store.batching import Batcher
from bot.store.engines import Database, reach
from bot.store.lessons import Given, Rating, Report, Unanswered
from bot.store.loading import Found, History, Known, Question, Wanted
from bot.store.migrations import NewerDatabase, migrate
from bot.store.records import Application, Change, ConversationRecord, Idle, Remembered, ResumeCode, Stored
from bot.store.sealing import Cipher, WrongKey
from bot.store.works import (
    Answer,
    Conflict,
    Delivered,
    Opening,
    Receipt,
    Saved,
    UnknownConversation,
    Work,
    digest,
)

__all__ = ["Conflict", "Store", "UnknownConversation"]

#: A delivered reply is marked with the next turn's transaction, or after this long if there is none.
DELIVERED_SECONDS = 0.02

#: What a database that is not there, not ours or wrongly addressed is reported as.
UNUSABLE = (OSError, TypeError, ValueError, SQLAlchemyError, NewerDatabase, WrongKey)

log = logging.getLogger(__name__)


class Store:
    """Answers what is waited for together in one round: a query a table, or one transaction."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock
        self._reads: Batcher[Question, Found] = Batcher(self._read_round)
        self._works: Batcher[Work, Saved] = Batcher(self._work_round)
        self._delivered: list[Delivered] = []
        self._marking: asyncio.TimerHandle | None = None

    @classmethod
    async def open(cls, url: str, keys: Sequence[str], clock: Callable[[], float] = time.time) -> Self:
        """The store at this URL (`sqlite:///path` or `postgresql://...`), its tables up to date.

        The first of `keys` (32 bytes each, in URL-safe base64) encrypts, all decrypt.
        """
        try:
            database = reach(url, Cipher(keys))
            await _prepare(database)
        except UNUSABLE as error:
            raise _in_one_line(error) from None
        return cls(database, clock)

    async def close(self) -> None:
        """Finishes what was begun."""
        self._mark_delivered()
        await self._reads.idle()
        await self._works.idle()
        await self._database.close()

    async def ready(self) -> bool:
        try:
            await self._database.reader.run(lambda connection: connection.execute(select(1)).scalar_one())
        except (OSError, SQLAlchemyError):
            return False
        return True

    async def come(self) -> bool:
        """Says that this process is at work here, until it ends. True where no other is."""
        return await self._database.presence.come()

    async def lead(self) -> bool:
        """Whether this process does what only one may do; once it does, until it ends."""
        return await self._database.presence.lead()

    async def load(self, conversation_id: str, user_id: str, channel: str, activity_id: str) -> Remembered:
        key = digest(conversation_id, activity_id)
        return cast(Remembered, await self._reads.ask(Wanted(conversation_id, user_id, channel, key)))

    async def commit(self, change: Change) -> list[Stored]:
        """Saves a turn, all of it or nothing. Raises Conflict where something it read has changed."""
        self._mark_delivered()
        answer = Answer(change, digest(change.conversation.id, change.activity_id))
        return cast(list[Stored], await self._works.ask(answer))

    async def receive(
        self, conversation_id: str, activity: dict[str, Any], client_id: str | None
    ) -> tuple[Stored, Remembered | None]:
        """Saves what a user sent, and reads what its turn needs.

        The same client id again: the same activity, and None.
        """
        key = None if client_id is None else digest(conversation_id, client_id)
        receipt = Receipt(conversation_id, activity, key)
        try:
            return cast(tuple[Stored, Remembered | None], await self._works.ask(receipt))
        except Conflict:
            # Another process saved the same one meanwhile: now it is there to be found.
            return cast(tuple[Stored, Remembered | None], await self._works.ask(receipt))

    async def open_conversation(self, record: ConversationRecord) -> bool:
        """False where there was one of this id."""
        try:
            return cast(bool, await self._works.ask(Opening(record)))
        except Conflict:
            return False

    async def conversation_exists(self, conversation_id: str) -> bool:
        return cast(bool, await self._reads.ask(Known(conversation_id)))

    async def transcript(self, conversation_id: str, after: int) -> list[Stored]:
        """Both sides of a conversation after this position, in order."""
        return cast(list[Stored], await self._reads.ask(History(conversation_id, after)))

    async def unhandled(self) -> list[Stored]:
        """What was received and not yet answered, in order: its turns are taken again after a restart."""
        return await self._database.reader.run(upkeep.unhandled)

    async def undelivered(self) -> list[tuple[ConversationRecord, Stored]]:
        """Replies a connector has not been sent, as far as we know, in order."""
        self._mark_delivered()
        await self._works.idle()
        return await self._database.reader.run(upkeep.undelivered)

    async def delivered(self, stored: Iterable[Stored]) -> None:
        """Marks replies as sent. Returns at once: if that is lost in a crash, they are sent again."""
        if self._marking is None:
            loop = asyncio.get_running_loop()
            self._marking = loop.call_later(DELIVERED_SECONDS, self._mark_delivered)
        for one in stored:
            before = self._delivered[-1] if self._delivered else None
            if before and (before.conversation_id, before.last + 1) == (one.conversation_id, one.position):
                self._delivered[-1] = replace(before, last=one.position)
            else:
                self._delivered.append(Delivered(one.conversation_id, one.position, one.position))

    async def resume_code(self, code: str) -> ResumeCode | None:
        """What was given out under this code, be it expired or used."""
        return await self._database.reader.run(partial(codes.find, code=code))

    async def has_moved(self, user_id: str, draft_id: str) -> bool:
        """Whether a code has taken this person's draft to somewhere else."""
        return await self._database.reader.run(partial(codes.has_moved, user_id=user_id, draft_id=draft_id))

    async def applications(
        self,
        *,
        number: str | None = None,
        user_id: str | None = None,
        model: str | None = None,
        status: str | None = None,
    ) -> list[Application]:
        """Applications that were sent, newest first."""
        wanted = {"number": number, "user_id": user_id, "model": model, "status": status}
        return await self._database.reader.run(partial(upkeep.sent_applications, wanted=wanted))

    async def forget(self, user_id: str) -> dict[str, int]:
        """Deletes everything of a person; how many rows of which table went."""
        gone = await self._database.writer.run(partial(upkeep.forget, user_id=user_id))
        await self._database.settle()
        return gone

    async def conversations_of(self, user_id: str) -> list[ConversationRecord]:
        """A person's conversations; that in which something was said last comes last."""
        return await self._database.reader.run(partial(upkeep.conversations_of, user_id=user_id))

    async def idle_drafts(self, before: datetime, times: int) -> list[Idle]:
        """Drafts nobody touched since, reminded of less often than that, whose owner wants to be.

        Each once for every conversation of its owner; that in which something was said last comes last.
        """
        return await self._database.reader.run(partial(upkeep.idle_drafts, before=before, times=times))

    async def drop_drafts(self, before: datetime) -> int:
        """Deletes the drafts that nobody touched since, and as old codes; how many drafts went."""
        return await self._database.writer.run(partial(upkeep.drop_drafts, before=before))

    async def questions(self, since: date, locale: Locale | None = None) -> list[Unanswered]:
        """What was asked since and found no certain answer, most often first; folded, and nobody's."""
        return await self._database.reader.run(partial(learning.asked, since=since, locale=locale))

    async def ratings(self, since: date, locale: Locale | None = None) -> list[Rating]:
        """What people have thought of answers since, the least liked first."""
        return await self._database.reader.run(partial(learning.rated, since=since, locale=locale))

    async def opinions(self, user_id: str) -> list[Given]:
        """What a person has said about answers, the last first."""
        return await self._database.reader.run(partial(learning.given, user_id=user_id))

    async def reports(self, since: datetime) -> list[Report]:
        """What testers have reported since, oldest first."""
        return await self._database.reader.run(partial(reporting.reported, since=since))

    async def close_reports(self, ids: Sequence[str]) -> list[str]:
        """Marks reports as dealt with; the ids of which there is none."""
        return await self._database.writer.run(partial(reporting.close, ids=ids))

    async def drop_lessons(self, before: date) -> int:
        """Deletes questions, votes, comments and reports from before; how many rows went."""
        return await self._database.writer.run(partial(learning.drop, before=before))

    async def reencrypt(self) -> None:
        """Seals everything under the first key, so that the others can be given up."""
        for table in upkeep.sealed_tables():
            done: tuple[Any, ...] | None = None
            while done := await self._database.writer.run(partial(upkeep.reencrypt, table=table, after=done)):
                pass
        await self._database.settle()

    async def _read_round(self, questions: Sequence[Question]) -> list[Found]:
        return await self._database.reader.run_round(partial(loading.read, round_=questions))

    async def _work_round(self, works: Sequence[Work]) -> list[Saved | Exception]:
        now = int(self._clock() * 1000)
        return await self._database.writer.run_round(partial(saving.save, works=works, now=now))

    def _mark_delivered(self) -> None:
        if self._marking is not None:
            self._marking.cancel()
            self._marking = None
        for mark in self._delivered:
            self._works.ask(mark).add_done_callback(_log_unmarked)
        self._delivered.clear()


async def _prepare(database: Database) -> None:
    def prepare(connection: Connection) -> None:
        migrate(connection)
        upkeep.sample(connection)

    try:
        await database.writer.run(prepare)
    except UNUSABLE:
        await database.close()
        raise


def _log_unmarked(marking: asyncio.Future[Saved]) -> None:
    if not marking.cancelled() and (error := marking.exception()):
        log.warning("A delivered reply could not be marked as such: %s", type(error).__name__)


def _in_one_line(error: Exception) -> ConfigurationError:
    """Why the database cannot be used; a driver's own words may quote the URL and its password."""
    if isinstance(error, WrongKey):
        reason = "the keys the database was written with, the newest first; none of these opens it"
        return ConfigurationError.wrong("BOT_ENCRYPTION_KEYS", reason)
    if isinstance(error, NewerDatabase):
        reason = "a database of this release or an older one; it was written by a newer one, so install that"
        return ConfigurationError.wrong("DATABASE_URL", reason)
    kind = type(getattr(error, "orig", None) or error).__name__
    return ConfigurationError.wrong("DATABASE_URL", f"a database that answers; ours does not ({kind})")
