"""`python -m bot gallery`: every sentence in its place, in all languages side by side, as pages."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path

#: Where the sentences are, seen from here.
ROOT = Path(__file__).parents[3]


def run(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Exit codes: 1 where a sentence is shown nowhere or a language has another structure; 2 where the build
    cannot be made; 130 where somebody stopped it."""
    # Only now: scripts and their players are used by tests that need no gallery.
    from bot.cli.gallery.building import build
    from bot.cli.gallery.chromium import NoPictures
    from bot.cli.gallery.following import Astray
    from bot.cli.gallery.site import NotOurs

    parser = argparse.ArgumentParser(prog="python -m bot gallery", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write")
    parser.add_argument(
        "--no-pictures", action="store_true", help="draw none; those that are there and still right stay"
    )
    chosen = parser.parse_args(arguments)
    started = time.monotonic()
    try:
        built = asyncio.run(build(root, chosen.out, Bar().show, draws=not chosen.no_pictures))
    except (NoPictures, NotOurs, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    except Astray as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; the next build keeps the pictures that were drawn", file=sys.stderr)
        return 130
    for told in built.faults:
        print(told)
    print(f"{built.told}, {time.monotonic() - started:.0f} s: {chosen.out / 'index.html'}", file=sys.stderr)
    return 1 if built.faults else 0


class Bar:
    """How far a build is: a line that grows where somebody looks, a line for each step where nobody does."""

    WIDTH = 30

    def show(self, what: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            filled = self.WIDTH * done // max(total, 1)
            end = "\n" if done == total else ""
            bar = "#" * filled + "." * (self.WIDTH - filled)
            print(f"\r{what:<36} [{bar}] {done}/{total}", end=end, file=sys.stderr, flush=True)
        elif done == total:
            print(f"{what}: {total}", file=sys.stderr, flush=True)
