"""`python -m bot mirror`: on the command line, against pages of our own."""

from __future__ import annotations

import json
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from bot.cli import mirror
from bot.cli.mirror_page import STATES
from bot.knowledge.mirror.findings import Kind
from bot.knowledge.reading import read
from bot.knowledge.sources import Page
from bot.knowledge.topics import FOLDER

TOPIC = "program.benefits"
LANGUAGES = ("zh-CN", "zh-TW", "ru-RU")
TEXT = {"zh-CN": "共 77 项。", "zh-TW": "共 77 項。", "ru-RU": "Всего 77."}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    for language in LANGUAGES:
        write(tmp_path / "docs", language, TEXT[language])
    return tmp_path / "docs"


def write(docs: Path, language: str, text: str) -> None:
    (docs / language).mkdir(parents=True, exist_ok=True)
    (docs / language / "csp-overview.md").write_text(
        "---\nms.date: 10/29/2020\nms.translationtype: HT\nms.openlocfilehash: 0a0a0a\n---\n"
        f'# <a name="cloud-solution-provider-program"></a>CSP\n\n{text}\n',
        "utf-8",
    )


def run(docs: Path, *arguments: str) -> int:
    command, *rest = arguments
    return mirror.run([command, "--docs", str(docs), "--reviews", str(docs.parent / "reviews.json"), *rest])


def test_the_exit_code_says_whether_something_is_open(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """E7"""
    assert run(docs, "audit", "--topic", TOPIC) == 1
    told = capsys.readouterr().out
    assert "never reviewed" in told and "not in our answers: number 77" in told
    assert told.endswith("1 topics, 3 sections, open: 6 (never reviewed 3, not in our answers 3)\n")
    assert run(docs, "accept", TOPIC) == 0
    assert capsys.readouterr().out.startswith("Recorded: 1 topics, 3 sections, in ")
    assert run(docs, "audit", "--topic", TOPIC) == 0
    assert capsys.readouterr().out == "1 topics, 3 sections, open: 0\n"
    write(docs, "ru-RU", "Всего 78.")
    assert run(docs, "audit", "--topic", TOPIC, "--locale", "zh-TW") == 0
    assert run(docs, "audit", "--topic", TOPIC, "--locale", "ru") == 1
    assert "moved on alone: not in zh-CN, zh-TW; since the review of" in capsys.readouterr().out


def test_accepting_one_language_leaves_the_others_as_they_were(docs: Path) -> None:
    assert run(docs, "accept", TOPIC, "--locale", "ru") == 0
    assert run(docs, "audit", "--topic", TOPIC, "--locale", "ru") == 0
    assert run(docs, "audit", "--topic", TOPIC, "--locale", "zh-CN") == 1


def test_what_a_review_cannot_settle_is_told_at_once(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (docs / "ru-RU" / "csp-overview.md").rename(docs / "ru-RU" / "overview.md")
    assert run(docs, "accept", TOPIC) == 0
    told = capsys.readouterr().err
    assert "Still to be mended in sources.yml" in told and "ru: sources.yml has a copy of 2020-10-29" in told


def test_json_tells_all_that_was_compared(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """E7"""
    run(docs, "accept", TOPIC)
    write(docs, "ru-RU", "Всего 78.")
    capsys.readouterr()
    assert run(docs, "audit", "--topic", TOPIC, "--format", "json") == 1
    entries = {entry["locale"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert {locale: entry["state"] for locale, entry in entries.items()} == {
        "zh-CN": "in order", "zh-TW": "in order", "ru-RU": "ahead"
    }  # fmt: skip
    russian = entries["ru-RU"]
    assert russian["section"] == "csp-overview#cloud-solution-provider-program"
    assert russian["found"]["facts"] == [{"kind": "number", "value": "78"}]
    assert (russian["found"]["version"], russian["found"]["translation"]) == ("0a0a0a", "human")
    assert russian["reviewed"]["digest"] != russian["found"]["digest"]


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.names: set[str] = set()
        self.outside: list[str] = []
        self.targets: set[str] = set()
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.names |= {str(given["id"])} if "id" in given else set()
        self.targets |= {str(given["href"])} if "href" in given else set()
        self.outside += [tag] if "src" in given or tag in ("script", "link", "img") else []
        if tag == "td":
            self._in_cell, self.cells = True, [*self.cells, ""]

    def handle_endtag(self, tag: str) -> None:
        self._in_cell = self._in_cell and tag != "td"

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.cells[-1] += data


def test_the_page_is_a_matrix_whose_cells_say_their_state_in_words(docs: Path) -> None:
    """E7"""
    run(docs, "accept", TOPIC)
    write(docs, "zh-TW", "<b>x</b> & 共 78 項。")
    page = docs.parent / "audit.html"
    assert run(docs, "audit", "--topic", TOPIC, "--format", "html", "--out", str(page)) == 1
    seen = _Seen()
    seen.feed(page.read_text("utf-8"))
    assert [" ".join(cell.split()) for cell in seen.cells] == [
        "✓ in order",
        "↗ moved on alone (4)",
        "✓ in order",
    ]
    assert seen.outside == [] and "https://" not in page.read_text("utf-8")
    assert seen.targets and {target.removeprefix("#") for target in seen.targets} <= seen.names


def test_every_kind_of_finding_looks_and_reads_differently() -> None:
    assert STATES.keys() == set(Kind)
    assert (
        len({state.sign for state in STATES.values()}) == len({s.words for s in STATES.values()}) == len(Kind)
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["audit", "--topic", "no.such"], "No topic is called no.such"),
        (["audit", "--locale", "en"], "has no folder en-US"),
        (["accept", "no.such"], "No topic is called no.such"),
        (["audit", "--topic", TOPIC, "--out", "/no/such/folder/a"], "/no/such/folder/a: No such file"),
        (["audit", "--docs", "/no/such"], "--docs must be a folder that can be read"),
        (["audit", "--docs", "/"], "--docs must be a folder with folders named"),
        (["audit", "--reviews", __file__], f"{__file__}: "),
    ],
)
def test_wrong_input_is_told_in_one_line(
    docs: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(docs, *arguments) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert says in line


@pytest.mark.parametrize("arguments", [[], ["audit"], ["accept", "--docs", "."], ["accept", "--all", TOPIC]])
def test_wrong_usage_is_explained(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DOCS_DIR", raising=False)
    with pytest.raises(SystemExit) as stopped:
        mirror.run(arguments)
    assert stopped.value.code == 2 and capsys.readouterr().err


def test_the_documentation_is_that_of_the_assistant_where_none_is_given(
    docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCS_DIR", str(docs))
    reviews = ["--reviews", str(docs.parent / "reviews.json")]
    assert mirror.run(["accept", TOPIC, *reviews]) == 0
    assert mirror.run(["audit", "--topic", TOPIC, *reviews]) == 0


def test_three_hundred_pages_a_language_take_half_a_minute_at_most(tmp_path: Path) -> None:
    """E7"""
    pages = TypeAdapter(list[Page]).validate_python(read(FOLDER / "sources.yml"))
    sections = {page.page: page.sections for page in pages} | {
        f"page-{number}": {f"section-{each}": {} for each in range(12)} for number in range(300 - len(pages))
    }
    for language in ("en-US", *LANGUAGES):
        (tmp_path / language).mkdir()
        for name, names in sections.items():
            text = (
                TEXT.get(language, "77 in all.") + " непрямой 間接 the [link](https://a.example/b) 12. "
            ) * 40
            body = "".join(f'\n## <a name="{anchor}"></a>{anchor}\n\n{text}\n' for anchor in names)
            (tmp_path / language / f"{name}.md").write_text(f"---\nms.date: 10/29/2020\n---\n{body}", "utf-8")
    started = time.process_time()
    assert mirror.run(["audit", "--docs", str(tmp_path), "--out", str(tmp_path / "report")]) == 1
    assert time.process_time() - started < 30
