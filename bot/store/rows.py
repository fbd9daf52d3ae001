"""Records as the rows they are stored in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.store.records import Application, Draft

#: What is left of an activity whose words must not be kept.
LEFT_UNSAID = ("type", "id", "timestamp", "from", "conversation", "channelId", "locale", "replyToId")


def activity_row(
    conversation_id: str,
    position: int,
    at: int,
    *,
    key: str | None = None,
    client_key: str | None = None,
    role: str = "user",
    state: str = "open",
    answers: str | None = None,
    payload: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "conversation_id": conversation_id,
        "position": position,
        "key": key,
        "client_key": client_key,
        "role": role,
        "state": state,
        "answers": answers,
        "at": at,
        "payload": payload,
    }


def draft_row(draft: Draft, version: int) -> dict[str, Any]:
    return {
        "id": draft.id,
        "version": version,
        "started": draft.started,
        "touched": draft.touched,
        "reminded": draft.reminded,
        "sealed": {"answers": draft.answers, "remarks": draft.remarks, "consents": draft.consents},
    }


def application_row(application: Application) -> dict[str, Any]:
    return {
        "number": application.number,
        "draft_id": application.draft_id,
        "user_id": application.user_id,
        "model": application.model,
        "status": application.status,
        "locale": application.locale.value,
        "sent": application.sent,
        "sealed": {
            "answers": application.answers,
            "remarks": application.remarks,
            "consents": application.consents,
        },
    }


def first_move(application: Application) -> dict[str, Any]:
    return {
        "number": application.number,
        "at": application.sent,
        "from_status": None,
        "to_status": application.status,
        "by": application.user_id,
        "reason": None,
    }


def unsaid(activity: dict[str, Any]) -> dict[str, Any]:
    """An activity without its words, still recognised by the client that sent it."""
    left = {name: activity[name] for name in LEFT_UNSAID if name in activity} | {"text": ""}
    called = activity.get("channelData")
    if isinstance(called, dict) and "clientActivityID" in called:
        left["channelData"] = {"clientActivityID": called["clientActivityID"]}
    return left


def iso(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
