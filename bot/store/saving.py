"""Writing: the works of a round in one transaction, each compared with what is there now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.store import codes, learning
from bot.store import statements as sql
from bot.store.loading import Wanted, load
from bot.store.records import Application, Change, ConversationRecord, Draft, PersonRecord, Stored
from bot.store.rows import activity_row, application_row, draft_row, first_move, iso, unsaid
from bot.store.sessions import Session
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

#: A person who is not there yet: version, language, muted.
NOBODY = (0, None, False)


@dataclass(slots=True)
class Place:
    """A conversation's row as the round leaves it. `record` is set where more than the position changes."""

    version: int = 0
    position: int = 0
    at: int = 0
    user_id: str = ""
    record: ConversationRecord | None = None
    is_new: bool = False
    is_moved: bool = False

    def next(self, now: int) -> tuple[int, int]:
        """A position and a time later than every one before it."""
        self.is_moved = True
        self.position += 1
        self.at = max(now, self.at + 1)
        return self.position, self.at


def save(session: Session, works: Sequence[Work], now: int) -> list[Saved | Exception]:
    """What became of each work: its result, or the reason why it was left out."""
    round_ = Round(session, works, now)
    results = [round_.take(work) for work in works]
    round_.write()
    # As it is after the whole round: of one conversation, a turn may be in it that was taken before.
    turns = iter(load(session, round_.received))
    return [(result, next(turns)) if isinstance(result, Stored) else result for result in results]


class Round:
    """What is there now, locked; and the rows to write once every work was looked at."""

    def __init__(self, session: Session, works: Sequence[Work], now: int) -> None:
        #: What was received anew, for its turn to be read.
        self.received: list[Wanted] = []
        self._session = session
        self._now = now
        self._rows: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        self._places: dict[str, Place] = {}
        #: Versions, and what else is compared or needed.
        self._persons: dict[str, tuple[int, str | None, bool]] = {}
        self._drafts: dict[str, int] = {}
        self._seen: dict[str, tuple[int, str]] = {}
        self._received: dict[str, Stored] = {}
        self._taken: set[str] = set()
        self._look(works)

    def _look(self, works: Sequence[Work]) -> None:
        wanted: dict[str, list[str]] = {"conversations": [], "persons": [], "seen": [], "received": []}
        for work in works:
            match work:
                case Answer():
                    wanted["conversations"].append(work.change.conversation.id)
                    wanted["persons"].append(work.change.person.id)
                    wanted["persons"] += [work.change.taking.user_id] if work.change.taking else []
                    wanted["seen"].append(work.key)
                case Receipt():
                    wanted["conversations"].append(work.conversation_id)
                    wanted["received"] += [work.client_key] if work.client_key else []
                case Opening():
                    wanted["conversations"].append(work.record.id)
        for kind, key, version, position, at, word in self._session.rows(sql.THERE, wanted):
            match kind:
                case "conversation":
                    self._places[key] = Place(version, position, at, word)
                case "person":
                    self._persons[key] = version, word, bool(position)
                case "draft":
                    self._drafts[key] = version
                case "seen":
                    self._seen[key] = position, word
                case "received":
                    self._received[key] = Stored(word, position, self._payload(word, position))

    def take(self, work: Work) -> Saved | Stored | Exception:
        match work:
            case Answer():
                return self._change(work.change, work.key)
            case Receipt():
                return self._receive(work)
            case Opening():
                return self._open(work.record)
            case Delivered():
                self._finish(work.conversation_id, work.first, work.last)
                return None

    def write(self) -> None:
        for conversation_id, place in self._places.items():
            self._place(conversation_id, place)
        for statement in sql.ORDER:
            if self._rows[statement]:
                self._session.run(statement, self._rows[statement])

    def _open(self, record: ConversationRecord) -> bool:
        if record.id in self._places:
            return False
        self._places[record.id] = Place(user_id=record.user_id, record=record, is_new=True)
        return True

    def _receive(self, work: Receipt) -> tuple[Stored, None] | Stored | Exception:
        place = self._places.get(work.conversation_id)
        if place is None:
            return UnknownConversation(work.conversation_id)
        key = work.client_key
        if key is not None and key in self._received:
            return self._received[key], None
        stored = self._append(place, work.conversation_id, work.activity, client_key=key)
        if key is not None:
            self._received[key] = stored
        name = digest(work.conversation_id, stored.activity["id"])
        self.received.append(Wanted(work.conversation_id, place.user_id, "", name))
        return stored

    def _change(self, change: Change, key: str) -> list[Stored] | Exception:
        if self._is_stale(change, key) or not (self._submit(change.submission) and self._take_over(change)):
            return Conflict(change.conversation.id)
        place = self._places.setdefault(change.conversation.id, Place(is_new=True))
        place.version, place.record = change.conversation.version + 1, change.conversation
        self._close(change, key, place)
        self._save_person(change.person)
        self._save_draft(change.person.id, change.draft)
        learning.add(self._rows, change.learned, change.person.id)
        return [self._reply(change, key, place, reply) for reply in change.replies]

    def _is_stale(self, change: Change, key: str) -> bool:
        place = self._places.get(change.conversation.id)
        version, *_ = self._persons.get(change.person.id, NOBODY)
        _, state = self._seen.get(key, (0, "open"))
        return (
            change.conversation.version != (place.version if place else 0)
            or change.person.version != version
            or change.draft_version != self._drafts.get(change.person.id, 0)
            or state == "done"
        )

    def _close(self, change: Change, key: str, place: Place) -> None:
        """Marks the activity as answered, so that nobody answers it again."""
        if key not in self._seen:
            position, at = place.next(self._now)
            row = activity_row(change.conversation.id, position, at, key=key, state="done")
            self._rows[sql.ADD_ACTIVITY].append(row)
            return
        position, _ = self._seen[key]
        self._finish(change.conversation.id, position, position)
        if change.unsay:
            payload = unsaid(self._payload(change.conversation.id, position))
            row = {
                "key_conversation_id": change.conversation.id,
                "key_position": position,
                "payload": payload,
            }
            self._rows[sql.UNSAY_ACTIVITY].append(row)

    def _payload(self, conversation_id: str, position: int) -> dict[str, Any]:
        where = {"key_conversation_id": conversation_id, "key_position": position}
        said: dict[str, Any] = self._session.rows(sql.PAYLOAD, where)[0][0]
        return said

    def _finish(self, conversation_id: str, first: int, last: int) -> None:
        row = {"key_conversation_id": conversation_id, "first": first, "last": last}
        self._rows[sql.FINISH_ACTIVITIES].append(row)

    def _reply(self, change: Change, key: str, place: Place, reply: dict[str, Any]) -> Stored:
        return self._append(
            place,
            change.conversation.id,
            {**reply, "replyToId": change.activity_id},
            answers=key,
            role="bot",
            state="open" if change.deliver else "done",
        )

    def _append(self, place: Place, conversation_id: str, activity: dict[str, Any], **more: Any) -> Stored:
        position, at = place.next(self._now)
        wire = {**activity, "id": f"{conversation_id}|{position:07d}", "timestamp": iso(at)}
        row = activity_row(conversation_id, position, at, payload=wire, **more)
        if row["role"] == "user":
            row["key"] = digest(conversation_id, wire["id"])
        self._rows[sql.ADD_ACTIVITY].append(row)
        return Stored(conversation_id, position, wire)

    def _save_person(self, person: PersonRecord) -> None:
        version, *known = self._persons.get(person.id, NOBODY)
        if known == [person.locale, person.muted]:
            return
        self._persons[person.id] = (version + 1, person.locale, person.muted)
        locale = person.locale and person.locale.value
        row = {"locale": locale, "muted": int(person.muted), "version": version + 1}
        if version == 0:
            self._rows[sql.ADD_PERSON].append(row | {"id": person.id})
        else:
            self._rows[sql.SAVE_PERSON].append(row | {"key_id": person.id})

    def _save_draft(self, user_id: str, draft: Draft | None) -> None:
        version = self._drafts.pop(user_id, 0)
        if draft is not None:
            self._drafts[user_id] = version + 1
            row = draft_row(draft, version + 1)
            if version == 0:
                self._rows[sql.ADD_DRAFT].append(row | {"user_id": user_id})
            else:
                self._rows[sql.SAVE_DRAFT].append(row | {"key_user_id": user_id})
        elif version:
            self._rows[sql.DROP_DRAFT].append({"key_user_id": user_id})

    def _take_over(self, change: Change) -> bool:
        """False where the code was used meanwhile, or its draft changed. A new code ends the older ones."""
        if change.issued is not None:
            self._rows[codes.END_CODES].append({"key_user_id": change.person.id})
            self._rows[codes.ADD_CODE].append(codes.row(*change.issued))
        taking = change.taking
        if taking is None:
            return True
        there = self._session.rows(codes.UNUSED, {"the_code": taking.code})
        if not there or there[0][2] <= taking.at or taking.code in self._taken:
            return False
        if self._drafts.get(taking.user_id) != taking.draft_version:
            return False
        self._taken.add(taking.code)
        del self._drafts[taking.user_id]
        self._rows[codes.USE_CODE].append({"the_code": taking.code, "at": taking.at})
        self._rows[codes.GIVE_DRAFT].append({"key_user_id": taking.user_id})
        return True

    def _submit(self, application: Application | None) -> bool:
        """False where the number is taken, or the draft was sent under another one."""
        if application is None:
            return True
        keys = {"draft_id": application.draft_id, "number": application.number}
        there = self._session.rows(sql.SENT, keys)
        if not there:
            self._rows[sql.ADD_APPLICATION].append(application_row(application))
            self._rows[sql.ADD_MOVE].append(first_move(application))
        return all(tuple(row) == (application.draft_id, application.number) for row in there)

    def _place(self, conversation_id: str, place: Place) -> None:
        record = place.record
        state = record and {"state": record.state, "reference": record.reference}
        row = {"last_position": place.position, "last_at": place.at, "version": place.version}
        if record and place.is_new:
            owner = {"id": conversation_id, "user_id": record.user_id, "channel": record.channel}
            self._rows[sql.ADD_CONVERSATION].append(row | owner | {"sealed": state})
        elif record or place.is_moved:
            self._rows[sql.SAVE_CONVERSATION].append(row | {"key_id": conversation_id, "state": state})
