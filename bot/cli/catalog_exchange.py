"""`strings export`, `import` and `stats`: catalogs for other people's programs, and how far they are."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.findings import line
from bot.localization import po, table, updating, xliff
from bot.localization.checks import check_catalog
from bot.localization.locale import Locale
from bot.localization.po import Message


@dataclass(frozen=True, slots=True)
class Format:
    read: Callable[[Path], list[Message]]
    write: Callable[[Path, Locale, Sequence[Message]], object]


FORMATS = {
    "po": Format(po.read, po.write),
    "xliff": Format(xliff.read, xliff.write),
    "csv": Format(table.read, lambda path, locale, messages: table.write(path, messages)),
}
#: Endings of file names by which a format is recognised, besides its own name.
_ENDINGS = {"xlf": "xliff"}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], languages: Sequence[str]) -> None:
    command = commands.add_parser("export", help="write a catalog for other programs: PO, XLIFF 1.2 or CSV")
    command.add_argument("--locale", required=True, choices=languages)
    command.add_argument("--format", choices=FORMATS, help="from the file's ending, unless said")
    command.add_argument("--to-do", action="store_true", help="only what is missing or stale")
    command.add_argument("--prefix", default="", help="only keys that begin like this")
    command.add_argument("file", metavar="FILE")
    command.set_defaults(command=_export)
    command = commands.add_parser("import", help="take translations back from such a file")
    command.add_argument("--locale", required=True, choices=languages)
    command.add_argument("--format", choices=FORMATS, help="from the file's ending, unless said")
    command.add_argument("file", metavar="FILE")
    command.set_defaults(command=_import)
    command = commands.add_parser("stats", help="how far each language is")
    command.add_argument("--by-part", action="store_true", help="also by the first part of the keys")
    command.add_argument("--format", choices=["text", "json"], default="text")
    command.set_defaults(command=_stats)


def _format(options: argparse.Namespace) -> Format | None:
    ending = Path(options.file).suffix.removeprefix(".").lower()
    found = FORMATS.get(options.format or _ENDINGS.get(ending, ending))
    if found is None:
        print(f"{options.file}: say its --format: {', '.join(FORMATS)}", file=sys.stderr)
    return found


def _export(options: argparse.Namespace, root: Path) -> int:
    locale, form = Locale(options.locale), _format(options)
    if form is None:
        return 2
    wanted = [
        message
        for message in po.read(po.path_of(root / "locales", locale))
        if message.key.startswith(options.prefix) and not (options.to_do and message.translated)
    ]
    path = Path(options.file)
    try:
        # Beside the file and then in its place, so that a full disk leaves no half of it.
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            form.write(Path(folder) / "file", locale, wanted)
            (Path(folder) / "file").replace(path)
    except OSError as problem:
        print(f"{path} cannot be written: {problem.strerror}", file=sys.stderr)
        return 1
    print(f"{path}: {len(wanted)} sentences")
    return 0


def _import(options: argparse.Namespace, root: Path) -> int:
    folder, locale, form = root / "locales", Locale(options.locale), _format(options)
    if form is None:
        return 2
    try:
        handed = form.read(Path(options.file))
    except OSError as problem:
        print(f"{options.file} cannot be read: {problem.strerror}", file=sys.stderr)
        return 1
    taken = updating.take(folder, locale, handed)
    for key, reason in taken.refused.items():
        print(f"{key}: not taken, {reason}", file=sys.stderr)
    print(f"{len(taken.written)} written, {taken.unchanged} as before, {len(taken.refused)} not taken")
    findings = [each for each in check_catalog(folder, locale) if each.key in set(taken.written)]
    for finding in findings:
        print(line(finding), file=sys.stderr)
    return 1 if taken.refused or findings else 0


def _stats(options: argparse.Namespace, root: Path) -> int:
    rows = []
    for locale in Locale:
        messages = po.read(po.path_of(root / "locales", locale))
        parts = {"": messages}
        if options.by_part:
            for message in messages:
                parts.setdefault(message.key.partition(".")[0], []).append(message)
        rows += [_row(locale, part, found) for part, found in parts.items()]
    if options.format == "json":
        print(json.dumps(rows, indent=2))
        return 0
    print(_aligned([tuple(rows[0]), *(tuple(map(str, row.values())) for row in rows)]))
    return 0


def _row(locale: Locale, part: str, messages: Sequence[Message]) -> dict[str, str | int | float]:
    done = sum(message.translated for message in messages)
    stale = sum(message.fuzzy and any(message.forms) for message in messages)
    return {
        "locale": locale.value,
        "part": part or "(all)",
        "sentences": len(messages),
        "translated": done,
        "stale": stale,
        "missing": len(messages) - done - stale,
        "percent": round(100 * done / len(messages), 1) if messages else 100.0,
        "english words": sum(len(words.split()) for message in messages for words in message.sources),
        "characters": sum(len(form) for message in messages for form in message.forms),
    }


def _aligned(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
