"""`python -m bot evaluate` measures, and fails where a language misses what is required."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.cli import evaluate

#: What must hold in each language on the phrasings kept aside. The goals are 92, 98, 95, 5 and 80; how far
#: to trust what is measured stands in docs/decisions/knowledge.md.
REQUIRED = [
    "top1>=91.5", "top3>=97.7", "auroc>=98.5", "false_accepts<=3.5", "near_accepts<=6.5",
    "accepted_right>=84.5", "accepted_wrong<=4.3",
]  # fmt: skip


def test_the_phrasings_kept_aside_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    """C1, C4"""
    code = evaluate.run(["--json", *(part for each in REQUIRED for part in ("--require", each))])
    report = json.loads(capsys.readouterr().out)
    assert code == 0, report["missed"]
    assert report["languages"].keys() == {"en", "ru", "zh-CN", "zh-TW"}
    assert all(figures["ours"] >= 330 for figures in report["languages"].values())
    sure = report["calibration"][-1]
    assert sure["right"] >= 0.95 * sure["count"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    lines = [
        {"text": "how long does the review take", "locale": "en-US", "topic": "application.review-time"},
        {"text": "what is an MPN ID", "locale": "en-US", "topic": "no.such", "also": ["mpn.get-id"]},
        {"text": "will it rain tomorrow", "locale": "en-US", "topic": None, "kind": "oos"},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n", "utf-8")
    return path


def test_a_file_is_measured_and_printed_for_people(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert evaluate.run([str(file)]) == 0
    head, english, *_ = capsys.readouterr().out.splitlines()
    assert "top-1" in head and "AUROC" in head
    assert english.split()[:5] == ["en", "2", "1", "100.0", "100.0"]


def test_what_is_required_and_missed_is_named(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert evaluate.run([str(file), "--require", "top1>=99", "--require", "false_accepts>=1"]) == 1
    assert capsys.readouterr().err == "en: false_accepts is 0.0, not >= 1\n"


def test_nothing_to_measure_meets_no_requirement(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    file.write_text('{"text": "hi", "locale": "ru", "topic": null}\n', "utf-8")
    assert evaluate.run([str(file), "--require", "top1>=1"]) == 1
    assert "ru: top1 is nan" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"text": "hi", "locale": "en"}', "line 1: topic field required"),
        ("not json", "line 1:"),
        ('{"text": "hi", "locale": "tlh", "topic": null}', "we do not speak 'tlh'"),
    ],
)
def test_a_line_that_is_no_question_is_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, line: str, says: str
) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text(line, "utf-8")
    assert evaluate.run([str(path)]) == 2
    assert says in capsys.readouterr().err


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert evaluate.run([str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_a_requirement_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        evaluate.run(["--require", "beauty>=9"])
    assert "top1>=92" in capsys.readouterr().err
