"""Amounts in US dollars, as people write them in four languages; what is not exact is asked again."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.domain import numerals
from bot.domain.fields import Accepted, Context, Problem
from bot.domain.normalising import digit_look_alikes, plain
from bot.domain.problems import UNDERSTOOD, problem
from bot.domain.slips import meant
from bot.text import Money, text

FLOOR = Decimal(300_000)

# Translators: {amount} is the minimum revenue of a direct-bill partner.
BELOW_FLOOR = text(
    "remark.revenue-below-floor",
    "Direct bill needs at least {amount} in the last 12 months, so this is not enough yet.",
)

OTHER_CURRENCY = re.compile(
    r"(?<!美)元|人民[币幣]|rmb|cny|¥|(?:nt|hk|au|ca|nz|sg|mop|(?<![a-z])[acs])\$|ntd|twd|hkd|mop|"
    r"[台臺][币幣]|港[币幣元]|日元|歐元|руб|₽|rub|(?<![а-я])р\.|тенге|тг\b|₸|kzt|byn|€|eur|евро|£|gbp|юан"
)
APPROXIMATE = re.compile(
    r"[约約]|左右|上下|不到|超[过過]|大概|差不多|近|多|几|幾|以[上下]|至少|около|примерно|приблизительно|порядка|почти|"
    r"более|больше|менее|меньше|свыше|не менее|about|over|under|around|approx|roughly|nearly|almost|circa|"
    r"(?:more|less) than|at (?:least|most)|up to|[~<>≈≥≤]|\+$"
)
DOLLARS = re.compile(
    r"us\$|\$|usd|美元|美金|美[圓圆]|(?:долларов|доллара|доллары|доллар|долл\.?|дол\.)(?:\s*сша)?|сша|"
    r"(?:us |u\.s\. )?dollars?|[整正]$"
)
RANGE = re.compile(
    r"[0-9一-十百千万萬亿億kmкмтыс.]\s*-\s*[0-9一-十]|\bот\b.*\bдо\b|\bfrom\b.*\bto\b|[0-9] to [0-9]|[到至]"
)
NEGATIVE = re.compile(r"^-|^\(.*\)$|^минус|^minus|^[负負]")

WORDS = {
    **dict.fromkeys(("k", "thousand", "тыс", "т", "тысяч", "тысяча", "тысячи"), 10**3),
    **dict.fromkeys(
        ("m", "mln", "mio", "million", "millions", "млн", "миллион", "миллиона", "миллионов"), 10**6
    ),
    **dict.fromkeys(("bn", "billion", "млрд", "миллиард", "миллиарда", "миллиардов"), 10**9),
}
WITH_WORD = re.compile(r"([0-9][0-9 ,.'’]*?)\s*([a-zа-я]+)\.?")
PLAIN = re.compile(r"[0-9]+(?:\.[0-9]{1,2})?")
DECIMAL = re.compile(r"([0-9]+)[.,]([0-9]{1,2})")
GROUPED = re.compile(r"([1-9][0-9]{0,2}(?:([ ,.'’])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]{1,2}))?")


def check_revenue(raw: str, context: Context) -> Accepted | Problem:
    """An amount in US dollars with two places at most; what was worked out is shown for a yes."""
    written = plain(raw).casefold()
    if unclear := _unclear(written, context.locale):
        return problem(unclear)
    bare = " ".join(DOLLARS.sub(" ", written).split())
    amount = read(bare)
    if amount is None:
        return _unread(bare)
    remarks = (BELOW_FLOOR.fill(amount=Money(FLOOR)),) if amount < FLOOR else ()
    worked_out = None if PLAIN.fullmatch(bare) else UNDERSTOOD.fill(value=Money(amount))
    return Accepted(canonical(amount), remarks, worked_out)


def read(written: str) -> Decimal | None:
    """The number behind digits, groups, a multiplier or numerals; None where it is not sure."""
    if numerals.SIGNS & set(written):
        digits = _without_groups(written)
        return None if digits is None else _cents(numerals.read(digits.replace(" ", "")))
    if found := WITH_WORD.fullmatch(written):
        number, word = found.groups()
        if word not in WORDS or _has_one_group(number):
            return None
        amount = _number(number)
        return None if amount is None else _cents(amount * WORDS[word])
    return _number(written)


def canonical(amount: Decimal) -> str:
    """As it is stored: no grouping, and two decimals or none."""
    return f"{amount:.0f}" if amount == amount.to_integral_value() else f"{amount:.2f}"


def _unclear(written: str, locale: str) -> str | None:
    """The type of what keeps an amount from being exact, in the order in which it is told."""
    if OTHER_CURRENCY.search(written):
        return "not-usd"
    if APPROXIMATE.search(written):
        return "approximate"
    if locale == "zh-TW" and re.search(r"(?<!us)\$", written):
        return "currency-unclear"
    if NEGATIVE.search(DOLLARS.sub("", written).strip()):
        return "negative"
    return "range" if RANGE.search(written) else None


def _unread(bare: str) -> Problem:
    repaired = digit_look_alikes(bare)
    if repaired != bare and (amount := read(repaired)) is not None:
        return problem("not-a-number", meant=(meant(canonical(amount)),))
    if re.search("[0-9]", bare) and _only_ambiguous(bare):
        return problem("ambiguous")
    return problem("not-a-number")


def _only_ambiguous(bare: str) -> bool:
    """Digits, separators and perhaps a known multiplier, yet no single reading."""
    words = re.findall(r"[a-zа-я]+", bare)
    return all(word in WORDS for word in words) and not re.search(r"[^0-9a-zа-я ,.'’]", bare)


def _number(written: str) -> Decimal | None:
    if found := GROUPED.fullmatch(written):
        whole, _, cents = found.groups()
        return Decimal(re.sub("[^0-9]", "", whole) + "." + (cents or "0"))
    if found := DECIMAL.fullmatch(written):
        return Decimal(".".join(found.groups()))
    return Decimal(written) if re.fullmatch("[0-9]+", written) else None


def _without_groups(written: str) -> str | None:
    """Digits in front of numerals without separators: 1,200.5万 becomes 1200.5万; None if not sure."""
    found = re.match(r"[0-9][0-9,.]*[0-9]", written)
    if not found:
        return written
    number = None if _has_one_group(found[0]) else _number(found[0])
    return None if number is None else f"{number}{written[found.end() :]}"


def _has_one_group(number: str) -> bool:
    """1,234 before a multiplier may be a decimal number or a grouped one."""
    return bool(re.fullmatch(r"[0-9]{1,3}[,.][0-9]{3}", number))


def _cents(amount: Decimal | None) -> Decimal | None:
    """An amount that can be paid: two decimals at most."""
    return amount if amount is not None and amount * 100 == (amount * 100).to_integral_value() else None
