"""What a person said in an activity: mentions taken out, pasted HTML read, character references resolved."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

Entities = list[dict[str, Any]] | None

#: More mentions than anybody makes are not looked for.
MANY = 50

#: With its semicolon only: "R&D" and "AT&T" are names.
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")

AT = re.compile(r"</?at(?:\s[^<>]{0,200})?>", re.IGNORECASE)

#: A tag, a comment or the like. The standard library's parser is not used: broken HTML of 40 KB keeps it
#: busy for twenty seconds, and this expression looks at each sign once.
TAG = re.compile(r"<(?:(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)|[!?][^<>]*)>")
ATTRIBUTE = re.compile(r"""\b(itemtype|alt)\s*=\s*(?:"([^"]*)"|'([^']*)')""")

#: After these a new line begins; in a paste every line is a block of its own.
BLOCKS = frozenset(
    {"p", "div", "br", "hr", "li", "ol", "ul", "dl", "dt", "dd", "table", "tr", "pre", "section"}
)
BLOCKS |= {"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "article", "address"}
#: What stands in these is not said by the person.
SILENT = frozenset({"style", "script", "title"})
#: How Teams marks a mention, and the message that is answered, which it repeats before the answer.
MENTION, QUOTED = "http://schema.skype.com/Mention", "http://schema.skype.com/Reply"


def spoken(text: str | None, attachments: object, entities: Entities, bot_id: str, *, is_markup: bool) -> str:
    """The words themselves. `is_markup`: the channel writes character references, and may send HTML beside.

    Teams' own plain text loses line breaks and everything in angle brackets; its HTML has both.
    """
    said = text or ""
    if is_markup:
        said = next((found for content in _pages(attachments) if (found := _words_of(content))), said)
        if said is text:
            said = REFERENCE.sub(lambda found: html.unescape(found.group()), said)
        said = said.replace("\xa0", " ")
    return without_mentions(said, entities, bot_id)


class Span(NamedTuple):
    start: int
    end: int
    is_ours: bool


def without_mentions(text: str, entities: Entities, bot_id: str) -> str:
    """The text without the places where the bot is mentioned, and with the bare names of the others.

    Each mention stands for one place; the longest are looked for first, so that the bot "CSP" is not found
    inside "@CSP Support".
    """
    mentions = sorted(_mentions(entities, bot_id), key=lambda mention: -len(mention[0]))
    spans: list[Span] = []
    for mention, is_ours in mentions:
        start = _first_free(text, mention, spans)
        if start >= 0:
            spans.append(Span(start, start + len(mention), is_ours))
    for span in sorted(spans, reverse=True):
        before, found, after = text[: span.start], text[span.start : span.end], text[span.end :]
        if span.is_ours:
            found = ""
            after = after.removeprefix(" ") if before.endswith(" ") or not before else after
        text = before + AT.sub("", found) + after
    return text.strip()


def _mentions(entities: Entities, bot_id: str) -> Iterator[tuple[str, bool]]:
    for entity in (entities or ())[:MANY]:
        mentioned, written = entity.get("mentioned"), entity.get("text")
        if entity.get("type") != "mention" or not isinstance(mentioned, dict):
            continue
        if not isinstance(written, str) or not written:
            # Some clients leave out how it is written; then it stands under the name.
            name = mentioned.get("name")
            written = f"<at>{name}</at>" if isinstance(name, str) and name else ""
        if written:
            written = html.unescape(written) if REFERENCE.search(written) else written
            yield written.replace("\xa0", " "), mentioned.get("id") == bot_id


def _first_free(text: str, mention: str, taken: list[Span]) -> int:
    start = text.find(mention)
    while start >= 0 and any(span.start < start + len(mention) and start < span.end for span in taken):
        start = text.find(mention, start + 1)
    return start


def _pages(attachments: object) -> Iterator[str]:
    for attachment in attachments if isinstance(attachments, list) else ():
        if isinstance(attachment, dict) and attachment.get("contentType") == "text/html":
            content = attachment.get("content")
            if isinstance(content, str):
                yield content


def _words_of(page: str) -> str:
    """The text of a page, a line for each block; mentions are written as Teams writes them in plain text."""
    reader = _Reader()
    here = 0
    for tag in TAG.finditer(page):
        reader.take_words(page[here : tag.start()])
        here = tag.end()
        if tag[2]:
            reader.take_tag(tag[2].lower(), tag[3] or "", is_end=bool(tag[1]))
    reader.take_words(page[here:])
    lines = (" ".join(line.split()) for line in "".join(reader.said).split("\n"))
    return "\n".join(line for line in lines if line)


class _Reader:
    def __init__(self) -> None:
        self.said: list[str] = []
        #: The tag we are in whose words nobody said, or that holds a mention; and how often it is open.
        self._inside = ""
        self._depth = 0
        self._is_silent = False

    def take_words(self, words: str) -> None:
        if not self._is_silent:
            # Line breaks of the source are no line breaks of the page.
            self.said.append(re.sub(r"\s+", " ", html.unescape(words)))

    def take_tag(self, tag: str, attributes: str, *, is_end: bool) -> None:
        if self._inside:
            if tag == self._inside:
                self._depth += -1 if is_end else 1
            if self._depth == 0:
                self.said.append("" if self._is_silent else "</at>")
                self._inside, self._is_silent = "", False
            return
        named = {name: double or single for name, double, single in ATTRIBUTE.findall(attributes)}
        kind = named.get("itemtype")
        if not is_end and (tag in SILENT or kind == QUOTED):
            self._inside, self._depth, self._is_silent = tag, 1, True
        elif not is_end and (tag == "at" or kind == MENTION):
            self._inside, self._depth = tag, 1
            self.said.append("<at>")
        elif tag == "img":
            # An emoji is a picture with a name.
            self.said.append(html.unescape(named.get("alt", "")))
        elif tag in BLOCKS:
            self.said.append("\n")
        elif tag in ("td", "th"):
            self.said.append(" ")
