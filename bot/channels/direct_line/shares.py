"""How much one caller may take: messages in a while, and streams at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from bot.channels.direct_line.refusals import too_many
from bot.limits import Rate, RateLimit, whose

#: For each user: enough for anybody who types or presses, however fast.
POSTS = Rate(burst=200, per_second=50)
#: For each address: enough for an office of many behind one.
POSTS_FROM_ADDRESS = Rate(burst=2000, per_second=500)
#: Tabs of one conversation, and streams to one address, generously.
SOCKETS = 20
SOCKETS_TO_ADDRESS = 500
#: Seconds after which who had too many streams may ask for another.
LATER = 60.0


class Shares:
    """Raises `Refused` where somebody asks for more. `proxies` of ours stand before us."""

    def __init__(self, proxies: int, posts: Rate = POSTS) -> None:
        self._proxies = proxies
        self._posts = RateLimit(posts)
        self._posts_from = RateLimit(POSTS_FROM_ADDRESS)
        self._sockets: Counter[str] = Counter()

    def post(self, request: web.Request, user_id: str) -> None:
        if seconds := self._posts_from.wait(self._whose(request)) or self._posts.wait(user_id):
            raise too_many(seconds)

    @contextmanager
    def stream(self, request: web.Request, conversation_id: str) -> Iterator[None]:
        taken = f"to {self._whose(request)}", f"of {conversation_id}"
        if any(
            self._sockets[key] >= most for key, most in zip(taken, (SOCKETS_TO_ADDRESS, SOCKETS), strict=True)
        ):
            raise too_many(LATER)
        self._sockets.update(taken)
        try:
            yield
        finally:
            self._sockets.subtract(taken)
            for key in taken:
                if not self._sockets[key]:
                    del self._sockets[key]

    def _whose(self, request: web.Request) -> str:
        return whose(request.remote, request.headers.get("X-Forwarded-For", ""), self._proxies)
