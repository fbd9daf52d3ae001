"""What comes in over the wire, and what it means to us."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.activity import MADE, Malformed, addressed, parse, read, understand
from bot.turn import Incoming

PERSON = {"id": "29:person", "name": "Ольга", "aadObjectId": "aad-1", "role": "user"}
BOT = {"id": "28:bot", "name": "CSP"}


def wire(**more: object) -> dict[str, object]:
    return {
        "type": "message",
        "id": "a1",
        "channelId": "msteams",
        "serviceUrl": "https://smba.example/emea/",
        "from": PERSON,
        "recipient": BOT,
        "conversation": {"id": "c1", "conversationType": "personal", "tenantId": "t1"},
        "text": "hello",
        "locale": "ru-RU",
        **more,
    }


def understood(**more: object) -> Incoming | None:
    return understand(read(wire(**more)), wire(**more))


def heard(**more: object) -> Incoming:
    incoming = understood(**more)
    assert incoming is not None
    return incoming


def test_a_message_says_who_where_and_what() -> None:
    incoming = heard()
    assert (incoming.kind, incoming.text, incoming.activity_id) == ("message", "hello", "a1")
    assert (incoming.conversation_id, incoming.channel) == ("msteams:c1", "msteams")
    assert (incoming.locale, incoming.shared) == ("ru-RU", False)


def test_a_person_in_teams_is_known_by_tenant_and_directory_object() -> None:
    assert heard().user_id == "msteams:t1:aad-1"
    assert heard(channelData={"tenant": {"id": "t2"}}).user_id == "msteams:t2:aad-1"


def test_a_person_elsewhere_is_known_by_channel_and_id() -> None:
    assert heard(channelId="directline").user_id == "directline:29:person"


@pytest.mark.parametrize("channel_data", [7, "x", [], {"tenant": 7}, {"tenant": {"id": 7}}])
def test_channel_data_of_any_shape_is_survived(channel_data: object) -> None:
    assert heard(channelData=channel_data).user_id in ("msteams:t1:aad-1", "msteams:7:aad-1")


def test_only_the_mention_is_removed_and_the_rest_left_as_it_is() -> None:
    """F3"""
    mention = {"type": "mention", "text": "<at>CSP</at>", "mentioned": {"id": "28:bot", "name": "CSP"}}
    incoming = heard(text="<at>CSP</at> 什么是 CSP 直接计费?", entities=[mention])
    assert incoming.text == "什么是 CSP 直接计费?"


def test_a_mention_in_the_middle_leaves_one_space() -> None:
    """F3"""
    mention = {"type": "mention", "text": "<at>CSP</at>", "mentioned": {"id": "28:bot"}}
    assert heard(text="Так, <at>CSP</at> что это?", entities=[mention]).text == "Так, что это?"


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "mention", "text": None, "mentioned": {"id": "28:bot"}},
        {"type": "mention", "text": 5, "mentioned": {"id": "28:bot"}},
        {"type": "mention", "text": "<at>CSP</at>", "mentioned": "28:bot"},
        {"type": "mention"},
        {},
    ],
)
def test_what_is_not_a_mention_of_the_bot_stays(entity: dict[str, object]) -> None:
    """F3"""
    assert heard(text="<at>CSP</at> hello", entities=[entity]).text == "<at>CSP</at> hello"


def test_a_button_comes_back_as_what_was_pressed() -> None:
    incoming = heard(text=None, value={"press": "market", "code": "TW", "msteams": {"type": "messageBack"}})
    assert incoming.pressed == {"press": "market", "code": "TW"}
    assert incoming.text == ""


@pytest.mark.parametrize("value", [None, "x", 5, [], {}, {"press": 5}, {"other": "x"}])
def test_a_value_that_is_no_button_is_not_pressed(value: object) -> None:
    assert heard(value=value).pressed is None


@pytest.mark.parametrize("kind", ["groupChat", "channel"])
def test_a_group_is_shared(kind: str) -> None:
    """F7"""
    assert heard(conversation={"id": "c", "conversationType": kind}).shared
    assert heard(conversation={"id": "c", "isGroup": True}).shared


def test_a_group_in_teams_knows_the_way_to_a_private_chat() -> None:
    """F7: a link only Teams opens, and only for a bot as Teams names it."""
    bot = {"id": "28:11111111-2222-3333-4444-555555555555"}
    assert heard(recipient=bot).private_chat == f"https://teams.microsoft.com/l/chat/0/0?users={bot['id']}"
    assert heard(recipient=bot, channelId="emulator").private_chat is None
    assert heard(recipient={"id": "28:x&users=evil@example.org"}).private_chat is None


def test_an_installation_is_a_person_joining() -> None:
    """F1"""
    incoming = heard(type="installationUpdate", action="add", text=None)
    assert (incoming.kind, incoming.user_id) == ("join", "msteams:t1:aad-1")
    assert understood(type="installationUpdate", action="remove") is None


def test_members_added_other_than_the_bot_join() -> None:
    """F1: the sender is preferred, for it is described more fully."""
    added = heard(type="conversationUpdate", membersAdded=[BOT, {"id": "29:person"}])
    assert (added.kind, added.user_id) == ("join", "msteams:t1:aad-1")
    assert understood(type="conversationUpdate", membersAdded=[BOT]) is None
    assert understood(type="conversationUpdate") is None


def test_the_web_chat_page_joins_by_an_event_that_names_language_and_page() -> None:
    incoming = heard(
        type="event",
        name="webchat/join",
        locale=None,
        value={"language": "zh-Hant", "page": "https://a.example/"},
    )
    assert (incoming.kind, incoming.locale, incoming.page) == ("join", "zh-Hant", "https://a.example/")


@pytest.mark.parametrize(
    "kind", ["typing", "messageReaction", "messageUpdate", "endOfConversation", "event", "new"]
)
def test_what_asks_nothing_of_us_is_ignored(kind: str) -> None:
    assert understood(type=kind) is None


def test_a_teams_client_tells_its_language_where_the_activity_does_not() -> None:
    assert heard(locale=None, entities=[{"type": "clientInfo", "locale": "zh-TW"}]).locale == "zh-TW"
    assert heard(locale=None).locale is None


def test_an_activity_without_id_gets_the_same_one_each_time() -> None:
    first, again, other = (heard(id=None, text=said).activity_id for said in ("a", "a", "b"))
    assert first == again != other
    assert first.startswith(MADE)


def test_a_reply_goes_from_the_bot_to_the_person() -> None:
    reply = addressed({"type": "message", "text": "hi", "replyToId": "a1"}, heard().reference)
    assert (reply["from"]["id"], reply["recipient"]["id"]) == ("28:bot", "29:person")
    assert (reply["conversation"]["id"], reply["replyToId"]) == ("c1", "a1")


def test_a_reply_answers_no_activity_that_the_channel_does_not_know() -> None:
    incoming = heard(id=None)
    assert "replyToId" not in addressed({"replyToId": incoming.activity_id}, incoming.reference)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe",
        b'{"a":' * 100_000,
        b'{"a":' * 70 + b"1" + b"}" * 70,
        b'{"a":NaN}',
    ],
)
def test_a_body_that_is_no_object_is_malformed(body: bytes) -> None:
    """I3"""
    with pytest.raises(Malformed):
        parse(body)


def test_half_an_emoji_and_nul_become_a_replacement_character() -> None:
    assert parse(b'{"text":"a\\ud83d","more":["\\u0000"]}') == {"text": "a\ufffd", "more": ["\ufffd"]}
    assert parse(b'{"text":"\\ud83d\\ude00"}') == {"text": "😀"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", None),
        ("type", 5),
        ("from", None),
        ("from", {"name": "x"}),
        ("from", {"id": ""}),
        ("conversation", {"id": "x" * 513}),
        ("channelId", 5),
        ("serviceUrl", ""),
        ("text", {"a": 1}),
        ("entities", "x"),
        ("entities", ["x"]),
        ("membersAdded", [{}]),
    ],
)
def test_a_missing_or_wrong_field_is_named_and_not_quoted(field: str, value: object) -> None:
    """I3"""
    with pytest.raises(Malformed) as caught:
        read(wire(**{field: value}))
    assert field in str(caught.value)
    assert "x" * 10 not in str(caught.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*wire(), "value", "entities", "channelData", "membersAdded"]), JSON))
def test_no_activity_is_a_surprise(strange: dict[str, object]) -> None:
    """I3"""
    try:
        found = parse(orjson.dumps(wire(**strange)))
        incoming = understand(read(found), found)
    except Malformed:
        return
    assert incoming is None or incoming.conversation_id.startswith(incoming.channel)
