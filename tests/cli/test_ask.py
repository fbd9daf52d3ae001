"""`python -m bot ask` answers one question, or ranks many, one line for each."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

from bot.cli import ask
from bot.localization.locale import Locale


@pytest.fixture(scope="module")
def answers() -> ask.Answers:
    return ask.Answers()


def test_a_question_gets_its_answer_with_sources(capsys: pytest.CaptureFixture[str]) -> None:
    """C2"""
    assert ask.run(["--json", "--locale", "en", "How", "long does the review take?"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["topic"] == "application.review-time"
    assert answer["confident"] is True
    assert "3 to 5 business days" in answer["answer"]
    assert {"title", "url", "section", "date"} <= answer["sources"][0].keys()
    assert all(each["score"] < answer["score"] for each in answer["alternatives"])


def test_the_answer_comes_in_the_language_of_the_question(capsys: pytest.CaptureFixture[str]) -> None:
    """C6"""
    assert ask.run(["--json", "直接計費要多少營收"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["topic"] == "direct.revenue"
    assert "/zh-tw/" in answer["sources"][0]["url"]


def test_what_is_not_ours_gets_no_answer(answers: ask.Answers) -> None:
    """C4"""
    answer = answers.ask("What will the weather be like tomorrow?", Locale.EN)
    assert answer["topic"] is None and answer["answer"] is None
    assert answer["confident"] is False and answer["alternatives"] == [] and answer["sources"] == []


def test_a_doubtful_question_gets_three_topics_to_choose_from(answers: ask.Answers) -> None:
    """C4"""
    answer = answers.ask("MPA", Locale.EN)
    assert answer["confident"] is False and answer["answer"] is None
    assert answer["topic"] is not None and len(answer["alternatives"]) == 2


def test_the_answer_can_be_read_without_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask.run(["--locale", "en-US", "which support plan do I need"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("direct.support-plan (")
    assert "• Advanced Support for Partners (ASfP)" in printed
    assert "https://learn.microsoft.com/en-us/partner-center/" in printed


def test_a_batch_is_answered_line_by_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [
        {"query": "сколько ждать рассмотрения", "locale": "ru-RU"},
        {"query": "Wie spät ist es?", "locale": "de-DE"},
        {"query": "審核要多久"},
    ]
    lines = "\n".join([json.dumps(asked[0]), "", *map(json.dumps, asked[1:])])
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines + "\n"))
    assert ask.run(["--batch"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["abstain"] for each in answers] == [False, True, False]
    assert [answers[at]["ids"][0] for at in (0, 2)] == ["application.review-time"] * 2
    for each in answers:
        assert len(each["ids"]) == len(each["scores"]) <= 10


def test_each_line_is_answered_before_the_next_is_read() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env={"PYTHONUTF8": "1", "PATH": ""},
    ) as process:
        assert process.stdin and process.stdout
        for _ in range(2):
            process.stdin.write(json.dumps({"query": "где прайс-лист", "locale": "ru"}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["ids"][0] == "program.what-to-sell"
        process.stdin.close()
        assert process.wait(10) == 0


def test_asking_loads_neither_the_database_nor_the_sdk() -> None:
    code = "import sys, bot.cli.ask; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert not {"sqlalchemy", "botbuilder", "aiohttp"} & set(loaded.split())


@pytest.mark.parametrize("arguments", [[], ["--batch", "question"], ["--locale", "xx", "question"]])
def test_wrong_usage_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        ask.run(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err
