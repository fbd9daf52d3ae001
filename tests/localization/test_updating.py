from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from bot.localization import po
from bot.localization.extraction import Source
from bot.localization.locale import Locale
from bot.localization.po import Message
from bot.localization.updating import fill, merged, missing, update

NAME = Source("name", "Name", comment="of the company", places=("bot/a.py:3", "bot/a.py:9"))
DAYS = Source("days", "{count} day", "{count} days")


def russian(source: Source, known: Message | None = None) -> Message:
    (message,) = merged({source.key: source}, {known.key: known} if known else {}, Locale.RU)
    return message


def test_a_new_sentence_waits_for_its_translation() -> None:
    assert russian(NAME) == Message("name", "Name", None, ("",), "of the company", ("bot/a.py",))
    assert russian(DAYS).forms == ("", "", "")


def test_a_translation_is_kept_while_comment_and_place_follow_the_source() -> None:
    kept = russian(NAME, Message("name", "Name", None, ("Название",), "old note", ("bot/old.py",)))
    assert kept == Message("name", "Name", None, ("Название",), "of the company", ("bot/a.py",))


def test_changed_english_marks_the_translation_stale() -> None:
    changed = russian(NAME, Message("name", "Title", None, ("Заголовок",)))
    assert (changed.forms, changed.fuzzy, changed.previous) == (("Заголовок",), True, ("Title",))


def test_english_that_changes_twice_keeps_what_was_really_translated() -> None:
    twice = russian(NAME, Message("name", "Label", None, ("Заголовок",), fuzzy=True, previous=("Title",)))
    assert (twice.fuzzy, twice.previous) == (True, ("Title",))


def test_english_that_changes_back_makes_the_translation_valid_again() -> None:
    back = russian(NAME, Message("name", "Label", None, ("Название",), fuzzy=True, previous=("Name",)))
    assert (back.forms, back.fuzzy, back.previous) == (("Название",), False, ())


def test_what_somebody_marked_by_hand_stays_marked() -> None:
    assert russian(NAME, Message("name", "Name", None, ("Название",), fuzzy=True)).fuzzy


def test_a_sentence_that_learns_to_count_keeps_its_words_for_every_form() -> None:
    counting = russian(DAYS, Message("days", "some days", None, ("несколько дней",)))
    assert (counting.forms, counting.fuzzy) == (("несколько дней",) * 3, True)


def test_an_empty_translation_is_never_stale() -> None:
    assert not russian(NAME, Message("name", "Title", None, ("",))).fuzzy


def test_english_is_written_from_the_source() -> None:
    messages = merged({"name": NAME, "days": DAYS}, {}, Locale.EN)
    assert [message.forms for message in messages] == [("Name",), ("{count} day", "{count} days")]


def test_all_languages_get_a_catalog_in_the_order_of_keys(tmp_path: Path) -> None:
    update(tmp_path, {"name": NAME, "days": DAYS})
    for locale in Locale:
        assert [message.key for message in po.read(po.path_of(tmp_path, locale))] == ["days", "name"]
    assert not any(update(tmp_path, {"days": DAYS, "name": NAME}).values())


def test_what_left_the_source_leaves_the_catalogs(tmp_path: Path) -> None:
    update(tmp_path, {"name": NAME, "days": DAYS})
    update(tmp_path, {"days": DAYS})
    assert [message.key for message in po.read(po.path_of(tmp_path, Locale.RU))] == ["days"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    update(tmp_path, {"name": NAME, "days": DAYS})
    return tmp_path


def test_missing_is_what_has_no_valid_translation(folder: Path) -> None:
    fill(folder, Locale.RU, {"name": "Название"})
    assert [message.key for message in missing(folder, Locale.RU)] == ["days"]
    update(folder, {"name": Source("name", "Title"), "days": DAYS})
    assert [message.key for message in missing(folder, Locale.RU)] == ["days", "name"]


def test_filling_in_makes_a_stale_translation_valid(folder: Path) -> None:
    fill(folder, Locale.RU, {"name": "Название"})
    update(folder, {"name": Source("name", "Title"), "days": DAYS})
    assert fill(folder, Locale.RU, {"name": "Заголовок", "days": ["день", "дня", "дней"]}) == {}
    assert missing(folder, Locale.RU) == []
    assert po.read(po.path_of(folder, Locale.RU))[1].previous == ()


@pytest.mark.parametrize(
    ("filling", "reason"),
    [
        ({"nobody": "Никто"}, "no such key"),
        ({"name": ""}, "not empty"),
        ({"name": " \n"}, "not empty"),
        ({"name": None}, "a text"),
        ({"name": ["a", "b"]}, "must be 1, not 2"),
        ({"days": "дней"}, "must be 3, not 1"),
        ({"days": ["день", "дня", ""]}, "not empty"),
    ],
)
def test_what_cannot_be_taken_is_named_and_the_rest_is_written(
    folder: Path, filling: dict[str, object], reason: str
) -> None:
    before = po.read(po.path_of(folder, Locale.RU))
    (refused,) = fill(folder, Locale.RU, filling).values()  # type: ignore[arg-type]
    assert reason in refused
    assert po.read(po.path_of(folder, Locale.RU)) == before


def test_no_break_spaces_are_put_in_where_russian_wants_them(folder: Path) -> None:
    fill(folder, Locale.RU, {"name": "Номер — это № 5"})
    assert po.read(po.path_of(folder, Locale.RU))[1].forms == ("Номер\u00a0— это №\u00a05",)


def _fill_one(folder: Path, number: int) -> None:
    fill(folder, Locale.RU, {f"key.{number}": f"Перевод {number}"})


def test_several_translators_at_once_lose_nothing(tmp_path: Path) -> None:
    count = 24
    update(tmp_path, {f"key.{number}": Source(f"key.{number}", "English") for number in range(count)})
    with ProcessPoolExecutor(4) as translators:
        list(translators.map(_fill_one, [tmp_path] * count, range(count)))
    assert missing(tmp_path, Locale.RU) == []
