"""The floor: a bare aiohttp server that reads the same JSON and posts as many replies, and nothing else."""

from __future__ import annotations

import asyncio
import os
import sys

import aiohttp
import orjson
from aiohttp import web

TEXT = "What is your company's legal name? Write it as it stands in the company register. " * 3


class Bare:
    """`counts` says how many replies the turn with that number brings."""

    def __init__(self, counts: list[int]) -> None:
        self.counts = counts
        self.sending: set[asyncio.Task[None]] = set()

    async def receive(self, request: web.Request) -> web.Response:
        activity = orjson.loads(await request.read())
        task = asyncio.create_task(self.reply(activity))
        self.sending.add(task)
        task.add_done_callback(self.sending.discard)
        return web.Response(status=201)

    async def reply(self, activity: dict[str, object]) -> None:
        place, answered = activity["conversation"]["id"], activity["id"]  # type: ignore[index]
        url = f"{activity['serviceUrl']}/v3/conversations/{place}/activities/{answered}"
        for _ in range(self.counts[activity["channelData"]["step"]]):  # type: ignore[index]
            reply = {
                "type": "message",
                "text": TEXT,
                "from": activity["recipient"],
                "recipient": activity["from"],
                "conversation": activity["conversation"],
                "replyToId": answered,
            }
            async with self.session.post(url, data=orjson.dumps(reply)) as answer:
                await answer.read()

    async def app(self) -> web.Application:
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=100),
            headers={"Content-Type": "application/json"},
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        app = web.Application()
        app.router.add_post("/api/messages", self.receive)
        app.router.add_get("/healthz", _healthy)
        return app


async def _healthy(request: web.Request) -> web.Response:
    return web.Response(text="ok")


if __name__ == "__main__":
    web.run_app(
        Bare([int(count) for count in sys.argv[1].split(",")]).app(),
        host="127.0.0.1",
        port=int(os.environ["PORT"]),
        access_log=None,
        print=None,
    )
