"""The door for Teams and Azure: POST /api/messages, by the Bot Framework protocol."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from aiohttp import web

from bot.channels import invokes
from bot.channels.activity import (
    RESPONSE,
    Activity,
    Malformed,
    addressed,
    is_execute,
    parse,
    read,
    understand,
)
from bot.channels.bodies import Declined, received
from bot.channels.credentials import Anonymous, Credentials, Registered
from bot.channels.delivery import Delivery
from bot.channels.direct_line.turns import TYPING_AFTER
from bot.channels.identity import Refused, Unavailable
from bot.channels.rendering import Renderer
from bot.channels.service import is_address, is_loopback, is_loopback_host
from bot.conversation import Conversation, Outcome
from bot.settings import Settings
from bot.store.database import Store
from bot.store.records import ConversationRecord
from bot.turn import Incoming, Turn

logger = logging.getLogger(__name__)


class Connector:
    def __init__(
        self,
        store: Store,
        conversation: Conversation,
        renderer: Renderer,
        settings: Settings,
        clock: Callable[[], datetime],
    ) -> None:
        self._conversation = conversation
        self._renderer = renderer
        self._credentials = credentials_for(settings)
        self._limit = settings.max_body
        self.delivery = Delivery(store, self._credentials, clock)

    def add_to(self, app: web.Application) -> None:
        app.router.add_post("/api/messages", self._receive)

    async def start(self) -> None:
        """Sends what an earlier process left in the outbox."""
        await self.delivery.start()

    async def close(self) -> None:
        await self.delivery.close()
        self._credentials.close()

    def reaches(self, conversation: ConversationRecord) -> bool:
        return bool(conversation.reference)

    async def tell(self, notice: Incoming) -> bool:
        """Speaks first: takes the turn of a notice and sends what it says."""
        outcome = await self._conversation.take_turn(notice, self._render)
        if outcome.seen_before:
            return False
        self.delivery.send(notice.conversation_id, notice.reference, outcome.replies)
        return bool(outcome.replies)

    async def _receive(self, request: web.Request) -> web.Response:
        try:
            wire = await self._body(request)
            activity = read(wire)
            if not is_address(activity.serviceUrl):
                raise Malformed("The activity's serviceUrl is no address.")
            await self._credentials.check(request.headers.get("Authorization"), activity)
            incoming = understand(activity, wire)
        except Malformed as error:
            return _declined(400, "BadSyntax", str(error))
        except Refused as error:
            return _declined(401 if self._credentials.required else 403, "Unauthorized", str(error))
        except Unavailable as error:
            return _declined(503, "ServiceUnavailable", str(error))
        except Declined as error:
            return _declined(error.status, error.code, str(error))
        if incoming is None and is_execute(activity):
            return _json(invokes.malformed("The action's data is none of ours."), 400)
        if incoming is None:
            return web.Response(status=501 if activity.type == "invoke" else 200)
        return await self._answer(activity, incoming)

    async def _body(self, request: web.Request) -> dict[str, Any]:
        """The JSON object in the request, read only from a caller who may speak at all."""
        if self._credentials.required and "Authorization" not in request.headers:
            raise Refused("An Authorization header is required.")
        if not self._credentials.required and not _is_local(request):
            raise Declined(403, "Forbidden", "Without MicrosoftAppId only this machine is served.")
        return parse(await received(request, self._limit))

    async def _answer(self, activity: Activity, incoming: Incoming) -> web.Response:
        reference = incoming.reference
        if activity.deliveryMode == "expectReplies" and not incoming.invoke:
            # Without a reference nothing is left for delivery: the answer to this request carries it all.
            outcome = await self._outcome(incoming.model_copy(update={"reference": {}}))
            replies = [addressed(stored.activity, reference) for stored in outcome.replies]
            return _json({"activities": replies})
        typing = asyncio.get_running_loop().call_later(
            TYPING_AFTER, self.delivery.show_typing, incoming.conversation_id, reference
        )
        try:
            outcome = await self._outcome(incoming)
        finally:
            typing.cancel()
        if not outcome.seen_before:
            self.delivery.send(incoming.conversation_id, reference, outcome.replies)
        if incoming.invoke:
            saved = (stored.activity for stored in outcome.replies)
            return _json(next(each["value"] for each in saved if each["type"] == RESPONSE))
        return web.Response(status=201)

    async def _outcome(self, incoming: Incoming) -> Outcome:
        try:
            return await self._conversation.take_turn(incoming, self._render)
        except (
            Exception
        ) as error:  # the one place where a surprise ends: logged by ids, answered by an apology
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error(
                "turn failed: %s in conversation %s, activity %s\n%s",
                *(type(error).__name__, incoming.conversation_id, incoming.activity_id, where),
            )
            return await self._conversation.apologise(incoming, self._render_apology)

    def _render(self, turn: Turn) -> list[dict[str, Any]]:
        activities = self._renderer.activities(turn, turn.incoming.channel)
        return [*activities, invokes.answered(activities)] if turn.incoming.invoke else activities

    def _render_apology(self, turn: Turn) -> list[dict[str, Any]]:
        """An apology in answer to an invoke stands at the card; as a message it would come twice."""
        activities = self._renderer.activities(turn, turn.incoming.channel)
        return [invokes.failed(activities)] if turn.incoming.invoke else activities


def credentials_for(settings: Settings) -> Credentials:
    return Registered(settings) if settings.app_id else Anonymous()


def _is_local(request: web.Request) -> bool:
    """Whether this machine speaks, and neither a proxy on it for somebody else nor a foreign page's script
    that was led here by a name of its own."""
    forwarded = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return not forwarded and is_loopback_host(request.remote) and is_loopback(f"http://{request.host}")


def _json(content: dict[str, Any], status: int = 200) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(content), content_type="application/json")


def _declined(status: int, code: str, message: str) -> web.Response:
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    body = orjson.dumps({"error": {"code": code, "message": message}})
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)
