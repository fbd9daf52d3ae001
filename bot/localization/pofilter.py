"""The checks of the Translate Toolkit that ours leave out, run as the program `pofilter`.

As a program on its own, because the Toolkit is under the GPL and this product under the MIT licence; it is a
tool of developers and never imported. Its other checks repeat ours, or are wrong about Chinese and Russian.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.localization import po
from bot.localization.checks import Finding
from bot.localization.locale import Locale

#: pofilter's names and ours: figures, and what readers and programs must find unchanged.
FILTERS = {
    "numbers": "numbers",
    **dict.fromkeys(("xmltags", "escapes", "tabs", "printf", "options", "functions", "filepaths"), "marks"),
}
_MARK = "# (pofilter) "


def program() -> str | None:
    """Where pofilter lies: beside this Python, or on the path."""
    return shutil.which("pofilter", path=str(Path(sys.executable).parent)) or shutil.which("pofilter")


def findings(pofilter: str, folder: Path, locale: Locale) -> list[Finding]:
    path = po.path_of(folder, locale)
    with tempfile.TemporaryDirectory() as scratch:
        found = Path(scratch) / "found.po"
        wanted = [word for name in FILTERS for word in ("-t", name)]
        command = [pofilter, "--progress=none", f"--language={locale.folder}", *wanted]
        done = subprocess.run(  # noqa: S603  (our own catalog, our own options)
            [*command, "-i", str(path), "-o", str(found)], capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"pofilter failed: {done.stderr.strip()[-500:]}")
        lines = found.read_text("utf-8").splitlines() if found.exists() else []
    known = {message.key: message.line for message in po.read(path)}
    name = path.relative_to(folder.parent).as_posix()
    return [
        Finding(name, known[key], locale, key, FILTERS[check], f"{check}: {says[0].lower()}{says[1:]}")
        for key, check, says in _told(lines)
    ]


def _told(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    """Key, check and words of each remark; remarks stand above the entry they are about."""
    remarks: list[tuple[str, str]] = []
    for line in lines:
        if line.startswith(_MARK):
            check, _, says = line.removeprefix(_MARK).partition(": ")
            remarks.append((check, says))
        elif line.startswith("msgctxt "):
            key = line.removeprefix("msgctxt ").strip('"')
            yield from ((key, *remark) for remark in remarks)
            remarks = []
