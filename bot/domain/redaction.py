"""What tells who somebody is, taken out of words that are kept to learn from."""

from __future__ import annotations

import re

from bot.domain.guard import words_in
from bot.domain.normalising import plain

#: What stands where something was taken out.
LINK, MAIL, NAME, NUMBER, SECRET = "[link]", "[mail]", "[name]", "[number]", "[secret]"

#: What ends an address, in any of our languages.
_END = r"\s,;<>()\[\]\"'«»“”，。；：、！？（）《》【】「」"
_HAN = r"\u3400-\u9fff"
#: An address of the web; one with more in it than a page tells who signs in, or what was typed there.
_LINK = re.compile(rf"\b[a-z][a-z0-9+.-]{{1,20}}://[^{_END}]*+", re.IGNORECASE)
_MORE = re.compile("[@?#]")
_AT = r"(?:@|\s{0,2}[(\[]\s?(?:at|собака)\s?[)\]]\s{0,2}|\s{1,2}собака\s{1,2})"
#: An address of mail; where Chinese goes on without a space, only what is no Chinese, if there is any.
_MAIL = re.compile(rf"[^{_END}@{_HAN}]{{1,64}}+{_AT}[^{_END}@{_HAN}]+", re.IGNORECASE)
_MAIL_IN_CHINESE = re.compile(rf"[^{_END}@]*+{_AT}[^{_END}@]+")
#: Numbers of accounts, companies and persons may have letters in them; six digits are many for a word.
_CODE = re.compile(r"[A-Za-zА-Яа-яЁё0-9]{8,}+")
_CODE_DIGITS = 6
#: Groups of four, as accounts are printed: "DE89 3704 0044 0532 0130 00".
_ACCOUNT = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?(?![A-Za-z0-9])"
)
#: Digits with what may stand between them in numbers of telephones, accounts and offices.
_DIGITS = re.compile(r"[+(]{0,2}\d(?:[ .()/_-]{0,3}\d){6,}+")
_ROUND = re.compile(r"\d{1,3}(?:[ .]000)+")
#: Who says their name, and a business that is called like its owner.
_CALLED = re.compile(
    r"((?i:\bmy (?:full )?name is|\bменя зовут|\bмо[её] имя|\bмоя фамилия)[\s:–—-]+|\bИП\s+(?=[А-ЯЁ]))"
    r"[^\W\d_][\w'’-]*(?:\s+[^\W\d_][\w'’-]*)?(?:\s+[A-ZА-ЯЁ][\w.'’-]*)?"
)
_CALLED_IN_CHINESE = re.compile(rf"((?:我叫|我姓|我的(?:名字|姓名)(?:是|叫|為|为))\s?)[{_HAN}]{{1,4}}")


def redacted(said: str) -> str:
    """The words without addresses, numbers that belong to somebody, secrets, and names where they say so.

    Names that nothing gives away as such stay. Invisible signs go, and every digit becomes an ASCII one.
    """
    written = plain(said)
    if words_in(written) is not None:
        return SECRET
    written = _LINK.sub(_link, written)
    written = _MAIL_IN_CHINESE.sub(MAIL, _MAIL.sub(MAIL, written))
    written = _CODE.sub(_code, _ACCOUNT.sub(NUMBER, written))
    written = _DIGITS.sub(_number, written)
    return _CALLED_IN_CHINESE.sub(rf"\1{NAME}", _CALLED.sub(rf"\1{NAME}", written))


def _link(found: re.Match[str]) -> str:
    return LINK if _MORE.search(found[0]) else found[0]


def _code(found: re.Match[str]) -> str:
    return NUMBER if sum(sign.isdigit() for sign in found[0]) >= _CODE_DIGITS else found[0]


def _number(found: re.Match[str]) -> str:
    """A round amount belongs to nobody."""
    return found[0] if _ROUND.fullmatch(found[0]) else NUMBER


def shaped(said: str) -> str:
    """What the words look like, and nothing of what they say: 0 for a digit, x for any other letter."""
    return "".join("0" if sign.isdigit() else "x" if sign.isalpha() else sign for sign in said)
