import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from bot.localization.locale import Locale
from bot.localization.pseudo import CLOSE, ISOLATE, OPEN, RELEASE, Pseudo, seen_through
from bot.text import Country, Listing, Money, Month, counted, text

PSEUDO = Pseudo()
ASK = text("k", "What is your company's legal name?")
DAYS = counted("days", "{count} day left", "{count} days left")


def test_a_sentence_comes_in_brackets_with_accents_and_longer() -> None:
    """E1: accents, about 40 % longer, bracketed."""
    said = PSEUDO.say(ASK, Locale.EN)
    assert said.startswith("⟦Ŵĥáţ îš ýöûŕ çöɱþáñý'š ļéĝáļ ñáɱé?")
    assert said.endswith(CLOSE)
    assert 1.35 <= len(said) / len(ASK.english) <= 1.45


@pytest.mark.parametrize("words", ["Yes", "OK", "Next", "Legal name", ASK.english, f"{ASK.english} " * 9])
def test_what_is_shown_leads_back_to_the_english(words: str) -> None:
    said = PSEUDO.say(text("k", words), Locale.EN)
    assert seen_through(said) == words
    assert all(unicodedata.bidirectional(sign) != "R" for sign in said)


def test_it_follows_the_english_of_this_moment() -> None:
    """E1: generated at look-up."""
    assert seen_through(PSEUDO.say(text("k", "Old."), Locale.EN)) == "Old."
    assert seen_through(PSEUDO.say(text("k", "New."), Locale.EN)) == "New."
    said = [seen_through(PSEUDO.say(DAYS.fill(count=count), Locale.RU)) for count in (1, 2, 21)]
    assert said == ["1 day left", "2 days left", "21 days left"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("ООО «Ива»", "⁨ООО «Ива»⁩"),
        ("one\n\ntwo", "⁨one⁩\n\n⁨two⁩"),
        ("שלום\u202e\u2069", "⁨שלום⁩"),
        (7000, "7,000"),
        (Decimal("1.5"), "1.5"),
        (date(2024, 5, 1), "⟦Ḿáý 1, 2024⟧"),
        (Month(2024, 5), "⟦Ḿáý 2024⟧"),
        (Country("RU"), "⟦Ŕûššîá⟧"),
        (Money(Decimal(300_000)), "⟦$300,000⟧"),
        (Listing((Country("RU"), "abc"), either=True), "⟦⟦Ŕûššîá⟧ öŕ ⁨abc⁩⟧"),
        (text("k", "Go to https://a.microsoft.com/b."), "⟦Ĝö ţö ⁨https://a.microsoft.com/b⁩. ~~~~ ~~~~⟧"),
    ],
)
def test_values_are_ours_or_isolated(value: object, said: str) -> None:
    """E1: bidi-safe: a typed value can neither turn the sentence around nor end its isolate."""
    assert PSEUDO.value(value, Locale.EN) == said  # type: ignore[arg-type]
    whole = PSEUDO.say(text("k", "A {b} c").fill(b=value), Locale.EN)  # type: ignore[arg-type]
    assert whole.count(ISOLATE) == whole.count(RELEASE)
    assert whole.count(OPEN) == whole.count(CLOSE)


def test_what_stands_in_a_box_to_write_in_is_not_in_disguise() -> None:
    """It comes back as an answer."""
    for value in ("ООО «Ива»", date(2024, 5, 1), Country("RU"), ASK):
        typed = PSEUDO.typed(value, Locale.EN)
        assert not set(typed) & {OPEN, ISOLATE}
    assert PSEUDO.typed(ASK, Locale.RU) == ASK.english
