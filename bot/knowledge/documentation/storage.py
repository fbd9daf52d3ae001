"""Keeps one language's index on disk: whole generations, of which the newest is pointed at.

A generation is never changed once it is pointed at. Whoever searches keeps the one it opened, whoever updates
copies it and changes the pages that changed; a process killed on the way leaves nothing that anyone opens.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Self

import orjson
from pydantic import BaseModel, ConfigDict

from bot.knowledge.documentation.index import Index, Writer
from bot.knowledge.documentation.pages import BrokenPage, Reader, files, name_of
from bot.knowledge.lexicon import Lexicon
from bot.localization.locale import LOCALES

log = logging.getLogger(__name__)

#: Raised whenever pages are read, or sections written down, in another way.
FORMAT = f"4 {version('tantivy')}"
_POINTER, _CONTENTS, _PREFIX = "newest", "contents.json", "generation-"

#: A file's time of change in nanoseconds, and its size in bytes.
Stamp = tuple[int, int]


class _Page(BaseModel):
    model_config = ConfigDict(frozen=True)

    #: Of the page's own file and of those it includes.
    stamps: dict[str, Stamp]
    day: date | None = None


class _Contents(BaseModel):
    """What a generation holds."""

    model_config = ConfigDict(frozen=True)

    format: str
    source: str
    pages: dict[str, _Page]
    #: Digests of the generation's files.
    digests: dict[str, str]


@dataclass(frozen=True, slots=True)
class Generation:
    """An index as it is kept, with the dates of its pages."""

    folder: Path
    contents: _Contents

    @classmethod
    def newest(cls, shelf: Path) -> Self | None:
        """The one pointed at; None where there is none, or where anything in it is not as it was written."""
        try:
            folder = shelf / (shelf / _POINTER).read_text("ascii")
            contents = _Contents.model_validate_json((folder / _CONTENTS).read_bytes())
            if contents.format == FORMAT and contents.digests == _digests(folder):
                return cls(folder, contents)
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            pass
        log.warning("the index in %s is damaged or of another release: it is made anew", shelf)
        return None

    def open(self) -> Index:
        return Index.open(self.folder)

    @property
    def dates(self) -> Mapping[str, date | None]:
        return {name: page.day for name, page in self.contents.pages.items()}


def update(source: Path, shelf: Path) -> bool:
    """Brings the index of a language's pages up to date; whether anything had changed."""
    shelf.mkdir(parents=True, exist_ok=True)
    old = Generation.newest(shelf)
    if old is not None and old.contents.source != str(source):
        old = None
    known = old.contents.pages if old else {}
    found: dict[str, Path] = {}
    for path in files(source):
        found.setdefault(name_of(path, source), path)
    changed = [name for name, path in found.items() if name not in known or _stale(known[name], path)]
    gone = known.keys() - found.keys()
    if old and not changed and not gone:
        return False
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=shelf))
    if old:
        shutil.copytree(old.folder, folder, dirs_exist_ok=True)
    writer = Writer(Lexicon.load(LOCALES), folder)
    for name in gone:
        writer.remove(name)
    pages = {name: page for name, page in known.items() if name in found}
    for name in changed:
        if name in known:
            writer.remove(name)
        pages[name] = _added(writer, found[name], source)
    writer.finish()
    contents = _Contents(format=FORMAT, source=str(source), pages=pages, digests=_digests(folder))
    (folder / _CONTENTS).write_bytes(orjson.dumps(contents.model_dump(mode="json")))
    _point(shelf, folder)
    return True


def _added(writer: Writer, path: Path, source: Path) -> _Page:
    reader = Reader(path, source)
    # Before it is read: what is written meanwhile shows the next time.
    stamp = _stamp(path)
    try:
        sections = reader.sections()
    except BrokenPage as problem:
        log.warning("%s is left out: %s", path, problem)
        sections = []
    writer.add(sections)
    stamps = {str(path): stamp} | {str(each): _stamp(each) for each in reader.included}
    return _Page(stamps=stamps, day=sections[0].date if sections else None)


def _stale(page: _Page, path: Path) -> bool:
    return str(path) not in page.stamps or any(
        _stamp(Path(name)) != stamp for name, stamp in page.stamps.items()
    )


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _digests(folder: Path) -> dict[str, str]:
    """Of everything but the contents themselves and tantivy's locks."""
    return {
        path.name: hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name != _CONTENTS and path.suffix != ".lock"
    }


def _point(shelf: Path, folder: Path) -> None:
    """Points at the generation and removes the others; who has one open keeps it until it closes."""
    handle, name = tempfile.mkstemp(dir=shelf)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(folder.name)
    Path(name).replace(shelf / _POINTER)
    for other in shelf.glob(f"{_PREFIX}*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
