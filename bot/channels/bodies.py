"""The body of a request: of the right kind, not too large, and here in time."""

from __future__ import annotations

import asyncio

from aiohttp import web

#: Seconds for a body to arrive, however slowly its pieces trickle in.
ARRIVAL = 15.0


class Declined(Exception):
    """A request that gets an error for an answer."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


async def received(request: web.Request, limit: int) -> bytes:
    """The bytes of a JSON body of at most `limit` bytes; empty where there is none. Raises `Declined`."""
    if request.body_exists and request.content_type != "application/json":
        raise Declined(415, "UnsupportedMediaType", "The body must be application/json.")
    if (request.content_length or 0) > limit:
        raise _too_large(limit)
    body = bytearray()
    try:
        # Where all of it came along with the headers, as with most, no clock need run.
        async with asyncio.timeout(None if request.content.is_eof() else ARRIVAL):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > limit:
                    raise _too_large(limit)
    except TimeoutError:
        raise Declined(408, "RequestTimeout", "The body came too slowly.") from None
    except web.RequestPayloadError:
        raise Declined(400, "BadSyntax", "The body is not what its headers say.") from None
    return bytes(body)


def _too_large(limit: int) -> Declined:
    return Declined(413, "MessageSizeTooBig", f"The body is larger than {limit} bytes.")
