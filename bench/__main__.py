"""python -m bench: our form through both doors, the stock shape and the bare server, in one run."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import orjson

from bench import postgres, prefill
from bench.doors import ConnectorDoor, DirectLineDoor, Door
from bench.driver import Driver, Measured, Script
from bench.report import BARE, STOCK, Results, remarks
from bench.server import DRIVER_CORE, ROOT, Server, running

SECRET = "a secret for the length of a measurement"

#: Users who together keep a server busy.
MANY = 32

DOORS: dict[str, Callable[[str], Door]] = {
    "/api/messages": ConnectorDoor,
    "Direct Line": lambda url: DirectLineDoor(url, SECRET),
}

#: At 32 users: how many times the stock shape, by door.
TIMES_STOCK = {"/api/messages": 10.0, "Direct Line": 15.0}


@dataclass
class Bench:
    """One run: where it writes, how long it measures, and what it has found so far."""

    options: argparse.Namespace
    folder: Path
    script: Script
    results: Results

    async def run(self) -> None:
        async with AsyncExitStack() as stack:
            databases = await self.databases(stack)
            await self.learn(next(iter(databases.values())))
            await self.compared()
            for name, url in databases.items():
                await self.ours(name, url)

    async def databases(self, stack: AsyncExitStack) -> dict[str, str]:
        """The databases to measure with: name and URL."""
        wanted, found = self.options.database, {}
        if wanted in ("sqlite", "both"):
            found["SQLite FULL"] = f"sqlite:///{self.folder / 'bench.sqlite3'}"
        if wanted in ("postgresql", "both"):
            programs = postgres.found()
            if programs is not None:
                found["PostgreSQL"] = await stack.enter_async_context(postgres.cluster(programs))
            elif wanted == "postgresql":
                raise SystemExit("PostgreSQL is not installed.")
            else:
                self.results.notes.append("PostgreSQL is not installed: not measured.")
        return found

    @asynccontextmanager
    async def app(self, database: str) -> AsyncIterator[Server]:
        settings = {
            "TRUSTED_PROXIES": "1",
            "BOT_DATA_DIR": str(self.folder / "data"),
            "DATABASE_URL": database,
            "DIRECT_LINE_SECRET": SECRET,
            "LOG_LEVEL": "WARNING",
            "MicrosoftAppId": "",
        }
        async with running(["app.py"], settings, self.folder / "app.log") as server:
            yield server

    async def learn(self, database: str) -> None:
        """Walks the form once, to count the replies to each turn and to see that it ends well."""
        async with self.app(database) as server, opened(ConnectorDoor(server.url)) as door:
            counts, said = await Driver(door, self.script, server).count_replies()
        if self.options.show:
            for line, replies in zip(self.script.lines, said, strict=True):
                print(f"> {line}", *replies, sep="\n    ")
        if not any(self.script.ends_with in reply for reply in said[-1]):
            raise SystemExit(f"The form does not end as it should; the last reply was: {said[-1]}")
        self.script = replace(self.script, counts=counts)
        self.results.turns = len(counts)

    async def compared(self) -> None:
        """The stock shape asks as many questions, one reply each; the bare one replies as often as we do."""
        turns, counts = len(self.script.lines), self.script.counts
        log = self.folder / "others.log"
        stock = replace(self.script, ends_with="", counts=(1,) * turns)
        async with running(["-m", "bench.stock", str(turns - 1)], {}, log) as server:
            await self.loaded(STOCK, server, ConnectorDoor(server.url), stock)
        async with running(["-m", "bench.bare", ",".join(map(str, counts))], {}, log) as server:
            await self.loaded(BARE, server, ConnectorDoor(server.url), replace(self.script, ends_with=""))

    async def ours(self, database: str, url: str) -> None:
        async with self.app(url) as server:
            self.figure(f"{database}: start to the first 200", server.started, "s", 2.5)
            self.figure(f"{database}: resident at start", server.memory(), "MB", 120)
            for name, make in DOORS.items():
                await self.loaded(f"{database}, {name}", server, make(server.url), self.script)
                self.against(f"{database}, {name}", TIMES_STOCK[name])
            if not self.options.quick:
                await self.half_busy(database, server)
        if not self.options.quick:
            async with self.app(url) as server:
                await self.idle(database, server)
            await self.crowded(database, url)

    async def loaded(self, name: str, server: Server, door: Door, script: Script) -> None:
        async with opened(door):
            driver = Driver(door, script, server)
            for users in self.options.users:
                found = await driver.closed(users, self.options.seconds)
                self.results.load.setdefault(name, []).append(found)
                print(f"  {name}, {users} users: {found.rate:.0f} turns/s", *remarks(found), file=sys.stderr)

    def against(self, name: str, goal: float) -> None:
        """The ratios to the others, by turns and, as a busy machine disturbs that least, by CPU."""
        ours = self.results.at(name, MANY)
        for other, limit in ((STOCK, goal), (BARE, 0.25)):
            theirs = self.results.at(other, MANY)
            if ours and theirs:
                self.figure(f"{name}: turns/s, times the {other}", ours.rate / theirs.rate, "x", limit)
                by_cpu = theirs.cpu_per_turn / ours.cpu_per_turn
                self.figure(f"{name}: turns per CPU second, times the {other}", by_cpu, "x", limit)

    async def half_busy(self, database: str, server: Server) -> None:
        """The delay when turns come at half the rate that the server can take."""
        for name, make in DOORS.items():
            most = max(found.rate for found in self.results.load[f"{database}, {name}"])
            async with opened(make(server.url)) as door:
                found = await Driver(door, self.script, server).open(most / 2, 200, self.options.seconds)
            self.figure(f"{database}, {name}: p99 at half load", found.percentile(0.99), "ms", 50)
            self.doubts(found)

    async def idle(self, database: str, server: Server) -> None:
        """What stays in memory of conversations that rest, beyond what any load leaves behind."""
        count = 2000
        async with opened(ConnectorDoor(server.url)) as door:
            driver = Driver(door, self.script, server)
            await driver.fill(count, 3, MANY)
            before = server.memory()
            await driver.fill(count, 3, MANY)
        grown = max(server.memory() - before, 0.0) * 1000 / count
        self.figure(f"{database}: memory per idle conversation", grown, "kB", 10)

    async def crowded(self, database: str, url: str) -> None:
        """The same load on a store that holds many conversations already."""
        few = self.results.at(f"{database}, /api/messages", MANY)
        await prefill.fill(url, self.folder / "data", self.options.stored)
        async with self.app(url) as server, opened(ConnectorDoor(server.url)) as door:
            found = await Driver(door, self.script, server).closed(MANY, self.options.seconds)
        self.figure(
            f"{database}: turns/s with {self.options.stored:,} conversations",
            found.rate,
            "",
            few and few.rate,
        )
        self.doubts(found)

    def figure(self, what: str, value: float, unit: str, goal: float | None) -> None:
        self.results.figures.append((what, value, unit, goal))

    def doubts(self, found: Measured) -> None:
        self.results.notes += [f"! {remark}" for remark in remarks(found)]


@asynccontextmanager
async def opened(door: Door) -> AsyncIterator[Door]:
    await door.open()
    try:
        yield door
    finally:
        await door.close()


def main() -> None:
    options = arguments().parse_args()
    if options.quick:
        options.seconds, options.users = min(options.seconds, 3), [1, MANY]
    os.sched_setaffinity(0, {DRIVER_CORE})
    (ROOT / "var").mkdir(exist_ok=True)
    # On the disk where the product keeps its data, for /tmp may be in memory.
    with tempfile.TemporaryDirectory(dir=ROOT / "var", prefix="bench-") as folder:
        bench = Bench(options, Path(folder), Script.load(Path(__file__).with_name("form.json")), Results())
        asyncio.run(bench.run())
    print(*bench.results.lines(), sep="\n")
    if options.json:
        options.json.write_bytes(orjson.dumps(bench.results.as_json(), option=orjson.OPT_INDENT_2))


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=6, help="how long each figure is measured")
    parser.add_argument(
        "--users", type=lambda text: [int(part) for part in text.split(",")], default=[1, 8, MANY, 128]
    )
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--stored", type=int, default=5000, help="conversations in the crowded store")
    parser.add_argument("--quick", action="store_true", help="1 and 32 users, three seconds each, no more")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    parser.add_argument("--show", action="store_true", help="print the form as it is walked through")
    return parser


if __name__ == "__main__":
    main()
