"""Who uses other words than the documentation finds it nevertheless."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from bot.knowledge.documentation.asking import Wording
from bot.knowledge.documentation.index import Writer
from bot.knowledge.documentation.library import Library
from bot.knowledge.documentation.pages import Section
from bot.knowledge.documentation.synonyms import Synonyms
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.reading import read
from bot.localization.locale import LOCALES, Locale

#: A question, and the heading of the section that answers it without one of its words.
OTHERWISE = {
    Locale.EN: ("kicked out", "Suspended accounts"),
    Locale.ZH_CN: ("被封了", "帐户挂起"),
    Locale.ZH_TW: ("被鎖", "遭到停權"),
    Locale.RU: ("заморозить", "Приостановка"),
}


def section(heading: str, *text: str) -> Section:
    return Section(heading, "here", "", heading, text, None, None)


def library(locale: Locale, wording: Wording, sections: Sequence[Section]) -> Library:
    writer = Writer(Lexicon.load(LOCALES))
    writer.add(sections)
    return Library({locale: writer.finish()}, wording, {})


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording.load(LOCALES)


@pytest.mark.parametrize("locale", Locale)
def test_other_words_for_the_same_find_a_section(wording: Wording, locale: Locale) -> None:
    """C2, C7: and without the groups they do not."""
    question, heading = OTHERWISE[locale]
    sections = [section(heading), *(section(f"{n}") for n in range(3))]
    hits, _ = library(locale, wording, sections).ranked(question, locale)
    assert [hit.section.heading for hit in hits[:1]] == [heading]
    bare = Wording(Lexicon.load(LOCALES), dict.fromkeys(Locale, Synonyms([])))
    assert library(locale, bare, sections).ranked(question, locale)[0] == []


def test_both_scripts_of_chinese_are_understood_together(wording: Wording) -> None:
    question, heading = OTHERWISE[Locale.ZH_CN]
    assert library(Locale.ZH_TW, wording, [section(heading)]).ranked(question, Locale.ZH_TW)[0]


def test_a_phrase_stands_only_where_all_of_it_stands() -> None:
    wording = Wording(Lexicon.load(LOCALES), dict.fromkeys(Locale, Synonyms([["refund", "money back"]])))
    pages = library(Locale.EN, wording, [section("Back up your data"), section("Get your money back")])
    assert [hit.section.heading for hit in pages.ranked("refund", Locale.EN)[0]] == ["Get your money back"]


def test_what_is_said_in_the_very_words_comes_first() -> None:
    wording = Wording(Lexicon.load(LOCALES), dict.fromkeys(Locale, Synonyms([["refund", "credit note"]])))
    pages = library(Locale.EN, wording, [section("Credit note"), section("Refund"), section("Other")])
    found = [hit.section.heading for hit in pages.ranked("refund", Locale.EN)[0]]
    assert found == ["Refund", "Credit note"]


@pytest.mark.parametrize("locale", Locale)
def test_groups_have_rivals_and_no_form_twice(locale: Locale) -> None:
    for name, forms in read(LOCALES / locale.folder / "synonyms.yml")["same"].items():
        assert len(forms) > 1, name
        assert max(Counter(forms).values()) == 1, name
