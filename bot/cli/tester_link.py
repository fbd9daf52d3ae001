"""`python -m bot tester-link`: an address that makes a tester of whoever opens it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.settings import ConfigurationError, Settings
from bot.testers import Testers

LONGEST = 365


def run(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot tester-link", description=__doc__)
    parser.add_argument(
        "--days", type=_days, default=30, help=f"how long link and testers last, 1 to {LONGEST}"
    )
    chosen = parser.parse_args(arguments)
    try:
        settings = Settings.read(os.environ)
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    testers = Testers(settings.testers, settings.direct_line_secret, lambda: datetime.now(UTC))
    here = settings.public_url or f"http://127.0.0.1:{settings.port}"
    print(f"{here}/?tester={testers.link(timedelta(days=chosen.days))}")
    return 0


def _days(written: str) -> int:
    if not written.isascii() or not written.isdecimal() or not 1 <= int(written) <= LONGEST:
        raise argparse.ArgumentTypeError(f"a number of days from 1 to {LONGEST}")
    return int(written)
