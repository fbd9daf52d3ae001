"""The calls of Direct Line 3.0: who may make them, and what they answer."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import hdrs, web

from bot.channels.activity import Malformed, parse
from bot.channels.bodies import Declined, received
from bot.channels.direct_line import posted
from bot.channels.direct_line.callers import Callers, must_be_for
from bot.channels.direct_line.origins import Origins, grant
from bot.channels.direct_line.refusals import (
    Refused,
    bad_argument,
    bad_syntax,
    forbidden,
    from_http,
    json_response,
    no_conversation,
)
from bot.channels.direct_line.shares import POSTS, Shares
from bot.channels.direct_line.stream import Streams
from bot.channels.direct_line.tokens import USER_PREFIX, Pass, Tokens, new_conversation_id, new_user_id
from bot.channels.direct_line.turns import Turns
from bot.channels.rendering import Renderer
from bot.conversation import Conversation, LocalLocks
from bot.limits import Rate
from bot.settings import Settings
from bot.store.database import Store, UnknownConversation
from bot.store.records import ConversationRecord
from bot.turn import Incoming

log = logging.getLogger(__name__)

PREFIX = "/v3/directline"
#: What conversations of this door call their channel; those of Azure's have a reference besides.
CHANNELS = ("webchat", "directline")
CONVERSATION = "/conversations/{id:[^/]+}"

#: Who opens a conversation and says nothing is greeted after so long; most say in time who they are.
SILENCE = 1.5


class DirectLine:
    """The door. `issue` serves our own page, which has no secret."""

    def __init__(
        self,
        store: Store,
        conversation: Conversation,
        renderer: Renderer,
        settings: Settings,
        clock: Callable[[], datetime],
        posts: Rate = POSTS,
    ) -> None:
        self._store = store
        self._max_body = settings.max_body
        self._public_url = settings.public_url
        self._origins = Origins(settings.allowed_origins, settings.public_url)
        self._shares = Shares(settings.trusted_proxies, posts)
        self._locks = LocalLocks()
        self._streams = Streams(store)
        self._turns = Turns(conversation, self._streams, renderer)
        self._silent: dict[str, asyncio.TimerHandle] = {}
        self._greeting: set[asyncio.Task[None]] = set()
        self._tokens = Tokens(
            settings.direct_line_secret, timedelta(seconds=settings.direct_line_token_seconds), clock
        )
        self._callers = Callers(settings.direct_line_secret, self._tokens, self._origins, store)

    def add_to(self, app: web.Application) -> None:
        door = web.Application(middlewares=[self._guard])
        door.add_routes(
            [
                web.post("/tokens/generate", self._generate),
                web.post("/tokens/refresh", self._refresh),
                web.post("/conversations", self._start),
                web.get(CONVERSATION, self._reconnect, allow_head=False),
                web.get(CONVERSATION + "/activities", self._history, allow_head=False),
                web.post(CONVERSATION + "/activities", self._post),
                web.post(CONVERSATION + "/upload", self._upload),
                web.get(CONVERSATION + "/stream", self._stream, allow_head=False),
            ]
        )
        app.add_subapp(PREFIX, door)

    async def start(self) -> None:
        """Takes the turns that were acknowledged and not yet taken when the process ended."""
        for stored in await self._store.unhandled():
            self._turns.add(stored)

    async def close(self) -> None:
        for timer in self._silent.values():
            timer.cancel()
        await self._streams.hang_up()
        await asyncio.gather(*self._greeting)
        await self._turns.close()

    def issue(self, user_id: str, conversation_id: str, locale: str | None) -> dict[str, object]:
        """A token for our own page, as `POST /tokens/generate` would answer it."""
        return self._issued(Pass(conversation_id, user_id, channel="webchat", locale=locale))

    def reaches(self, conversation: ConversationRecord) -> bool:
        """Those who are not there find what was said when they come back."""
        return conversation.channel in CHANNELS and not conversation.reference

    async def tell(self, notice: Incoming) -> bool:
        return await self._turns.tell(notice)

    # -- before and after every call

    @web.middleware
    async def _guard(self, request: web.Request, handler: Callable[[web.Request], Any]) -> web.StreamResponse:
        allowed = self._origins.allows(request)
        response: web.StreamResponse
        try:
            if not allowed:
                raise forbidden("This origin may not use the bot.", "BadOrigin")
            response = (
                web.Response(status=204) if request.method == hdrs.METH_OPTIONS else await handler(request)
            )
        except Refused as refused:
            response = refused.response()
        except Declined as declined:
            response = Refused(declined.status, declined.code, str(declined)).response()
        except web.HTTPException as error:
            response = from_http(error).response()
        except UnknownConversation:
            response = no_conversation().response()
        except Exception:
            log.exception("No answer to %s %s", request.method, request.match_info.get("id", request.path))
            response = Refused(500, "ServerError", "Something went wrong on our side.").response()
        if not response.prepared:
            response.headers[hdrs.CACHE_CONTROL] = "no-store"
            if allowed:
                grant(request, response)
        return response

    # -- the calls

    async def _generate(self, request: web.Request) -> web.Response:
        if self._callers.who(request) is not None:
            raise forbidden("A token generates no tokens.")
        body = _in_any_case(await self._body(request))
        user = _in_any_case(body.get("user") or {})
        user_id = user.get("id") or new_user_id()
        if not isinstance(user_id, str) or not re.fullmatch(USER_PREFIX + r"[\w.~-]{1,120}", user_id):
            raise bad_argument("user.id must begin with dl_ and be made of letters, digits and _ - . ~")
        origins = body.get("trustedorigins") or []
        if not isinstance(origins, list) or not all(isinstance(origin, str) for origin in origins):
            raise bad_argument("trustedOrigins must be a list of origins.")
        trusted = tuple(origin.lower().rstrip("/") for origin in origins)
        return json_response(self._issued(Pass(new_conversation_id(), user_id, origins=trusted)))

    async def _refresh(self, request: web.Request) -> web.Response:
        granted = self._callers.who(request)
        if granted is None:
            raise forbidden("The secret needs no refreshing.")
        return json_response(self._issued(granted))

    async def _start(self, request: web.Request) -> web.Response:
        granted = self._callers.who(request)
        if granted is not None:
            self._shares.post(request, granted.user_id)
        body = await self._body(request)
        if granted is None:
            granted = Pass(new_conversation_id(), _user_of(body) or new_user_id())
        if isinstance(body.get("locale"), str):
            granted = Pass(
                granted.conversation_id, granted.user_id, granted.channel, granted.origins, body["locale"]
            )
        record = ConversationRecord(granted.conversation_id, granted.user_id, granted.channel)
        is_new = await self._store.open_conversation(record)
        if is_new:
            self._greet_if_silent(granted)
        return json_response(
            self._issued(granted) | self._stream_url(request, granted), 201 if is_new else 200
        )

    async def _reconnect(self, request: web.Request) -> web.Response:
        granted = await self._callers.in_known_conversation(request)
        return json_response(self._issued(granted) | self._stream_url(request, granted, _watermark(request)))

    async def _history(self, request: web.Request) -> web.Response:
        granted = await self._callers.in_known_conversation(request)
        after = _watermark(request)
        saved = await self._store.transcript(granted.conversation_id, after)
        watermark = str(saved[-1].position if saved else after)
        return json_response({"activities": [each.activity for each in saved], "watermark": watermark})

    async def _post(self, request: web.Request) -> web.Response:
        granted = await self._callers.in_conversation(request)
        self._shares.post(request, granted.user_id)
        wire = await self._body(request)
        activity = posted.read(wire)
        if activity.type == "typing":
            return json_response({"id": secrets.token_urlsafe(9)})
        saved_id = await self._accept(granted.conversation_id, activity.kept(granted), activity.client_id)
        return json_response({"id": saved_id})

    async def _upload(self, request: web.Request) -> web.Response:
        await self._callers.in_known_conversation(request)
        raise Refused(415, "UnsupportedMediaType", "The bot takes no files.")

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        granted = self._callers.holder_of(request.query.get("t", ""), request)
        must_be_for(request.match_info["id"], granted)
        await self._callers.must_exist(granted.conversation_id)
        with self._shares.stream(request, granted.conversation_id):
            return await self._streams.serve(request, granted.conversation_id, _watermark(request))

    # -- taking in

    async def _accept(self, conversation_id: str, activity: dict[str, Any], client_id: str | None) -> str:
        """Saved, echoed, and its turn comes: in this order, and in the order of arrival."""
        if timer := self._silent.pop(conversation_id, None):
            timer.cancel()
        async with self._locks.hold(conversation_id):
            stored, known = await self._store.receive(conversation_id, activity, client_id)
            if known is not None:
                self._streams.publish(conversation_id, [stored])
                self._turns.add(stored, known)
        return str(stored.activity["id"])

    def _greet_if_silent(self, granted: Pass) -> None:
        def greet() -> None:
            del self._silent[granted.conversation_id]
            task = asyncio.create_task(self._greet(granted))
            self._greeting.add(task)
            task.add_done_callback(self._greeting.discard)

        loop = asyncio.get_running_loop()
        self._silent[granted.conversation_id] = loop.call_later(SILENCE, greet)

    async def _greet(self, granted: Pass) -> None:
        await self._accept(granted.conversation_id, posted.arrival(granted), posted.JOIN)

    # -- answers

    def _issued(self, granted: Pass) -> dict[str, object]:
        return {
            "conversationId": granted.conversation_id,
            "token": self._tokens.issue(granted),
            "expires_in": int(self._tokens.lifetime.total_seconds()),
        }

    def _stream_url(self, request: web.Request, granted: Pass, after: int = 0) -> dict[str, str]:
        scheme = request.headers.get("X-Forwarded-Proto", request.scheme).lower()
        here = self._public_url or f"{'https' if scheme == 'https' else 'http'}://{request.host}"
        watermark = str(after) if after else ""
        path = f"{PREFIX}/conversations/{granted.conversation_id}/stream"
        # http becomes ws, https becomes wss.
        address = here.replace("http", "ws", 1) + path
        return {"streamUrl": f"{address}?watermark={watermark}&t={self._tokens.issue(granted)}"}

    async def _body(self, request: web.Request) -> dict[str, Any]:
        """The JSON object of the body; an absent body is an empty one."""
        body = await received(request, self._max_body)
        try:
            return parse(body) if body.strip() or request.path.endswith("/activities") else {}
        except Malformed as malformed:
            raise bad_syntax(str(malformed)) from None


def _watermark(request: web.Request) -> int:
    """Where the client has come to; one that we never gave out counts as none."""
    given = request.query.get("watermark", "")
    return int(given) if re.fullmatch(r"[0-9]{1,9}", given) else 0


def _user_of(body: dict[str, Any]) -> str | None:
    user = body.get("user")
    name = user.get("id") if isinstance(user, dict) else None
    return name if isinstance(name, str) and 0 < len(name) <= 200 else None


def _in_any_case(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise bad_argument("An object is expected.")
    return {name.lower(): value for name, value in body.items()}
