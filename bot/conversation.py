"""The one way a turn goes: lock, load, listen, save; the door delivers what was saved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Container
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from bot.limits import Rate, RateLimit
from bot.localization.locale import Locale, negotiate
from bot.localization.pseudo import TAG as PSEUDO
from bot.store.database import Conflict, Store
from bot.store.lessons import Given
from bot.store.records import DRAFT_KEPT, Change, Remembered, ResumeCode, Stored
from bot.turn import SHOWN_AS, Incoming, Turn

#: How a door turns a turn's replies into its wire activities, in the person's language.
Render = Callable[[Turn], list[dict[str, Any]]]

#: Told after a draft was saved in other hands: whose it was, its id, and when it went.
WhenMoved = Callable[[str, str, datetime], None]

#: Somebody else saved the same conversation or draft meanwhile: the turn is run again on what is there now.
ATTEMPTS = 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn came to. `seen_before`: the activity was answered before, these are its saved replies.
    `forgotten`: everything of the person is deleted, and the replies are in no store."""

    replies: list[Stored]
    locale: Locale | None
    seen_before: bool = False
    forgotten: bool = False


class Assistant(Protocol):
    """Who answers: reads the turn, replies into it, changes its draft and state."""

    def answer(self, turn: Turn) -> Awaitable[None]: ...

    def apologise(self, turn: Turn) -> None: ...


class LocalLocks:
    """One turn at a time per conversation, in order of arrival; nothing is kept for an idle one."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        lock, users = self._held.get(name, (asyncio.Lock(), 0))
        self._held[name] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._held[name]
            if users == 1:
                del self._held[name]
            else:
                self._held[name] = (lock, users - 1)


#: Codes looked up in the whole process: far more than people type, far too few to guess one.
LOOK_UPS = Rate(burst=60, per_second=2)


class Archive:
    """What is looked up during a turn: drafts under way from one chat to another, a person's opinions."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._limit = RateLimit(LOOK_UPS)

    async def find(self, code: str) -> ResumeCode | None:
        # Who guesses that fast learns nothing, not even that it was too fast.
        return None if self._limit.wait("") else await self._store.resume_code(code)

    async def has_moved(self, user_id: str, draft_id: str) -> bool:
        return await self._store.has_moved(user_id, draft_id)

    async def opinions(self, user_id: str) -> list[Given]:
        return await self._store.opinions(user_id)


class Conversation:
    def __init__(
        self,
        store: Store,
        assistant: Assistant,
        clock: Callable[[], datetime],
        testers: Container[str] = (),
    ) -> None:
        """`testers`: ids of the users who may use the tools for translators."""
        self._testers = testers
        self._store = store
        self._assistant = assistant
        self._clock = clock
        self._locks = LocalLocks()
        self._archive = Archive(store)
        #: Set by whoever tells the chat that a draft has left.
        self.when_moved: WhenMoved | None = None

    async def take_turn(self, incoming: Incoming, render: Render, known: Remembered | None = None) -> Outcome:
        """Answers one activity exactly once, however often it is delivered.

        `known` is what was read when the activity was saved, where it was saved before its turn.
        Raises what a dialog raises; then nothing was saved, and the door calls `apologise`.
        """
        async with self._locks.hold(incoming.conversation_id):
            return await self._saved(incoming, render, self._assistant.answer, known)

    async def apologise(self, incoming: Incoming, render: Render) -> Outcome:
        """Closes an activity that could not be answered: one apology, everything else as it was."""

        async def apology(turn: Turn) -> None:
            self._assistant.apologise(turn)

        async with self._locks.hold(incoming.conversation_id):
            return await self._saved(incoming, render, apology)

    async def _saved(
        self,
        incoming: Incoming,
        render: Render,
        answer: Callable[[Turn], Awaitable[None]],
        known: Remembered | None = None,
    ) -> Outcome:
        for attempt in range(ATTEMPTS):
            if known is None or known.person.id != incoming.user_id:
                known = await self._store.load(
                    incoming.conversation_id, incoming.user_id, incoming.channel, incoming.activity_id
                )
            if known.replies is not None:
                return Outcome(known.replies, known.person.locale, seen_before=True)
            turn = self._turn(incoming, known)
            await answer(turn)
            if turn.forget:
                return await self._forgotten(turn, render(turn))
            change = _change(turn, known, render(turn))
            try:
                replies = await self._store.commit(change)
            except Conflict:
                known = None
                if attempt == ATTEMPTS - 1:
                    raise
                continue
            if turn.taking is not None and turn.draft is not None and self.when_moved is not None:
                self.when_moved(turn.taking.user_id, turn.draft.id, turn.taking.at)
            return Outcome(replies, turn.locale if turn.locale_known else None)
        raise AssertionError("unreachable")

    async def _forgotten(self, turn: Turn, replies: list[dict[str, Any]]) -> Outcome:
        await self._store.forget(turn.incoming.user_id)
        place, at = turn.incoming.conversation_id, turn.now.isoformat()
        named = ({**reply, "id": uuid4().hex, "timestamp": at} for reply in replies)
        return Outcome([Stored(place, 0, reply) for reply in named], turn.locale, forgotten=True)

    def _turn(self, incoming: Incoming, known: Remembered) -> Turn:
        now = self._clock()
        draft = known.draft
        if draft is not None and now - draft.touched > DRAFT_KEPT:
            draft = None
        state = known.conversation.state
        locale = known.person.locale or _locale_here(incoming, state)
        is_tester = incoming.user_id in self._testers
        if locale is None and is_tester and incoming.locale == PSEUDO:
            locale, state[SHOWN_AS] = Locale.EN, PSEUDO
        return Turn(
            incoming=incoming,
            now=now,
            chosen_locale=known.person.locale,
            muted=known.person.muted,
            locale=locale or Locale.EN,
            locale_known=locale is not None,
            draft=draft,
            state=state,
            applications=known.applications,
            archive=self._archive,
            is_tester=is_tester,
        )


def _locale_here(incoming: Incoming, state: dict[str, Any]) -> Locale | None:
    """The language for who chose none: what this conversation is held in, else what the channel says.

    Where several people talk, the channel knows better whom we answer than what was spoken last.
    """
    remembered, claimed = _remembered(state), negotiate(incoming.locale)
    return (claimed or remembered) if incoming.shared else (remembered or claimed)


def _remembered(state: dict[str, Any]) -> Locale | None:
    """The language this conversation is held in although nobody chose it (the channel said so)."""
    return next((locale for locale in Locale if locale.value == state.get("locale")), None)


def _change(turn: Turn, known: Remembered, replies: list[dict[str, Any]]) -> Change:
    conversation, person = known.conversation, known.person
    conversation.state = turn.state
    if turn.locale_known:
        conversation.state["locale"] = turn.locale.value
    if turn.incoming.reference:
        conversation.reference = turn.incoming.reference
    person.locale, person.muted = turn.chosen_locale, turn.muted
    if turn.draft is not None and turn.incoming.kind != "notice":
        turn.draft.touched, turn.draft.reminded = turn.now, 0
    return Change(
        activity_id=turn.incoming.activity_id,
        conversation=conversation,
        person=person,
        draft=turn.draft,
        draft_version=known.draft.version if known.draft else 0,
        submission=turn.submission,
        replies=replies,
        deliver=bool(turn.incoming.reference),
        unsay=turn.unsay,
        issued=turn.issued,
        taking=turn.taking,
        learned=turn.learned,
    )
