import json
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.catalogs import run
from bot.localization import po
from bot.localization.checks import check_catalog
from bot.localization.locale import Locale

LOCALES = Path(__file__).parents[2] / "locales"

SOURCE = """\
from bot.text import counted, text

# Translators: greets.
HELLO = text("hello", "Hello, {name}.")
# Translators: until the draft is deleted.
DAYS = counted("days", "{count} day", "{count} days")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two sentences, with catalogs that are up to date and empty."""
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "words.py").write_text(SOURCE, "utf-8")
    for locale in Locale:
        glossary = tmp_path / "locales" / locale.folder / "glossary.yml"
        glossary.parent.mkdir(parents=True)
        glossary.write_text((LOCALES / locale.folder / "glossary.yml").read_text("utf-8"), "utf-8")
    assert run(["update"], tmp_path) == 0
    return tmp_path


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_update_says_how_much_there_is_to_do(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["update"], project)
    assert lines(capsys)[-1] == "ru: 2 sentences, 2 to translate, unchanged"


def test_what_is_missing_can_be_filled_in_and_then_nothing_is_wrong(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    run(["missing", "--locale", "ru"], project)
    days, hello = map(json.loads, lines(capsys))
    assert hello == {"key": "hello", "english": "Hello, {name}.", "plural": None, "comment": "greets."}
    assert days["plural"] == "{count} days"
    filling = {"hello": "Здравствуйте, {name}.", "days": ["{count} день", "{count} дня", "{count} дней"]}
    file = project / "ru.json"
    file.write_text(json.dumps(filling), "utf-8")
    assert run(["fill", "--locale", "ru", str(file)], project) == 0
    assert run(["missing", "--locale", "ru"], project) == 0
    assert lines(capsys) == ["2 written, 0 not taken"]
    assert run(["check", "--locale", "ru"], project) == 0


def test_missing_can_be_narrowed_to_a_part_of_the_keys(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    run(["missing", "--locale", "zh-TW", "--prefix", "he"], project)
    assert [json.loads(line)["key"] for line in lines(capsys)] == ["hello"]


def test_missing_shows_a_stale_translation_with_its_english(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "ru.json").write_text('{"hello": "Здравствуйте, {name}."}', "utf-8")
    run(["fill", "--locale", "ru", str(project / "ru.json")], project)
    (project / "bot" / "words.py").write_text(SOURCE.replace("Hello,", "Welcome,"), "utf-8")
    run(["update"], project)
    capsys.readouterr()
    run(["missing", "--locale", "ru", "--prefix", "hello"], project)
    (task,) = map(json.loads, lines(capsys))
    assert task["previous_english"] == ["Hello, {name}."]
    assert task["previous_translation"] == ["Здравствуйте, {name}."]


def test_fill_says_at_once_what_is_wrong_with_a_translation(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / "ru.json"
    file.write_text('{"hello": "Здравствуйте.", "nobody": "Никто"}', "utf-8")
    assert run(["fill", "--locale", "ru", str(file)], project) == 1
    says = capsys.readouterr().err
    assert "nobody: not taken, there is no such key" in says
    assert "hello lost the blank {name} [blanks]" in says


@pytest.mark.parametrize(
    ("content", "says"), [('{"hello": ', ":1: not JSON"), ("[]", "must be one JSON object")]
)
def test_a_file_that_is_no_filling_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], content: str, says: str
) -> None:
    file = project / "ru.json"
    file.write_text(content, "utf-8")
    assert run(["fill", "--locale", "ru", str(file)], project) == 1
    assert says in capsys.readouterr().err


def test_check_reports_file_and_line_for_people_and_for_machines(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """E2: one command, exit code, machine-readable report, file:line."""
    capsys.readouterr()
    assert run(["check", "--locale", "zh-TW"], project) == 1
    assert lines(capsys)[0].endswith("days has no translation [untranslated]")
    assert run(["check", "--locale", "zh-TW", "--format", "json"], project) == 1
    first = json.loads(capsys.readouterr().out)[0]
    assert first["file"] == "locales/zh_TW/LC_MESSAGES/bot.po"
    assert (first["locale"], first["key"], first["check"]) == ("zh-TW", "days", "untranslated")
    path = project / first["file"]
    assert path.read_text("utf-8").splitlines()[first["line"] - 1] == 'msgctxt "days"'


def test_source_that_was_not_brought_into_the_catalogs_is_found(project: Path) -> None:
    assert run(["check", "--locale", "en"], project) == 0
    (project / "bot" / "words.py").write_text(SOURCE.replace("Hello,", "Welcome,"), "utf-8")
    assert run(["check", "--locale", "en"], project) == 1


def test_computed_words_stop_the_update_before_anything_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = po.path_of(project / "locales", Locale.RU).read_text("utf-8")
    (project / "bot" / "words.py").write_text("from bot.text import text\ntext('k', 'a' + b)\n", "utf-8")
    assert run(["update"], project) == 1
    assert "bot/words.py:2" in capsys.readouterr().err
    assert po.path_of(project / "locales", Locale.RU).read_text("utf-8") == before


def test_a_new_language_lacks_nothing_but_its_translations(project: Path) -> None:
    """Adding a language: make its folder with a glossary, run the update, then the checks."""
    for locale in (Locale.ZH_CN, Locale.ZH_TW, Locale.RU):
        findings = check_catalog(project / "locales", locale)
        assert {finding.says for finding in findings} == {"has no translation"}


@pytest.mark.parametrize("arguments", [[], ["sing"], ["sing", "--loud"]])
def test_an_unknown_word_gets_the_list_of_words(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    says = capsys.readouterr().err
    assert "usage: python -m bot WORD" in says
    assert "  strings  " in says


def test_help_is_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0


def test_a_word_runs_its_module(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["strings", "--help"])
    assert stopped.value.code == 0
    assert "python -m bot strings" in capsys.readouterr().out
