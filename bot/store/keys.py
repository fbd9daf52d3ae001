"""The keys stored data is encrypted under: given by the operator, or made on first run and kept in a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet

from bot.settings import kept_secret

FILE = "encryption.keys"


def encryption_keys(given: Sequence[str], folder: Path) -> list[str]:
    """The keys, the one that encrypts first: those given, or those of the key file, one a line."""
    if given:
        return list(given)
    return kept_secret(folder / FILE, lambda: Fernet.generate_key().decode("ascii")).split()
