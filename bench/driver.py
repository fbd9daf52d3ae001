"""Users who fill in form after form, as fast as answers come or at a steady rate."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.doors import Door, Line, Session, Wrong
from bench.server import Server

#: Seconds after which a turn counts as lost.
PATIENCE = 30.0
#: Seconds of silence after which a turn's replies are taken to be all, when they are first counted.
QUIET = 0.25
#: Seconds of load before anything is counted.
WARM_UP = 1.5
#: The driver's share of its core above which the figures are its own.
BUSY = 0.85


@dataclass(frozen=True)
class Script:
    """One filled-in form: what the user says turn by turn, and words that must be in the last reply."""

    locale: str
    lines: tuple[Line, ...]
    ends_with: str
    #: How many replies each turn brings.
    counts: tuple[int, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Script:
        found = json.loads(path.read_text("utf-8"))
        lines = tuple({"text": turn} if isinstance(turn, str) else turn for turn in found["turns"])
        return cls(found["locale"], lines, found["endsWith"])


@dataclass
class Measured:
    """What a stretch of load came to; times in milliseconds."""

    users: int
    #: False while warming up, and once the time is over.
    counting: bool = False
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    cpu: float = 0.0
    memory: float = 0.0
    driver: float = 0.0
    others: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    @property
    def cpu_per_turn(self) -> float:
        return self.cpu * 1000 / max(len(self.latencies), 1)

    @property
    def driver_bound(self) -> bool:
        return self.driver > BUSY

    def take(self, latency: float) -> None:
        if self.counting:
            self.latencies.append(latency)

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000 if ordered else 0.0


class Driver:
    def __init__(self, door: Door, script: Script, server: Server) -> None:
        self.door = door
        self.script = script
        self.server = server
        self.names = itertools.count(1)

    async def count_replies(self) -> tuple[tuple[int, ...], list[list[str]]]:
        """One form by one user, slowly: how many replies each turn brings, and their texts."""
        session = await self.session()
        said = []
        for step, line in enumerate(self.script.lines):
            session.heard.expect(-1)
            await session.say(line, step)
            await session.heard.silence(QUIET)
            said.append([reply.get("text") or "[card]" for reply in session.heard.replies])
        session.close()
        return tuple(len(replies) for replies in said), said

    async def closed(self, users: int, seconds: float) -> Measured:
        """`users` at once, each answering as soon as it is answered."""
        measured = Measured(users)
        ends = time.perf_counter() + WARM_UP + seconds
        tasks = [asyncio.create_task(self._user(measured, ends)) for _ in range(users)]
        await self._watch(measured, seconds)
        await asyncio.gather(*tasks)
        return measured

    async def open(self, rate: float, users: int, seconds: float) -> Measured:
        """Turns fall due at a steady rate; the delay counts from when a turn was due."""
        measured = Measured(users)
        idle = asyncio.Queue[_Walk]()
        for walk in [_Walk(self) for _ in range(users)]:
            await walk.ready()
            idle.put_nowait(walk)
        running = set[asyncio.Task[None]]()
        began = time.perf_counter()
        watcher = asyncio.create_task(self._watch(measured, seconds))
        for number in range(int(rate * (WARM_UP + seconds))):
            due = began + number / rate
            if (rest := due - time.perf_counter()) > 0:
                await asyncio.sleep(rest)
            task = asyncio.create_task(self._due(await idle.get(), due, measured, idle))
            running.add(task)
            task.add_done_callback(running.discard)
        await asyncio.gather(watcher, *running)
        return measured

    async def fill(self, conversations: int, turns: int, users: int) -> None:
        """Opens conversations and leaves them after some turns."""
        left = iter(range(conversations))

        async def work() -> None:
            for _ in left:
                walk = _Walk(self)
                await walk.ready()
                for _ in range(turns):
                    await walk.step()
                walk.close()

        await asyncio.gather(*(work() for _ in range(users)))

    async def _user(self, measured: Measured, ends: float) -> None:
        walk = _Walk(self)
        while time.perf_counter() < ends:
            try:
                await walk.ready()
                began = time.perf_counter()
                measured.take(await walk.step() - began)
            except (Wrong, OSError, TimeoutError) as error:
                measured.errors.append(f"{type(error).__name__} {error}")
                walk = _Walk(self)
        walk.close()

    async def _due(self, walk: _Walk, due: float, measured: Measured, idle: asyncio.Queue[_Walk]) -> None:
        try:
            measured.take(await walk.step() - due)
        except (Wrong, OSError, TimeoutError) as error:
            measured.errors.append(f"{type(error).__name__} {error}")
            walk = _Walk(self)
        await walk.ready()
        idle.put_nowait(walk)

    async def _watch(self, measured: Measured, seconds: float) -> None:
        """Lets the warm-up pass, then takes the figures of exactly `seconds`."""
        await asyncio.sleep(WARM_UP)
        own = psutil.Process()
        cpu, busy, mine = self.server.cpu(), self.server.core_busy(), _used(own)
        began, measured.counting = time.perf_counter(), True
        await asyncio.sleep(seconds)
        measured.counting = False
        measured.seconds = time.perf_counter() - began
        measured.cpu = self.server.cpu() - cpu
        measured.driver = (_used(own) - mine) / measured.seconds
        measured.others = max(self.server.core_busy() - busy - measured.cpu, 0.0) / measured.seconds
        measured.memory = self.server.memory()

    async def session(self) -> Session:
        return await self.door.session(f"user{next(self.names)}", self.script.locale)


class _Walk:
    """One user's way through form after form, a new conversation for each."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.session: Session | None = None
        self.at = 0

    async def ready(self) -> None:
        if self.session is None:
            self.session, self.at = await self.driver.session(), 0

    async def step(self) -> float:
        """One turn; the moment at which it was over."""
        script, session = self.driver.script, self.session
        if session is None:
            raise Wrong("a turn without a conversation")
        enough = session.heard.expect(script.counts[self.at])
        async with asyncio.timeout(PATIENCE):
            await session.say(script.lines[self.at], self.at)
            await enough
        over, self.at = time.perf_counter(), self.at + 1
        if self.at == len(script.lines):
            self.close()
            if not any(script.ends_with in str(reply.get("text")) for reply in session.heard.replies):
                raise Wrong(f"a form ended with {session.heard.replies[-1].get('text')!r}")
        return over

    def close(self) -> None:
        if self.session is not None:
            self.session.close()
            self.session = None


def _used(process: psutil.Process) -> float:
    used = process.cpu_times()
    return used.user + used.system
