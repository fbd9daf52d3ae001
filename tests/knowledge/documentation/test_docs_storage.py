"""The index is kept on disk, follows what changes, and is made anew when anything is wrong with it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.knowledge.documentation.asking import Wording
from bot.knowledge.documentation.pages import Reader
from bot.knowledge.documentation.shelves import Shelves
from bot.knowledge.documentation.storage import Generation, update
from bot.localization.locale import LOCALES, Locale
from bot.settings import ConfigurationError

WORDING = Wording.load(LOCALES)
#: The user id of "nobody".
NOBODY = 65534


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "docs" / "en-US"
    folder.mkdir(parents=True)
    for name in ("alpha", "beta", "gamma"):
        (folder / f"{name}.md").write_text(f"# The {name}\n\nAll about {name}.", "utf-8")
    return folder


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "en-US"


def found(shelf: Path, question: str) -> list[str]:
    generation = Generation.newest(shelf)
    assert generation is not None
    return [hit.section.page for hit in generation.open().search(WORDING.asked(question, Locale.EN))]


def test_what_is_indexed_is_found_by_whoever_opens_it(source: Path, shelf: Path) -> None:
    assert update(source, shelf) is True
    assert found(shelf, "beta") == ["beta"]
    assert Generation.newest(shelf).open().size == 3  # type: ignore[union-attr]


def test_only_what_changed_is_read_again(source: Path, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    update(source, shelf)
    read: list[str] = []
    sections = Reader.sections
    monkeypatch.setattr(Reader, "sections", lambda self: read.append(self._name) or sections(self))
    assert update(source, shelf) is False
    (source / "beta.md").write_text("# The delta\n\nSomething else.", "utf-8")
    (source / "gamma.md").unlink()
    (source / "new.md").write_text("# The omega\n\nNew.", "utf-8")
    assert update(source, shelf) is True
    assert read == ["beta", "new"]
    assert (found(shelf, "delta"), found(shelf, "omega")) == (["beta"], ["new"])
    assert found(shelf, "gamma") == []
    assert Generation.newest(shelf).open().size == 3  # type: ignore[union-attr]


def test_a_page_is_read_again_when_what_it_includes_changes(source: Path, shelf: Path) -> None:
    (source / "includes").mkdir()
    part = source / "includes" / "part.md"
    part.write_text("Quokka.", "utf-8")
    (source / "alpha.md").write_text("# A\n\n[!INCLUDE [part](includes/part.md)]", "utf-8")
    update(source, shelf)
    assert found(shelf, "quokka") == ["alpha"]
    part.write_text("Omikron.", "utf-8")
    assert update(source, shelf) is True
    assert (found(shelf, "quokka"), found(shelf, "omikron")) == ([], ["alpha"])


def test_a_broken_page_is_left_out_with_one_line(
    source: Path, shelf: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (source / "beta.md").write_bytes(b"\xff\xfe")
    with caplog.at_level(logging.WARNING):
        update(source, shelf)
        update(source, shelf)
    assert [record.getMessage() for record in caplog.records] == [
        f"{source / 'beta.md'} is left out: not UTF-8"
    ]
    assert found(shelf, "alpha") == ["alpha"]


@pytest.mark.parametrize("damage", ["cut", "changed", "contents", "gone"])
def test_a_damaged_index_is_made_anew(source: Path, shelf: Path, damage: str) -> None:
    update(source, shelf)
    generation = Generation.newest(shelf)
    assert generation is not None
    victim = max(
        (path for path in generation.folder.iterdir() if path.suffix), key=lambda each: each.stat().st_size
    )
    match damage:
        case "cut":
            victim.write_bytes(victim.read_bytes()[:-9])
        case "changed":
            victim.write_bytes(bytes(byte ^ 255 for byte in victim.read_bytes()))
        case "contents":
            (generation.folder / "contents.json").write_text("{", "ascii")
        case "gone":
            victim.unlink()
    assert Generation.newest(shelf) is None
    assert update(source, shelf) is True
    assert found(shelf, "alpha") == ["alpha"]


def test_whoever_is_searching_keeps_the_index_it_opened(source: Path, shelf: Path) -> None:
    update(source, shelf)
    opened = Generation.newest(shelf).open()  # type: ignore[union-attr]
    (source / "beta.md").unlink()
    update(source, shelf)
    assert [hit.section.page for hit in opened.search(WORDING.asked("beta", Locale.EN))] == ["beta"]
    assert len(list(shelf.glob("generation-*"))) == 1


def test_an_update_that_was_killed_leaves_nothing_in_the_way(source: Path, shelf: Path) -> None:
    (shelf / "generation-killed").mkdir(parents=True)
    (shelf / "generation-killed" / "meta.json").write_text("{", "ascii")
    assert update(source, shelf) is True
    assert [path.name for path in shelf.glob("generation-killed")] == []


def test_all_languages_are_brought_up_to_date_and_searched(source: Path, tmp_path: Path) -> None:
    other = source.parent / "zh-tw"
    other.mkdir()
    (other / "a.md").write_text("# 對帳檔案\n\n對帳檔案的說明。", "utf-8")
    shelves = Shelves(source.parent, tmp_path / "kept")
    assert shelves.offer("all about alpha and beta", Locale.EN) == []
    shelves.update()
    assert shelves.offer("all about the alpha", Locale.EN)[0].title == "The alpha"
    assert shelves.offer("對帳檔案的說明", Locale.ZH_TW)[0].url.endswith("/zh-tw/partner-center/a")
    again = Shelves(source.parent, tmp_path / "kept")
    again.open()
    assert again.offer("all about the alpha", Locale.EN)


def test_a_folder_without_documentation_stops_the_start_in_one_line(tmp_path: Path) -> None:
    for wrong in (tmp_path / "missing", tmp_path):
        with pytest.raises(ConfigurationError, match=r"^DOCS_DIR must be .*\.$") as stopped:
            Shelves(wrong, tmp_path / "kept")
        assert "\n" not in str(stopped.value) and str(wrong) in str(stopped.value)


@contextmanager
def whoever_may_not() -> Iterator[None]:
    """Root may read everything, and is somebody else for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_folder_that_may_not_be_read_stops_the_start(tmp_path: Path) -> None:
    # pytest's own folders are closed to others on the way already.
    with TemporaryDirectory() as outside:
        Path(outside).chmod(0o755)
        pages = Path(outside) / "en-US"
        pages.mkdir()
        pages.chmod(0)
        with whoever_may_not(), pytest.raises(ConfigurationError, match="DOCS_DIR") as stopped:
            Shelves(Path(outside), tmp_path / "kept")
        assert str(pages.resolve()) in str(stopped.value)
        pages.chmod(0o700)
