"""Turns after the post was acknowledged: one at a time per conversation, in the order of arrival."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import Any

from bot.channels.direct_line.posted import understand
from bot.channels.direct_line.stream import Streams
from bot.channels.rendering import Renderer
from bot.conversation import Conversation, Outcome
from bot.store.records import Remembered, Stored
from bot.turn import Incoming, Turn

log = logging.getLogger(__name__)

#: The bot as clients see it; typing and messages come from the same id, which ends the typing.
BOT = {"id": "csp-assistant", "name": "CSP", "role": "bot"}
#: A turn that takes longer shows that the bot is typing.
TYPING_AFTER = 0.7
#: Neither an answer nor an apology could be saved: the turn is tried again after so long.
RETRY_AFTER = 5.0
#: What was saved, and what its turn needs to know, where that was read at the same time.
Came = tuple[Stored, Remembered | None]

#: How long a stop waits for turns that are running; the others are run after the next start.
GRACE = 5.0


class Turns:
    def __init__(self, conversation: Conversation, streams: Streams, renderer: Renderer) -> None:
        self._conversation = conversation
        self._streams = streams
        self._renderer = renderer
        self._waiting: dict[str, deque[Came]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def add(self, stored: Stored, known: Remembered | None = None) -> None:
        """`known` is what was read when the activity was saved."""
        queue = self._waiting.get(stored.conversation_id)
        if queue is not None:
            # The turn before it will have changed that.
            queue.append((stored, None))
            return
        queue = self._waiting[stored.conversation_id] = deque([(stored, known)])
        task = asyncio.create_task(self._work(stored.conversation_id, queue))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=GRACE)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, conversation_id: str, queue: deque[Came]) -> None:
        try:
            while queue:
                stored, known = queue[0]
                while not await self._answered(stored, known):
                    known = None
                    await asyncio.sleep(RETRY_AFTER)
                queue.popleft()
        finally:
            del self._waiting[conversation_id]

    async def _answered(self, stored: Stored, known: Remembered | None) -> bool:
        typing = asyncio.get_running_loop().call_later(TYPING_AFTER, self._show_typing, stored)
        try:
            outcome = await self._outcome(stored, known)
        except Exception:
            log.exception("No apology for %s in %s", stored.activity["id"], stored.conversation_id)
            return False
        finally:
            typing.cancel()
        if outcome.forgotten:
            self._streams.part(stored.conversation_id, [reply.activity for reply in outcome.replies])
        else:
            self._streams.publish(stored.conversation_id, outcome.replies)
        return True

    async def _outcome(self, stored: Stored, known: Remembered | None) -> Outcome:
        incoming = understand(stored)
        try:
            return await self._conversation.take_turn(incoming, self._addressed, known)
        except Exception:
            log.exception("No answer to %s in %s", incoming.activity_id, incoming.conversation_id)
            return await self._conversation.apologise(incoming, self._addressed)

    async def tell(self, notice: Incoming) -> bool:
        """Speaks first, to whoever listens now and whoever comes back."""
        outcome = await self._conversation.take_turn(notice, self._addressed)
        if outcome.seen_before:
            return False
        self._streams.publish(notice.conversation_id, outcome.replies)
        return bool(outcome.replies)

    def _show_typing(self, stored: Stored) -> None:
        self._streams.pass_on(stored.conversation_id, {"type": "typing", "from": BOT})

    def _addressed(self, turn: Turn) -> list[dict[str, Any]]:
        """The replies from the bot to this person, and what the page around the chat is to know:
        the language, the number of an application that was sent, whether the conversation is over."""
        incoming = turn.incoming
        address = {
            "from": BOT,
            "recipient": {"id": incoming.user_id},
            "channelId": incoming.channel,
            "conversation": {"id": incoming.conversation_id},
        }
        data: dict[str, object] = {}
        if turn.locale_known:
            data["language"] = turn.locale.value
        if turn.submission is not None:
            data["submitted"] = turn.submission.number
        if turn.forget:
            data["over"] = True
        more = {"channelData": data} if data else {}
        return [activity | address | more for activity in self._renderer.activities(turn, incoming.channel)]
