"""Replies spoken: one language's words for texts and attachments, as plain text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.sources import Translation
from bot.localization.catalogs import Catalogs
from bot.localization.locale import Locale
from bot.text import Text, Value, text
from bot.turn import (
    Article,
    Attachment,
    Choice,
    Comparison,
    InputForm,
    Line,
    Passage,
    Passages,
    Reply,
    Source,
    Summary,
)

# Translators: a button beside an answer in the summary; it asks that one question again.
CHANGE = text("render.change", "Change")
# Translators: one line of a summary without cards: the question's label and the answer.
LINE = text("render.line", "{label}: {value}")
# Translators: under an answer, and the text of a link: page title, section heading and date of that page.
SOURCE = text("render.source", "Source: {title}, “{section}”, as of {date}")
# Translators: the same where the page has no date.
SOURCE_UNDATED = text("render.source.undated", "Source: {title}, “{section}”")
# Translators: heading of a short list under an answer: rules or pages that have been replaced, and when.
CHANGED = text("render.changed", "What has changed")
# Translators: under an answer of ours; below it stands the link to a section of a page.
NEAREST = text(
    "render.nearest", "Microsoft's documentation also has a section that may be closer to your question:"
)
#: What stands under sources, by the kind of their translation and whether another language's copy is newer.
NOTICES: dict[tuple[Translation | None, bool], Text] = {
    # Translators: under one or several sources: people translated the page into this language.
    ("human", False): text("render.source.human", "Human translation."),
    # Translators: under one or several sources: people translated it; another language's copy is newer.
    ("human", True): text("render.source.outdated", "Human translation; newer in another language."),
    # Translators: under one or several sources: a machine translated the page into this language.
    ("machine", False): text("render.source.machine", "Machine translation."),
    # Translators: under one or several sources: a machine translated it; another language's copy is newer.
    ("machine", True): text(
        "render.source.machine-outdated", "Machine translation; newer in another language."
    ),
    # Translators: under one or several sources: the page does not exist in this language.
    ("missing", False): text("render.source.missing", "In English only."),
}

#: An address our own sentences name. Others, which people type, never become links.
LINK = re.compile(
    r"(https://(?:[a-z0-9-]+\.)*(?:microsoft|azure)\.com(?:/(?:[\w%#?=&~./-]*[\w/])?|(?![\w-]|\.\w)))",
    re.ASCII,
)

#: Every ASCII sign that Markdown may read as more than itself, quotes and dashes of typographers included.
MARKUP = re.compile(r"([!-.:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Voice:
    """One language, ready to speak."""

    catalogs: Catalogs
    locale: Locale

    def say(self, words: Text) -> str:
        return self.catalogs.say(words, self.locale)

    def value(self, value: Text | Value) -> str:
        return self.catalogs.value(value, self.locale)

    def typed(self, value: Text | Value) -> str:
        """A value as it stands in a box to write in: it comes back as an answer."""
        return self.catalogs.typed(value, self.locale)

    def label(self, choice: Choice) -> str:
        return self.value(choice.label)

    def button(self, choice: Choice) -> str:
        """The button as words: its label, and the address it opens."""
        return self.say(LINE.fill(label=choice.label, value=choice.url)) if choice.url else self.label(choice)

    def source(self, source: Source | Passage) -> str:
        if source.date is None:
            return self.say(SOURCE_UNDATED.fill(title=source.title, section=source.section))
        return self.say(SOURCE.fill(title=source.title, section=source.section, date=source.date))

    def plain(self, reply: Reply) -> str:
        """Everything a reply says, without its buttons."""
        parts = [self.say(reply.text)] if reply.text else []
        if reply.attachment:
            parts.append(self.plainly(reply.attachment))
        return "\n\n".join(parts)

    def plainly(self, attachment: Attachment) -> str:
        match attachment:
            case Summary():
                return "\n\n".join(self._summary(attachment))
            case Comparison():
                return "\n\n".join(self._comparison(attachment))
            case Article():
                return "\n\n".join(self._article(attachment))
            case Passages():
                return "\n\n".join(self._passages(attachment))
            case InputForm():
                return "\n\n".join(self._form(attachment))

    def markdown(self, article: Article, before: Text | None = None) -> str:
        """The article with our own marks only: whatever a value contains stays what was typed."""
        parts = [escaped(self.say(before))] if before else []
        parts.append(f"**{escaped(self.say(article.subject))}**")
        parts += [escaped(self.say(paragraph)) for paragraph in article.paragraphs]
        if article.points:
            parts.append("\n".join(f"- {escaped(self.say(point))}" for point in article.points))
        if article.steps:
            parts.append(
                "\n".join(f"{n}. {escaped(self.say(step))}" for n, step in enumerate(article.steps, 1))
            )
        parts += [escaped(self.say(paragraph)) for paragraph in article.closing]
        if article.changes:
            parts.append(f"**{escaped(self.say(CHANGED))}**")
            parts.append("\n".join(f"- {escaped(self.say(change))}" for change in article.changes))
        for sources, note in noted(article.sources):
            parts += [self._cited(source) for source in sources]
            parts += [f"*{escaped(self.say(note))}*"] if note else []
        if article.nearest:
            parts += [escaped(self.say(NEAREST)), *self._quietly(article.nearest)]
        return "\n\n".join(parts)

    def markdown_of(self, passages: Passages) -> str:
        """What the documentation says stands as a quotation, and none of it is read as Markdown."""
        parts = [escaped(self.say(passages.title))]
        for passage in passages.passages:
            parts += [f"> {escaped(passage.excerpt)}", *self._quietly(passage)]
        return "\n\n".join(parts)

    def _quietly(self, passage: Passage) -> Iterator[str]:
        yield self._cited(passage)
        if note := notice(passage):
            yield f"*{escaped(self.say(note))}*"

    def _cited(self, source: Source | Passage) -> str:
        """A link with the mark of what is quieter than the answer; our page draws it small."""
        return f"*[{escaped(self.source(source))}](<{source.url}>)*"

    def _summary(self, summary: Summary) -> Iterator[str]:
        yield self.say(summary.title)
        for group in summary.groups:
            yield "\n".join([self.say(group.title), *(self._line(line) for line in group.lines)])

    def _line(self, line: Line) -> str:
        return self.say(LINE.fill(label=line.label, value=line.value))

    def _comparison(self, comparison: Comparison) -> Iterator[str]:
        yield self.say(comparison.title)
        for row in comparison.rows:
            sides = (
                LINE.fill(label=comparison.left, value=row.left),
                LINE.fill(label=comparison.right, value=row.right),
            )
            yield "\n".join([self.say(row.aspect), *(self.say(side) for side in sides)])
        yield from self._sources(tuple(row.source for row in comparison.rows if row.source))

    def _article(self, article: Article) -> Iterator[str]:
        yield self.say(article.subject)
        yield from (self.say(paragraph) for paragraph in article.paragraphs)
        if article.points:
            yield "\n".join(f"- {self.say(point)}" for point in article.points)
        if article.steps:
            yield "\n".join(f"{n}. {self.say(step)}" for n, step in enumerate(article.steps, 1))
        yield from (self.say(paragraph) for paragraph in article.closing)
        if article.changes:
            yield "\n".join([self.say(CHANGED), *(f"- {self.say(change)}" for change in article.changes)])
        yield from self._sources(article.sources)
        if article.nearest:
            yield "\n".join([self.say(NEAREST), *self._where(article.nearest)])

    def _passages(self, passages: Passages) -> Iterator[str]:
        yield self.say(passages.title)
        for passage in passages.passages:
            yield "\n".join([passage.excerpt, *self._where(passage)])

    def _where(self, passage: Passage) -> Iterator[str]:
        yield self.source(passage)
        yield passage.url
        if note := notice(passage):
            yield self.say(note)

    def _form(self, form: InputForm) -> Iterator[str]:
        yield self.say(form.title)
        yield self.say(form.note)
        for each in form.inputs:
            said = (each.label, each.problem) if each.problem else (each.label,)
            yield "\n".join(map(self.say, said))

    def _sources(self, sources: tuple[Source, ...]) -> Iterator[str]:
        for alike, note in noted(sources):
            yield from (f"{self.source(source)}\n{source.url}" for source in alike)
            if note:
                yield self.say(note)


def escaped(said: str) -> str:
    """Words without marks and images for Markdown, and no links but to Microsoft; a line break stays one."""
    pieces = LINK.split(said)
    pieces[::2] = (MARKUP.sub(r"\\\1", piece).replace("\n", "  \n") for piece in pieces[::2])
    pieces[1::2] = (f"<{link}>" for link in pieces[1::2])
    return "".join(pieces)


def cited(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Each page and section once, in the order of their first use."""
    first: dict[tuple[str, str], Source] = {}
    for source in sources:
        first.setdefault(source.place, source)
    return tuple(first.values())


def noted(sources: tuple[Source, ...]) -> list[tuple[tuple[Source, ...], Text | None]]:
    """The cited sources, those with the same notice together, in the order of their first use."""
    groups: dict[tuple[Translation | None, bool], list[Source]] = {}
    for source in cited(sources):
        groups.setdefault((source.translation, source.outdated), []).append(source)
    return [(tuple(alike), NOTICES.get(kind)) for kind, alike in groups.items()]


def notice(passage: Passage) -> Text | None:
    return NOTICES.get((passage.translation, passage.outdated))
