"""The key file is made once, whole, and for its owner's eyes only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.settings import ConfigurationError
from bot.store.keys import FILE, encryption_keys

MAKE = (
    "import sys; from pathlib import Path; from bot.store.keys import encryption_keys\n"
    "sys.stdin.read(1); print(encryption_keys((), Path(sys.argv[1])))"
)


def test_a_key_is_made_on_first_run_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "var"
    keys = encryption_keys((), folder)
    assert encryption_keys((), folder) == keys
    assert Fernet(keys[0])
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == [FILE]


def test_given_keys_come_before_the_file_which_is_then_not_made(tmp_path: Path) -> None:
    given = (Fernet.generate_key().decode(), Fernet.generate_key().decode())
    assert encryption_keys(given, tmp_path) == list(given)
    assert list(tmp_path.iterdir()) == []


def test_a_key_file_may_hold_several_keys_the_newest_first(tmp_path: Path) -> None:
    keys = [Fernet.generate_key().decode() for _ in range(2)]
    (tmp_path / FILE).write_text("\n".join(keys) + "\n")
    assert encryption_keys((), tmp_path) == keys


@pytest.mark.parametrize("content", ["", "\n", "geheim\n"])
def test_a_damaged_key_file_stops_the_start_without_being_shown(tmp_path: Path, content: str) -> None:
    """I2: one clear line, no secret printed."""
    (tmp_path / FILE).write_text(content)
    with pytest.raises(ConfigurationError) as caught:
        encryption_keys((), tmp_path)
    assert FILE in str(caught.value)
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_processes_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(6)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("g")
        process.stdin.flush()
    printed = {process.communicate()[0] for process in processes}
    assert len(printed) == 1
    assert "[" in printed.pop()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
