"""`python -m bot reports`: what testers report from the chat, to be listed, exported and closed."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from bot.cli.opening import opened_store
from bot.cli.terminal import hand_over
from bot.domain.export import sheet
from bot.settings import ConfigurationError, Settings
from bot.store.lessons import Report

Record = dict[str, Any]

COLUMNS = (
    *("id", "state", "at", "key", "wanted", "locale", "catalog", "channel"),
    *("text", "given", "comment"),
)


def run(arguments: Sequence[str]) -> int:
    chosen = _parser().parse_args(arguments)
    try:
        settings = Settings.read(os.environ)
        if chosen.close:
            return asyncio.run(_close(settings, chosen.close))
        reports = asyncio.run(_reports(settings, chosen))
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    content = _written([_record(each) for each in reports], chosen.format, chosen.bom)
    hand_over(content, chosen.out)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot reports", description=__doc__)
    parser.add_argument("--close", nargs="+", metavar="ID", help="mark these as dealt with")
    parser.add_argument("--all", action="store_true", help="closed ones, too")
    parser.add_argument("--locale", help="only those shown in this language, such as ru or qps-ploc")
    parser.add_argument(
        "--since", type=_day, default=_day("1970-01-01"), metavar="DATE", help="such as 2026-11-30"
    )
    parser.add_argument("--format", choices=["text", "json", "csv"], default="text")
    parser.add_argument("--out", type=Path, help="a file instead of standard output")
    parser.add_argument("--bom", action="store_true", help="begin the CSV with a byte order mark, for Excel")
    return parser


def _day(written: str) -> datetime:
    try:
        return datetime.strptime(written, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is no date such as 2026-11-30") from None


async def _close(settings: Settings, ids: Sequence[str]) -> int:
    """Exit code 1 where one of them does not exist; the others are closed."""
    async with opened_store(settings) as store:
        unknown = await store.close_reports(ids)
    print(f"{len(ids) - len(unknown)} closed.")
    if unknown:
        print(f"There is no report {', '.join(unknown)}.", file=sys.stderr)
    return 1 if unknown else 0


async def _reports(settings: Settings, chosen: argparse.Namespace) -> list[Report]:
    async with opened_store(settings) as store:
        found = await store.reports(chosen.since)
    return [
        each
        for each in found
        if (chosen.all or each.is_open) and chosen.locale in (None, each.locale, each.wanted)
    ]


def _record(report: Report) -> Record:
    record = {name: getattr(report, name) for name in COLUMNS if name != "state"}
    state = "open" if report.is_open else "closed"
    return record | {"state": state, "at": report.at.isoformat(timespec="seconds")}


def _written(records: list[Record], form: str, bom: bool) -> bytes:
    if form == "json":
        listed = [{name: record[name] for name in COLUMNS} for record in records]
        return orjson.dumps(listed, option=orjson.OPT_INDENT_2) + b"\n"
    if form == "csv":
        return sheet(COLUMNS, [[_flat(one[name]) for name in COLUMNS] for one in records], bom).encode()
    spoken = "\n\n".join(map(_spoken, records))
    return f"{spoken or 'Nothing so far.'}\n".encode()


def _flat(value: Any) -> Any:
    """A cell of a table; values of blanks stand line by line."""
    return "\n".join(f"{name}: {one}" for name, one in value.items()) if isinstance(value, dict) else value


def _spoken(record: Record) -> str:
    fallback = "" if record["locale"] == record["wanted"] else f", spoken in {record['locale']}"
    head = f"{record['id']}  {record['key']}  ({record['wanted']}{fallback}, catalog {record['catalog']}, "
    head += f"{record['channel']}, {record['at']}, {record['state']})"
    given = [f"    {name} = {value}" for name, value in record["given"].items()]
    said = [f"  | {line}" for line in record["text"].splitlines()]
    return "\n".join([head, *said, *given, *([f"  > {record['comment']}"] if record["comment"] else [])])
