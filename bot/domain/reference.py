"""Reference numbers: what a person reads out to ask about an application, like CSP-7Q2M-0X4V-K9TB."""

from __future__ import annotations

import re
from hashlib import sha256

from bot.domain.normalising import code

#: Crockford's base 32: no I, L, O and U, which are misread or make words.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans("ILO", "110")
SIGNS = 11


def reference(draft_id: str) -> str:
    """The number of the application that a draft becomes: the same draft, the same number."""
    number = int.from_bytes(sha256(draft_id.encode()).digest())
    signs = "".join(ALPHABET[number >> 5 * at & 31] for at in range(SIGNS))
    return _spaced(signs + ALPHABET[-_weight(signs + "0") % 32])


def recognised(typed: str) -> str | None:
    """A reference number as somebody typed it, or None: its check character finds a wrong or swapped one."""
    signs = code(typed).removeprefix("CSP").translate(MISREAD)
    if not re.fullmatch(f"[{ALPHABET}]{{{SIGNS + 1}}}", signs) or _weight(signs) % 32:
        return None
    return _spaced(signs)


def _spaced(signs: str) -> str:
    return "-".join(("CSP", signs[:4], signs[4:8], signs[8:]))


def _weight(signs: str) -> int:
    """Luhn's sum in base 32, the check character included."""
    values = [ALPHABET.index(sign) for sign in signs]
    doubled = (sum(divmod(2 * value, 32)) for value in values[-2::-2])
    return sum(doubled) + sum(values[::-2])
