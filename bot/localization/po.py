"""Catalog files: reads and writes `.po`, with the lasting key as msgctxt.

Our own because the catalogs are read whenever the product starts: polib needs four times as long, and Babel's
reader does not import on Python 3.13 in the version that the SDK pins. msgfmt and polib read what we write.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.localization.locale import Locale

_PLURALS = "Plural-Forms: "

#: The rule that chooses a plural form, in gettext's words; `plurals.py` says the same in ours.
PLURAL_RULES = {
    Locale.EN: "nplurals=2; plural=(n != 1);",
    Locale.ZH_CN: "nplurals=1; plural=0;",
    Locale.ZH_TW: "nplurals=1; plural=0;",
    Locale.RU: (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
        "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
    ),
}


class Malformed(ValueError):
    """A catalog that cannot be read; says where."""


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a catalog. `forms` holds one translation, or one per plural form; "" where there is none.

    `previous` is the English (and its plural) that a fuzzy translation was made for.
    """

    key: str
    english: str
    plural: str | None = None
    forms: tuple[str, ...] = ("",)
    comment: str = ""
    places: tuple[str, ...] = ()
    fuzzy: bool = False
    previous: tuple[str, ...] = ()
    line: int = 0

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.english,) if self.plural is None else (self.english, self.plural)

    @property
    def translated(self) -> bool:
        return not self.fuzzy and all(self.forms)


def path_of(folder: Path, locale: Locale) -> Path:
    """Where a language's catalog lies under the folder of all languages."""
    return folder / locale.folder / "LC_MESSAGES" / "bot.po"


def read(path: Path) -> list[Message]:
    """The messages of a catalog in their order, without its header."""
    reader = _Reader(path)
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        reader.take(number, line.strip())
    reader.finish()
    return reader.messages


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.messages: list[Message] = []
        self._begin()

    def _begin(self) -> None:
        self.strings: dict[str, str] = {}
        self.comments: list[str] = []
        self.places: list[str] = []
        self.fuzzy = False
        self.current = ""
        self.line = 0

    def take(self, number: int, line: str) -> None:
        if not line:
            self.finish()
        elif line[0] == '"':
            if not self.current:
                raise Malformed(f"{self.path}:{number}: a string that belongs to nothing")
            self.strings[self.current] += self._unquoted(number, line)
        elif line[0] == "#" and not line.startswith("#|"):
            self._take_comment(line)
        else:
            self._take_string(number, line)

    def _take_comment(self, line: str) -> None:
        if self._is_complete():
            self.finish()
        kind, content = line[:2], line[2:].strip()
        if kind == "#.":
            self.comments.append(content)
        elif kind == "#:":
            self.places += content.split()
        elif kind == "#,":
            self.fuzzy = self.fuzzy or "fuzzy" in content

    def _take_string(self, number: int, line: str) -> None:
        previous = "#| " if line.startswith("#|") else ""
        name, _, quoted = line.removeprefix("#|").strip().partition(" ")
        if not name:
            raise Malformed(f"{self.path}:{number}: neither a comment nor a string")
        if name[0] == '"':  # an old msgid that goes on over several lines
            self.strings[self.current] += self._unquoted(number, line.removeprefix("#|").strip())
            return
        if name in ("msgctxt", "msgid") and self._is_complete():
            self.finish()
        self.current = previous + name
        if self.current == "msgctxt":
            self.line = number
        self.strings[self.current] = self._unquoted(number, quoted.strip())

    def _is_complete(self) -> bool:
        return self.current.startswith("msgstr")

    def _unquoted(self, number: int, quoted: str) -> str:
        if len(quoted) < 2 or quoted[0] != '"' or quoted[-1] != '"':
            raise Malformed(f"{self.path}:{number}: a string must stand between quotation marks: {quoted}")
        content = quoted[1:-1]
        return _ESCAPE.sub(_unescaped, content) if "\\" in content else content

    def finish(self) -> None:
        """Ends the entry that is being read; the header and entries without a key are no messages of ours."""
        strings = self.strings
        if "msgctxt" in strings:
            if "msgid" not in strings:
                raise Malformed(f"{self.path}:{self.line}: {strings['msgctxt']} has no msgid")
            self.messages.append(
                Message(
                    key=strings["msgctxt"],
                    english=strings["msgid"],
                    plural=strings.get("msgid_plural"),
                    forms=tuple(string for name, string in strings.items() if name.startswith("msgstr")),
                    comment="\n".join(self.comments),
                    places=tuple(self.places),
                    fuzzy=self.fuzzy,
                    previous=tuple(
                        strings[name] for name in ("#| msgid", "#| msgid_plural") if name in strings
                    ),
                    line=self.line,
                )
            )
        self._begin()


_ESCAPE = re.compile(r"\\(.)")
_UNESCAPED = {"n": "\n", "t": "\t", "r": "\r"}
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def _unescaped(match: re.Match[str]) -> str:
    return _UNESCAPED.get(match[1], match[1])


def write(path: Path, locale: Locale, messages: Iterable[Message]) -> bool:
    """Replaces a catalog in one step, so that nobody reads half of it. False: it was like this already."""
    there = path.read_text("utf-8") if path.exists() else ""
    header = _kept_header(there) or _header(locale)
    content = "\n".join([header, *map(_entry, sorted(messages, key=lambda message: message.key))])
    if there == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
    return True


def _kept_header(content: str) -> str:
    """The header as translators' programs have left it: they sign there, and look for their own fields."""
    first, _, _ = content.removeprefix("#\n").partition("\n\n")
    return f"{first}\n" if first.startswith(('msgid ""\nmsgstr ""\n"', "#")) and _PLURALS in first else ""


def _header(locale: Locale) -> str:
    fields = {
        "Project-Id-Version": "csp-onboarding-assistant",
        "PO-Revision-Date": f"{datetime.now(UTC):%Y-%m-%d %H:%M}+0000",
        "Last-Translator": "see the history of this file",
        "Language-Team": locale.folder,
        "Language": locale.folder,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_RULES[locale],
    }
    lines = [f'"{name}: {value}\\n"' for name, value in fields.items()]
    return "\n".join(['msgid ""', 'msgstr ""', *lines, ""])


def _entry(message: Message) -> str:
    lines = [f"#. {line}" for line in message.comment.splitlines()]
    lines += [f"#: {place}" for place in message.places]
    if message.fuzzy:
        lines.append("#, fuzzy")
    for name, previous in zip(("msgid", "msgid_plural"), message.previous, strict=False):
        lines += (f"#| {line}" for line in _string(name, previous))
    lines += _string("msgctxt", message.key)
    lines += _string("msgid", message.english)
    if message.plural is None:
        lines += _string("msgstr", message.forms[0])
    else:
        lines += _string("msgid_plural", message.plural)
        for index, form in enumerate(message.forms):
            lines += _string(f"msgstr[{index}]", form)
    return "\n".join([*lines, ""])


def _string(name: str, content: str) -> Iterator[str]:
    """One line, or one for each line of the text."""
    lines = content.splitlines(keepends=True)
    if len(lines) < 2:
        yield f'{name} "{content.translate(_ESCAPED)}"'
        return
    yield f'{name} ""'
    for line in lines:
        yield f'"{line.translate(_ESCAPED)}"'
