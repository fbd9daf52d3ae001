"""The facts that can be compared across languages: numbers, amounts, dates and addresses."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from bot.domain import money, numerals
from bot.domain.months import BY_NAME

Kind = Literal["date", "amount", "number", "address"]

#: The host of the documentation, by its older name too, and the folder in which its pages stand.
_DOCS_HOSTS, _DOCS = {"docs.microsoft.com", "learn.microsoft.com"}, "learn.microsoft.com"
_PAGES = "/partner-center"
_LANGUAGE = re.compile(r"^/[a-z]{2}-[a-z]{2}(?=/|$)", re.IGNORECASE)
_PAGE = re.compile(r"(?:/index)?\.(?:md|yml)$")
_ADDRESS = re.compile(
    r"https?://[^\s<>\"'()（），。；、|]+|(?<![\w.@/-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org)\b(?:/[\w./%?=&#-]*)?",
    re.IGNORECASE | re.ASCII,
)

_YEAR, _DAY = "(?P<year>[12][0-9]{3})", "(?P<day>[0-3]?[0-9])"
_NUMBERED = "(?P<month>[01]?[0-9])"
_RUSSIAN = r"(?:январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)[ьяею]|(?:март|август)[ае]?|ма[йяе]"
_ENGLISH = r"(?:jan|febr)(?:uary)?|march|april|may|june|july|aug(?:ust)?|(?:sept|oct|nov|dec)(?:o?ber|ember)?"
_NAMED = rf"(?P<name>{_RUSSIAN}|{_ENGLISH})\.?"
#: In this order: what one has read is not read again.
_DATES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR} ?年 ?{_NUMBERED} ?月(?: ?{_DAY} ?[日号號])?",
        rf"{_NUMBERED} ?月 ?{_DAY} ?[日号號]",
        rf"(?<![\w-]){_YEAR}-{_NUMBERED}-{_DAY}(?![\w-])",
        # Microsoft's pages are written month first.
        rf"(?<![\w/]){_NUMBERED}/{_DAY}/{_YEAR}(?![\w/])",
        rf"(?<!\w){_DAY} {_NAMED},? {_YEAR}",
        rf"(?<!\w){_NAMED} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
        rf"(?<!\w){_NAMED},? {_YEAR}",
        rf"(?<!\w){_YEAR} {_NAMED}(?!\w)",
        # Not in English: "5 may" goes on as "be enough".
        rf"(?<!\w){_DAY} (?P<name>{_RUSSIAN})(?!\w)",
        rf"(?<!\w){_YEAR} ?(?:年|г\.|год[ауе]?\b)",
    )
]

_DIGIT = re.compile("[0-9]")
_GUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)
#: What is numbered, not counted.
_LABEL = re.compile(
    r"[(（][0-9][)）]|(?:步骤|步驟|选项|選項|方案|案例|情况|情況|关系|關聯性|關係|示例|範例|"
    r"(?:шаг|вариант|сценари|отношени|пример|строк|пункт|линии|"
    r"step|option|scenario|relationship|example|line|table|figure)[\w]*)"
    r" ?[0-9]+(?: ?(?:和|及|与|與|、|и|and|или|or|/)(?:/?(?:或|или|or))? ?[0-9]+)*",
    re.IGNORECASE,
)
_MULTIPLE = r"万|萬|亿|億|тыс|млн|млрд|thousand|million|k\b"
_WRITTEN = re.compile(
    rf"(?<![a-zа-яё0-9_.])(?P<number>[0-9]+(?:[ ,.'’][0-9]+)*)(?: ?(?P<multiple>{_MULTIPLE})[а-я]*\.?)?"
    r"(?![a-zа-яё0-9_])",
    re.IGNORECASE,
)
#: Chinese numerals count only before what is counted in time: 一 is in every second sentence.
_SIGNS = re.compile(
    r"(?P<number>[二两兩三四五六七八九十百]+) ?(?:个|個)?(?:月(?!份)|工作日|工作天|天|年|小时|小時)"
)
#: Words for small numbers, only before what is counted in time: "two" and "one" are in many a phrase.
_TIME = (
    r" (?:полных |рабочих |full |business )?(?:месяц|год|лет|дн|рабочих|час|недел|month|year|day|hour|week)"
)
_WORDS = {
    "дв(?:а|ух|ум|умя)": 2, "тр(?:и|ех|ёх)": 3, "четыр(?:е|ех|ёх)": 4, "пят[ьи]": 5, "шест[ьи]": 6,
    "сем[ьи]": 7, "вос(?:емь|ьми)": 8, "девят[ьи]": 9, "десят[ьи]": 10, "одиннадцат[ьи]": 11,
    "двенадцат[ьи]": 12, "двадцат[ьи]": 20, "тридцат[ьи]": 30, "шест(?:ьдесят|идесяти)": 60,
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "sixty": 60,
}  # fmt: skip
#: From so many on a word tells a number anywhere.
_TELLING = 5
_WORD = {
    re.compile(rf"\b(?:{word})\b{_TIME if value < _TELLING else ''}", re.IGNORECASE): value
    for word, value in _WORDS.items()
}
_BEFORE = re.compile(rf"(?:{money.DOLLARS.pattern})\s*\$?\s*$", re.IGNORECASE)
_AFTER = re.compile(rf"\s*(?:{money.DOLLARS.pattern})", re.IGNORECASE)


class Fact(NamedTuple):
    kind: Kind
    #: 2020-10-27, 2020-10, 2020 or --10-27; "USD 300000"; "12"; an address without its scheme.
    value: str

    def __str__(self) -> str:
        return self.value


def counted(text: str, names: Iterable[str] = ()) -> Counter[Fact]:
    """How often a text says each; `names` are terms whose digits count nothing, such as Office 365."""
    return Counter(_facts(text, names))


def facts(text: str, names: Iterable[str] = ()) -> frozenset[Fact]:
    return frozenset(counted(text, names))


def address(link: str, page: str = "") -> Fact | None:
    """Where a link on a page leads, alike in all languages; None where it stays there, or is no address."""
    parts = urlsplit(link.replace("\\", "/"))
    if parts.scheme not in ("", "http", "https") or not (parts.netloc or parts.path):
        return None
    host, path = (parts.hostname or _DOCS).removeprefix("www."), parts.path
    if not parts.netloc and not path.startswith("/"):
        path = posixpath.normpath(posixpath.join(_PAGES, posixpath.dirname(page), path))
    if host in _DOCS_HOSTS:
        host, path = _DOCS, _PAGE.sub("", path)
    return Fact("address", host + _LANGUAGE.sub("", path).rstrip("/").lower())


def is_page(fact: Fact) -> bool:
    """Whether it only leads to another page of the documentation."""
    return fact.kind == "address" and fact.value.startswith(_DOCS)


def carried(fact: Fact, by: frozenset[Fact]) -> bool:
    """Whether these say it too: exactly, or a month by a day in it, a bare number by an amount."""
    match fact.kind:
        case "date":
            return any(each.kind == "date" and each.value.startswith(fact.value) for each in by)
        case "number":
            return any(each == fact or each.value == f"USD {fact.value}" for each in by)
        case _:
            return fact in by


def _facts(text: str, names: Iterable[str]) -> Iterator[Fact]:
    for found in _ADDRESS.finditer(text):
        link = found[0].rstrip(".,:;")
        if fact := address(link if "://" in link else f"https://{link}"):
            yield fact
    text = _GUID.sub(" ; ", _ADDRESS.sub(" ; ", text)).replace("\u00a0", " ").replace("\u202f", " ")
    # Only those with digits: Microsoft may not be taken out of Microsoft 365.
    for name in filter(_DIGIT.search, names):
        text = re.sub(re.escape(name), " ; ", text, flags=re.IGNORECASE)
    for pattern in _DATES:
        for found in pattern.finditer(text):
            if day := _day(found):
                yield Fact("date", day)
        text = pattern.sub(lambda found: " ; " if _day(found) else found[0], text)
    yield from _numbers(_LABEL.sub(" ; ", text))


def _day(found: re.Match[str]) -> str | None:
    named = found.groupdict()
    name = (named.get("name") or "").casefold()[:3]
    year, month, day = named.get("year"), named.get("month"), named.get("day")
    number = int(month) if month else BY_NAME.get(name)
    try:
        # 2020 was a leap year: every day of a year that is not told.
        date(int(year or 2020), number or 1, int(day or 1))
    except ValueError:
        return None
    return "-".join(
        [year or "-", *([f"{number:02}"] if number else []), *([f"{int(day):02}"] if day else [])]
    )


def _numbers(text: str) -> Iterator[Fact]:
    for found in _WRITTEN.finditer(text):
        value = _value(found["number"], found["multiple"])
        if value is None:
            yield from (Fact("number", piece.lstrip("0") or "0") for piece in re.findall("[0-9]+", found[0]))
        elif _BEFORE.search(text[max(0, found.start() - 12) : found.start()]) or _AFTER.match(
            text, found.end()
        ):
            yield Fact("amount", f"USD {value}")
        else:
            yield Fact("number", value)
    for word, count in _WORD.items():
        yield from (Fact("number", str(count)) for _ in word.finditer(text))
    for found in _SIGNS.finditer(text):
        if (amount := numerals.read(found["number"])) is not None:
            yield Fact("number", money.canonical(amount))


def _value(number: str, multiple: str | None) -> str | None:
    amount = money.read(f"{number}{multiple}".casefold() if multiple else number)
    return None if amount is None else money.canonical(amount)
