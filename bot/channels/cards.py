"""Adaptive Cards: attachments drawn so that no value can be read as Markdown.

All words stand in RichTextBlocks, which wrap and, unlike TextBlocks, never interpret what they show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import east_asian_width

import orjson

from bot.channels.voice import CHANGE, CHANGED, LINK, NEAREST, Voice, cited, noted, notice
from bot.turn import (
    Article,
    Choice,
    Comparison,
    Group,
    Line,
    Passage,
    Passages,
    Press,
    Row,
    Source,
    Summary,
)

Json = dict[str, Any]

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"

#: What Teams and Web Chat both draw; for a higher version Web Chat shows an empty bubble.
VERSION = "1.4"

#: The largest summary in bytes: every channel takes cards of 20 KB, and buttons may be added below.
LIMIT = 17_000

#: What fits side by side on a phone 375 pixels wide, in columns (a Chinese character takes two); what does
#: not is cut short in a row. Each button's frame takes as much room as a few letters.
ROW = 37
FRAME = 5
IN_A_ROW = 3
LAST_CYRILLIC = "\u052f"
#: What a button holds that has a line of its own; a longer label wraps where no button does.
LINE = 31


def attachment(body: list[Json], fallback: str) -> Json:
    card = {"type": "AdaptiveCard", "version": VERSION, "fallbackText": fallback, "body": body}
    return {"contentType": CONTENT_TYPE, "content": card}


def saying(said: str) -> Json:
    """A card with a few words."""
    return attachment(paragraphs(said), said)


def paragraphs(said: str) -> list[Json]:
    """Words of several lines: each is a block, for a line break within a block is drawn as a space."""
    drawn: list[Json] = []
    for paragraph in said.split("\n\n"):
        first, *others = map(words, filter(None, paragraph.split("\n")))
        drawn += [first, *(line | {"spacing": "None"} for line in others)]
    return drawn


def summaries(voice: Voice, summary: Summary) -> list[Json]:
    """The summary as one card or, where it would be too large, as several with whole groups in each."""
    body = [heading(voice.say(summary.title))]
    for group in summary.groups:
        body += _group(voice, group)
    card = attachment(body, voice.plainly(summary))
    if len(summary.groups) < 2 or len(orjson.dumps(card)) <= LIMIT:
        return [card]
    half = len(summary.groups) // 2
    parts = (summary.groups[:half], summary.groups[half:])
    return [card for groups in parts for card in summaries(voice, Summary(summary.title, groups))]


def comparison(voice: Voice, comparison: Comparison) -> Json:
    rows = tuple(row.source for row in comparison.rows if row.source)
    # in the order in which they stand below, so that their numbers ascend
    sources = tuple(source for alike, _ in noted(rows) for source in alike)
    body = [
        heading(voice.say(comparison.title)),
        _columns(
            words(voice.say(comparison.left), weight="Bolder"),
            words(voice.say(comparison.right), weight="Bolder"),
        ),
    ]
    for row in comparison.rows:
        body += _row(voice, row, sources)
    body += _sources(voice, sources, numbered=True)
    return attachment(body, voice.plainly(comparison))


def article(voice: Voice, article: Article) -> Json:
    body = [heading(voice.say(article.subject))]
    body += [words(voice.say(paragraph)) for paragraph in article.paragraphs]
    body += [_item("•", voice.say(point)) for point in article.points]
    body += [_item(f"{number}.", voice.say(step)) for number, step in enumerate(article.steps, 1)]
    body += [words(voice.say(paragraph)) for paragraph in article.closing]
    body += _changes(voice, article)
    body += _sources(voice, article.sources, numbered=False)
    if article.nearest:
        body.append(words(voice.say(NEAREST), size="Small") | {"separator": True})
        body += _where(voice, article.nearest)
    return attachment(body, voice.plainly(article))


def passages(voice: Voice, passages: Passages) -> Json:
    body = [words(voice.say(passages.title))]
    for passage in passages.passages:
        body.append(words(passage.excerpt) | {"separator": True})
        body += _where(voice, passage)
    return attachment(body, voice.plainly(passages))


def buttons(voice: Voice, choices: Sequence[Choice]) -> Iterator[Json]:
    """Rows of buttons: short labels side by side, longer ones each on a line of its own. Where one would be
    cut short even there, all that stand alone are drawn so that they wrap."""
    rows: list[list[tuple[str, Choice]]] = []
    taken = 0.0
    for label, choice in ((voice.label(choice), choice) for choice in choices):
        needed = FRAME + _columns_of(label)
        if rows and taken + needed <= ROW and len(rows[-1]) < IN_A_ROW:
            rows[-1].append((label, choice))
            taken += needed
        else:
            rows.append([(label, choice)])
            taken = needed
    wrap = any(_columns_of(label) > LINE for row in rows for label, _ in row)
    for row in rows:
        if wrap and len(row) == 1:
            yield _wrapping(*row[0])
        else:
            yield {"type": "ActionSet", "actions": [_action(label, choice) for label, choice in row]}


def _columns_of(label: str) -> float:
    return sum(map(_columns_for, label))


def _columns_for(sign: str) -> float:
    if east_asian_width(sign) in "WF":
        return 2
    # Letters after the Cyrillic ones, in the Armenian name of a region, say, are half as wide again.
    return 1.5 if sign.isalpha() and sign > LAST_CYRILLIC else 1


def _wrapping(label: str, choice: Choice) -> Json:
    """A button as an area to press, whose words wrap."""
    said = words(label, weight="Bolder")
    pressed = _action(label, choice)
    return {
        "type": "Container",
        "style": "emphasis",
        "spacing": "Small",
        "selectAction": pressed,
        "items": [said],
    }


def _action(label: str, choice: Choice) -> Json:
    if choice.url:
        return {"type": "Action.OpenUrl", "title": label, "url": choice.url}
    # Teams shows the label as said by the person.
    return submit(
        label, {**choice.press, "msteams": {"type": "messageBack", "text": label, "displayText": label}}
    )


def submit(label: str, data: Press) -> Json:
    return {"type": "Action.Submit", "title": label, "data": dict(data)}


def without_inputs(row: Json) -> Json:
    """The row of buttons for a card with input fields: pressing them neither checks nor sends these."""
    apart = {"associatedInputs": "none"}
    if "selectAction" in row:
        return row | {"selectAction": row["selectAction"] | apart}
    return row | {"actions": [action | apart for action in row["actions"]]}


def _group(voice: Voice, group: Group) -> Iterator[Json]:
    yield words(voice.say(group.title), weight="Bolder") | {"separator": True, "spacing": "Medium"}
    for line in group.lines:
        yield _line(voice, line)


def _line(voice: Voice, line: Line) -> Json:
    label, value = voice.say(line.label), voice.value(line.value)
    said = [words(label, isSubtle=True), *(words(part) | {"spacing": "None"} for part in value.split("\n"))]
    columns = [{"type": "Column", "width": "stretch", "items": said}]
    if line.change:
        # The label of the line stands beside the button; repeating it would leave no room for the answer.
        change = {"type": "ActionSet", "actions": [submit(voice.say(CHANGE), line.change.press)]}
        columns.append({"type": "Column", "width": "auto", "items": [change]})
    return {"type": "ColumnSet", "columns": columns}


def _row(voice: Voice, row: Row, sources: tuple[Source, ...]) -> Iterator[Json]:
    aspect = _run(voice.say(row.aspect), isSubtle=True)
    if row.source:
        number = 1 + [source.place for source in sources].index(row.source.place)
        link = _link(f"[{number}]", row.source.url, size="Small")
        yield _block(aspect, _run(" "), link) | {"separator": True}
    else:
        yield _block(aspect) | {"separator": True}
    yield _columns(words(voice.say(row.left)), words(voice.say(row.right))) | {"spacing": "Small"}


def _changes(voice: Voice, article: Article) -> Iterator[Json]:
    if article.changes:
        title = words(voice.say(CHANGED), size="Small", weight="Bolder")
        yield title | {"separator": True, "spacing": "Medium"}
    for change in article.changes:
        yield words(voice.say(change), size="Small") | {"spacing": "Small"}


def _sources(voice: Voice, sources: tuple[Source, ...], *, numbered: bool) -> Iterator[Json]:
    numbers = {source.place: number for number, source in enumerate(cited(sources), 1)}
    for alike, note in noted(sources):
        for source in alike:
            link = _link(voice.source(source), source.url, size="Small")
            number = _run(f"[{numbers[source.place]}] ", size="Small")
            yield _block(number, link) if numbered else _block(link)
        if note:
            yield words(voice.say(note), size="Small", isSubtle=True) | {"spacing": "Small"}


def _where(voice: Voice, passage: Passage) -> Iterator[Json]:
    """The link to a section, and what kind of translation that is."""
    link = _block(_link(voice.source(passage), passage.url, size="Small"))
    yield link | {"spacing": "Small"}
    if note := notice(passage):
        yield words(voice.say(note), size="Small", isSubtle=True) | {"spacing": "Small"}


def heading(said: str) -> Json:
    return words(said, size="Medium", weight="Bolder")


def words(said: str, **looks: str | bool) -> Json:
    pieces = LINK.split(said) if "https://" in said else [said]
    runs = [
        _link(piece, piece, **looks) if at % 2 else _run(piece, **looks) for at, piece in enumerate(pieces)
    ]
    return _block(*(run for run in runs if run["text"]))


def _block(*runs: Json) -> Json:
    return {"type": "RichTextBlock", "inlines": list(runs)}


def _run(said: str, **looks: str | bool) -> Json:
    return {"type": "TextRun", "text": said, **looks}


def _link(said: str, url: str, **looks: str | bool) -> Json:
    opens = {"type": "Action.OpenUrl", "title": said, "url": url}
    return _run(said, **looks) | {"color": "Accent", "selectAction": opens}


def _item(mark: str, said: str) -> Json:
    """A list item whose second line stands below its first word, not below its mark."""
    return {
        "type": "ColumnSet",
        "spacing": "Small",
        "columns": [
            {"type": "Column", "width": "auto", "items": [words(mark)]},
            {"type": "Column", "width": "stretch", "items": [words(said)]},
        ],
    }


def _columns(*items: Json) -> Json:
    """Equal columns: two of them still hold a word each on a phone 375 pixels wide."""
    return {"type": "ColumnSet", "columns": [_column(item) for item in items]}


def _column(item: Json) -> Json:
    return {"type": "Column", "width": 1, "items": [item]}
