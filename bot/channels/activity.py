"""The codec: a Bot Framework activity as JSON becomes an `Incoming`, and back goes plain JSON."""

from __future__ import annotations

import hashlib
import json
import math
import re
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, Field, ValidationError

from bot.channels.spoken import spoken
from bot.turn import Incoming

TEAMS = "msteams"
TEAMS_BOT = re.compile(r"28:[0-9a-fA-F-]{36}")
PRIVATE_CHAT = "https://teams.microsoft.com/l/chat/0/0?users="

#: Channels that draw Adaptive Cards with input fields.
DRAWING = frozenset({TEAMS, "webchat", "directline", "emulator"})

#: In a saved reply: the channel's id of the message that it takes the place of. No channel is sent this.
UPDATES = "updates"

#: What the answer to an invoke is saved as, so that the same press delivered again gets the same answer.
RESPONSE = "invokeResponse"

#: The name of the invoke that a pressed `Action.Execute` comes as.
EXECUTE = "adaptiveCard/action"

#: Begins the ids we give to activities that came without one; no channel knows an activity by such an id.
MADE = "made-"

#: What JSON may say and neither PostgreSQL nor UTF-8 can hold: lone surrogates and NUL.
UNSTORABLE = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")

#: Deeper than any activity; what is nested more cannot be written again by every JSON writer on our way.
DEPTH = 64

Id = Annotated[str, Field(min_length=1, max_length=512)]


class Malformed(ValueError):
    """What came in is not an activity; the message says why, without quoting it."""


class Account(BaseModel):
    """Somebody in a conversation: a person or a bot."""

    id: Id
    name: str | None = None
    role: str | None = None
    aadObjectId: str | None = None


class Place(BaseModel):
    """The conversation an activity belongs to."""

    id: Id
    name: str | None = None
    conversationType: str | None = None
    isGroup: bool | None = None
    tenantId: str | None = None


class Activity(BaseModel):
    """The part of an activity that we read; everything else is ignored."""

    type: Annotated[str, Field(min_length=1, max_length=64)]
    id: Annotated[str, Field(max_length=512)] | None = None
    channelId: Annotated[str, Field(min_length=1, max_length=64)]
    serviceUrl: Annotated[str, Field(min_length=1, max_length=2048)]
    conversation: Place
    sender: Annotated[Account, Field(alias="from")]
    recipient: Account | None = None
    name: str | None = None
    action: str | None = None
    replyToId: Annotated[str, Field(max_length=512)] | None = None
    text: str | None = None
    textFormat: Any = None
    attachments: Any = None
    value: Any = None
    locale: str | None = None
    deliveryMode: str | None = None
    entities: list[dict[str, Any]] | None = None
    channelData: Any = None
    membersAdded: list[Account] | None = None


def parse(body: bytes) -> dict[str, Any]:
    """The JSON object in a request's body. Raises `Malformed`, whatever the bytes are."""
    try:
        if b"\\ud" in body or b"\\uD" in body or b"\\u0000" in body:
            # orjson refuses a lone surrogate; a client that cut an emoji in two still deserves an answer.
            found = _storable(json.loads(body, parse_int=_whole, parse_float=_finite, parse_constant=_refuse))
        else:
            found = orjson.loads(body)
    except (ValueError, RecursionError):
        raise Malformed("The body is not JSON.") from None
    if not isinstance(found, dict):
        raise Malformed("The body is not a JSON object.")
    if body.count(b"[") + body.count(b"{") > DEPTH and not _shallow(found, DEPTH):
        raise Malformed("The body is nested too deeply.")
    return found


def read(wire: dict[str, Any]) -> Activity:
    """The activity in a JSON object. Raises `Malformed`, naming the first field that is missing or wrong."""
    try:
        return Activity.model_validate(wire)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors(include_url=False, include_input=False)[0]["loc"])
        raise Malformed(f"The activity's {where} is missing or wrong.") from None


def understand(activity: Activity, wire: dict[str, Any]) -> Incoming | None:
    """What the activity means to us, or None where it asks nothing of us."""
    joined = _who_joined(activity)
    executed = _executed(activity)
    if activity.type != "message" and joined is None and executed is None:
        return None
    pressed_on_card = executed or (pressed(activity.value) if joined is None else None)
    person = joined or activity.sender
    details = activity.value if activity.type == "event" and isinstance(activity.value, dict) else {}
    return Incoming(
        activity_id=activity.id or made_id(wire),
        conversation_id=f"{activity.channelId}:{activity.conversation.id}",
        user_id=_user_key(activity, person),
        channel=activity.channelId,
        kind="message" if joined is None else "join",
        text=_spoken(activity) if joined is None else "",
        pressed=pressed_on_card,
        locale=_first_text(activity.locale, details.get("language"), _client_locale(activity)),
        page=_first_text(details.get("page")),
        shared=is_shared(activity.conversation.conversationType, activity.conversation.isGroup),
        private_chat=_private_chat(activity),
        cards=activity.channelId in DRAWING,
        card_id=activity.replyToId if pressed_on_card and activity.channelId == TEAMS else None,
        invoke=executed is not None,
        reference=_reference(activity, person),
    )


def made_id(wire: dict[str, Any]) -> str:
    """An id for an activity without one, the same each time it is delivered."""
    content = orjson.dumps(wire, option=orjson.OPT_SORT_KEYS)
    return MADE + hashlib.sha256(content).hexdigest()[:32]


def pressed(value: object) -> dict[str, Any] | None:
    """The button in an activity's `value`, without what Teams' own client adds to a card's data."""
    if not isinstance(value, dict) or not isinstance(value.get("press"), str):
        return None
    return {key: content for key, content in value.items() if key != "msteams"}


def is_execute(activity: Activity) -> bool:
    """Whether an `Action.Execute` was pressed, whatever it carries."""
    return activity.type == "invoke" and activity.name == EXECUTE


def addressed(reply: dict[str, Any], reference: dict[str, Any]) -> dict[str, Any]:
    """A saved reply as the channel of this conversation expects it: from whom, to whom, in answer to what."""
    wire = reply | {
        key: reference[key] for key in ("channelId", "serviceUrl", "conversation", "from", "recipient")
    }
    if wire.get("replyToId", "").startswith(MADE):
        del wire["replyToId"]
    if UPDATES in wire:
        wire["id"] = wire.pop(UPDATES)
    return wire


def _executed(activity: Activity) -> dict[str, Any] | None:
    """The button of an `Action.Execute`, its card's input with it."""
    action = activity.value.get("action") if isinstance(activity.value, dict) else None
    return pressed(action.get("data")) if is_execute(activity) and isinstance(action, dict) else None


def _who_joined(activity: Activity) -> Account | None:
    """The person who came into the conversation with this activity, if one did."""
    if activity.type == "installationUpdate":
        return activity.sender if (activity.action or "").startswith("add") else None
    if activity.type == "event":
        return activity.sender if activity.name == "webchat/join" else None
    if activity.type != "conversationUpdate":
        return None
    bot_id = activity.recipient.id if activity.recipient else None
    people = [member for member in activity.membersAdded or () if member.id != bot_id]
    # The sender is described more fully than the same person among those added.
    return next((activity.sender for person in people if person.id == activity.sender.id), None) or next(
        iter(people), None
    )


def _user_key(activity: Activity, person: Account) -> str:
    if activity.channelId != TEAMS or not person.aadObjectId:
        return f"{activity.channelId}:{person.id}"
    data = activity.channelData if isinstance(activity.channelData, dict) else {}
    tenant = data.get("tenant")
    tenant_id = tenant.get("id") if isinstance(tenant, dict) else None
    return f"{TEAMS}:{tenant_id or activity.conversation.tenantId or ''}:{person.aadObjectId}"


def _spoken(activity: Activity) -> str:
    bot_id = activity.recipient.id if activity.recipient else ""
    is_markup = activity.channelId == TEAMS or activity.textFormat == "xml"
    return spoken(activity.text, activity.attachments, activity.entities, bot_id, is_markup=is_markup)


def _client_locale(activity: Activity) -> str | None:
    """The language of a Teams client, from the entity that describes it."""
    return next(
        (entity.get("locale") for entity in activity.entities or () if entity.get("type") == "clientInfo"),
        None,
    )


def _private_chat(activity: Activity) -> str | None:
    """The link that opens a chat with the bot alone; Teams knows bots as "28:" and their application id."""
    bot_id = activity.recipient.id if activity.recipient and activity.channelId == TEAMS else ""
    return f"{PRIVATE_CHAT}{bot_id}" if TEAMS_BOT.fullmatch(bot_id) else None


def is_shared(kind: object, is_group: object) -> bool:
    """Whether others read along in a conversation of this `conversationType` and `isGroup`."""
    return kind in ("groupChat", "channel") or is_group is True


def _first_text(*candidates: object) -> str | None:
    return next((value for value in candidates if isinstance(value, str) and value), None)


def _reference(activity: Activity, person: Account) -> dict[str, Any]:
    """What it takes to speak to this conversation again, from our side: `from` is the bot."""
    bot = activity.recipient.model_dump(exclude_none=True) if activity.recipient else {"id": "bot"}
    return {
        "channelId": activity.channelId,
        "serviceUrl": activity.serviceUrl,
        "conversation": activity.conversation.model_dump(exclude_none=True),
        "from": bot | {"role": "bot"},
        "recipient": person.model_dump(exclude_none=True),
    }


def _shallow(found: Any, depth: int) -> bool:
    if not isinstance(found, list | dict):
        return True
    inside = found.values() if isinstance(found, dict) else found
    return depth > 0 and all(_shallow(item, depth - 1) for item in inside)


def _whole(digits: str) -> int | float:
    """What fits into 64 bits stays whole, as with orjson."""
    return int(digits) if len(digits) < 19 else _finite(digits)


def _finite(digits: str) -> float:
    """What is out of range is refused, as with orjson."""
    number = float(digits)
    if math.isinf(number):
        raise ValueError
    return number


def _refuse(constant: str) -> None:
    """NaN and Infinity are not JSON, whatever Python says."""
    raise ValueError(constant)


def _storable(found: Any) -> Any:
    if isinstance(found, str):
        return found.translate(UNSTORABLE)
    if isinstance(found, list):
        return [_storable(item) for item in found]
    if isinstance(found, dict):
        return {_storable(key): _storable(value) for key, value in found.items()}
    return found
