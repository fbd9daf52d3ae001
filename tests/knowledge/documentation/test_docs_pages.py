"""Pages are read with what the site knows about them; what cannot be read says why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.documentation.pages import LARGEST_PAGE, BrokenPage, Reader, Section, files, name_of
from bot.knowledge.documentation.sentences import excerpt, sentences


def read(folder: Path, content: str | bytes, name: str = "page.md") -> list[Section]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Reader(path, folder).sections()


def test_front_matter_tells_title_date_and_kind_of_translation(tmp_path: Path) -> None:
    """C3"""
    matter = '---\r\ntitle: "注册 | 合作伙伴中心"\r\ndescription: 说明。\r\n'
    matter += "ms.date: 06/05/2020\r\nms.translationtype: MT\r\n"
    top, under = read(tmp_path, f"\ufeff{matter}---\r\n# 注册\r\n正文。\r\n\r\n## 之后\r\n其余。\r\n")
    assert top == Section("page", "", "注册", "注册", ("正文。",), date(2020, 6, 5), "machine", "说明。")
    assert (under.anchor, under.title, under.description) == ("之后", "注册", "")


@pytest.mark.parametrize(
    ("matter", "day"),
    [
        ("ms.date: 2020-06-05", date(2020, 6, 5)),
        ("ms.lasthandoff: 01/24/2018", date(2018, 1, 24)),
        ("ms.date: soon\nms.lasthandoff: 01/24/2018", date(2018, 1, 24)),
        ("title: x", None),
    ],
)
def test_the_day_is_the_pages_own_or_that_of_its_translation(tmp_path: Path, matter: str, day: date) -> None:
    (section,) = read(tmp_path, f"---\n{matter}\n---\nText.")
    assert (section.date, section.translation) == (day, None)


def test_a_page_names_the_english_it_was_made_from_and_keeps_its_empty_parts(tmp_path: Path) -> None:
    """E7"""
    matter = "ms.date: 06/05/2020\nms.openlocfilehash: 0a1b2c\nms.lasthandoff: 07/01/2020\n"
    (tmp_path / "page.md").write_text(f"---\n{matter}---\n# A\n\n## B\n\nText.\n", "utf-8")
    page = Reader(tmp_path / "page.md", tmp_path).page()
    assert page is not None
    assert (page.version, page.date, page.translated) == ("0a1b2c", date(2020, 6, 5), date(2020, 7, 1))
    assert [part.heading for part in page.parts if part.level] == ["A", "B"]


def test_a_page_without_front_matter_is_called_as_its_first_heading(tmp_path: Path) -> None:
    before, top = read(tmp_path, "Before.\n\n# Name\n\nText.")
    assert (before.title, before.heading, before.anchor) == ("Name", "Name", "")
    assert (top.heading, top.anchor) == ("Name", "")


def test_a_heading_without_text_is_no_section(tmp_path: Path) -> None:
    assert [section.heading for section in read(tmp_path, "# A\n\n## B\n\nText.\n\n## C\n")] == ["B"]


def test_questions_of_a_faq_are_sections(tmp_path: Path) -> None:
    faq = """### YamlMime:FAQ
metadata:
  title: Вопросы
  ms.date: 02/17/2021
  ms.translationtype: HT
title: Вопросы о соглашении
summary: "**Роли**: агент\\n"
sections:
- name: Первое
  questions:
  - question: >
      Что такое [MPA](mpa.md)?
    answer: "Соглашение.\\n\\n> [!NOTE]\\n> Одно на регион.\\n"
  - question: Пустой?
    answer:
"""
    top, asked = read(tmp_path, faq, "mpa-faq.yml")
    assert (top.heading, top.sentences, top.anchor) == ("Вопросы о соглашении", ("Роли: агент",), "")
    assert (asked.heading, asked.anchor, asked.title) == ("Что такое MPA?", "что-такое-mpa", "Вопросы")
    assert asked.sentences == ("Соглашение.", "Одно на регион.")
    assert (asked.date, asked.translation) == (date(2021, 2, 17), "human")


def test_tables_of_contents_are_no_pages(tmp_path: Path) -> None:
    assert read(tmp_path, "- name: A\n  href: a.md\n", "TOC.yml") == []


def test_includes_are_read_in_place_and_only_from_the_languages_folder(tmp_path: Path) -> None:
    folder = tmp_path / "ru-RU"
    (folder / "includes").mkdir(parents=True)
    (tmp_path / "secret.md").write_text("SECRET", "utf-8")
    (folder / "includes" / "roles.md").write_text(
        "---\ntitle: x\n---\nРоли. [!INCLUDE [self](roles.md)]", "utf-8"
    )
    source = (
        "# A\n[!INCLUDE [roles](includes/roles.md)]\n\n[!include[out](../secret.md)] [!INCLUDE [no](no.md)]."
    )
    (section,) = read(folder, source)
    said = " ".join(section.sentences)
    assert "Роли." in said
    assert "SECRET" not in said and "INCLUDE" not in said
    assert [path.name for path in files(folder)] == ["page.md"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        ("---\ntitle: [a\n---\nText.", "YAML"),
        ("---\nms.date: 2021-13-45\n---\nText.", "metadata"),
        ("---\n- a\n---\nText.", "mapping"),
        (b"a" * (LARGEST_PAGE + 1), "larger"),
    ],
)
def test_a_page_that_cannot_be_read_says_why(tmp_path: Path, content: str | bytes, reason: str) -> None:
    with pytest.raises(BrokenPage, match=reason):
        read(tmp_path, content)


def test_pages_are_named_as_on_the_site(tmp_path: Path) -> None:
    for name in ("partner-center/announcements/2021-march.md", "README.md", ".git/x.md"):
        read(tmp_path, "text", name)
    found = list(files(tmp_path))
    assert [name_of(path, tmp_path) for path in found] == ["announcements/2021-march"]


def test_sentences_end_where_readers_pause() -> None:
    assert sentences("你好。这是（第二句。）吗？是") == ["你好。", "这是（第二句。）吗？", "是"]
    assert sentences("Это т. е. важно. Да!") == ["Это т. е. важно.", "Да!"]
    assert sentences("It costs 3.5 USD, e.g. now. Buy it.") == ["It costs 3.5 USD, e.g. now.", "Buy it."]


def test_an_excerpt_is_two_sentences_and_never_long() -> None:
    assert excerpt(["A.", "B.", "C."], 1) == "B. C."
    assert excerpt(["A.", "B.", "C."], 2) == "B. C."
    assert excerpt(["A."], 0) == "A."
    long = excerpt(["word " * 200], 0)
    assert len(long) < 230 and long.endswith("word…")


def test_a_section_knows_the_headings_above_it(tmp_path: Path) -> None:
    """C3"""
    page = "# Page\n\n## One\n\nA.\n\n### Inside\n\nB.\n\n## Two\n\nC.\n"
    assert [(each.heading, each.above) for each in read(tmp_path, page)] == [
        ("One", ()),
        ("Inside", ("One",)),
        ("Two", ()),
    ]


def test_a_link_to_a_name_given_twice_leads_to_the_heading_above(tmp_path: Path) -> None:
    """C3"""
    item = '## <a name="{name}"></a>{name}\n\nText.\n\n### <a name="details"></a>Details\n\nMore.\n\n'
    page = "# Page\n\n" + item.format(name="first") + item.format(name="second")
    assert [each.anchor for each in read(tmp_path, page)] == ["first", "details", "second", "second"]
