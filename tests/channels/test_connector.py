"""POST /api/messages from the outside: a channel that posts activities and takes the replies."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from cryptography.fernet import Fernet

from bot.channels.activity import read, understand
from bot.channels.connector import Connector
from bot.channels.credentials import Anonymous
from bot.channels.delivery import Delivery
from bot.channels.direct_line.turns import TYPING_AFTER
from bot.channels.rendering import Renderer
from bot.conversation import Conversation
from bot.localization.catalogs import Catalogs
from bot.settings import Settings
from bot.store.database import Store
from bot.text import text
from bot.turn import Turn

HEARD = text("test.heard", "You said {what}")
AGAIN = text("test.again", "And?")
SORRY = text("test.sorry", "Sorry.")

KEYS = [Fernet.generate_key().decode()]


def now() -> datetime:
    return datetime.now(UTC)


class Echo:
    """Says twice what it heard, and stumbles over one word."""

    async def answer(self, turn: Turn) -> None:
        if turn.said == "stumble":
            raise RuntimeError(f"a surprise about {turn.said}")
        if turn.said == "think":
            await asyncio.sleep(TYPING_AFTER + 0.3)
        turn.reply(HEARD.fill(what=turn.said or turn.incoming.kind))
        turn.reply(AGAIN)

    def apologise(self, turn: Turn) -> None:
        turn.reply(SORRY)


class Channel:
    """A mock channel: keeps what it takes; `answers` are the statuses it gives first."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.asked = asyncio.Event()
        app = web.Application()
        app.router.add_post("/{path:.*}", self.take)
        self.server = TestServer(app)

    async def take(self, request: web.Request) -> web.Response:
        status, headers = self.answers.pop(0) if self.answers else (200, {})
        if status < 300:
            self.taken.append((request.raw_path, await request.json()))
        self.asked.set()
        return web.json_response({"id": "x"}, status=status, headers=headers)

    @property
    def url(self) -> str:
        return str(self.server.make_url("/"))

    @property
    def texts(self) -> list[str]:
        return [activity["text"] for _, activity in self.taken]

    async def has(self, count: int) -> list[str]:
        """What was taken, once it is `count` replies and no more come."""
        await self.until(lambda: len(self.taken) >= count)
        await asyncio.sleep(0.05)
        return self.texts

    async def until(self, fulfilled: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not fulfilled():
                self.asked.clear()
                await self.asked.wait()


@pytest.fixture
async def channel() -> AsyncIterator[Channel]:
    made = Channel()
    await made.server.start_server()
    yield made
    await made.server.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.read({"BOT_DATA_DIR": str(tmp_path)})


@asynccontextmanager
async def house(settings: Settings) -> AsyncIterator[tuple[TestClient[Any, Any], Connector, Store]]:
    """The door with a real store and conversation behind it."""
    store = await Store.open(settings.database_url, KEYS)
    connector = Connector(store, Conversation(store, Echo(), now), Renderer(Catalogs({})), settings, now)
    app = web.Application(client_max_size=settings.max_body)
    connector.add_to(app)
    async with TestClient(TestServer(app)) as client:
        await connector.start()
        yield client, connector, store
        await connector.close()
    await store.close()


Post = Callable[..., Awaitable[ClientResponse]]


@pytest.fixture
async def post(channel: Channel, settings: Settings) -> AsyncIterator[Post]:
    """Posts an activity with these fields to a running door; `headers` and `data` go to the request."""
    async with house(settings) as (client, _, _):

        async def send(**fields: Any) -> ClientResponse:
            return await client.post("/api/messages", json=activity(channel, **fields))

        send.client = client  # type: ignore[attr-defined]
        yield send


def activity(channel: Channel, **fields: Any) -> dict[str, Any]:
    return {
        "type": "message",
        "id": "a1",
        "channelId": "emulator",
        "serviceUrl": channel.url,
        "from": {"id": "user"},
        "recipient": {"id": "bot"},
        "conversation": {"id": "c/1"},
        "locale": "en-US",
        "text": "hello",
        **fields,
    }


async def test_replies_go_to_the_channel_in_order_and_answer_the_activity(
    post: Post, channel: Channel
) -> None:
    assert (await post()).status == 201
    assert await channel.has(2) == ["You said hello", "And?"]
    path, first = channel.taken[0]
    assert path == "/v3/conversations/c%2F1/activities/a1"
    assert (first["from"]["id"], first["recipient"]["id"], first["conversation"]["id"]) == (
        "bot",
        "user",
        "c/1",
    )
    assert (first["replyToId"], first["locale"]) == ("a1", "en")


async def test_who_waits_sees_that_an_answer_is_being_made(post: Post, channel: Channel) -> None:
    """I7: once, before the answer, and only where the answer takes its time."""
    assert (await post(id="a1", text="think")).status == 201
    assert (await post(id="a2", text="quick")).status == 201
    await channel.until(lambda: len(channel.taken) >= 5)
    kinds = [(activity["type"], activity.get("text")) for _, activity in channel.taken]
    said = ["You said think", "And?", "You said quick", "And?"]
    assert kinds == [("typing", None), *(("message", text) for text in said)]


async def test_typing_that_a_channel_does_not_take_holds_nothing_up(post: Post, channel: Channel) -> None:
    """I7"""
    channel.answers = [(500, {})]
    assert (await post(text="think")).status == 201
    assert await channel.has(2) == ["You said think", "And?"]


async def test_the_same_activity_again_is_answered_once(post: Post, channel: Channel) -> None:
    """A7"""
    responses = await asyncio.gather(*(post() for _ in range(5)))
    assert [response.status for response in responses] == [201] * 5
    assert await channel.has(2) == ["You said hello", "And?"]


async def test_an_activity_without_id_is_answered_and_answered_once(post: Post, channel: Channel) -> None:
    for _ in range(2):
        assert (await post(id=None)).status == 201
    assert await channel.has(2) == ["You said hello", "And?"]
    assert channel.taken[0][0] == "/v3/conversations/c%2F1/activities"


async def test_replies_in_the_answer_are_not_posted_and_come_again_the_same(
    post: Post, channel: Channel
) -> None:
    first, again = [await (await post(deliveryMode="expectReplies")).json() for _ in range(2)]
    assert [reply["text"] for reply in first["activities"]] == ["You said hello", "And?"]
    assert first == again
    assert await channel.has(0) == []


async def test_a_person_who_joins_is_greeted(post: Post, channel: Channel) -> None:
    """F1"""
    added = [{"id": "user"}, {"id": "bot"}]
    assert (await post(type="conversationUpdate", membersAdded=added)).status == 201
    assert await channel.has(2) == ["You said join", "And?"]


@pytest.mark.parametrize(("kind", "status"), [("typing", 200), ("messageReaction", 200), ("invoke", 501)])
async def test_what_we_do_not_do_is_acknowledged_or_declined(
    post: Post, channel: Channel, kind: str, status: int
) -> None:
    assert (await post(type=kind)).status == status
    assert await channel.has(0) == []


async def test_a_surprise_is_logged_once_by_ids_and_answered_by_one_apology(
    post: Post, channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await post(text="stumble")).status == 201
    assert (await post(text="stumble")).status == 201
    assert await channel.has(1) == ["Sorry."]
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "RuntimeError in conversation emulator:c/1, activity a1" in record.getMessage()
    assert "stumble" not in record.getMessage()


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", {}, 400),
        (b"[]", {}, 400),
        (b"{}", {}, 400),
        (b'{"type":"message"}', {}, 400),
        (b'{"a":' * 100_000, {}, 413),
        (b'{"a":' * 10_000, {}, 400),
        (b"{}" + b" " * 300_000, {}, 413),
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"{}", {"X-Forwarded-For": "203.0.113.5"}, 403),
    ],
)
async def test_hostile_bodies_are_declined(
    post: Post, body: bytes, headers: dict[str, str], status: int
) -> None:
    """I3"""
    client = post.client  # type: ignore[attr-defined]
    headers = {"Content-Type": "application/json"} | headers
    response = await client.post("/api/messages", data=body, headers=headers)
    assert response.status == status
    assert "Traceback" not in await response.text()


async def test_without_identity_only_this_machine_is_spoken_to(post: Post, channel: Channel) -> None:
    """I3"""
    assert (await post(serviceUrl="https://smba.example/")).status == 403
    assert (await post(serviceUrl="http://127.0.0.1.evil.example/")).status == 403
    assert channel.taken == []


async def test_with_an_identity_nobody_is_heard_without_a_token(channel: Channel, tmp_path: Path) -> None:
    """I3"""
    environ = {
        "MicrosoftAppId": "11111111-2222-3333-4444-555555555555",
        "MicrosoftAppPassword": "secret",
        "MicrosoftAppTenantId": "tenant",
        "BOT_DATA_DIR": str(tmp_path),
    }
    async with house(Settings.read(environ)) as (client, _, _):
        unsigned = await client.post("/api/messages", json=activity(channel))
        forged = await client.post(
            "/api/messages", json=activity(channel), headers={"Authorization": "Bearer x.y.z"}
        )
    assert [unsigned.status, forged.status] == [401, 401]
    assert unsigned.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("status", [429, 500, 503, 408, 412])
async def test_a_busy_channel_is_asked_again_later(channel: Channel, settings: Settings, status: int) -> None:
    """I7"""
    async with delivery(settings) as (sender, store):
        channel.answers = [(status, {}), (status, {"Retry-After": "0"})]
        await sent(sender, store, channel, "a1")
        assert await channel.has(2) == ["You said hello", "And?"]
        assert await store.undelivered() == []


async def test_retry_after_is_honoured(channel: Channel, settings: Settings) -> None:
    """I7"""
    async with delivery(settings) as (sender, store):
        channel.answers = [(429, {"Retry-After": "1"})]
        await sent(sender, store, channel, "a1")
        await asyncio.sleep(0.7)
        assert channel.taken == []
        assert await channel.has(2) == ["You said hello", "And?"]


async def test_what_a_channel_does_not_take_waits_in_order_for_the_next_look(
    channel: Channel, settings: Settings
) -> None:
    """I7"""
    async with delivery(settings) as (sender, store):
        channel.answers = [(503, {})] * 3
        await sent(sender, store, channel, "a1")
        await channel.until(lambda: not channel.answers)
        await asyncio.sleep(0.1)
        await sent(sender, store, channel, "a2", said="more")
        assert await channel.has(0) == []
        await sender.sweep()
        assert await channel.has(4) == ["You said hello", "And?", "You said more", "And?"]
        assert await store.undelivered() == []


async def test_a_channel_that_wants_peace_for_long_gets_it_from_the_outbox_too(
    channel: Channel, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I7"""
    monkeypatch.setattr("bot.channels.delivery.LONGEST_PAUSE", 0.5)
    async with delivery(settings) as (sender, store):
        channel.answers = [(429, {"Retry-After": "1"})]
        await sent(sender, store, channel, "a1")
        await channel.until(lambda: not channel.answers)
        await asyncio.sleep(0.1)
        await sender.sweep()
        assert await channel.has(0) == []
        await asyncio.sleep(1.0)
        await sender.sweep()
        assert await channel.has(2) == ["You said hello", "And?"]


async def test_what_a_channel_refuses_is_given_up(channel: Channel, settings: Settings) -> None:
    async with delivery(settings) as (sender, store):
        channel.answers = [(404, {})]
        await sent(sender, store, channel, "a1")
        assert await channel.has(1) == ["And?"]
        assert await store.undelivered() == []


async def test_a_look_leaves_alone_what_may_be_on_its_way_from_elsewhere(
    channel: Channel, settings: Settings
) -> None:
    async with delivery(settings) as (sender, store):
        await answered(store, channel, "a1")
        await sender.sweep()
        assert await channel.has(0) == []
        await sender.sweep(settled=timedelta(0))
        assert await channel.has(2) == ["You said hello", "And?"]


async def test_a_restart_delivers_what_was_left(channel: Channel, settings: Settings) -> None:
    """A8"""
    store = await Store.open(settings.database_url, KEYS)
    await answered(store, channel, "a1")
    await store.close()
    async with house(settings):
        assert await channel.has(2) == ["You said hello", "And?"]


async def test_nothing_is_kept_for_a_conversation_at_rest(channel: Channel, settings: Settings) -> None:
    async with delivery(settings) as (sender, store):
        await sent(sender, store, channel, "a1")
        await channel.has(2)
        assert sender.on_their_way == 0


@asynccontextmanager
async def delivery(settings: Settings) -> AsyncIterator[tuple[Delivery, Store]]:
    store = await Store.open(settings.database_url, KEYS)
    sender = Delivery(store, Anonymous(), now, pauses=(0.02, 0.02))
    await sender.start()
    yield sender, store
    await sender.close()
    await store.close()


async def answered(store: Store, channel: Channel, activity_id: str, said: str = "hello") -> Any:
    """A turn whose replies are saved and not yet sent, and its conversation."""
    wire = activity(channel, id=activity_id, text=said)
    incoming = understand(read(wire), wire)
    assert incoming is not None
    renderer = Renderer(Catalogs({}))
    outcome = await Conversation(store, Echo(), now).take_turn(
        incoming, lambda turn: renderer.activities(turn, "emulator")
    )
    return incoming, outcome


async def sent(
    sender: Delivery, store: Store, channel: Channel, activity_id: str, said: str = "hello"
) -> None:
    incoming, outcome = await answered(store, channel, activity_id, said)
    sender.send(incoming.conversation_id, incoming.reference, outcome.replies)
