"""Edited catalogs speak at once: looked at several times a second, read aside, refused when they are broken.

By looking at the files' times, not by a library for the system's notices: there are three files, and notices
do not come from every mounted folder.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.localization import po
from bot.localization.catalogs import Catalogs
from bot.localization.checks import blanks, plural_forms
from bot.localization.glossary import Glossary
from bot.localization.locale import Locale
from bot.localization.po import Malformed, Message

#: Seconds between two looks.
PAUSE = 0.25

_log = logging.getLogger(__name__)


class Watch:
    """Keeps catalogs like the files under `folder`: `look` reads and checks them, in a thread of its own;
    `take_over` has them spoken, in the thread that speaks, so that nothing is heard between two catalogs."""

    def __init__(self, catalogs: Catalogs, folder: Path) -> None:
        self._catalogs = catalogs
        self._paths: dict[Locale, Path] = {
            locale: po.path_of(folder, locale) for locale in Locale if locale is not Locale.EN
        }
        self._glossaries = {locale: Glossary.load(folder, locale) for locale in self._paths}
        self._seen = {locale: _stamp(path) for locale, path in self._paths.items()}
        self._edited: dict[Locale, Sequence[Message]] = {}

    def look(self) -> bool:
        """Whether there is anything to take over, edited since the last look and fit to be spoken."""
        for locale, path in self._paths.items():
            self._look_at(locale, path)
        return bool(self._edited)

    def take_over(self) -> None:
        for locale, messages in self._edited.items():
            self._catalogs.replace(locale, messages)
            sentences = f"{len(messages)} sentences are spoken as it has them now"
            _log.info("%s was edited: %s", self._paths[locale], sentences)
        self._edited.clear()

    def _look_at(self, locale: Locale, path: Path) -> None:
        stamp = _stamp(path)
        if stamp == self._seen[locale]:
            return
        self._seen[locale] = stamp
        try:
            messages = po.read(path)
            flaws = list(self._flaws(locale, messages))
        except (Malformed, OSError, UnicodeDecodeError) as problem:
            flaws = [str(problem)]
        if flaws:
            more = f" (and {len(flaws) - 1} more)" if flaws[1:] else ""
            _log.warning("%s is refused, its older words stay: %s%s", path, flaws[0], more)
        else:
            self._edited[locale] = messages

    def _flaws(self, locale: Locale, messages: Sequence[Message]) -> Iterator[str]:
        known: Mapping[str, Message] = {message.key: message for message in messages}
        if lost := sorted(self._catalogs.keys(locale) - known.keys()):
            yield f"it lacks {lost[0]}, which is spoken now"
        for message in messages:
            for check in (plural_forms, blanks):
                for says in check(message, self._glossaries[locale]):
                    yield f"line {message.line}: {message.key} {says}"


def _stamp(path: Path) -> tuple[int, int, int]:
    """What differs after an edit; zeros while an editor has the file away."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return found.st_mtime_ns, found.st_size, found.st_ino
