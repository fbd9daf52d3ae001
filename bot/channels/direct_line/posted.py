"""What a client posts: read strictly, kept with a sender of ours, understood as an `Incoming`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.channels.activity import pressed
from bot.channels.direct_line.refusals import Refused, bad_argument
from bot.channels.direct_line.tokens import Pass
from bot.store.records import Stored
from bot.turn import Incoming

#: The event of a page that its chat is open, and what we call it ourselves where none came.
JOIN = "webchat/join"

#: Longer ones are not remembered: no client makes them.
CLIENT_ID_LENGTH = 200


class Sender(BaseModel):
    id: Annotated[str, Field(max_length=200)] | None = None
    name: Annotated[str, Field(max_length=200)] | None = None


class Posted(BaseModel):
    """The parts of an activity that a client may set; everything else is dropped."""

    model_config = ConfigDict(strict=True)

    type: Literal["message", "event", "typing"]
    sender: Annotated[Sender, Field(alias="from")] = Sender()
    name: str | None = None
    text: str | None = None
    textFormat: str | None = None
    locale: Any = None
    value: Any = None
    attachments: list[dict[str, Any]] | None = None
    entities: list[dict[str, Any]] | None = None
    channelData: dict[str, Any] | None = None
    localTimestamp: str | None = None
    localTimezone: str | None = None

    @property
    def client_id(self) -> str | None:
        """What the client itself calls this activity, the same each time it sends it."""
        name = (self.channelData or {}).get("clientActivityID")
        return name if isinstance(name, str) and 0 < len(name) <= CLIENT_ID_LENGTH else None

    def kept(self, granted: Pass) -> dict[str, Any]:
        """The activity as it is saved, whatever the body said about sender, channel and conversation."""
        activity = self.model_dump(exclude_unset=True, exclude={"sender", "locale"})
        if isinstance(self.locale, str):
            activity["locale"] = self.locale
        sender = {"id": granted.user_id, "role": "user"}
        if self.sender.name:
            sender["name"] = self.sender.name
        return activity | {
            "from": sender,
            "channelId": granted.channel,
            "conversation": {"id": granted.conversation_id},
        }


def read(wire: dict[str, Any]) -> Posted:
    if "type" not in wire:
        raise Refused(400, "MissingProperty", "The activity has no type.")
    try:
        return Posted.model_validate(wire)
    except ValidationError as error:
        where = error.errors(include_url=False, include_input=False, include_context=False)[0]["loc"]
        raise bad_argument(f"The activity's {'.'.join(map(str, where))} is wrong.") from None


def arrival(granted: Pass) -> dict[str, Any]:
    """Somebody opened the conversation and has said nothing: this is said for them."""
    posted = Posted.model_validate({"type": "event", "name": JOIN, "locale": granted.locale})
    return posted.kept(granted)


def understand(stored: Stored) -> Incoming:
    """A saved activity as the bot takes it; after a restart it is read again from what was saved.

    An event, `webchat/join` above all, says that somebody is there: the bot greets once and listens.
    """
    activity = stored.activity
    is_message = activity["type"] == "message"
    value = activity.get("value")
    details = value if not is_message and isinstance(value, dict) else {}
    return Incoming(
        activity_id=activity["id"],
        conversation_id=stored.conversation_id,
        user_id=activity["from"]["id"],
        channel=activity["channelId"],
        kind="message" if is_message else "join",
        text=activity.get("text") or "",
        pressed=pressed(value) if is_message else None,
        locale=_word(details.get("language")) or activity.get("locale"),
        page=_word(details.get("page")),
        cards=True,
    )


def _word(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
