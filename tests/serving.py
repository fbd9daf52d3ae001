"""The real service as a process of its own, for tests that look at it from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
#: Far more than a start takes, even on a busy machine.
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Service:
    """`python app.py` on a folder of its own; it can be killed and started again on the same data."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._log: IO[Any] | None = None

    def launch(self) -> None:
        """Starts the process without waiting for it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._log = (self.folder / "service.log").open("ab")
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("BOT_")},
            "PORT": str(self.port),
            "BOT_DATA_DIR": str(self.folder),
            "PYTHONWARNINGS": "default",
            **self._environment,
        }
        self._process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=self._log, stderr=self._log
        )

    def start(self) -> None:
        self.launch()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._process is not None and self._process.poll() is not None:
                raise RuntimeError(f"the service ended by itself:\n{self.log()}")
            try:
                with urlopen(f"{self.url}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.02)
        raise TimeoutError(f"the service did not become ready:\n{self.log()}")

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def log(self) -> str:
        path = self.folder / "service.log"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def _end(self, number: int) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)
            self._process.wait(PATIENCE)
        if self._log is not None:
            self._log.close()
            self._log = None
