"""Phone numbers, with the words for an extension that people use in four languages."""

from __future__ import annotations

import re

import phonenumbers

from bot.domain.fields import Accepted, Context, Problem
from bot.domain.normalising import digit_look_alikes, plain
from bot.domain.problems import problem
from bot.domain.slips import meant
from bot.text import Text, text

EXTENSION = re.compile(
    r"\s*,?\s*(?:;ext=|extension|ext\.?|x|#|доб\.?|добавочный|внутр\.?|внутренний|分机|分機|转|轉|內線|内线)"
    r"\s*[:.]?\s*([0-9]+)$",
    re.IGNORECASE,
)
NOT_IN_NUMBER = re.compile(r"[^0-9+() ./-]")
#: The Partner Center location form takes so many national digits.
FORM_LIMIT = 10

# Translators: a phone number with its extension (zh-CN 转, zh-TW 分機, ru доб.).
WITH_EXTENSION = text("phone.with-extension", "{number} ext. {extension}")
# Translators: said after a long phone number. The location form is a page in Partner Center.
TOO_LONG_FOR_FORM = text(
    "remark.phone-too-long-for-form",
    "The location form in Partner Center takes at most 10 digits, so please have another number ready there.",
)


def check_contact_phone(raw: str, context: Context) -> Accepted | Problem:
    """A number of a person; a warning where Partner Center's form will not take it."""
    result = check_phone(raw, context)
    if isinstance(result, Problem):
        return result
    national = str(_parsed(result.value.partition(";")[0], None).national_number)
    return Accepted(result.value, (TOO_LONG_FOR_FORM,) if len(national) > FORM_LIMIT else ())


def check_phone(raw: str, context: Context) -> Accepted | Problem:
    """Any number that can exist, stored as E.164 with its extension: +861012345678;ext=12."""
    written = re.sub(r"^tel:\s*", "", plain(raw), flags=re.IGNORECASE)
    found = EXTENSION.search(written)
    number, extension = (written[: found.start()], found[1]) if found else (written, "")
    if not re.search("[0-9]", number):
        return problem("phone")
    if wrong := NOT_IN_NUMBER.search(number):
        return _with_slip(number, wrong, context)
    if len(extension) > 8:
        return problem("extension")
    stored = _stored(number, context)
    return Accepted(stored + (f";ext={extension}" if extension else "")) if stored else problem("phone")


def international(stored: str) -> Text | str:
    """A stored number as it is shown: +86 10 1234 5678."""
    number, _, extension = stored.partition(";ext=")
    shown: str = phonenumbers.format_number(
        _parsed(number, None), phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return WITH_EXTENSION.fill(number=shown, extension=extension) if extension else shown


def _with_slip(number: str, wrong: re.Match[str], context: Context) -> Problem:
    repaired = _stored(digit_look_alikes(number), context)
    offers = (meant(repaired),) if repaired else ()
    return problem("phone-sign", position=wrong.start() + 1, sign=wrong[0], meant=offers)


def _stored(number: str, context: Context) -> str | None:
    # The parts of Bonaire have codes of their own in the markets table, but one plan of numbers.
    country = str(context.answers.get("legal_country") or "")[:2] or None
    try:
        parsed = _parsed(number, country)
    except phonenumbers.NumberParseException:
        return None
    if NOT_IN_NUMBER.search(number) or not phonenumbers.is_valid_number(parsed):
        return None
    stored: str = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return stored


def _parsed(number: str, country: str | None) -> phonenumbers.PhoneNumber:
    return phonenumbers.parse(number, country)
