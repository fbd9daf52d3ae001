"""Catalogs go out in three formats and come back without loss; other people's programs can work on them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.catalog_exchange import FORMATS
from bot.localization import po, table, updating, xliff
from bot.localization.locale import LOCALES, Locale
from bot.localization.po import Malformed, Message

RU = Locale.RU
MESSAGES = [
    Message(
        "a.counted",
        "{count} day",
        "{count} days",
        ("{count} день", "{count} дня", "{count} дней"),
        comment="how long\nit takes",
        places=("bot/a.py", "bot/b.py"),
    ),
    Message("b.changed", "New.", None, ("Старое.",), "a note", fuzzy=True, previous=("Old.",)),
    Message(
        "c.changed",
        "{count} a",
        "{count} b",
        ("1", "2", "3"),
        fuzzy=True,
        previous=("{count} x", "{count} y"),
    ),
    Message("d.by-hand", "Same.", None, ("Сомнительно.",), fuzzy=True),
    Message("e.lines", 'One\n\n"Two"\t\\ <b> & ]]>', None, ("- Первая\n\n«Вторая»\t\\ <b> & ]]>",)),
    Message("f.empty", "Nothing yet."),
    Message("g.empty", "{count} one", "{count} many", ("", "", "")),
    Message("h.formula", "=1+1", None, ("'=1+1",)),
]
TRANSLATED = ("english", "plural", "forms", "fuzzy", "previous")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    po.write(po.path_of(tmp_path, RU), RU, MESSAGES)
    return tmp_path


def content(folder: Path) -> bytes:
    return po.path_of(folder, RU).read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_what_goes_out_comes_back_the_same(form: str, tmp_path: Path) -> None:
    """E2: keys, plural forms, line breaks, what is stale and the English it was made for."""
    path = tmp_path / "out"
    FORMATS[form].write(path, RU, MESSAGES)
    for ours, theirs in zip(MESSAGES, FORMATS[form].read(path), strict=True):
        assert ours.key == theirs.key
        for name in TRANSLATED:
            assert getattr(ours, name) == getattr(theirs, name), (ours.key, name)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("locale", [Locale.ZH_CN, Locale.ZH_TW, Locale.RU])
def test_our_catalogs_come_back_to_the_byte(form: str, locale: Locale, tmp_path: Path) -> None:
    """E2: also into a catalog that has no translation yet."""
    known = po.read(po.path_of(LOCALES, locale))
    FORMATS[form].write(tmp_path / "out", locale, known)
    path = po.path_of(tmp_path, locale)
    po.write(path, locale, [replace(each, forms=("",) * len(each.forms)) for each in known])
    taken = updating.take(tmp_path, locale, FORMATS[form].read(tmp_path / "out"))
    assert (len(taken.written), taken.refused) == (len(known), {})
    assert body(path) == body(po.path_of(LOCALES, locale))


def body(path: Path) -> bytes:
    """A catalog without its header, which says when the file was made."""
    return path.read_bytes().partition(b"\n\n")[2]


@pytest.mark.parametrize("form", FORMATS)
@given(
    words=st.text(
        st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t'=\",;<&"), min_size=1
    )
)
def test_any_words_survive(form: str, words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / f"any.{form}"
    FORMATS[form].write(path, RU, [Message("k", words, None, (words,))])
    (back,) = FORMATS[form].read(path)
    assert (back.english, back.forms) == (words, (words,))


@pytest.mark.parametrize("form", FORMATS)
def test_ten_corrected_sentences_are_taken_and_nothing_else_changes(form: str, folder: Path) -> None:
    corrected = [replace(each, forms=tuple(f"{form}!" for form in each.forms)) for each in MESSAGES[:5]]
    FORMATS[form].write(folder / "out", RU, [*corrected, *MESSAGES[5:]])
    taken = updating.take(folder, RU, FORMATS[form].read(folder / "out"))
    assert taken.written == [each.key for each in corrected]
    assert (taken.unchanged, taken.refused) == (3, {})
    assert [each.forms for each in po.read(po.path_of(folder, RU))[:5]] == [each.forms for each in corrected]


def test_a_stale_translation_that_was_looked_at_is_valid_again(folder: Path) -> None:
    taken = updating.take(folder, RU, [replace(MESSAGES[1], forms=("Новое.",), fuzzy=False, previous=())])
    assert taken.written == ["b.changed"]
    found = po.read(po.path_of(folder, RU))[1]
    assert (found.forms, found.fuzzy, found.previous) == (("Новое.",), False, ())


def test_what_was_translated_from_older_english_is_stale_or_refused(folder: Path) -> None:
    handed = [
        Message("f.empty", "Nothing.", None, ("Ничего.",)),
        Message("e.lines", "Other.", None, ("Другое.",)),
        Message("nobody", "Gone.", None, ("Нет.",)),
        Message("a.counted", "{count} day", "{count} days", ("{count} день",)),
    ]
    taken = updating.take(folder, RU, handed)
    assert taken.written == ["f.empty"]
    found = {each.key: each for each in po.read(po.path_of(folder, RU))}["f.empty"]
    assert (found.forms, found.fuzzy, found.previous) == (("Ничего.",), True, ("Nothing.",))
    assert taken.refused == {
        "e.lines": "it was translated from other English: 'Other.'",
        "nobody": "there is no such key",
        "a.counted": "the number of forms must be 3, not 1",
    }


@pytest.mark.parametrize(
    ("read", "words", "says"),
    [
        (xliff.read, "<xliff", "out:1: not XML"),
        (xliff.read, "<a/>", "is not XLIFF 1.2"),
        (
            xliff.read,
            f'<xliff xmlns="{xliff.NAMESPACE}"><file><body><trans-unit/></body></file></xliff>',
            "without an id",
        ),
        (table.read, "key,english\na,b\n", "row 2 must have the columns"),
        (table.read, "key,english,translation\na,b\n", "row 2 must have the columns"),
        (table.read, 'key,english,translation\n"a', "not CSV"),
    ],
)
def test_a_file_that_is_none_of_ours_says_where(
    read: Callable[[Path], object], words: str, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "out"
    path.write_text(words, "utf-8")
    with pytest.raises(Malformed, match=re.escape(says)):
        read(path)


def test_an_xliff_bomb_does_not_go_off(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{entities}]><x>&e12;</x>'
    (tmp_path / "out").write_text(bomb, "utf-8")
    with pytest.raises(Malformed, match="not XML"):
        xliff.read(tmp_path / "out")


def test_units_that_a_program_has_grouped_and_marked_are_understood(tmp_path: Path) -> None:
    (tmp_path / "out").write_text(
        f'<xliff version="1.2" xmlns="{xliff.NAMESPACE}"><file><body><group id="part">'
        '<trans-unit id="1" resname="k"><source>Hello, <x id="1"/>{name}</source>'
        '<target state="translated">Привет, <g id="1">{name}</g>!</target></trans-unit>'
        "</group></body></file></xliff>",
        "utf-8",
    )
    (message,) = xliff.read(tmp_path / "out")
    assert (message.key, message.english, message.forms) == ("k", "Hello, {name}", ("Привет, {name}!",))


def toolkit(name: str, *arguments: str | Path) -> str:
    """A program of the Translate Toolkit, which reads what translators' own programs read."""
    program = Path(sys.executable).with_name(name)
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_translate_toolkit_reads_our_xliff(tmp_path: Path) -> None:
    path = tmp_path / "ru.xlf"
    known = po.read(po.path_of(LOCALES, RU))
    xliff.write(path, RU, known)
    toolkit("xliff2po", "--progress=none", "-i", path, "-o", tmp_path / "back.po")
    back = {form for entry in polib.pofile(str(tmp_path / "back.po")) for form in forms_of(entry)}
    # Its converter to PO puts sentences that count together by their English, and keeps two forms.
    assert {message.forms[0] for message in known} <= back


def forms_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


@pytest.mark.parametrize("locale", Locale)
def test_our_catalogs_survive_polib_and_gettext_without_noise(locale: Locale, tmp_path: Path) -> None:
    """E2: what Poedit and Weblate do to a file: read, and written again by their libraries."""
    path = po.path_of(LOCALES, locale)
    ours = po.read(path)
    polib.pofile(str(path), wrapwidth=0).save(str(tmp_path / "polib.po"))
    assert meaning(po.read(tmp_path / "polib.po")) == meaning(ours)
    po.write(tmp_path / "polib.po", locale, po.read(tmp_path / "polib.po"))
    assert (tmp_path / "polib.po").read_bytes() == path.read_bytes()
    msgcat, msgfmt = shutil.which("msgcat"), shutil.which("msgfmt")
    if msgcat is None or msgfmt is None:  # gettext is not installed: polib above reads and writes the same
        return
    for wrap in ("--no-wrap", "--width=60"):
        done = subprocess.run(
            [msgcat, wrap, path, "-o", tmp_path / "msgcat.po"], capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert meaning(po.read(tmp_path / "msgcat.po")) == meaning(ours)
    done = subprocess.run(
        [msgfmt, "--check", "-o", tmp_path / "out.mo", path], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def meaning(messages: list[Message]) -> list[Message]:
    return [replace(each, line=0) for each in messages]
