"""Who is calling: the holder of the secret, or somebody with a token for one conversation."""

from __future__ import annotations

import secrets

from aiohttp import hdrs, web

from bot.channels.direct_line.origins import Origins
from bot.channels.direct_line.refusals import Refused, forbidden, no_conversation
from bot.channels.direct_line.tokens import Pass, Tokens
from bot.signing import Flaw
from bot.store.database import Store


class Callers:
    def __init__(self, secret: str, tokens: Tokens, origins: Origins, store: Store) -> None:
        self._secret = secret.encode()
        self._tokens = tokens
        self._origins = origins
        self._store = store

    def who(self, request: web.Request) -> Pass | None:
        """What the caller's token grants; None for the holder of the secret."""
        scheme, _, credentials = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        credentials = credentials.strip()
        if scheme.lower() != "bearer" or not credentials:
            raise Refused(401, "Unauthorized", "A token or the secret is needed: Authorization: Bearer ...")
        if secrets.compare_digest(credentials.encode("utf-8", "surrogateescape"), self._secret):
            return None
        return self.holder_of(credentials, request)

    def holder_of(self, token: str, request: web.Request) -> Pass:
        if not token:
            raise Refused(401, "Unauthorized", "A token is needed.")
        match self._tokens.read(token):
            case Flaw.EXPIRED:
                raise forbidden("The token has expired.", "TokenExpired")
            case Flaw.FORGED:
                raise forbidden("This is not a token of ours.", "BadToken")
            case granted:
                if not self._origins.allows(request, granted.origins):
                    raise forbidden("This token is for another origin.", "BadOrigin")
                return granted

    async def in_conversation(self, request: web.Request) -> Pass:
        """The pass for the conversation in the path. Of a token it is not asked whether that was started."""
        conversation_id = request.match_info["id"]
        granted = self.who(request)
        if granted is None:
            return await self._owner(conversation_id)
        must_be_for(conversation_id, granted)
        return granted

    async def in_known_conversation(self, request: web.Request) -> Pass:
        granted = await self.in_conversation(request)
        await self.must_exist(granted.conversation_id)
        return granted

    async def must_exist(self, conversation_id: str) -> None:
        if not await self._store.conversation_exists(conversation_id):
            raise no_conversation()

    async def _owner(self, conversation_id: str) -> Pass:
        """The secret acts for the user whose conversation it is."""
        await self.must_exist(conversation_id)
        record = (await self._store.load(conversation_id, "", "directline", "")).conversation
        return Pass(conversation_id, record.user_id, record.channel)


def must_be_for(conversation_id: str, granted: Pass) -> None:
    if conversation_id != granted.conversation_id:
        raise forbidden("The token is for another conversation.")
