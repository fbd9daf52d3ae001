"""Resume codes: what a person reads in one chat and types in another, like K7QM-4XPD."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta

from bot.domain.normalising import code, plain

#: Capital letters and digits of which no two look alike, and no vowels, so that none makes a word.
ALPHABET = "34679CDFGHJKMNPQRTVWXY"
SIGNS = 8
#: Long enough to change to another device.
LIFETIME = timedelta(minutes=10)


def made() -> str:
    """A new code; letters and digits are in it, so that neither a word nor a number is taken for one."""
    while True:
        signs = "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
        if _is_mixed(signs):
            return f"{signs[:4]}-{signs[4:]}"


def recognised(typed: str) -> str | None:
    """A code as somebody typed it, or None where it cannot be one."""
    signs = code(typed)
    if not re.fullmatch(f"[{ALPHABET}]{{{SIGNS}}}", signs) or not _is_mixed(signs):
        return None
    return f"{signs[:4]}-{signs[4:]}"


def is_misread(typed: str) -> bool:
    """Whether it is written like a code, with signs that no code has."""
    written = re.fullmatch(r"([0-9A-Z]{4})-([0-9A-Z]{4})", plain(typed).strip().upper())
    return written is not None and _is_mixed(written[1] + written[2]) and recognised(typed) is None


def _is_mixed(signs: str) -> bool:
    return any(sign.isdigit() for sign in signs) and any(sign.isalpha() for sign in signs)
