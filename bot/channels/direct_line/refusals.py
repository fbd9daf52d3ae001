"""How Direct Line says no: a status and `{"error": {"code", "message"}}`, never a stack trace."""

from __future__ import annotations

import math

import orjson
from aiohttp import web


def json_response(body: object, status: int = 200) -> web.Response:
    return web.Response(
        body=orjson.dumps(body), status=status, content_type="application/json", charset="utf-8"
    )


class Refused(Exception):
    """The request is answered with an error, and nothing else happens."""

    def __init__(self, status: int, code: str, message: str, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after

    def response(self) -> web.Response:
        response = json_response({"error": {"code": self.code, "message": self.message}}, self.status)
        if self.retry_after:
            response.headers["Retry-After"] = str(math.ceil(self.retry_after))
        return response


def bad_syntax(message: str) -> Refused:
    return Refused(400, "BadSyntax", message)


def bad_argument(message: str) -> Refused:
    return Refused(400, "BadArgument", message)


def forbidden(message: str, code: str = "Forbidden") -> Refused:
    return Refused(403, code, message)


def no_conversation() -> Refused:
    return Refused(404, "NotFound", "There is no such conversation.")


def too_many(seconds: float) -> Refused:
    return Refused(429, "TooManyRequests", "Too many requests; try again later.", retry_after=seconds)


def from_http(error: web.HTTPException) -> Refused:
    """What aiohttp itself refuses: an unknown path, another method."""
    return Refused(error.status, "".join(error.reason.split()), f"{error.reason}.")
