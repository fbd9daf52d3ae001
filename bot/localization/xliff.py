"""XLIFF 1.2, the form of a catalog that agencies and their programs exchange; units are found again by key.

Our own because the converters of the Translate Toolkit keep neither our keys nor all plural forms; its
readers do read what we write. A sentence that counts is a group with a unit for each form, as the guide for
gettext has it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.localization.locale import Locale
from bot.localization.po import Malformed, Message

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_N = f"{{{NAMESPACE}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLURALS = "x-gettext-plurals"
#: What a target's state must begin with for its translation to be no more than a proposal.
_UNSURE = ("needs", "new")


def write(path: Path, locale: Locale, messages: Iterable[Message]) -> None:
    root = ET.Element("xliff", {"version": "1.2", "xmlns": NAMESPACE})
    named = {"original": f"{locale.folder}/bot.po", "source-language": "en", "target-language": locale.value}
    body = ET.SubElement(ET.SubElement(root, "file", {**named, "datatype": "plaintext"}), "body")
    for message in messages:
        if message.plural is None:
            _unit(body, message, message.key, message.english, message.forms[0])
            continue
        group = ET.SubElement(body, "group", {"id": message.key, "restype": _PLURALS})
        # A language with one form would otherwise lose the English plural.
        ET.SubElement(group, "note", {"from": "plural"}).text = message.plural
        _previous(group, message.previous)
        for at, form in enumerate(message.forms):
            _unit(group, message, f"{message.key}[{at}]", message.sources[at > 0], form)
    ET.indent(root, " ")
    ET.ElementTree(root).write(path, "utf-8", xml_declaration=True)


def _unit(parent: ET.Element, message: Message, name: str, source: str, form: str) -> None:
    is_done = bool(form) and not message.fuzzy
    unit = ET.SubElement(parent, "trans-unit", {"id": name, "resname": message.key, _SPACE: "preserve"})
    unit.set("approved", "yes" if is_done else "no")
    ET.SubElement(unit, "source").text = source
    state = "translated" if is_done else "needs-review-translation" if form else "needs-translation"
    ET.SubElement(unit, "target", {"state": state}).text = form
    if message.places:
        places = ET.SubElement(unit, "context-group", {"name": "po-reference", "purpose": "location"})
        for place in message.places:
            ET.SubElement(places, "context", {"context-type": "sourcefile"}).text = place
    if message.comment:
        ET.SubElement(unit, "note", {"from": "developer"}).text = message.comment
    if message.plural is None:
        _previous(unit, message.previous)


def _previous(parent: ET.Element, words: tuple[str, ...]) -> None:
    """The English that a stale translation was made for."""
    for each in words:
        ET.SubElement(parent, "note", {"from": "previous"}).text = each


def read(path: Path) -> list[Message]:
    """The units as messages, without comments and places. Raises Malformed."""
    try:
        # Entities that grow without end are stopped by expat itself, and none is fetched from outside.
        root = ET.fromstring(path.read_bytes())  # noqa: S314
    except ET.ParseError as problem:
        raise Malformed(f"{path}:{problem.position[0]}: not XML: {problem}") from None
    if root.tag != f"{_N}xliff":
        raise Malformed(f"{path}: is not XLIFF 1.2, which begins with <xliff xmlns={NAMESPACE!r}>")
    return [_message(path, node) for body in root.iter(f"{_N}body") for node in _entries(body)]


def _entries(parent: ET.Element) -> Iterator[ET.Element]:
    """Units and groups of plural forms; other groups only put units together."""
    for node in parent:
        if node.tag == f"{_N}trans-unit" or node.get("restype") == _PLURALS:
            yield node
        elif node.tag == f"{_N}group":
            yield from _entries(node)


def _message(path: Path, node: ET.Element) -> Message:
    counts = node.tag == f"{_N}group"
    units = node.findall(f"{_N}trans-unit") if counts else [node]
    key = node.get("id") if counts else node.get("resname") or node.get("id")
    if not key or not units:
        raise Malformed(f"{path}: a unit without an id or a group without units")
    states = [_state(unit) for unit in units]
    return Message(
        key=key,
        english=_words(units[0], "source"),
        plural=next(iter(_notes(node, "plural")), _words(units[-1], "source")) if counts else None,
        forms=tuple(_words(unit, "target") for unit in units),
        fuzzy=any(states),
        previous=tuple(_notes(node, "previous")),
    )


def _state(unit: ET.Element) -> bool:
    """Whether the translation still wants to be looked at."""
    target = unit.find(f"{_N}target")
    return bool(_words(unit, "target")) and target is not None and target.get("state", "").startswith(_UNSURE)


def _words(unit: ET.Element, name: str) -> str:
    """The text, whatever marks a program has put around pieces of it."""
    node = unit.find(f"{_N}{name}")
    return "" if node is None else "".join(node.itertext())


def _notes(node: ET.Element, origin: str) -> list[str]:
    return ["".join(note.itertext()) for note in node.findall(f"{_N}note") if note.get("from") == origin]
