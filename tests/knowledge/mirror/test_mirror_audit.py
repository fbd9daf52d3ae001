"""Answers beside the sections of the documentation that they rest on."""

from __future__ import annotations

import pytest

from bot.knowledge.mirror.reviews import UnreadableReviews, load, save
from tests.mirroring import SOURCES, Club

MORE = "会费为 300 美元，自 2021 年 1 月 1 日起，共 12 人。退出须 45 天前告知：https://club.example.com/leave"


def test_what_was_accepted_is_in_order(club: Club) -> None:
    """E7"""
    assert {(locale, kind) for locale, kind, _ in club.open()} == {
        (locale, "unreviewed") for locale in ("zh-CN", "zh-TW", "ru")
    }
    club.accept()
    assert club.open() == [] == club.open("club.join")


def test_a_section_that_moved_on_alone_names_those_that_did_not_and_what_came_and_went(club: Club) -> None:
    """E7"""
    club.accept()
    text = "会费为 500 美元，自 2021 年 3 月 1 日起，共 12 人。"
    club.write("zh-CN", text, day="03/01/2021", version="bbbb", translated="03/02/2021")
    says = {(locale, kind): says for locale, kind, says in club.open()}
    assert says["zh-CN", "ahead"] == (
        "not in zh-TW, ru; since the review of 2021-02-01: date 2021-01-01 → 2021-03-01; "
        "English version aaaa → bbbb; came: amount USD 500, date 2021-03-01; "
        "went: amount USD 300, date 2021-01-01; our answers still have: amount USD 300, date 2021-01-01"
    )
    assert says["zh-CN", "not-carried"] and says["zh-CN", "cited"]
    assert says["zh-TW", "behind"] == says["ru", "behind"] == "of 2021-01-01; zh-CN is of 2021-03-01"
    assert {kind for locale, kind in says if locale == "ru"} == {"behind"}
    club.accept()
    assert {kind for _, kind, _ in club.open()} == {"cited"}, "only sources.yml is still wrong"
    club.sources(
        "zh-CN: {date: 2021-01-01, translation: human}", "zh-CN: {date: 2021-03-01, translation: human}"
    )
    assert club.open() == []


def test_other_words_with_the_same_figures_have_moved_on_too(club: Club) -> None:
    club.accept()
    for language, text in (
        ("zh-CN", "自 2021 年 1 月 1 日起，会费是 300 美元，共 12 人。"),
        ("zh-TW", "自 2021 年 1 月 1 日起，會費是 300 美元，共 12 人。"),
        ("ru-RU", "С 1 января 2021 г. взнос 300 долл. США, всего нас 12."),
    ):
        club.write(language, text)
    assert {(kind, says) for _, kind, says in club.open()} == {
        ("moved", "since the review of 2021-02-01: other words, the same figures")
    }


def test_a_new_translation_of_the_same_words_has_not_moved_on(club: Club) -> None:
    club.accept()
    club.write("ru-RU", translated="06/01/2021", version="bbbb")
    assert {(locale, kind) for locale, kind, _ in club.open()} == {("zh-CN", "behind"), ("zh-TW", "behind")}
    assert "translated 2021-01-02; ru 2021-06-01, from a newer English page" in {s for *_, s in club.open()}


def test_figures_are_looked_for_in_all_answers_that_rest_on_the_section(club: Club) -> None:
    """E7"""
    club.write("zh-CN", MORE)
    wanted = {"number 45", "address club.example.com/leave"}
    assert {says for _, kind, says in club.open() if kind == "not-carried"} == wanted
    club.accept()
    assert club.open() == [], "a person has seen that the answer need not say it"
    club.write("zh-CN", MORE.replace("45", "46"))
    assert {says for _, kind, says in club.open() if kind == "not-carried"} == {"number 46"}


def test_a_figure_of_one_language_only_is_told_where_it_stands(club: Club) -> None:
    """E7"""
    club.write("ru-RU", "Взнос 300 долл. США с 1 января 2021 г.")
    club.write("zh-TW", "會費為 300 美元，自 2021 年 1 月 1 日起，共 12 人，每 7 天一次。")
    assert [each for each in club.open() if each[1] == "differs"] == [
        ("zh-TW", "differs", "has number 7, which zh-CN, ru lack"),
        ("ru", "differs", "lacks number 12, which zh-CN, zh-TW have"),
    ]


def test_a_figure_that_stands_more_often_in_a_newer_copy_is_told(club: Club) -> None:
    """E7"""
    text = "会费为 300 美元，自 2021 年 1 月 1 日起，共 12 人。满 12 个月后续费。"
    club.write("zh-CN", text)
    assert "differs" not in {kind for _, kind, _ in club.open()}, (
        "only words differ between copies of one page"
    )
    club.write("zh-CN", text, version="bbbb")
    assert [each for each in club.open() if each[1] == "differs"] == [
        (locale, "differs", "has number 12 1×, zh-CN 2×") for locale in ("zh-TW", "ru")
    ]


def test_a_renamed_anchor_is_told_with_the_likeliest_new_one_and_stays_open(club: Club) -> None:
    """E7"""
    club.write("zh-TW", anchor="membership-fees")
    says = "no #fees on the page; likeliest now: membership-fees"
    assert ("zh-TW", "renamed", says) in club.open()
    club.accept()
    assert club.open() == [("zh-TW", "renamed", says)]
    club.sources(
        SOURCES.rstrip()[-60:], SOURCES.rstrip()[-60:] + "\n  anchors: {fees: {zh-TW: membership-fees}}"
    )
    club.accept()
    assert club.open() == []


def test_another_section_that_is_cited_is_nobodys_new_name(club: Club) -> None:
    path = club.docs / "ru-RU" / "club.md"
    path.write_text(path.read_text("utf-8").replace('"fees"', '"0"').replace("Взносы", "?"), "utf-8")
    club.sources("ru: Взносы", "ru: Вс")
    assert [
        (kind, says) for locale, kind, says in club.open() if locale == "ru" and kind != "unreviewed"
    ] == [
        ("missing", "no #fees on the page, nor one like it"),
        ("cited", 'sources.yml does not say so under "lacks"'),
    ]


def test_a_page_that_is_missing_in_a_language_is_told_with_the_likeliest_other(club: Club) -> None:
    """E7"""
    (club.docs / "ru-RU" / "club.md").rename(club.docs / "ru-RU" / "the-club.md")
    assert ("ru", "missing", "no page club; likeliest now: the-club") in club.open()
    assert ("ru", "cited", "sources.yml has a copy of 2021-01-01") in club.open()
    club.sources("    ru: {date: 2021-01-01, translation: human}\n", "")
    club.accept()
    assert club.open() == []
    (club.docs / "ru-RU" / "the-club.md").rename(club.docs / "ru-RU" / "club.md")
    assert {kind for locale, kind, _ in club.open() if locale == "ru"} == {"moved", "cited"}
    (club.docs / "ru-RU" / "club.md").unlink()
    assert club.open() == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"kind": "MT"}, "sources.yml says human translation, the page machine"),
        ({"day": "01/05/2021"}, "sources.yml gives the day 2021-01-01, the page 2021-01-05"),
    ],
)
def test_what_the_answer_says_of_its_source_must_be_true(
    club: Club, change: dict[str, str], says: str
) -> None:
    """C3"""
    club.write("zh-CN", **change)
    assert ("zh-CN", "cited", says) in club.open()


def test_terms_that_the_glossary_forbids_are_told_once_with_ours(club: Club) -> None:
    """E7"""
    club.write("ru-RU", "Взнос 300 долл. США с 1 января 2021 г., нас 12. Есть непрямые и аккаунты.")
    assert [says for _, kind, says in club.open() if kind == "term"] == ["аккаунт", "непрямой"]


def test_reviews_are_written_in_one_order_and_read_back(club: Club) -> None:
    club.write("zh-CN", MORE)
    club.accept()
    file = club.docs.parent / "reviews.json"
    assert load(file) == {}
    save(file, club.reviews)
    first = file.read_bytes()
    assert load(file) == club.reviews
    save(file, dict(reversed(load(file).items())))
    assert file.read_bytes() == first


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"t": {"p#s": {"xx": {}}}}', '{"t": {"p#s": {"ru": {"day": 1}}}}']
)
def test_reviews_that_are_none_are_refused_in_one_line(club: Club, content: str) -> None:
    file = club.docs.parent / "reviews.json"
    file.write_text(content, "utf-8")
    with pytest.raises(UnreadableReviews) as refused:
        load(file)
    assert str(refused.value).startswith(f"{file}: ") and "\n" not in str(refused.value)
