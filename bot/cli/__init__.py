"""The door of the command line: maps a word to a module with `run(arguments)`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

#: word -> what it does. The module of the same name is imported only when it is asked for.
WORDS = {
    "chat": "talk to the assistant in this terminal",
    "ask": "show which topic would answer a question, and what came close",
    "search": "show which sections of the documentation may help with a question",
    "export": "write the applications as CSV or JSON",
    "teams-package": "write the app package for Microsoft Teams",
    "questions": "list what was asked and not answered, and what people think of the answers",
    "evaluate": "measure how well questions find their topics",
    "train": "learn anew from the phrasings how questions find their topics",
    "mirror": "compare the answers with the localized documentation, and record reviews",
    "gallery": "show every sentence in its place, in all languages side by side, as pages",
    "reports": "list what testers report from the chat, and close it",
    "tester-link": "make an address that makes a tester of whoever opens it",
    "strings": "keep the translations up to date and check them",
}
_MODULES = {"strings": "catalogs", "teams-package": "teams_package", "tester-link": "tester_link"}


def main(arguments: Sequence[str]) -> int:
    """Runs the word's module; the exit code is 2 where no such word exists."""
    if not arguments or arguments[0] not in WORDS:
        _explain(arguments)
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    word, *rest = arguments
    module = import_module(f"bot.cli.{_MODULES.get(word, word)}")
    code: int = module.run(rest)
    return code


def _explain(arguments: Sequence[str]) -> None:
    lines = ["usage: python -m bot WORD ...", ""]
    lines += [f"  {word:<13} {does}" for word, does in WORDS.items()]
    lines += ["", "python -m bot WORD --help explains one of them."]
    if arguments and not arguments[0].startswith("-"):
        lines.insert(0, f"There is no word {arguments[0]!r}.\n")
    print("\n".join(lines), file=sys.stderr)
