"""Reports made in a chat, listed, exported and closed; and the link that makes testers."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import testers as signed
from bot.localization.locale import Locale
from tests.cli.test_chat_and_export import bot, chat

WRONG = {
    Locale.EN: "=a comma is missing",
    Locale.ZH_CN: "=少一个逗号",
    Locale.ZH_TW: "=少一個逗號",
    Locale.RU: "=не хватает запятой, +7 495 123-45-67",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a tester in four languages left behind: two reports each, one of them with words."""
    for locale in Locale:
        said = [
            "help",
            f"#report button.compare {WRONG[locale]}",
            "#jump problem.string_too_short",
            "#report",
        ]
        turns = chat(tmp_path, said, locale, user=locale.value)
        assert turns[1]["replies"][0]["key"] == "tester.reported-with-words"
        assert turns[3]["replies"][0]["key"] == "tester.reported"
    return tmp_path


def listed(folder: Path, *words: str) -> list[dict[str, Any]]:
    done = bot(folder, "reports", *words, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_reports_are_listed_exported_and_closed(folder: Path) -> None:
    """E6"""
    every = listed(folder)
    assert len(every) == 8
    (ours,) = [one for one in listed(folder, "--locale", "ru") if one["comment"]]
    assert (ours["key"], ours["locale"], ours["channel"]) == ("button.compare", "ru", "console")
    assert ours["comment"] == "=не хватает запятой, [number]"
    assert ours["text"]
    assert re.fullmatch("[0-9a-f]{8}", ours["catalog"])

    table = bot(folder, "reports", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(table.stdout.decode())))
    assert [row["id"] for row in rows] == [one["id"] for one in every]
    assert all(not row["comment"].startswith("=") for row in rows)

    spoken = bot(folder, "reports").stdout.decode()
    assert all(f"{one['id']}  {one['key']}" in spoken for one in every)

    done = bot(folder, "reports", "--close", ours["id"], "nonsense")
    assert done.returncode == 1
    assert "There is no report nonsense" in done.stderr.decode()
    assert len(listed(folder)) == 7
    closed = [one for one in listed(folder, "--all") if one["state"] == "closed"]
    assert [one["id"] for one in closed] == [ours["id"]]
    assert bot(folder, "reports", "--close", closed[0]["id"]).returncode == 0
    assert listed(folder, "--since", "2999-01-01") == []


def test_a_link_for_testers_is_made_for_as_long_as_is_said(tmp_path: Path) -> None:
    """E3"""
    done = bot(tmp_path, "tester-link", "--days", "2")
    assert done.returncode == 0
    address, _, link = done.stdout.decode().strip().partition("/?tester=")
    assert address.startswith("http")
    secret = (tmp_path / "direct-line.secret").read_text().strip()
    now = datetime.now(UTC)
    for days, holds in ((1, True), (3, False)):
        testers = signed.Testers((), secret, lambda days=days: now + timedelta(days=days))  # type: ignore[misc]
        assert (testers.admit(link) is not None) is holds
    for wrong in ("0", "366", "soon", "²"):
        assert bot(tmp_path, "tester-link", "--days", wrong).returncode == 2
