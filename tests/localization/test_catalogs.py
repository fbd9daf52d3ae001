import logging
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest

from bot.localization import po
from bot.localization.catalogs import Catalogs
from bot.localization.locale import Locale
from bot.localization.po import Message
from bot.text import Country, Listing, Money, Month, Text, counted, text

HELLO = text("hello", "Hello.")
SENT = text("sent", "Application {number} was sent on {day}.")
DAYS = counted("days", "{count} day left", "{count} days left")
OUTER = text("outer", "Please note: {inner}")


def speaking(**russian: str | tuple[str, ...]) -> Catalogs:
    """Catalogs in which only these keys have a Russian translation."""
    by_key = {each.key: each for each in (HELLO, SENT, DAYS, OUTER)}
    messages = [
        Message(key, by_key[key].english, by_key[key].plural, (given,) if isinstance(given, str) else given)
        for key, given in russian.items()
    ]
    return Catalogs({Locale.RU: messages})


def test_a_sentence_comes_in_the_language_asked_for() -> None:
    catalogs = speaking(hello="Здравствуйте.")
    assert catalogs.say(HELLO, Locale.RU) == "Здравствуйте."
    assert catalogs.say(HELLO, Locale.EN) == "Hello."


def test_values_stand_where_the_language_wants_them() -> None:
    catalogs = speaking(sent="{day} отправлена заявка {number}.")
    sent = SENT.fill(number="A-7", day=date(2024, 5, 1))
    assert catalogs.say(sent, Locale.RU) == "1\u00a0мая 2024\u00a0г. отправлена заявка A-7."
    assert catalogs.say(sent, Locale.EN) == "Application A-7 was sent on May 1, 2024."


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 день"),
        (2, "2 дня"),
        (5, "5 дней"),
        (11, "11 дней"),
        (21, "21 день"),
        (Decimal("1.5"), "1,5 дня"),
    ],
)
def test_russian_counts_in_three_forms(count: int | Decimal, said: str) -> None:
    """D3: 1, 2, 5, 11, 21 and 1.5."""
    catalogs = speaking(days=("{count} день", "{count} дня", "{count} дней"))
    assert catalogs.say(DAYS.fill(count=count), Locale.RU) == said


def test_english_counts_in_two_forms() -> None:
    catalogs = speaking()
    said = [catalogs.say(DAYS.fill(count=count), Locale.EN) for count in (1, 2, 0)]
    assert said == ["1 day left", "2 days left", "0 days left"]


@pytest.mark.parametrize(
    "entry",
    [
        Message("hello", "Hello.", None, ("",)),
        Message("hello", "Hello.", None, ("Привет.",), fuzzy=True),
        Message("hello", "Hi.", None, ("Привет.",)),
        Message("hello", "Hello.", None, ("Привет, {name}.",)),
    ],
    ids=["empty", "fuzzy", "of other English", "asks for a value nobody gives"],
)
def test_a_translation_that_cannot_be_trusted_is_not_spoken(
    entry: Message, caplog: pytest.LogCaptureFixture
) -> None:
    """D10: English is spoken instead, and the log names it."""
    catalogs = Catalogs({Locale.RU: [entry]})
    with caplog.at_level(logging.DEBUG):
        assert catalogs.say(HELLO, Locale.RU) == "Hello."
    assert catalogs.spoken_in(HELLO, Locale.RU) is Locale.EN
    assert "ru has no translation of hello: English is spoken" in caplog.text


def test_a_fallback_is_told_once_and_again_after_the_catalog_was_replaced(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """D10: seen in the log of a service as it runs, without filling it."""
    catalogs = Catalogs({})
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            catalogs.say(HELLO, Locale.RU)
        assert len(caplog.records) == 1
        catalogs.replace(Locale.RU, [])
        catalogs.say(HELLO, Locale.RU)
    assert [record.getMessage() for record in caplog.records] == [
        "ru has no translation of hello: English is spoken"
    ] * 2


def test_a_plural_that_lacks_a_form_is_not_spoken() -> None:
    catalogs = speaking(days=("{count} день", "", "{count} дней"))
    assert catalogs.say(DAYS.fill(count=2), Locale.RU) == "2 days left"
    catalogs = speaking(days=("{count} день", "{count} дней"))
    assert catalogs.say(DAYS.fill(count=5), Locale.RU) == "5 days left"


def test_where_english_is_spoken_its_values_are_english_too() -> None:
    assert speaking().say(SENT.fill(number="A-7", day=date(2024, 5, 1)), Locale.RU).endswith("May 1, 2024.")


def test_a_translation_that_lost_a_blank_is_spoken_without_it() -> None:
    catalogs = speaking(sent="Заявка отправлена {day}.")
    said = catalogs.say(SENT.fill(number="A-7", day=date(2024, 5, 1)), Locale.RU)
    assert said == "Заявка отправлена 1\u00a0мая 2024\u00a0г."


@pytest.mark.parametrize(
    ("name", "said"),
    [("Contoso Inc.", "We know Contoso Inc. Is it you?"), ("Contoso", "We know Contoso. Is it you?")],
)
def test_an_abbreviation_at_the_end_of_a_sentence_ends_it(name: str, said: str) -> None:
    """D3"""
    known = text("test.known", "We know {name}. Is it you?").fill(name=name)
    assert Catalogs({}).say(known, Locale.EN) == said


@pytest.mark.parametrize("typed", ["{day}", "{{number}}", "{0}", "{", "%s", "{number!r}", "\\1"])
def test_braces_that_people_type_stay_as_they_are(typed: str) -> None:
    said = speaking().say(SENT.fill(number=typed, day="today"), Locale.EN)
    assert said == f"Application {typed} was sent on today."


def test_braces_that_are_no_blank_stay_in_a_sentence() -> None:
    assert (
        speaking().say(text("k", 'Send {"press": 1} or {} or {X}.'), Locale.EN)
        == 'Send {"press": 1} or {} or {X}.'
    )


def test_a_sentence_inside_a_sentence_comes_in_the_same_language() -> None:
    catalogs = speaking(outer="Обратите внимание: {inner}", hello="Здравствуйте.")
    assert catalogs.say(OUTER.fill(inner=HELLO), Locale.RU) == "Обратите внимание: Здравствуйте."


def test_a_forgotten_value_is_a_mistake_that_says_its_name() -> None:
    with pytest.raises(KeyError, match="sent was said without a value for"):
        speaking().say(SENT.fill(number="A-7"), Locale.EN)
    with pytest.raises(KeyError, match="days counts"):
        speaking().say(DAYS, Locale.EN)


def test_every_kind_of_value_can_stand_in_a_blank() -> None:
    catalogs = speaking()
    kinds = {
        "7,000": 7000,
        "1.5": Decimal("1.5"),
        "May 1, 2024": date(2024, 5, 1),
        "Russia": Country("RU"),
        "$300,000": Money(Decimal(300_000)),
        "May 2024": Month(2024, 5),
        "Russia and Hello.": Listing((Country("RU"), HELLO)),
        "as typed": "as typed",
    }
    assert [catalogs.value(value, Locale.EN) for value in kinds.values()] == list(kinds)


def test_a_text_whose_english_was_improved_is_spoken_in_the_new_words() -> None:
    catalogs = speaking()
    assert catalogs.say(Text("k", "Old."), Locale.EN) == "Old."
    assert catalogs.say(Text("k", "New."), Locale.EN) == "New."


def test_all_languages_are_loaded_from_their_folders(tmp_path: Path) -> None:
    for locale in Locale:
        po.write(po.path_of(tmp_path, locale), locale, [Message("hello", "Hello.", None, (locale.native,))])
    catalogs = Catalogs.load(tmp_path)
    said = {locale: catalogs.say(HELLO, locale) for locale in Locale}
    assert said == {locale: "Hello." if locale is Locale.EN else locale.native for locale in Locale}


def test_speaking_and_loading_cost_little(tmp_path: Path) -> None:
    """A turn says dozens of sentences; the bounds leave a slow machine tenfold room."""
    words = "Сведения о программе и партнере. " * 6
    messages = [
        Message(f"k.{n}", f"English {n} {words}", None, (words,), "note", ("bot/a.py",)) for n in range(1500)
    ]
    messages += [Message(each.key, each.english, None, (each.english,)) for each in (HELLO, SENT)]
    for locale in Locale:
        po.write(po.path_of(tmp_path, locale), locale, messages)
    start = process_time()
    catalogs = Catalogs.load(tmp_path)
    assert process_time() - start < 1.5
    sent = SENT.fill(number="A-7", day=date(2024, 5, 1))
    start = process_time()
    for _ in range(2000):
        catalogs.say(HELLO, Locale.RU)
        catalogs.say(sent, Locale.RU)
    assert (process_time() - start) / 2000 < 0.0002
