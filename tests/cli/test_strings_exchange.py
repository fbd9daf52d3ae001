"""`strings export`, `import` and `stats`, as a translator uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli.catalogs import run
from bot.localization import po
from bot.localization.locale import Locale
from tests.cli.test_strings import project as project

FILLED = '{"hello": "Здравствуйте, {name}.", "days": ["{count} день", "{count} дня", "{count} дней"]}'


@pytest.fixture
def filled(project: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    (project / "ru.json").write_text(FILLED, "utf-8")
    assert run(["fill", "--locale", "ru", str(project / "ru.json")], project) == 0
    capsys.readouterr()
    return project


def catalog(root: Path) -> str:
    return po.path_of(root / "locales", Locale.RU).read_text("utf-8")


@pytest.mark.parametrize("name", ["ru.po", "ru.xlf", "ru.xliff", "ru.csv"])
def test_a_translators_round(name: str, filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """E2: export, correct, import; the format is known by the ending."""
    file, before = filled / name, catalog(filled)
    assert run(["export", "--locale", "ru", str(file)], filled) == 0
    assert capsys.readouterr().out == f"{file}: 2 sentences\n"
    file.write_text(file.read_text("utf-8").replace("Здравствуйте", "Добрый день"), "utf-8")
    assert run(["import", "--locale", "ru", str(file)], filled) == 0
    assert capsys.readouterr().out == "1 written, 1 as before, 0 not taken\n"
    assert catalog(filled) == before.replace("Здравствуйте", "Добрый день")


def test_only_what_is_left_to_do_can_be_exported(filled: Path) -> None:
    source = filled / "bot" / "words.py"
    source.write_text(source.read_text("utf-8").replace("Hello,", "Welcome,"), "utf-8")
    run(["update"], filled)
    file = filled / "todo.csv"
    assert run(["export", "--locale", "ru", "--to-do", str(file)], filled) == 0
    head, row = file.read_text("utf-8-sig").splitlines()
    assert row.startswith('hello,0,"Welcome, {name}.",,"Здравствуйте, {name}.",yes,"Hello, {name}."')
    assert head.startswith("key,form,english,english_plural,translation,stale,previous_english")


def test_import_says_what_is_wrong_with_what_it_took(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = filled / "ru.csv"
    file.write_text('key,english,translation\nhello,"Hello, {name}.",Здравствуйте.\ngone,a,b\n', "utf-8")
    assert run(["import", "--locale", "ru", str(file)], filled) == 1
    told = capsys.readouterr()
    assert "1 written, 0 as before, 1 not taken" in told.out
    assert "gone: not taken, there is no such key" in told.err
    assert "hello lost the blank {name} [blanks]" in told.err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["import", "--locale", "ru", "nowhere.csv"], 1, "nowhere.csv cannot be read: No such file"),
        (["export", "--locale", "ru", "nowhere/ru.csv"], 1, "cannot be written: No such file"),
        (["export", "--locale", "ru", "ru.docx"], 2, "ru.docx: say its --format: po, xliff, csv"),
        (["import", "--locale", "ru", "bot/words.py"], 2, "say its --format"),
        (["import", "--locale", "ru", "--format", "xliff", "bot/words.py"], 1, "not XML"),
    ],
)
def test_what_cannot_be_read_or_written_is_said_in_one_line(
    arguments: list[str], code: int, says: str, filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = catalog(filled)
    *words, name = arguments
    assert run([*words, str(filled / name)], filled) == code
    told = capsys.readouterr().err
    assert says in told
    assert told.count("\n") == 1
    assert catalog(filled) == before


def test_stats_tell_how_far_each_language_is(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = filled / "bot" / "words.py"
    source.write_text(source.read_text("utf-8").replace("Hello,", "Welcome,"), "utf-8")
    run(["update"], filled)
    capsys.readouterr()
    assert run(["stats", "--format", "json"], filled) == 0
    rows = {row["locale"]: row for row in json.loads(capsys.readouterr().out)}
    counts = ("sentences", "translated", "stale", "missing", "percent")
    assert [rows["ru"][name] for name in counts] == [2, 1, 1, 0, 50.0]
    assert [rows["zh-TW"][name] for name in counts] == [2, 0, 0, 2, 0.0]
    assert run(["stats", "--by-part"], filled) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:3] == ["locale", "part", "sentences"]
    assert [line.split()[:2] for line in lines if line.startswith("ru")] == [
        ["ru", "(all)"],
        ["ru", "days"],
        ["ru", "hello"],
    ]
