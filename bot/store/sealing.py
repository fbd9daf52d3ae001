"""Encryption at rest: what is personal or confidential is one sealed column per row."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from sqlalchemy import Dialect, LargeBinary, String
from sqlalchemy.types import TypeDecorator

#: Marks JSON that orjson cannot express (a lone surrogate, a huge number): the standard library reads it.
PLAIN = b" "
NAME_BYTES = 4
NONCE_BYTES = 12
#: Drawn at once: a call of the system for each would cost more than the encryption.
NONCES = 256


class WrongKey(Exception):
    """Something stored was sealed under a key that is not among ours, or was tampered with."""


class Cipher:
    """AES-256-GCM-SIV under rotating keys: the first seals, all open.

    A seal is the key's name, a random nonce and the ciphertext. The SIV construction stays safe at any
    number of random nonces a service can draw.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        raw = [base64.urlsafe_b64decode(key) for key in keys]
        names = [hashlib.sha256(key).digest()[:NAME_BYTES] for key in raw]
        self._ciphers = {name: AESGCMSIV(key) for name, key in zip(names, raw, strict=True)}
        self._name = names[0]
        self._naming = hashlib.blake2b(b"digests", key=raw[0]).digest()
        self._first = self._ciphers[names[0]]
        self._nonces: list[bytes] = []

    def seal(self, content: bytes) -> bytes:
        nonce = self._nonce()
        return self._name + nonce + self._first.encrypt(nonce, content, None)

    def digest(self, content: str) -> str:
        """What tells whether something is the same, and nothing else to who has not the key."""
        return hashlib.blake2b(content.encode(), key=self._naming, digest_size=16).hexdigest()

    def _nonce(self) -> bytes:
        """A nonce that nobody else was given, whichever threads ask at once."""
        while True:
            try:
                return self._nonces.pop()
            except IndexError:
                drawn = os.urandom(NONCE_BYTES * NONCES)
                starts = range(0, len(drawn), NONCE_BYTES)
                self._nonces += [drawn[start : start + NONCE_BYTES] for start in starts]

    def open(self, sealed: bytes) -> bytes:
        name, nonce = sealed[:NAME_BYTES], sealed[NAME_BYTES : NAME_BYTES + NONCE_BYTES]
        try:
            return self._ciphers[name].decrypt(nonce, sealed[NAME_BYTES + NONCE_BYTES :], None)
        except (KeyError, InvalidTag):
            raise WrongKey from None

    def renewed(self, sealed: bytes) -> bytes:
        return self.seal(self.open(sealed))

    def is_current(self, sealed: bytes) -> bool:
        return sealed.startswith(self._name)


#: Which cipher an engine's columns are sealed with; an engine is known to column types by its dialect.
CIPHERS: WeakKeyDictionary[Dialect, Cipher] = WeakKeyDictionary()


class Sealed(TypeDecorator[Any]):
    """Plain JSON in Python, encrypted bytes in the database."""

    impl = LargeBinary
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], bytes | None]:
        seal = CIPHERS[dialect].seal
        return lambda value: None if value is None else seal(packed(value))

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        opened = CIPHERS[dialect].open
        return lambda value: None if value is None else unpacked(opened(value))


class Digested(TypeDecorator[str]):
    """A short secret that is looked for and never read: the database holds its keyed digest."""

    impl = String
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str | None]:
        digest = CIPHERS[dialect].digest
        return lambda value: None if value is None else digest(value)


def packed(value: Any) -> bytes:
    try:
        return orjson.dumps(value)
    except TypeError:
        return PLAIN + json.dumps(value).encode("ascii")


def unpacked(content: bytes) -> Any:
    return json.loads(content) if content.startswith(PLAIN) else orjson.loads(content)
