"""`python -m bot strings`: update, check and fill the catalogs, and hand them to other programs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from bot.cli import catalog_exchange
from bot.cli.findings import FORMATS, line
from bot.knowledge.topics import Topics
from bot.localization import baseline, po, updating
from bot.localization.baseline import open_findings
from bot.localization.checks import Finding, check_catalog, check_up_to_date
from bot.localization.extraction import NotExtractable, Source, extract, joined
from bot.localization.locale import Locale
from bot.localization.po import Malformed, Message
from bot.localization.pofilter import FILTERS, program
from bot.localization.pofilter import findings as found_by

ROOT = Path(__file__).parents[2]
#: Makes its sentences from topics.yml, and hands them out itself.
MADE_FROM_DATA = "bot/knowledge/topics.py"
LANGUAGES = [locale.value for locale in Locale if locale is not Locale.EN]


def run(arguments: Sequence[str], root: Path = ROOT) -> int:
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options, root)
    except (NotExtractable, Malformed, SyntaxError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot strings", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("update", help="write the sentences of the source into all catalogs")
    command.set_defaults(command=_update)
    command = commands.add_parser(
        "check", help="what is wrong with the translations; exit code 1 if anything is"
    )
    command.add_argument("--locale", choices=[locale.value for locale in Locale])
    command.add_argument("--format", choices=FORMATS, default="text")
    command.add_argument("--all", action="store_true", help="also what locales/accepted.yml accepts")
    command.set_defaults(command=_check)
    command = commands.add_parser("missing", help="print what has no translation, one JSON object a line")
    command.add_argument("--locale", required=True, choices=LANGUAGES)
    command.add_argument("--prefix", default="", help="only keys that begin like this")
    command.set_defaults(command=_missing)
    command = commands.add_parser("fill", help="write translations from a JSON file into a catalog")
    command.add_argument("--locale", required=True, choices=LANGUAGES)
    command.add_argument("file", metavar="FILE.json", help='{"key": "translation" or [forms]}; - reads stdin')
    command.set_defaults(command=_fill)
    catalog_exchange.add_to(commands, LANGUAGES)
    return parser


def sentences(root: Path) -> dict[str, Source]:
    """Every sentence the product can say: those in the code, and the answers."""
    return joined([*extract(root, skip={MADE_FROM_DATA}), *_answers(root / "bot" / "knowledge")])


def _answers(folder: Path) -> Iterator[Source]:
    if (folder / "topics.yml").exists():
        for sentence, note in Topics.load(folder).texts():
            yield Source(sentence.key, sentence.english, sentence.plural, note, ("bot/knowledge/topics.yml",))


def _update(options: argparse.Namespace, root: Path) -> int:
    folder = root / "locales"
    changed = updating.update(folder, sentences(root))
    for locale, is_new in changed.items():
        messages = po.read(po.path_of(folder, locale))
        to_do = sum(not message.translated for message in messages)
        state = "updated" if is_new else "unchanged"
        print(f"{locale.value}: {len(messages)} sentences, {to_do} to translate, {state}")
    return 0


def _check(options: argparse.Namespace, root: Path) -> int:
    wanted = [Locale(options.locale)] if options.locale else list(Locale)
    known = sentences(root)
    if program() is None:
        print("pofilter is not installed (requirements-dev.txt): figures are not compared", file=sys.stderr)
    findings = findings_in(root / "locales", known, wanted, with_accepted=options.all)
    if told := FORMATS[options.format](findings):
        print(told)
    print(f"{len(known)} sentences, findings: {len(findings)}", file=sys.stderr)
    return 1 if findings else 0


def findings_in(
    folder: Path, known: Mapping[str, Source], wanted: Collection[Locale], *, with_accepted: bool = False
) -> list[Finding]:
    """Everything that is wrong with the catalogs, as far as what is installed can tell."""
    pofilter = program()
    findings: list[Finding] = []
    for locale in wanted:
        findings += [*check_catalog(folder, locale), *check_up_to_date(folder, locale, known)]
        if pofilter is not None and locale is not Locale.EN:
            findings += found_by(pofilter, folder, locale)
    if with_accepted:
        return findings
    left_out = set(FILTERS.values()) if pofilter is None else set()
    return open_findings(findings, baseline.load(folder), wanted, left_out)


def _missing(options: argparse.Namespace, root: Path) -> int:
    for message in updating.missing(root / "locales", Locale(options.locale)):
        if message.key.startswith(options.prefix):
            print(json.dumps(_task(message), ensure_ascii=False))
    return 0


def _task(message: Message) -> dict[str, object]:
    task: dict[str, object] = {
        "key": message.key,
        "english": message.english,
        "plural": message.plural,
        "comment": message.comment,
    }
    if any(message.forms):
        task |= {"previous_english": message.previous, "previous_translation": message.forms}
    return task


def _fill(options: argparse.Namespace, root: Path) -> int:
    text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text("utf-8")
    try:
        filling = json.loads(text)
    except json.JSONDecodeError as problem:
        print(f"{options.file}:{problem.lineno}: not JSON: {problem.msg}", file=sys.stderr)
        return 1
    if not isinstance(filling, dict):
        print(f"{options.file}: must be one JSON object from key to translation", file=sys.stderr)
        return 1
    folder, locale = root / "locales", Locale(options.locale)
    refused = updating.fill(folder, locale, filling)
    for key, reason in refused.items():
        print(f"{key}: not taken, {reason}", file=sys.stderr)
    print(f"{len(filling) - len(refused)} written, {len(refused)} not taken")
    findings = [each for each in check_catalog(folder, locale) if each.key in filling]
    for finding in findings:
        print(line(finding), file=sys.stderr)
    return 1 if refused or findings else 0
