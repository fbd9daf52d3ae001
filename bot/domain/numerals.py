"""Numbers in Chinese numerals, plain and formal, alone or mixed with digits: 三十, 叁拾萬, 30.5万."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("〇零", "一壹", "二贰貳两兩", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}

SIGNS = frozenset({*DIGITS, *SMALL, *LARGE})
TOKEN = re.compile(
    r"[0-9]+(?:\.[0-9]+)?|[〇零一壹二贰貳两兩三叁參四肆五伍六陆陸七柒八捌九玖]+|[十拾百佰千仟]|[万萬亿億]"
)


def read(written: str) -> Decimal | None:
    """The number, or None where the signs do not make exactly one."""
    tokens = TOKEN.findall(written)
    if not tokens or "".join(tokens) != written:
        return None
    return _sum(tokens)


def _sum(tokens: list[str]) -> Decimal | None:
    """Adds up from the left: a section below 万 grows by its units, a large unit closes it."""
    total = section = Decimal(0)
    number: Decimal | None = None
    last_small, last_large = 10**4, 10**12
    after_gap = True
    for token in tokens:
        if token in SMALL:
            if SMALL[token] >= last_small or (number is None and section):
                return None
            section += (Decimal(1) if number is None else number) * SMALL[token]
            number, last_small, after_gap = None, SMALL[token], SMALL[token] == 10
        elif token in LARGE:
            if LARGE[token] >= last_large or (number is None and not section):
                return None
            total += (section + (number or 0)) * LARGE[token]
            section, number = Decimal(0), None
            last_small, last_large, after_gap = 10**4, LARGE[token], False
        else:
            if number is not None:
                return None
            number, gap = _digits(token)
            after_gap = after_gap or gap
    # 三千五 may be 3005 or 3500: only after a zero or a ten is a last digit surely one.
    if number is not None and number < 10 and not after_gap:
        return None
    return total + section + (number or 0)


def _digits(token: str) -> tuple[Decimal, bool]:
    """A run of digits, and whether it opens with a zero."""
    if token[0] in DIGITS:
        return Decimal("".join(str(DIGITS[sign]) for sign in token)), token[0] in "〇零"
    return Decimal(token), False
