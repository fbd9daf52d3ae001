"""The terminal is a door like any other: it finds again what was said, and export shows what was sent."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.localization.locale import Locale
from tests.conversations.scripts import script_of
from tests.conversations.talking import rehearse
from tests.serving import ROOT


def bot(folder: Path, *words: str, said: str = "") -> subprocess.CompletedProcess[bytes]:
    """`python -m bot ...` with a data folder of its own."""
    environment = {**os.environ, "BOT_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, input=said.encode(), capture_output=True)


def chat(folder: Path, lines: list[str], locale: Locale, user: str = "anna") -> list[dict[str, Any]]:
    said = "".join(f"{line}\n" for line in lines)
    done = bot(folder, "chat", "--json", "--locale", locale.value, "--user", user, said=said)
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("locale", Locale)
async def test_a_whole_application_through_the_terminal(locale: Locale, tmp_path: Path) -> None:
    """A1, B1: begun in one process, finished in the next."""
    expected = await rehearse(script_of("indirect_hong_kong"), locale, tmp_path / "rehearsal")
    lines = [line.words for line in expected.lines]
    first = chat(tmp_path, lines[:12], locale)
    assert [turn["say"] for turn in first] == lines[:12]
    assert [len(turn["replies"]) for turn in first] == [line.replies for line in expected.lines[:12]]
    last = chat(tmp_path, lines[12:], locale)
    assert last[-1]["locale"] == locale.value
    assert last[-1]["replies"][0]["key"] == "apply.sent"
    exported = json.loads(bot(tmp_path, "export", "--format", "json").stdout)
    assert [each["answers"] for each in exported] == [expected.answers]
    assert exported[0]["number"] in last[-1]["replies"][0]["text"]


async def test_the_csv_export_is_safe_and_readable_in_excel(tmp_path: Path) -> None:
    """H5: a phone number begins with a plus sign, which a spreadsheet takes for a formula."""
    expected = await rehearse(script_of("indirect_hong_kong"), Locale.EN, tmp_path / "rehearsal")
    chat(tmp_path, [line.words for line in expected.lines], Locale.EN)
    written = tmp_path / "applications.csv"
    assert bot(tmp_path, "export", "--format", "csv", "--bom", "--out", str(written)).returncode == 0
    content = written.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0]["legal_name"] == "示例科技（香港）有限公司"
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for value in rows[0].values() if value)


def test_an_empty_export_is_an_empty_list(tmp_path: Path) -> None:
    assert json.loads(bot(tmp_path, "export", "--format", "json").stdout) == []


def test_a_first_word_without_a_language_is_greeted_in_all(tmp_path: Path) -> None:
    """D8: never English by accident."""
    done = bot(tmp_path, "chat", "--json", said="12\n")
    turn = json.loads(done.stdout)
    assert turn["locale"] is None
    assert turn["replies"][-1]["choices"] == [locale.native for locale in Locale]
    assert len({reply["text"] for reply in turn["replies"]}) == len(Locale)


def test_a_wrong_configuration_stops_with_one_line(tmp_path: Path) -> None:
    """I2"""
    environment = {**os.environ, "BOT_DATA_DIR": str(tmp_path), "DATABASE_URL": "oracle://somewhere"}
    command = [sys.executable, "app.py"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert done.stderr.decode().startswith("DATABASE_URL")
