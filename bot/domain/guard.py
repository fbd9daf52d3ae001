"""What is never collected: passwords, one-time codes, payment cards, a person's own identity number."""

from __future__ import annotations

import re

from stdnum.cn import ric

from bot.domain.fields import Problem
from bot.domain.normalising import is_luhn, plain
from bot.domain.problems import problem

WORD = r"(?:passwords?|passwd|pwd|passcode|пароль|пароля|паролем|密码|密碼)"
#: "password: x", "my password is x", "密码是x"; without such a link only what has a digit or a sign in it.
LINKED = re.compile(rf"{WORD}\s*(?:[:=—-]|\bis\b|это|是|为|為)\s*\S")
FOLLOWED = re.compile(rf"{WORD}\s+\S*[0-9!@#$%^&*_]")
#: A sign-in name and, behind a slash or colon, a word of letters, digits and signs.
PAIR = re.compile(r"^(?:[^\s./:]+\s*|\S+\s+)[/:]\s*(?=\S*[a-z])(?=\S*[0-9])(?=\S*[!@#$%^&*])[^\s.]{6,}$")
LEET = str.maketrans("@4031!$5", "aaoellss")
CODE = re.compile(
    r"(?:\b(?:cvv2?|cvc2?|otp|one-time code|verification code|recovery code)|код из смс|код подтверждения|"
    r"одноразовый код|验证码|驗證碼|动态码)\s*[:：=是-]?\s*(?:is\s*)?[0-9]{3,8}(?![0-9])"
    r"|(?:\bpin(?:[ -]?code)?|пин(?:-?код)?)\s*[:=—-]?\s*[0-9]{4}(?![0-9])"
)
PERSONAL = re.compile(
    r"(?:passport|паспорт\w*|护照\w*|護照\w*|身份证\w*|身分證\w*|ssn|social security|снилс|pesel|idnp)"
    r"\D{0,12}[0-9][0-9 -]{5,}"
)
QUESTION = re.compile(
    r"\?$|什么|什麼|怎么|怎麼|多少|[吗嗎]$|^(?:what|where|how|why|do|does|is|should|can|which)\b"
)
#: Neither has fewer digits in a row, whatever separates them.
LONG = re.compile(r"[0-9](?:[ -]*[0-9]){11}")
CARD = re.compile(r"(?<![0-9])[2-6](?:[ -]?[0-9]){12,18}(?![0-9])")


def secrets_in(said: str) -> Problem | None:
    """A problem if a message holds what we must neither keep nor repeat."""
    return words_in(said) or numbers_in(said)


def words_in(said: str) -> Problem | None:
    """Secrets and personal numbers that are known by the words around them."""
    written = plain(said).casefold()
    if _tells_password(written) or CODE.search(written):
        return problem("secret", unsaid=True)
    if PERSONAL.search(written):
        return problem("personal-number", unsaid=True)
    return None


def numbers_in(said: str) -> Problem | None:
    """Numbers that look like a payment card's, or like a Chinese resident's own."""
    written = plain(said)
    if not LONG.search(written):
        return None
    if any(is_luhn(re.sub("[ -]", "", found)) for found in CARD.findall(written)):
        return problem("card-number", unsaid=True)
    if ric.is_valid(re.sub("[ -]", "", written).upper()):
        return problem("personal-number", unsaid=True)
    return None


def _tells_password(written: str) -> bool:
    if QUESTION.search(written):
        return FOLLOWED.search(written) is not None
    told = (LINKED, FOLLOWED, PAIR)
    return any(pattern.search(written) for pattern in told) or _is_password(written)


def _is_password(written: str) -> bool:
    """The word itself in disguise: P@ssw0rd."""
    return any(said != "password" and said.translate(LEET).startswith("password") for said in written.split())
