"""Teams' side of card forms: `adaptiveCard/action` and its answers, cards that change in place."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

import dialogs
from bot.channels.connector import Connector
from bot.channels.rendering import Renderer
from bot.conversation import Conversation
from bot.settings import Settings
from bot.store.database import Store
from bot.turn import Turn
from tests.conversations.house import KEY, assistant, catalogs

CARD = "application/vnd.microsoft.card.adaptive"
START = {"answer.model": "indirect-reseller", "answer.already_in_csp": "no", "answer.legal_country": "Taiwan"}


@dataclass
class Teams:
    """A channel that keeps what it is sent, and the client whose presses come from there."""

    client: Any
    url: str = ""
    taken: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    refuses_updates: bool = False
    count: int = 0

    async def take(self, request: web.Request) -> web.Response:
        if request.method == "PUT" and self.refuses_updates:
            return web.json_response({}, status=404)
        self.taken.append((request.method, request.path.rpartition("/")[2], await request.json()))
        return web.json_response({"id": "x"})

    async def post(self, **fields: Any) -> Any:
        self.count += 1
        activity = {
            "type": "message",
            "id": f"a{self.count}",
            "channelId": "msteams",
            "serviceUrl": self.url,
            "from": {"id": "user", "aadObjectId": "anna"},
            "recipient": {"id": "bot"},
            "conversation": {"id": "c1", "conversationType": "personal", "tenantId": "t"},
            "locale": "en-US",
            **fields,
        }
        return await self.client.post("/api/messages", json=activity)

    async def says(self, text: str) -> None:
        await self.post(text=text)
        await self.settled()

    async def executes(self, data: dict[str, Any], **fields: Any) -> Any:
        action = {"type": "Action.Execute", "verb": "fill", "data": data}
        fields = {"replyToId": "card-1", "value": {"action": action, "trigger": "manual"}, **fields}
        response = await self.post(type="invoke", name="adaptiveCard/action", **fields)
        await self.settled()
        return response

    async def submits(self, data: dict[str, Any]) -> None:
        await self.post(value=data, replyToId="card-1")
        await self.settled()

    async def settled(self) -> None:
        before = -1
        while before != len(self.taken):
            before = len(self.taken)
            await asyncio.sleep(0.1)

    def last(self, kind: str) -> dict[str, Any]:
        """The last object of this type in what was sent."""
        return [node for _, _, wire in self.taken for node in nodes(wire) if node.get("type") == kind][-1]

    def inputs(self) -> list[str]:
        return [each["id"] for each in nodes(self.taken[-1][2]) if str(each.get("type")).startswith("Input.")]


def nodes(found: Any) -> list[dict[str, Any]]:
    if isinstance(found, list):
        return [node for item in found for node in nodes(item)]
    if not isinstance(found, dict):
        return []
    return [found, *(node for value in found.values() for node in nodes(value))]


def words(found: Any) -> str:
    return " ".join(node["text"] for node in nodes(found) if node.get("type") == "TextRun")


class Stumbling:
    """Answers like everybody until it meets a form."""

    def __init__(self) -> None:
        self._assistant = assistant()

    async def answer(self, turn: Turn) -> None:
        if (turn.pressed or {}).get("press") == "fill":
            raise RuntimeError("a surprise")
        await self._assistant.answer(turn)

    def apologise(self, turn: Turn) -> None:
        self._assistant.apologise(turn)


@pytest.fixture
async def teams(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Teams]:
    answering: dialogs.Assistant | Stumbling = getattr(request, "param", assistant)()
    settings = Settings.read({"BOT_DATA_DIR": str(tmp_path)})
    store = await Store.open(settings.database_url, [KEY])

    def now() -> datetime:
        return datetime.now(UTC)

    conversation = Conversation(store, answering, now)
    connector = Connector(store, conversation, Renderer(catalogs()), settings, now)
    app, channel = web.Application(), web.Application()
    connector.add_to(app)
    async with TestClient(TestServer(app)) as client:
        made = Teams(client)
        channel.router.add_route("*", "/{path:.*}", made.take)
        async with TestServer(channel) as server:
            made.url = str(server.make_url("/"))
            await connector.start()
            await made.says("apply")
            await made.says("form")
            yield made
            await connector.close()
    await store.close()


async def test_the_form_is_sent_by_execute_with_submit_for_older_clients(teams: Teams) -> None:
    """F4, F5: version, fallbackText, step and nonce."""
    card = teams.taken[-1][2]["attachments"][0]["content"]
    action = teams.last("Action.Execute")
    assert (card["version"], bool(card["fallbackText"])) == ("1.4", True)
    assert action["fallback"] == {k: v for k, v in action.items() if k not in ("verb", "fallback")} | {
        "type": "Action.Submit"
    }
    assert (action["data"]["step"], bool(action["data"]["nonce"])) == ("start", True)
    assert teams.inputs() == list(START)
    others = [
        each for each in nodes(card) if each.get("type") == "Action.Submit" and "msteams" in each["data"]
    ]
    assert others
    assert all(each["associatedInputs"] == "none" for each in others)


async def test_a_form_without_a_fault_is_answered_by_what_was_taken(teams: Teams) -> None:
    """F5: the used card is updated in place, for this client at once and for all others by an update."""
    data = teams.last("Action.Execute")["data"] | START
    before = len(teams.taken)
    response = await teams.executes(data)
    answer = await response.json()
    assert (response.status, answer["statusCode"], answer["type"]) == (200, 200, CARD)
    assert "Indirect reseller" in words(answer["value"])
    assert not [node for node in nodes(answer) if str(node.get("type")).startswith("Input.")]
    (method, name, update), *others = teams.taken[before:]
    assert (method, name, update["id"]) == ("PUT", "card-1", "card-1")
    assert update["attachments"][0]["content"] == answer["value"]
    assert [(method, name) for method, name, _ in others] == [("POST", "a3")]
    assert "Is Taiwan right?" in others[0][2]["summary"]
    assert "updates" not in update


async def test_the_same_press_delivered_again_gets_the_same_answer(teams: Teams) -> None:
    """A7"""
    data = teams.last("Action.Execute")["data"] | START
    first = await (await teams.executes(data, id="again")).read()
    sent = len(teams.taken)
    second = await (await teams.executes(data, id="again")).read()
    assert first == second
    assert len(teams.taken) == sent


async def test_a_form_with_a_fault_comes_back_in_its_place(teams: Teams) -> None:
    """B5"""
    data = teams.last("Action.Execute")["data"] | START | {"answer.legal_country": "Atlantis"}
    before = len(teams.taken)
    answer = await (await teams.executes(data)).json()
    assert answer["type"] == CARD
    values = {each["id"]: each.get("value") for each in nodes(answer) if "label" in each}
    assert values == START | {"answer.legal_country": "Atlantis"}
    assert "I don't know a country" in words(answer["value"])
    assert [(method, name) for method, name, _ in teams.taken[before:]] == [("PUT", "card-1")]


async def test_an_old_form_is_harmless_and_loses_its_inputs(teams: Teams) -> None:
    """F5"""
    data = teams.last("Action.Execute")["data"] | START
    await teams.executes(data)
    before = len(teams.taken)
    answer = await (await teams.executes(data | {"answer.already_in_csp": "yes"})).json()
    assert answer["type"] == CARD
    assert "Not sure" not in words(answer["value"])
    assert "No" in words(answer["value"]).split()
    assert [method for method, _, _ in teams.taken[before:]] == ["PUT", "POST", "POST"]
    assert "already answered" in teams.taken[before + 1][2]["text"]


async def test_a_card_that_cannot_be_changed_is_followed_by_a_new_one(teams: Teams) -> None:
    teams.refuses_updates = True
    data = teams.last("Action.Execute")["data"] | START | {"answer.legal_country": "Atlantis"}
    await teams.submits(data)
    assert teams.taken[-1][0] == "POST"
    assert teams.inputs() == list(START)


async def test_a_pressed_button_stays_readable_where_the_question_was(teams: Teams) -> None:
    """F5"""
    await teams.says("ask me one by one")
    data = next(
        each["data"] for each in nodes(teams.taken[-1][2]) if each.get("title") == "Indirect reseller"
    )
    before = len(teams.taken)
    await teams.submits(data)
    (_, _, asked), (_, _, used) = sorted(teams.taken[before:], key=lambda sent: sent[0])
    assert "already enrolled" in asked["summary"]
    assert used["text"].endswith("✓ Indirect reseller")
    assert "attachments" not in used
    before = len(teams.taken)
    await teams.submits(data)
    [update] = [wire for method, _, wire in teams.taken[before:] if method == "PUT"]
    assert update["text"].endswith("✓ Indirect reseller")


@pytest.mark.parametrize("teams", [Stumbling], indirect=True)
async def test_a_surprise_is_an_error_at_the_card_and_nothing_else(teams: Teams) -> None:
    data = teams.last("Action.Execute")["data"] | START
    before = len(teams.taken)
    response = await teams.executes(data)
    answer = await response.json()
    assert (response.status, answer["statusCode"]) == (200, 500)
    assert answer["type"] == "application/vnd.microsoft.error"
    assert "Sorry" in answer["value"]["message"]
    assert len(teams.taken) == before


async def test_where_no_card_is_left_a_message_answers(teams: Teams) -> None:
    answer = await (await teams.executes({"press": "topic", "id": "no-such-topic"})).json()
    assert (answer["statusCode"], answer["type"]) == (200, "application/vnd.microsoft.activity.message")
    assert "already answered" in answer["value"]


@pytest.mark.parametrize(
    "value",
    [None, {}, [], "x", {"action": None}, {"action": {"data": None}}, {"action": {"data": {"press": 1}}}],
)
async def test_what_is_no_press_of_ours_is_a_bad_request(teams: Teams, value: Any) -> None:
    """I3"""
    response = await teams.executes({}, value=value)
    answer = await response.json()
    assert (response.status, answer["statusCode"]) == (400, 400)
    assert (answer["type"], answer["value"]["code"]) == ("application/vnd.microsoft.error", "BadRequest")


async def test_other_invokes_are_not_ours(teams: Teams) -> None:
    assert (await teams.post(type="invoke", name="task/fetch", value={})).status == 501
