"""A PostgreSQL of our own while we measure, with its default durability, on the driver's core."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.server import DRIVER_CORE

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)

#: The server refuses to run as root.
USER = "postgres" if os.geteuid() == 0 else None


def found() -> Path | None:
    """The folder of PostgreSQL's programs, if it is installed."""
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else next(iter(FOLDERS), None)


@asynccontextmanager
async def cluster(programs: Path) -> AsyncIterator[str]:
    """Runs an empty cluster; the URL of its database."""
    with tempfile.TemporaryDirectory(prefix="bench-postgresql-", ignore_cleanup_errors=True) as folder:
        if USER:
            shutil.chown(folder, USER)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        data, log = f"{folder}/data", f"{folder}/log"
        await _run(programs / "initdb", "-D", data, "-U", "bench", "--auth=trust", "-E", "UTF8", "--locale=C")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
        await _run(programs / "pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
        try:
            yield f"postgresql://bench@127.0.0.1:{port}/postgres"
        finally:
            await _run(programs / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop")


async def _run(*command: str | Path) -> None:
    await asyncio.to_thread(
        subprocess.run,
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        user=USER,
        cwd="/",
        preexec_fn=lambda: os.sched_setaffinity(0, {DRIVER_CORE}),
    )
