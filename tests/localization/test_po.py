import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.localization import po
from bot.localization.locale import Locale
from bot.localization.po import Malformed, Message

MESSAGES = [
    Message(
        "a.counted",
        "{count} day",
        "{count} days",
        ("{count} день", "{count} дня", "{count} дней"),
        comment="how long\nit takes",
        places=("bot/a.py", "bot/b.py"),
    ),
    Message("b.changed", "New.", None, ("Старое.",), fuzzy=True, previous=("Old.",)),
    Message("c.lines", 'Line one\n\n"Line two"\t\\', None, ("Первая\n\n«Вторая»\t\\",)),
    Message("d.empty", "Nothing yet."),
]


def written(folder: Path, messages: list[Message] = MESSAGES, locale: Locale = Locale.RU) -> Path:
    path = po.path_of(folder, locale)
    po.write(path, locale, messages)
    return path


def without_lines(messages: list[Message]) -> list[Message]:
    return [Message(*(getattr(each, name) for name in Message.__slots__[:-1])) for each in messages]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    assert without_lines(po.read(written(tmp_path))) == MESSAGES


def test_each_message_knows_its_line(tmp_path: Path) -> None:
    path = written(tmp_path)
    lines = path.read_text("utf-8").splitlines()
    for message in po.read(path):
        assert lines[message.line - 1] == f'msgctxt "{message.key}"'


def test_writing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert po.write(path, Locale.RU, reversed(MESSAGES)) is False


def test_polib_reads_the_same_as_we_do(tmp_path: Path) -> None:
    theirs = polib.pofile(str(written(tmp_path)))
    by_key = {entry.msgctxt: entry for entry in theirs}
    assert list(by_key) == [message.key for message in MESSAGES]
    assert by_key["c.lines"].msgstr == "Первая\n\n«Вторая»\t\\"
    assert by_key["a.counted"].msgstr_plural[2] == "{count} дней"
    assert by_key["a.counted"].comment == "how long\nit takes"
    assert by_key["b.changed"].fuzzy
    assert by_key["b.changed"].previous_msgid == "Old."


def test_we_read_what_polib_writes_wrapped_lines_and_all(tmp_path: Path) -> None:
    path = tmp_path / "bot.po"
    theirs = polib.POFile(wrapwidth=30)
    long = "A sentence that is much longer than the width at which lines are broken."
    theirs.append(
        polib.POEntry(msgctxt="k", msgid=long, msgstr=long[::-1], previous_msgid=long, flags=["fuzzy"])
    )
    theirs.append(polib.POEntry(msgctxt="gone", msgid="Gone.", msgstr="Нет.", obsolete=True))
    theirs.save(str(path))
    assert without_lines(po.read(path)) == [
        Message("k", long, None, (long[::-1],), fuzzy=True, previous=(long,))
    ]


@pytest.mark.parametrize("locale", Locale)
def test_msgfmt_accepts_what_we_write(tmp_path: Path, locale: Locale) -> None:
    msgfmt = shutil.which("msgfmt")
    if msgfmt is None:  # gettext is not installed: polib above reads the same files
        return
    forms = {Locale.EN: 2, Locale.RU: 3}.get(locale, 1)
    counted = Message("k", "{count} day", "{count} days", ("{count}",) * forms)
    path = written(tmp_path, [counted], locale)
    command = [msgfmt, "--check-format", "--check-domain", "-o", str(tmp_path / "out.mo"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t\\"'), min_size=1))
def test_any_words_survive(words: str) -> None:
    reader = po._Reader(Path("here.po"))
    for number, line in enumerate(po._entry(Message("k", words, None, (words,))).split("\n"), 1):
        reader.take(number, line.strip())
    reader.finish()
    assert reader.messages[0].english == words
    assert reader.messages[0].forms == (words,)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('msgctxt "k\nmsgid "a"\n', "bot.po:1: a string must stand between quotation marks"),
        ('"lost"\n', "bot.po:1: a string that belongs to nothing"),
        ('msgctxt "k"\nmsgstr "a"\n', "bot.po:1: k has no msgid"),
        ('msgctxt "k"\nmsgid "a"\nmsgstr нет\n', "bot.po:3: a string must stand between quotation marks"),
    ],
)
def test_a_broken_catalog_says_where(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "bot.po"
    path.write_text(content, "utf-8")
    with pytest.raises(Malformed, match=says):
        po.read(path)
