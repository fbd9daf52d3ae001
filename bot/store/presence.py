"""Which processes are at work on a database, told by locks that end with their process, however it ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Protocol


class Presence(Protocol):
    async def come(self) -> bool:
        """Says that we are here, until the end. True where nobody else was."""

    async def lead(self) -> bool:
        """Whether we are the one that does what only one may do; once we are, until the end."""


class Files:
    """Locks on empty files beside a database in a file."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._held: dict[str, int] = {}

    async def come(self) -> bool:
        # One at a time: a lock is given up for a moment while it becomes a shared one.
        gate = self._open("gate")
        fcntl.flock(gate, fcntl.LOCK_EX)
        self._held["here"] = self._open("here")
        is_alone = _taken(self._held["here"])
        fcntl.flock(self._held["here"], fcntl.LOCK_SH)
        os.close(gate)
        return is_alone

    async def lead(self) -> bool:
        if "lead" not in self._held:
            file = self._open("lead")
            if not _taken(file):
                os.close(file)
                return False
            self._held["lead"] = file
        return True

    def leave(self) -> None:
        while self._held:
            os.close(self._held.popitem()[1])

    def _open(self, name: str) -> int:
        return os.open(Path(f"{self._database}.{name}"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _taken(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
