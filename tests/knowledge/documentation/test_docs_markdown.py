"""The documentation's Markdown becomes what a reader sees, under the anchors the site gives it."""

from __future__ import annotations

import pytest

from bot.knowledge.documentation.markdown import Anchors, Part, parts, plain


def read(source: str) -> list[Part]:
    return [part for part in parts(source, Anchors()) if part.level or part.blocks]


def seen(source: str) -> list[str]:
    return [block for part in read(source) for block in part.blocks]


def test_an_anchor_before_the_words_of_a_heading_is_its_address() -> None:
    """C2"""
    (part,) = read('## <a name="get-started"></a>开始 **使用** `CSP`\n')
    assert (part.level, part.anchor, part.heading) == (2, "get-started", "开始 使用 CSP")


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Manage locations, and add (delete) one", "manage-locations-and-add-delete-one"),
        ("Restore an account - learn why", "restore-an-account---learn-why"),
        ("What's new in the API_v2?", "whats-new-in-the-api_v2"),
        ("Что делать, если счёт № 5 заблокирован?", "что-делать-если-счёт--5-заблокирован"),
        ("如何恢復帳戶？", "如何恢復帳戶"),
        ("[Offers](offers.md) and *prices*", "offers-and-prices"),
    ],
)  # fmt: skip
def test_other_headings_are_addressed_by_their_words(heading: str, anchor: str) -> None:
    assert read(f"## {heading}")[0].anchor == anchor


def test_a_second_heading_of_the_same_words_is_numbered() -> None:
    assert [part.anchor for part in read("# Next\n## Next\n### Next")] == ["next", "next-1", "next-2"]


def test_the_hidden_english_of_a_bilingual_page_is_not_read() -> None:
    source = (
        '# <a name="enroll"></a><span data-ttu-id="1">註冊</span><span class="sxs-lookup">'
        '<span data-stu-id="1">Enroll</span></span>\n\n'
        '- <span data-ttu-id="2">請[在此](http://a)加入。</span><span class="sxs-lookup">'
        '<span data-stu-id="2">Join [here](http://a).</span></span>\n'
    )
    (part,) = read(source)
    assert (part.anchor, part.heading, part.blocks) == ("enroll", "註冊", ["請在此加入。"])


def test_a_span_that_is_never_closed_hides_no_more_than_its_own_block() -> None:
    assert seen('前<span class="sxs-lookup"><span>Hidden\n\n后') == ["前", "后"]
    assert seen("a</span></span> b") == ["a b"]


def test_alerts_keep_their_words_without_their_marks() -> None:
    assert seen(">[!NOTE]\n>自 2020 年起。 请注意。\n\n> [!Important]\n> Wait.") == [
        "自 2020 年起。请注意。",
        "Wait.",
    ]


def test_tables_are_read_row_by_row() -> None:
    table = "| Region | Currency |\n|---|:--|\n| UK | **GBP** |\n| | EUR |"
    assert seen(table) == ["Region | Currency", "UK | GBP", "EUR"]


def test_images_directives_comments_and_videos_are_left_out() -> None:
    source = (
        ':::image type="content" source="a.png" alt-text="A picture":::\n\n'
        "![Logo](logo.png) Text <!-- TODO\nhidden --> goes on.\n\n"
        ":::row:::\n:::column span=\"2\":::\nLeft.\n:::column-end:::\n:::row-end:::\n\n"
        "[!VIDEO https://example.com/v]\n\n[![Try](t.png)](http://t) it"
    )  # fmt: skip
    assert seen(source) == ["Text goes on.", "Left.", "it"]


def test_tabs_are_part_of_the_section_they_stand_in() -> None:
    (part,) = read("## Sign in\n\n# [Portal](#tab/portal)\n\nClick.\n\n# [API](#tab/api)\n\nCall.\n\n***\n")
    assert (part.heading, part.blocks) == ("Sign in", ["Portal", "Click.", "API", "Call."])


def test_html_blocks_and_entities_are_read_like_text() -> None:
    source = "<details><summary>More &amp; more</summary>\n<ul><li>one</li><li>two</li></ul>\n</details>"
    assert " ".join(seen(source)) == "More & more one two"
    assert seen("a<br>b &nbsp;c") == ["a b c"]


@pytest.mark.parametrize(
    "source",
    [
        "```\n# no end",
        "| a | b |\n|--|\n| c",
        "> > >",
        "[a](",
        "<table><tr><td>x",
        "#",
        "\x00\ufffd",
        "***\n___",
    ],
)
def test_broken_markdown_is_no_reason_to_stop(source: str) -> None:
    assert isinstance(parts(source, Anchors()), list)


def test_code_is_kept_as_it_stands() -> None:
    assert seen("```csharp\nvar a = 1;\n\n# not a heading\n```") == ["var a = 1;", "# not a heading"]


def test_a_short_piece_is_read_in_one_line() -> None:
    assert plain("**Роли**: агент\n\nи ещё\n") == "Роли: агент и ещё"


def test_links_are_kept_beside_the_words_those_of_the_hidden_english_are_not() -> None:
    """E7"""
    source = (
        '[a](one.md) and <a href="https://b.example/?x=1&amp;y=2">b</a>\n\n'
        '请[在此](http://c)加入。<span class="sxs-lookup">[here](http://d)</span>\n\n'
        '<p><a href="e.md">e</a></p>\n\n| [f](f.md) |\n| --- |\n| [g](g.md) |\n'
    )
    (part,) = read(source)
    assert part.links == ["one.md", "https://b.example/?x=1&y=2", "http://c", "e.md", "f.md", "g.md"]
