"""What people ask leads to the right section, in their language; what is not ours leads nowhere."""

from __future__ import annotations

import random
import string
import time
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.knowledge.documentation.asking import Wording
from bot.knowledge.documentation.index import Index, Writer
from bot.knowledge.documentation.library import Library, address
from bot.knowledge.documentation.pages import Reader, Section, files
from bot.knowledge.lexicon import Lexicon
from bot.localization.locale import LOCALES, Locale

HERE = Path(__file__).parent
PAGES = HERE / "pages"
QUESTIONS = yaml.safe_load((HERE / "questions.yml").read_text("utf-8"))
ASKED = [(tag, question, want) for tag, asked in QUESTIONS.items() for question, want in asked.items()]
LOCALE = {locale.docs: locale for locale in Locale}


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording.load(LOCALES)


def index(*sections: Section) -> Index:
    writer = Writer(Lexicon.load(LOCALES))
    writer.add(sections)
    return writer.finish()


def section(heading: str, text: str, page: str = "page", day: date | None = None) -> Section:
    return Section(page, "here", "Title", heading, (text,), day, None)


@pytest.fixture(scope="module")
def library(wording: Wording) -> Library:
    indexes, dates = {}, {}
    for tag, locale in LOCALE.items():
        folder = PAGES / tag
        sections = [each for path in files(folder) for each in Reader(path, folder).sections()]
        indexes[locale] = index(*sections)
        dates[locale] = {each.page: each.date for each in sections}
    return Library(indexes, wording, dates)


@pytest.mark.parametrize(("tag", "question", "want"), ASKED)
def test_a_question_finds_the_section_that_answers_it(
    library: Library, tag: str, question: str, want: str
) -> None:
    """C2, C4"""
    found = library.offer(question, LOCALE[tag])
    assert 1 <= len(found) <= 3
    assert found[0].url == f"https://learn.microsoft.com/{want}"


def test_as_many_questions_are_asked_in_each_language() -> None:
    assert {tag: len(asked) for tag, asked in QUESTIONS.items()} == dict.fromkeys(LOCALE, 12)


def test_a_page_that_one_script_of_chinese_lacks_is_found_in_the_other(library: Library) -> None:
    (found, *_) = library.offer("新訂單有沒有網路回調", Locale.ZH_TW)
    assert found.locale is Locale.ZH_CN
    assert [each.locale for each in library.offer("is there a webhook for new orders", Locale.EN)] == [
        Locale.EN
    ]


def test_what_is_offered_can_be_cited(library: Library) -> None:
    """C3"""
    (found, *_) = library.offer("как закрыть обращение в поддержку", Locale.RU)
    assert (found.title, found.section) == ("Люди, устройства и инструменты", "Закрыть обращение в поддержку")
    assert found.excerpt.startswith("Обращение закрывается само")
    assert (found.date, found.translation, found.outdated) == (date(2021, 5, 12), "machine", False)


@pytest.mark.parametrize(
    ("question", "locale"),
    [
        ("What will the weather be like in Seattle tomorrow?", Locale.EN),
        ("reset my xbox password", Locale.EN),
        ("北京明天下雨吗", Locale.ZH_CN),
        ("阿里云代理返点多少", Locale.ZH_CN),
        ("明天台北會下雨嗎", Locale.ZH_TW),
        ("Погода в Минске завтра", Locale.RU),
        ("Расскажи анекдот", Locale.RU),
        ("", Locale.EN),
        ("???", Locale.EN),
    ],
)
def test_what_is_not_ours_is_offered_nothing(library: Library, question: str, locale: Locale) -> None:
    """C4"""
    assert library.offer(question, locale) == []


def test_a_copy_that_is_older_than_another_languages_says_so(wording: Wording) -> None:
    """C3"""
    old, new = date(2020, 1, 1), date(2021, 1, 1)
    pages = {Locale.EN: index(section("Reconciliation files", "Read the reconciliation file.", day=old))}
    library = Library(pages, wording, {Locale.EN: {"page": old}, Locale.RU: {"page": new, "b": None}})
    assert library.offer("how do I read reconciliation files", Locale.EN)[0].outdated


def test_other_letters_cases_and_scripts_find_the_same(wording: Wording) -> None:
    pages = {
        Locale.RU: index(section("Учёт файлов сверки", "Счета CSP.", "a"), section("Иное", "Другое.", "b")),
        Locale.ZH_CN: index(section("对账文件", "对账文件的说明。", "a"), section("其他", "别的。", "b")),
    }  # fmt: skip
    library = Library(pages, wording, {})
    for question in ("УЧЕТ ФАЙЛОВ СВЕРКИ", "учёт файла сверок", "учет сверки СSР"):
        assert library.ranked(question, Locale.RU)[0][0].section.page == "a", question
    assert library.ranked("對帳檔案", Locale.ZH_CN)[0][0].section.page == "a"


def test_pages_that_say_the_same_are_offered_once(wording: Wording) -> None:
    same = [section("Download old invoices", "Old invoices are downloaded here.", page) for page in "ab"]
    library = Library({Locale.EN: index(*same, section("Other", "Else.", "c"))}, wording, {})
    assert len(library.ranked("download old invoices", Locale.EN)[0]) >= len(same)
    assert len(library.offer("download old invoices", Locale.EN)) == 1


def test_a_heading_is_found_by_other_words_for_the_same(wording: Wording) -> None:
    """C7"""
    headings = {"a": "Working with a distributor", "b": "Working with a lawyer"}
    library = Library(
        {Locale.EN: index(*(section(heading, "Text.", page) for page, heading in headings.items()))},
        wording,
        {},
    )
    assert library.ranked("indirect provider", Locale.EN)[0][0].section.page == "a"


def test_addresses_hold_any_script() -> None:
    assert address("a/b", "что-это", Locale.RU).endswith(
        "/ru-ru/partner-center/a/b#%D1%87%D1%82%D0%BE-%D1%8D%D1%82%D0%BE"
    )
    assert address("a", "", Locale.EN) == "https://learn.microsoft.com/en-us/partner-center/a"


def test_a_search_is_quick_and_ties_do_not_dance(wording: Wording) -> None:
    draw = random.Random(1)
    words = ["".join(draw.choices(string.ascii_lowercase, k=draw.randint(3, 9))) for _ in range(3000)]
    sections = [
        section(" ".join(draw.choices(words, k=5)), " ".join(draw.choices(words, k=80)), f"p{at // 7}")
        for at in range(2000)
    ]
    library = Library({Locale.EN: index(*sections)}, wording, {})
    asked = [" ".join(draw.choices(words, k=8)) for _ in range(100)]
    took = []
    for question in asked:
        begun = time.process_time()
        first = [hit.section.id for hit in library.ranked(question, Locale.EN)[0]]
        took.append(time.process_time() - begun)
        assert first == [hit.section.id for hit in library.ranked(question, Locale.EN)[0]]
    assert sorted(took)[98] < 0.02
