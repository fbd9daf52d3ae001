"""Replies spoken: one language's words for texts and attachments, as plain text and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.localization.catalogs import Catalogs
from bot.localization.locale import Locale
from bot.text import Text, Value, text
from bot.turn import Article, Attachment, Choice, Comparison, Line, Reply, Source, Summary

# Translators: a button beside an answer in the summary; it asks that one question again.
CHANGE = text("render.change", "Change")
# Translators: one line of a summary without cards: the question's label and the answer.
LINE = text("render.line", "{label}: {value}")
# Translators: under an answer, and the text of a link: page title, section heading and date of that page.
SOURCE = text("render.source", "Source: {title}, “{section}”, as of {date}")
# Translators: under a source, where the page in this language was translated by a machine.
MACHINE = text("render.source.machine", "Microsoft translated this page by machine.")
# Translators: under a source, where another language's copy of the page is newer.
OUTDATED = text("render.source.outdated", "This page is newer in another language.")
# Translators: under a source, where both are true.
MACHINE_AND_OUTDATED = text(
    "render.source.machine-outdated",
    "Microsoft translated this page by machine, and it is newer in another language.",
)

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

    def label(self, choice: Choice) -> str:
        return self.value(choice.label)

    def source(self, source: Source) -> str:
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
        parts += [f"[{escaped(self.source(source))}](<{source.url}>)" for source in cited(article.sources)]
        if (note := notice(article.sources)) is not None:
            parts.append(escaped(self.say(note)))
        return "\n\n".join(parts)

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
        yield from self._sources(article.sources)

    def _sources(self, sources: tuple[Source, ...]) -> Iterator[str]:
        yield from (f"{self.source(source)}\n{source.url}" for source in cited(sources))
        if (note := notice(sources)) is not None:
            yield self.say(note)


def escaped(said: str) -> str:
    """Words without marks and images for Markdown, and no links but to Microsoft; a line break stays one."""
    pieces = LINK.split(said)
    pieces[::2] = (MARKUP.sub(r"\\\1", piece).replace("\n", "  \n") for piece in pieces[::2])
    pieces[1::2] = (f"<{link}>" for link in pieces[1::2])
    return "".join(pieces)


def cited(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Each page and section once, in the order of their first use."""
    return tuple({source.url: source for source in reversed(sources)}.values())[::-1]


def notice(sources: tuple[Source, ...]) -> Text | None:
    """The one line that warns of the sources' age or kind of translation."""
    machine = any(source.machine_translated for source in sources)
    outdated = any(source.outdated for source in sources)
    if machine and outdated:
        return MACHINE_AND_OUTDATED
    if machine:
        return MACHINE
    return OUTDATED if outdated else None
