"""A server under test: started on a core of its own, watched, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.wire import Client

SERVER_CORE = 0
DRIVER_CORE = 1
ROOT = Path(__file__).parent.parent


class NotStarted(RuntimeError):
    """The server did not answer in time; its last words are the message."""


@dataclass(frozen=True)
class Server:
    url: str
    #: Seconds from the start of the process to its first 200.
    started: float
    process: psutil.Process

    def cpu(self) -> float:
        """Seconds of CPU so far."""
        used = self.process.cpu_times()
        return used.user + used.system

    def memory(self) -> float:
        """Resident megabytes now."""
        return self.process.memory_info().rss / 1e6

    @staticmethod
    def core_busy() -> float:
        """Seconds for which the server's core was busy so far, for whomever."""
        times = psutil.cpu_times(percpu=True)[SERVER_CORE]
        return times.user + times.nice + times.system + times.irq + times.softirq + times.steal


@asynccontextmanager
async def running(
    arguments: Sequence[str], settings: Mapping[str, str], log: Path, health: str = "/healthz"
) -> AsyncIterator[Server]:
    """Runs `python ARGUMENTS` pinned to the server's core until the block ends."""
    port = _free_port()
    began = time.perf_counter()
    with log.open("ab") as out:
        process = subprocess.Popen(  # noqa: ASYNC220
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, **settings, "PORT": str(port)},
            stdout=out,
            stderr=out,
            preexec_fn=lambda: os.sched_setaffinity(0, {SERVER_CORE}),
        )
    try:
        url = f"http://127.0.0.1:{port}"
        await _first_answer(process, url + health, log)
        yield Server(url, time.perf_counter() - began, psutil.Process(process.pid))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.to_thread(process.wait, 20)
        except subprocess.TimeoutExpired:
            process.kill()
            await asyncio.to_thread(process.wait)


async def _first_answer(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    client, path = Client(url), "/" + url.split("/", 3)[3]
    deadline = time.perf_counter() + 60
    while time.perf_counter() < deadline and process.poll() is None:
        try:
            status, _ = await client.send("GET", path, b"", "")
        except OSError:
            status = 0
        if status == 200:
            client.close()
            return
        await asyncio.sleep(0.01)
    raise NotStarted(log.read_text(errors="replace")[-2000:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
