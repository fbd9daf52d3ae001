"""The model is what its sources make, and is read as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import training
from bot.knowledge.model import FILE, Model
from bot.knowledge.retrieval import Finder, OutdatedModel
from bot.knowledge.topics import Topics
from bot.localization.locale import LOCALES


@pytest.fixture(scope="module")
def model() -> Model:
    return Model.load()


def test_made_again_from_its_sources_it_is_the_same(topics: Topics, model: Model) -> None:
    """`python -m bot train` was run after the last change, and gives the same wherever it is run."""
    learned = training.examples(topics, LOCALES)
    assert model.header.fingerprint == training.fingerprint(learned), "run `python -m bot train`"
    again = training.train(topics, learned)
    for example in learned[::50]:
        one, other = model.scores(example.cut.pieces), again.scores(example.cut.pieces)
        assert one.margins == pytest.approx(other.margins, abs=0.01)
        assert one.bm25 == pytest.approx(other.bm25, abs=0.001)
    assert again.header.sure == pytest.approx(model.header.sure, abs=0.01)


def test_nothing_kept_aside_is_learned(topics: Topics) -> None:
    assert not any(each.phrasing.kept_aside for each in training.examples(topics, LOCALES))


def test_it_is_read_as_it_was_written(tmp_path: Path, model: Model) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(model.packed())
    again = Model.load(path)
    assert again.header == model.header
    assert again.scores(["_mpn", "=mpn", "协议"]) == model.scores(["_mpn", "=mpn", "协议"])


def test_a_file_that_is_cut_short_is_not_taken_for_a_model(tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(FILE.read_bytes()[:-1000])
    with pytest.raises(EOFError):
        Model.load(path)


def test_what_nobody_ever_wrote_says_nothing(model: Model) -> None:
    scores = model.scores(["_xyzzy", "qwertz"])
    assert scores.known == 0
    assert set(scores.bm25) == {0}
    assert not model.knows_word("_xyzzy") and model.knows_word("_mpn")


def test_it_is_small() -> None:
    assert FILE.stat().st_size < 4_000_000


def test_a_model_for_other_topics_stops_the_start(topics: Topics, tmp_path: Path, model: Model) -> None:
    fewer = model.header.model_copy(update={"topics": (*model.header.topics[:-1], "old.topic")})
    path = tmp_path / "model.bin"
    path.write_bytes(Model(fewer, model._arrays).packed())
    with pytest.raises(OutdatedModel, match=r"python -m bot train.*old\.topic"):
        Finder.load(topics, LOCALES, path)
