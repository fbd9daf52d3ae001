"""Personal and confidential data is unreadable in the database, and keys can be changed."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import ConfigurationError
from bot.store.database import Store
from bot.store.sealing import Cipher, WrongKey, packed, unpacked
from tests.store.conftest import KEY
from tests.store.looking import every_byte
from tests.store.making import application, change, draft, load, opened, take

NEW = Fernet.generate_key().decode()
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec=None)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_any_json_comes_back_as_it_was(value: object) -> None:
    assert unpacked(packed(value)) == value


@given(st.binary(max_size=200))
def test_a_seal_opens_under_any_of_the_keys_only(content: bytes) -> None:
    sealed = Cipher([KEY]).seal(content)
    assert Cipher([NEW, KEY]).open(sealed) == content
    with pytest.raises(WrongKey):
        Cipher([NEW]).open(sealed)


def test_the_first_key_seals() -> None:
    sealed = Cipher([NEW, KEY]).seal(b"x")
    assert Cipher([NEW]).open(sealed) == b"x"
    assert Cipher([NEW, KEY]).is_current(sealed)
    assert not Cipher([KEY, NEW]).is_current(sealed)


def test_a_seal_that_was_tampered_with_does_not_open() -> None:
    sealed = Cipher([KEY]).seal(b"DE89370400440532013000")
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(WrongKey):
            Cipher([KEY]).open(bytes(changed))
    with pytest.raises(WrongKey):
        Cipher([KEY]).open(b"")


def test_sealing_twice_does_not_show_that_it_was_the_same() -> None:
    cipher = Cipher([KEY])
    assert cipher.seal(b"x") != cipher.seal(b"x")


async def fill(store: Store) -> None:
    await opened(store)
    stored, _ = await store.receive("c", {"type": "message", "text": "DE89-SECRET-IBAN"}, None)
    known = await load(store, stored.activity["id"])
    known.conversation.state = {"undo": "DE89-SECRET-IBAN"}
    known.conversation.reference = {"user": {"name": "SECRET-NAME"}}
    sent = application()
    sent.answers["iban"] = "DE89-SECRET-IBAN"
    reply = {"type": "message", "text": "So it is DE89-SECRET-IBAN."}
    saved = draft(iban="DE89-SECRET-IBAN")
    saved.remarks = {"iban": ["SECRET-REMARK"]}
    await store.commit(change(known, stored.activity["id"], draft=saved, submission=sent, replies=[reply]))


async def test_nothing_that_was_said_or_answered_can_be_read_in_the_database(store: Store, url: str) -> None:
    await fill(store)
    assert b"SECRET" not in await every_byte(url)
    assert ((await load(store, "a")).draft or draft()).answers == {"iban": "DE89-SECRET-IBAN"}


async def test_after_reencryption_the_old_key_can_be_given_up(url: str) -> None:
    store = await Store.open(url, [KEY])
    await fill(store)
    for n in range(7):
        await take(store, f"a{n}", conversation=f"c{n}", user=f"u{n}")
    await store.close()

    store = await Store.open(url, [NEW, KEY])
    before = await load(store, "x")
    history = await store.transcript("c", 0)
    await store.reencrypt()
    await store.close()

    store = await Store.open(url, [NEW])
    assert await load(store, "x") == before
    assert await store.transcript("c", 0) == history
    assert len(await store.transcript("c6", 0)) == 1
    await store.close()
    with pytest.raises(ConfigurationError):
        await Store.open(url, [KEY])


async def test_reencryption_goes_through_a_long_table(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.upkeep.CHUNK", 3)
    store = await Store.open(sqlite_url, [KEY])
    for n in range(10):
        await take(store, f"a{n}", conversation=f"c{n % 3}", user=f"u{n % 3}")
    await store.close()
    store = await Store.open(sqlite_url, [NEW, KEY])
    await store.reencrypt()
    await store.close()
    store = await Store.open(sqlite_url, [NEW])
    assert sum([len(await store.transcript(f"c{n}", 0)) for n in range(3)]) == 10
    await store.close()


async def test_a_database_written_under_another_key_stops_the_start(url: str) -> None:
    """I2: one clear line, no secret printed."""
    store = await Store.open(url, [KEY])
    await fill(store)
    await store.close()
    with pytest.raises(ConfigurationError) as caught:
        await Store.open(url, [NEW])
    assert str(caught.value).startswith("BOT_ENCRYPTION_KEYS must be")
    assert "\n" not in str(caught.value)
    assert NEW not in str(caught.value)
