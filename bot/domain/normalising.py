"""One spelling for what people type: no invisible signs, ASCII digits, plain dashes, single spaces."""

from __future__ import annotations

import re
import unicodedata

#: Zero-width and direction characters, and the soft hyphen.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
DASHES = re.compile("[\u2010-\u2015\u2212]")
#: The decimal digits of other scripts.
DIGIT = re.compile("[^\\D0-9]")
SEPARATORS = re.compile(r"[\s./\\-]")

#: Cyrillic letters that look like Latin ones.
TO_LATIN = str.maketrans("АВЕКМНОРСТУХаеорсух", "ABEKMHOPCTYXaeopcyx")
#: Letters of both scripts that look like digits.
TO_DIGITS = str.maketrans("ОоOoЗзІіIlӀ", "00003311111")


def plain(text: str) -> str:
    """For numbers, codes, addresses of mail and web: full-width becomes ASCII, every digit an ASCII digit."""
    if text.isascii():
        return _one_space(text)
    folded = _visible(unicodedata.normalize("NFKC", _visible(text)))
    return _one_space(DASHES.sub("-", DIGIT.sub(_ascii_digit, folded)))


def as_written(text: str) -> str:
    """For names and address lines, which must equal a register: （） and letter case stay as they are."""
    return _one_space(unicodedata.normalize("NFC", _visible(text)))


def code(text: str) -> str:
    """For registration numbers, bank codes and accounts: nothing between the signs, upper case."""
    return SEPARATORS.sub("", plain(text)).upper()


def look_alikes(text: str) -> str:
    """A Latin code with its Cyrillic look-alikes replaced: to be offered, never to be stored unasked."""
    return text.translate(TO_LATIN)


def digit_look_alikes(text: str) -> str:
    """A number with letters that look like digits replaced: to be offered, never to be stored unasked."""
    return text.translate(TO_DIGITS)


def is_luhn(digits: str) -> bool:
    """Whether ASCII digits end in the check digit of payment cards."""
    if not re.fullmatch("[0-9]+", digits):
        return False
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(int(digit) for digit in digits[::-2])) % 10 == 0


def _visible(text: str) -> str:
    return INVISIBLE.sub("", text)


def _ascii_digit(found: re.Match[str]) -> str:
    return str(unicodedata.decimal(found[0]))


def _one_space(text: str) -> str:
    return " ".join(text.split())
