"""The files of what people type: complete in every language, and refused where they contradict themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from bot.localization.locale import LOCALES, Locale
from bot.localization.vocabulary import CommandName, Vocabulary, VocabularyError, vocabularies

Spoil = Callable[[dict[str, Any]], None]


def written(folder: Path, spoil: Spoil) -> Path:
    """The English file with one thing wrong in it."""
    source = (LOCALES / "en" / "vocabulary.yml").read_text(encoding="utf-8")
    content = yaml.load(source, yaml.BaseLoader)
    spoil(content)
    path = folder / "vocabulary.yml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


@pytest.mark.parametrize("locale", Locale)
def test_every_language_has_words_for_every_command_and_field(locale: Locale) -> None:
    """A10: the same command set works in every language."""
    every = vocabularies(LOCALES)
    assert set(every[locale].commands) == set(get_args(CommandName))
    assert set(every[locale].fields) == set(every[Locale.EN].fields)
    assert {field: set(values) for field, values in every[locale].options.items()} == {
        field: set(values) for field, values in every[Locale.EN].options.items()
    }


def test_no_is_a_word_and_a_country_code_and_never_false() -> None:
    vocabulary = Vocabulary.load(LOCALES / "en" / "vocabulary.yml")
    assert "no" in vocabulary.answers.no
    assert all(isinstance(code, str) for code in vocabulary.countries)


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda content: content.update(comands={}), "comands"),
        (lambda content: content["commands"].update(dance=["dance"]), "commands.dance"),
        (lambda content: content["commands"]["skip"].append("Go BACK!"), "'Go BACK!'"),
        (lambda content: content["answers"]["no"].append("ＹＥＳ"), "'ＹＥＳ'"),
        (lambda content: content["options"]["model"]["direct-bill"].append("Reseller"), "'reseller'"),
        (lambda content: content["countries"].update(DE=["Europe"]), "both a country and a region"),
        (lambda content: content["calendar"]["months"].pop(), "12 months"),
        (lambda content: content["calendar"]["days"]["1"].append("today"), "'today'"),
        (lambda content: content["counting"]["ordinals"].update({"Second!": "3"}), "'second'"),
        (lambda content: content["fillers"].append("…"), "'…' has no word in it"),
        (lambda content: content["counting"]["numbers"].update(dozen="a lot"), "counting.numbers.dozen"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_by_name_and_phrase(
    tmp_path: Path, spoil: Spoil, named: str
) -> None:
    path = written(tmp_path, spoil)
    with pytest.raises(VocabularyError) as refused:
        Vocabulary.load(path)
    assert str(path) in str(refused.value)
    assert named in str(refused.value)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.yml"
    path.write_text("fields:\n  model: [model]\n  model: [type]\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match="a key stands twice"):
        Vocabulary.load(path)


def test_a_name_may_fit_two_countries(tmp_path: Path) -> None:
    path = written(tmp_path, lambda content: content["countries"].update(XX=["Korea"]))
    assert "Korea" in Vocabulary.load(path).countries["XX"]
