"""What a pressed `Action.Execute` is answered with: a card, a message or an error, and nothing else.

The shapes are those of the Universal Action Model: what came of it stands in `statusCode`.
"""

from __future__ import annotations

from typing import Any

from bot.channels import cards
from bot.channels.activity import RESPONSE, UPDATES

Json = dict[str, Any]

MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


def answered(activities: list[Json]) -> Json:
    """The card that takes the place of the pressed one, else what the bot says first."""
    replacing = next((each for each in activities if UPDATES in each), None)
    if replacing is not None:
        return _response(200, cards.CONTENT_TYPE, _card(replacing))
    return _response(200, MESSAGE, _said(activities[0]) if activities else "")


def failed(activities: list[Json]) -> Json:
    """The apology as an error: the client keeps the card as it is, with everything typed into it."""
    return _response(500, ERROR, {"code": "InternalServerError", "message": _said(activities[0])})


def malformed(message: str) -> Json:
    """The body of the answer to what is no press of a card of ours."""
    body: Json = _response(400, ERROR, {"code": "BadRequest", "message": message})["value"]
    return body


def _response(status: int, kind: str, value: Json | str) -> Json:
    return {"type": RESPONSE, "value": {"statusCode": status, "type": kind, "value": value}}


def _card(activity: Json) -> Json:
    attached: list[Json] = activity.get("attachments") or [cards.saying(activity["text"])]
    card: Json = attached[0]["content"]
    return card


def _said(activity: Json) -> str:
    if "text" in activity:
        return str(activity["text"])
    return str(activity["attachments"][0]["content"]["fallbackText"])
