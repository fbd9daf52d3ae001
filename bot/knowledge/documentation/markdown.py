"""Markdown as Microsoft's documentation writes it, cut at its headings into what a reader sees."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_IMAGE = re.compile(r":::image\b.*?:::")
#: The bounds of columns, zones, monikers and the like; what stands between them is text.
_DIRECTIVE = re.compile(r"^[ \t>]*:::.*$", re.MULTILINE)
#: [!NOTE], [!VIDEO https://...], [!div class="..."]; not [![image](...)](...).
_MARK = re.compile(r"\[!\w[^\[\]]*\]")
_TAB = "#tab/"
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)\b([^>]*)>")
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""")
_NAME = re.compile(r"""\b(?:name|id)\s*=\s*["']?([^"'\s>]+)""")
#: The English original beside its translation, which the site shows only on demand.
_ORIGINAL = "sxs-lookup"
#: Chinese has no space after its full stop; the site's editors write one.
SPACE_AFTER_SIGN = re.compile(r"(?<=[，。、；：！？]) +")
#: Stands between the cells of a row.
CELL_END = " | "
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


@dataclass(slots=True)
class Part:
    """What stands under one heading, block by block; of level 0 is what comes before the first."""

    level: int
    heading: str = ""
    #: As the site names it in the address of the section.
    anchor: str = ""
    blocks: list[str] = field(default_factory=list)
    #: Where its links lead, as they are written; those of headings too.
    links: list[str] = field(default_factory=list)


class Anchors:
    """Names the sections of one page."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def of(self, heading: str, named: str = "") -> str:
        """The name the heading brings along, or else one made of its words; a second one is numbered."""
        slug = named or _slug(heading)
        again = self._taken.get(slug, 0)
        self._taken[slug] = again + 1
        return f"{slug}-{again}" if again and not named else slug


def _slug(heading: str) -> str:
    """GitHub's rule, which the site follows: letters and digits of any script, hyphens for spaces."""
    kept = (char for char in heading if char.isalpha() or char.isdecimal() or char in " -_")
    return "".join(kept).lower().replace(" ", "-")


def parts(source: str, anchors: Anchors) -> list[Part]:
    """The page's parts; whatever is wrong with its Markdown becomes plain text, as on the site."""
    source = _DIRECTIVE.sub("", _IMAGE.sub("", _COMMENT.sub("", source)))
    found, heading = [Part(0)], 0
    row: list[str] | None = None
    for token in _MARKDOWN.parse(_MARK.sub("", source)):
        match token.type:
            case "heading_open":
                heading = int(token.tag[1:])
            case "heading_close":
                heading = 0
            case "inline":
                seen = _seen(token.children or ())
                if heading and not _is_tab(token):
                    found.append(Part(heading, seen.text, anchors.of(seen.text, seen.anchor)))
                elif row is not None:
                    row.append(seen.text)
                else:
                    found[-1].blocks.append(seen.text)
                found[-1].links += seen.links
            case "tr_open":
                row = []
            case "tr_close":
                found[-1].blocks.append(CELL_END.join(filter(None, row or ())))
                row = None
            case "fence" | "code_block":
                found[-1].blocks += token.content.splitlines()
            case "html_block":
                seen = _seen_in_html(token.content)
                found[-1].blocks += seen.text.splitlines()
                found[-1].links += seen.links
    for part in found:
        part.blocks = [block for block in part.blocks if block]
    return found


def plain(source: str) -> str:
    """All of a short piece of Markdown in one line."""
    every = parts(source, Anchors())
    return " ".join(piece for part in every for piece in (part.heading, *part.blocks) if piece)


def _is_tab(heading: Token) -> bool:
    """Headings that are links to "#tab/..." are the labels of tabs; they have no section of their own."""
    links = (child for child in heading.children or () if child.type == "link_open")
    return any(str(link.attrGet("href")).startswith(_TAB) for link in links)


class _Seen:
    """Collects what a reader sees of text and tags."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._spans: list[bool] = []
        self.anchor = ""
        self.links: list[str] = []

    def add(self, words: str) -> None:
        if not any(self._spans):
            self._pieces.append(words)

    def add_link(self, target: str) -> None:
        if not any(self._spans):
            self.links.append(target)

    def add_tag(self, closing: str, name: str, attributes: str) -> None:
        match name.lower(), bool(closing):
            case "span", False:
                self._spans.append(_ORIGINAL in attributes)
            case "span", True:
                if self._spans:
                    self._spans.pop()
            case "a", False:
                named = _NAME.search(attributes)
                self.anchor = self.anchor or (named[1] if named else "")
                if leads := _HREF.search(attributes):
                    self.add_link(html.unescape(leads[1]))
            case "br" | "p" | "li" | "td" | "th" | "div", _:
                self.add(" ")
            case "tr" | "summary" | "ul" | "ol" | "table", _:
                self.add("\n")

    @property
    def text(self) -> str:
        lines = "".join(self._pieces).split("\n")
        tidy = (SPACE_AFTER_SIGN.sub("", " ".join(line.split())) for line in lines)
        return "\n".join(line for line in tidy if line)


def _seen(children: Iterable[Token]) -> _Seen:
    seen = _Seen()
    for child in children:
        match child.type:
            case "text" | "code_inline":
                seen.add(child.content)
            case "softbreak" | "hardbreak":
                seen.add(" ")
            case "link_open":
                seen.add_link(str(child.attrGet("href")))
            case "html_inline":
                if tag := _TAG.match(child.content):
                    seen.add_tag(tag[1], tag[2], tag[3])
    return seen


def _seen_in_html(source: str) -> _Seen:
    seen, at = _Seen(), 0
    for tag in _TAG.finditer(source):
        seen.add(html.unescape(source[at : tag.start()]).replace("\n", " "))
        seen.add_tag(tag[1], tag[2], tag[3])
        at = tag.end()
    seen.add(html.unescape(source[at:]).replace("\n", " "))
    return seen
