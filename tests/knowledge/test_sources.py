"""What sources.yml says of the documentation hangs together, and every figure has a section behind it."""

from __future__ import annotations

import datetime
import re

import pytest
from pydantic import TypeAdapter

from bot.knowledge.figures import Figure
from bot.knowledge.reading import read
from bot.knowledge.sources import Copy, Page
from bot.knowledge.topics import FOLDER, Topics
from bot.localization.locale import Locale

PAGES = TypeAdapter(list[Page]).validate_python(read(FOLDER / "sources.yml"))
FIGURES = TypeAdapter(list[Figure]).validate_python(read(FOLDER / "figures.yml"))
TRANSLATED = [locale for locale in Locale if locale is not Locale.EN]


def page(**more: object) -> Page:
    names = dict.fromkeys(Locale, "Section")
    return Page.model_validate({"page": "p", "titles": names, "sections": {"s": names}, **more})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.page)
def test_a_page_says_the_same_things_of_every_language(page: Page) -> None:
    """C2"""
    assert set(page.titles) == set(Locale)
    assert re.fullmatch(r"[a-z0-9/-]+", page.page)
    assert bool(page.copies) != bool(page.date), (
        "the day comes from the copies or, without any, from the page"
    )
    for section, names in page.sections.items():
        assert set(names) == set(Locale) and all(names.values()), section
    assert page.lacks.keys() | page.anchors.keys() <= page.sections.keys()
    # Where a copy's anchors are unknown none is named, and English has no copy but the original.
    assert page.unanchored <= page.copies.keys()
    assert not any(page.unanchored & names.keys() for names in page.anchors.values())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.page)
def test_only_a_copy_that_is_older_than_another_lacks_a_section(page: Page) -> None:
    """C3"""
    for section, locales in page.lacks.items():
        for locale in locales:
            assert page.cite(section, locale).outdated
            assert page.copies.keys() > locales, f"no copy of {page.page} has {section}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.page)
def test_a_citation_tells_its_day_its_translation_and_whether_another_language_is_newer(page: Page) -> None:
    """C3"""
    for section in page.sections:
        cited = {locale: page.cite(section, locale) for locale in Locale}
        newest = max(source.date for source in cited.values())
        assert cited[Locale.EN].date == newest and not cited[Locale.EN].outdated
        assert cited[Locale.EN].translation is None
        for locale in TRANSLATED:
            assert cited[locale].outdated or cited[locale].date == newest
            assert (cited[locale].translation is None) == (not page.copies)


def test_every_section_is_cited_and_stands_in_the_person_s_locale(topics: Topics) -> None:
    """C2"""
    for locale in Locale:
        cited = {source.url for topic in topics.values() for source in topic.sources[locale]}
        cited |= {row.sources[locale].url for row in topics.comparison.rows}
        kept = {page.cite(section, locale).url for page in PAGES for section in page.sections}
        assert cited == kept


def test_a_page_is_described_once() -> None:
    names = [page.page for page in PAGES]
    assert len(names) == len(set(names))


def test_an_older_copy_is_outdated_and_a_missing_one_leads_to_the_english_page() -> None:
    """C3"""
    older, newer = datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)
    made = page(
        copies={
            Locale.ZH_CN: Copy(date=older, translation="machine"),
            Locale.RU: Copy(date=newer, translation="human"),
        }
    )
    assert [made.cite("s", locale).outdated for locale in Locale] == [False, True, False, False]
    said = [made.cite("s", locale).translation for locale in Locale]
    assert said == [None, "machine", "missing", "human"]
    assert made.cite("s", Locale.ZH_TW).date == newer


def test_where_a_copy_s_anchors_are_unknown_the_link_leads_to_the_page() -> None:
    """C2"""
    made = page(date="2021-01-01", unanchored=["ru"])
    assert made.cite("s", Locale.RU).url == "https://learn.microsoft.com/ru-ru/partner-center/p"
    assert made.cite("s", Locale.RU).place[1] == "Section"
    assert made.cite("s", Locale.ZH_TW).url == "https://learn.microsoft.com/zh-tw/partner-center/p#s"


def test_a_page_whose_copies_are_unknown_tells_only_its_day() -> None:
    """C3"""
    source = page(date=datetime.date(2021, 7, 9)).cite("s", Locale.RU)
    assert (source.date.isoformat(), source.translation, source.outdated) == ("2021-07-09", None, False)


def test_a_page_without_any_day_is_refused() -> None:
    with pytest.raises(ValueError, match="p: give its date"):
        page().cite("s", Locale.EN)


def test_a_figure_names_a_page_of_the_documentation() -> None:
    pages = {page.page for page in PAGES}
    for figure in FIGURES:
        name, _, section = figure.source.partition("#")
        assert section and (name in pages or name.startswith("announcements/")), figure.id
