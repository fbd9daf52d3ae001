"""Where the indexes of all languages are kept, brought up to date and opened."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from bot.knowledge.documentation.asking import Wording
from bot.knowledge.documentation.index import Index
from bot.knowledge.documentation.library import Library
from bot.knowledge.documentation.passages import Passage
from bot.knowledge.documentation.storage import Generation
from bot.knowledge.lexicon import Lexicon
from bot.localization.locale import LOCALES, Locale
from bot.settings import ConfigurationError

log = logging.getLogger(__name__)
#: Where the helper processes run, to find the module they are.
ROOT = Path(__file__).parents[3]


def folders(source: Path, told_as: str = "DOCS_DIR") -> dict[Locale, Path]:
    """Each language's folder, named as in the documentation: zh-CN, zh-TW, ru-RU, en-US.

    Raises ConfigurationError, which calls the source what whoever gave it calls it.
    """
    wanted = {locale.docs.lower(): locale for locale in Locale}
    try:
        found = {wanted[path.name.lower()]: path for path in source.iterdir() if path.name.lower() in wanted}
        for path in found.values():
            next(path.iterdir(), None)
    except OSError as problem:
        raise ConfigurationError.wrong(
            told_as, f"a folder that can be read; {problem.filename or source} is not"
        ) from problem
    if not found:
        names = ", ".join(each.docs for each in Locale)
        raise ConfigurationError.wrong(told_as, f"a folder with folders named {names}; {source} has none")
    return found


class Shelves:
    """The documentation under `source`, its index under `kept`."""

    def __init__(self, source: Path, kept: Path) -> None:
        self._folders = folders(source.resolve())
        self._kept = kept.resolve()
        self._opened: dict[Locale, tuple[Generation, Index]] = {}
        self.library = Library({}, Wording(Lexicon((), ()), {}), {})

    @cached_property
    def _wording(self) -> Wording:
        # Read when pages are opened, beside the turns: the start does not wait for it.
        return Wording.load(LOCALES)

    def offer(self, question: str, locale: Locale) -> Sequence[Passage]:
        return self.library.offer(question, locale)

    def updates(self) -> list[list[str]]:
        """Commands that bring the languages' indexes up to date, to be run at once in ROOT.

        They are processes of their own: turns are not held up meanwhile, and no memory is left behind.
        """
        helper = [sys.executable, "-m", "bot.knowledge.documentation"]
        return [[*helper, str(folder), str(self._shelf(locale))] for locale, folder in self._folders.items()]

    def update(self) -> None:
        """Runs them, waits, and opens what they made."""
        running = [subprocess.Popen(command, cwd=ROOT) for command in self.updates()]  # noqa: S603  (our own)
        for process in running:
            process.wait()
        self.open()

    def open(self) -> None:
        """Opens what is newest of each language; any thread may."""
        opened = self._opened.copy()
        for locale in self._folders:
            newest = Generation.newest(self._shelf(locale))
            if newest is None:
                log.info("the documentation in %s is not indexed yet", locale)
            elif locale not in opened or opened[locale][0].folder != newest.folder:
                opened[locale] = (newest, newest.open())
        if opened != self._opened:
            self._opened = opened
            self.library = Library(
                {locale: index for locale, (_, index) in opened.items()},
                self._wording,
                {locale: generation.dates for locale, (generation, _) in opened.items()},
            )

    def _shelf(self, locale: Locale) -> Path:
        return self._kept / locale.docs
