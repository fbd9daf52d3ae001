"""The keys stored data is encrypted under: given by the operator, or made on first run and kept in a file."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from pathlib import Path

from bot.settings import ConfigurationError, kept_secret
from bot.store.sealing import Cipher

FILE = "encryption.keys"


def encryption_keys(given: Sequence[str], folder: Path) -> list[str]:
    """The keys, the one that encrypts first: those given, or those of the key file, one a line."""
    if given:
        return list(given)
    keys = kept_secret(folder / FILE, lambda: urlsafe_b64encode(secrets.token_bytes(32)).decode()).split()
    try:
        Cipher(keys)
    except ValueError:
        reason = "holds something that is no key: restore it from a backup"
        raise ConfigurationError(f"{folder / FILE} {reason}.") from None
    return keys
