"""What found no answer and what people think of answers, listed after a talk in the terminal."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.localization.locale import Locale
from tests.cli.test_chat_and_export import bot, chat

#: Nothing in CSP has anything to do with it; the first letters are what a spreadsheet calculates.
WINE = {
    Locale.EN: "=Which wine goes with roasted duck?",
    Locale.ZH_CN: "=烤鸭配什么葡萄酒？",
    Locale.ZH_TW: "=烤鴨配什麼葡萄酒？",
    Locale.RU: "=Какое вино подходит к утке?",
}
OURS = {
    Locale.EN: "How long does the review take?",
    Locale.ZH_CN: "审核需要多长时间？",
    Locale.ZH_TW: "審核需要多久？",
    Locale.RU: "Сколько длится проверка заявки?",
}
BAD = {Locale.EN: "not helpful", Locale.ZH_CN: "不好", Locale.ZH_TW: "沒用", Locale.RU: "не помогло"}
COMMENT = {
    Locale.EN: "Add a comment",
    Locale.ZH_CN: "写一句意见",
    Locale.ZH_TW: "留下意見",
    Locale.RU: "Добавить комментарий",
}


@pytest.fixture(scope="module")
def talked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What people in four languages left behind."""
    folder = tmp_path_factory.mktemp("talked")
    for locale in Locale:
        said = [
            WINE[locale],
            WINE[locale].upper(),
            OURS[locale],
            BAD[locale],
            COMMENT[locale],
            "+7 495 123-45-67",
        ]
        turns = chat(folder, said, locale, user=f"user-of-{locale.value}")
        assert turns[-1]["replies"][0]["key"] == "feedback.noted"
    return folder


def listed(folder: Path, *words: str) -> Any:
    done = bot(folder, "questions", *words, "--format", "json")
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_the_queue_is_grouped_by_language_with_counts_and_nobody_in_it(talked: Path) -> None:
    """C10"""
    queue = listed(talked, "--unanswered")
    assert list(queue) == [locale.value for locale in Locale]
    for locale in Locale:
        (question,) = queue[locale.value]
        assert question["count"] == 2
        assert question["verdict"] == "nothing"
        assert question["last"] == question["first"]
        assert set(question) == {"locale", "question", "count", "verdict", "near", "taken", "first", "last"}
    assert "user-of" not in json.dumps(queue)
    assert list(listed(talked, "--unanswered", "--locale", "zh-Hant")) == ["zh-TW"]
    assert listed(talked, "--unanswered", "--since", "2999-12-31") == {}


def test_votes_are_listed_by_answer_language_and_version_with_redacted_comments(talked: Path) -> None:
    """C9, J4"""
    votes = listed(talked, "--votes")
    assert list(votes) == [locale.value for locale in Locale]
    versions = set()
    for ratings in votes.values():
        (rating,) = ratings
        assert (rating["answer"], rating["up"], rating["down"]) == ("application.review-time", 0, 1)
        assert rating["comments"] == ["[number]"]
        versions.add(rating["version"])
    assert len(versions) == len(Locale)


@pytest.mark.parametrize("what", ["--unanswered", "--votes"])
def test_a_spreadsheet_calculates_nothing(what: str, talked: Path, tmp_path: Path) -> None:
    """C10, H5: people may begin a question with an equals sign."""
    file = tmp_path / "table.csv"
    assert bot(talked, "questions", what, "--format", "csv", "--bom", "--out", str(file)).returncode == 0
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["locale"] for row in rows] == [locale.value for locale in Locale]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    if what == "--unanswered":
        assert all(row["question"].startswith("'=") for row in rows)


def test_the_lists_can_be_read(talked: Path) -> None:
    said = bot(talked, "questions", "--unanswered", "--locale", "en").stdout.decode()
    assert said.splitlines()[0] == "en: 1 questions, asked 2 times"
    assert "2  =" in said
    said = bot(talked, "questions", "--votes", "--locale", "ru").stdout.decode()
    assert said.splitlines()[0] == "ru: 1 answers, 0 up, 1 down"
    assert said.splitlines()[-1].strip() == "- [number]"


def test_nothing_yet_is_said_and_a_wrong_word_refused(tmp_path: Path) -> None:
    assert bot(tmp_path, "questions", "--votes").stdout.decode() == "Nothing so far.\n"
    assert listed(tmp_path, "--votes") == {}
    for wrong in (["--since", "yesterday"], ["--locale", "klingon"], []):
        done = bot(tmp_path, "questions", *(["--votes"] if wrong else []), *wrong)
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
