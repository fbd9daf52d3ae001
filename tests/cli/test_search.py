"""`python -m bot search` finds sections, of the documentation or of any collection."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import ask, search

PAGES = Path(__file__).parents[1] / "knowledge" / "documentation" / "pages"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def documentation(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCS_DIR", str(PAGES))
    monkeypatch.setenv("BOT_DATA_DIR", str(kept))


@pytest.mark.usefixtures("documentation")
def test_a_question_finds_sections(capsys: pytest.CaptureFixture[str]) -> None:
    """C2, C3"""
    assert search.run(["--json", "支援票證怎麼關閉"]) == 0
    (section, *others) = json.loads(capsys.readouterr().out)["sections"]
    assert len(others) < 3
    assert section == {
        "title": "人員、裝置與工具",
        "section": "關閉支援票證",
        "excerpt": "最後一則訊息十天後，票證會自動關閉。可以重新開啟一次。",
        "url": "https://learn.microsoft.com/zh-tw/partner-center/people-and-devices#close-a-support-ticket",
        "locale": "zh-TW",
        "date": "2021-05-12",
        "translation": "machine",
        "outdated": False,
    }


@pytest.mark.usefixtures("documentation")
def test_sections_can_be_read_without_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert search.run(["--locale", "en-US", "how do I close", "a support ticket"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("People, devices and tools, Close a support ticket (2021-05-12, original)\n")
    assert search.run(["weather in Seattle tomorrow"]) == 0
    assert capsys.readouterr().out == "no section\n"


@pytest.mark.usefixtures("documentation")
def test_a_question_without_a_topic_is_answered_with_sections(capsys: pytest.CaptureFixture[str]) -> None:
    """C4"""
    assert ask.run(["--json", "--locale", "ru", "есть ли вебхук о новых заказах"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["answer"] is None
    assert answer["sections"][0]["section"] == "Вебхуки о заказах"
    assert ask.run(["--locale", "ru", "есть ли вебхук о новых заказах"]) == 0
    assert "#webhooks-for-order-events" in capsys.readouterr().out


@pytest.mark.usefixtures("documentation")
def test_a_batch_over_the_documentation_names_page_and_section(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        sys, "stdin", io.StringIO('{"query": "как закрыть обращение", "locale": "ru-RU"}\n\n')
    )
    assert search.run(["--batch"]) == 0
    (answer,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert answer["ids"][0] == "people-and-devices#close-a-support-ticket"
    assert answer["abstain"] is False


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [
        {"id": "dog", "locale": "ru-RU", "title": "", "heading": "", "text": "собака лает во дворе"},
        {"id": "cat", "locale": "zh-TW", "title": "", "heading": "", "text": "貓在樹上"},
        {"id": "dog", "locale": "ru-RU", "title": "", "heading": "", "text": "и сторожит дом"},
        {"id": "owl#night", "locale": "ru-RU", "text": "сова спит днём"},
    ]
    file = tmp_path / "corpus.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return file


def test_each_line_of_a_batch_is_answered_before_the_next_is_read(corpus: Path) -> None:
    wanted = [("кто сторожит дом", "ru-RU", "dog"), ("猫在哪", "zh-CN", "cat"), ("сова", "ru", "owl#night")]
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "search", "--batch", "--corpus", str(corpus)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "PATH": ""},
    ) as process:
        assert process.stdin and process.stdout
        for query, locale, expected in wanted:
            process.stdin.write(json.dumps({"query": query, "locale": locale}) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert answer["ids"][:1] == [expected]
            assert len(answer["scores"]) == len(answer["ids"]) and isinstance(answer["abstain"], bool)
        process.stdin.write('{"query": "zzz", "locale": "en-US"}\n')
        process.stdin.flush()
        assert json.loads(process.stdout.readline()) == {"ids": [], "scores": [], "abstain": True}
        process.stdin.close()
        assert process.wait(10) == 0


@pytest.mark.parametrize("content", ["{", "[]", '{"text": "no id"}'])
def test_a_corpus_that_is_none_is_refused_in_one_line(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_text(content, "utf-8")
    for path in (file, tmp_path / "missing.jsonl"):
        assert search.run(["--batch", "--corpus", str(path)]) == 2
        (line,) = capsys.readouterr().err.splitlines()
        assert str(path) in line


@pytest.mark.parametrize(
    ("value", "says"), [(None, "DOCS_DIR is missing"), ("/nowhere/at/all", "DOCS_DIR must be")]
)
def test_without_documentation_it_says_what_to_set(
    tmp_path: Path,
    value: str | None,
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("DOCS_DIR", raising=False)
    monkeypatch.setenv("BOT_DATA_DIR", str(tmp_path))
    if value:
        monkeypatch.setenv("DOCS_DIR", value)
        assert ask.run(["what is it"]) == 2
        assert capsys.readouterr().err.startswith(says)
    assert search.run(["what is it"]) == 2
    assert capsys.readouterr().err.startswith(says)


@pytest.mark.parametrize(
    "arguments", [[], ["--batch", "question"], ["--locale", "xx", "question"], ["--corpus", "f", "question"]]
)
def test_wrong_usage_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        search.run(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err


def test_without_documentation_nothing_of_its_index_is_loaded() -> None:
    code = "import sys, bot.cli.ask, bot.cli.chat, app; print(*sys.modules)"
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": "."}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environ
    )
    assert not {"tantivy", "markdown_it"} & set(done.stdout.split())
