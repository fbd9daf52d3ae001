"""`python -m bot export`: the applications that were sent, as JSON or CSV."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path

import orjson

from bot.cli.opening import opened_store
from bot.cli.terminal import hand_over
from bot.domain.export import records, to_csv
from bot.settings import ConfigurationError, Settings
from bot.store.records import Application


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot export", description=__doc__)
    parser.add_argument("--format", choices=["json", "csv"], default="json")
    parser.add_argument("--out", type=Path, help="a file instead of standard output")
    parser.add_argument("--bom", action="store_true", help="begin the CSV with a byte order mark, for Excel")
    chosen = parser.parse_args(arguments)
    try:
        found = asyncio.run(_applications(Settings.read(os.environ)))
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    if chosen.format == "json":
        content = orjson.dumps(records(found), option=orjson.OPT_INDENT_2) + b"\n"
    else:
        content = to_csv(found, bom=chosen.bom).encode()
    hand_over(content, chosen.out)
    return 0


async def _applications(settings: Settings) -> list[Application]:
    async with opened_store(settings) as store:
        return await store.applications()
