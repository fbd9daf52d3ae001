"""The MPN ID and the country it belongs to."""

from __future__ import annotations

import re

from bot.domain.countries import check_country
from bot.domain.fields import Accepted, Context, Problem
from bot.domain.normalising import code, plain
from bot.domain.problems import problem
from bot.domain.shorthands import means_nothing
from bot.domain.slips import slip
from bot.text import Country, text

VALID = re.compile("[1-9][0-9]{3,9}")
LABEL = re.compile(r"^(?:mpn|id|no\.?|#|识别码|識別碼|编号|編號|идентификатор)[\s:：#.\-]*", re.IGNORECASE)

# Translators: said when the person has no MPN ID yet. MPN is the Microsoft Partner Network.
NO_ID_YET = text(
    "remark.no-mpn-id",
    "Then join the Microsoft Partner Network first to get an MPN ID. Your answers are kept meanwhile.",
)
# Translators: said when the MPN ID is of the type Global, or the person is not sure of the type.
NOT_LOCATION = text(
    "remark.mpn-not-location",
    "CSP needs an MPN ID of the type Location; the global ID cannot be linked. In Partner Center, the type "
    "stands next to the number on the Identifiers page.",
)


def check_mpn_id(raw: str, context: Context) -> Accepted | Problem:
    """4 to 10 digits; "I have none yet" is an answer, too."""
    if means_nothing(raw):
        return Accepted(None, (NO_ID_YET,))
    digits = code(_without_label(plain(raw)))
    if VALID.fullmatch(digits):
        return Accepted(digits)
    if wrong := slip(digits, lambda repaired: VALID.fullmatch(repaired) is not None):
        return wrong
    if not re.fullmatch("[0-9]+", digits):
        return problem("string_pattern_mismatch")
    if digits.startswith("0"):
        return problem("mpn-zero")
    return problem("mpn-length", count=len(digits))


def check_mpn_country(raw: str, context: Context) -> Accepted | Problem:
    """The country of the legal address itself; another one of the same region does not do."""
    result, expected = check_country(raw, context), context.answers.get("legal_country")
    if isinstance(result, Problem) or expected in (None, raw):
        return result
    return problem("mpn-country", given=Country(raw), expected=Country(expected))


def _without_label(written: str) -> str:
    """The number without "MPN ID:", "№" (which arrives as "No") and the like in front of it."""
    shorter = LABEL.sub("", written)
    return shorter if shorter == written else _without_label(shorter)
