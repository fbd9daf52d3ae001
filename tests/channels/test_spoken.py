"""What a person said: mentions, pasted HTML and character references of Teams."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.spoken import MENTION, QUOTED, spoken

BOT = "28:bot"


def mention(written: object = "<at>CSP</at>", who: str = BOT, **more: object) -> dict[str, object]:
    return {"type": "mention", "text": written, "mentioned": {"id": who, **more}}


def said(text: str | None, *entities: dict[str, object], page: str | None = None) -> str:
    attachments = None if page is None else [{"contentType": "text/html", "content": page}]
    return spoken(text, attachments, list(entities), BOT, is_markup=True)


@pytest.mark.parametrize(
    ("text", "entities", "left"),
    [
        ("<at>CSP</at> 什么是 CSP 直接计费?", [mention()], "什么是 CSP 直接计费?"),
        ("<at>CSP</at>&nbsp;hello", [mention()], "hello"),
        ("<at>CSP</at><at>CSP</at> hello", [mention(), mention()], "hello"),
        ("<at>CSP</at> hello <at>CSP</at>", [mention(), mention()], "hello"),
        ("hello, <at>CSP</at> what is CSP?", [mention()], "hello, what is CSP?"),
        ("<at>CSP</at> hello", [mention(None, name="CSP")], "hello"),
        ("<at>CSP</at>", [mention()], ""),
        # a bot whose name is part of another's
        (
            "@CSP Support asks @CSP about CSP",
            [mention("@CSP"), mention("@CSP Support", "28:other")],
            "@CSP Support asks about CSP",
        ),
        ("<at>CSP</at> ask <at>Anna</at>", [mention(), mention("<at>Anna</at>", "29:a")], "ask Anna"),
        ("<at>A&amp;B</at> hello", [mention("<at>A&amp;B</at>")], "hello"),
        ('<at id="0">CSP</at> hello', [mention('<at id="0">CSP</at>')], "hello"),
    ],
)
def test_mentions_are_taken_out_and_nothing_else(
    text: str, entities: list[dict[str, object]], left: str
) -> None:
    """F3"""
    assert said(text, *entities) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Johnson &amp; Johnson", "Johnson & Johnson"),
        ("a&nbsp;b", "a b"),
        ("1 &lt; 2", "1 < 2"),
        ("&#1056;&#x43E;", "Ро"),
        ("&amp;amp;", "&amp;"),
        ("R&D and AT&T &copyright", "R&D and AT&T &copyright"),
        ("&unknown; &;", "&unknown; &;"),
        ("&#0;&#xD800;", "\ufffd\ufffd"),
    ],
)
def test_character_references_are_resolved_once(text: str, left: str) -> None:
    """F3"""
    assert said(text) == left


def test_other_channels_say_what_they_mean() -> None:
    page = [{"contentType": "text/html", "content": "<p>other</p>"}]
    assert spoken("a &amp; b", page, None, BOT, is_markup=False) == "a &amp; b"


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<div><div>Lesnaya 5</div><div>Moscow</div></div>", "Lesnaya 5\nMoscow"),
        ("<p>one<br>two<br/>three</p>", "one\ntwo\nthree"),
        ("<div>text &lt;data&gt;</div>\n", "text <data>"),
        ("<ul><li>one</li>\n<li><strong>tw</strong>o</li></ul>", "one\ntwo"),
        ("<table><tr><td>INN</td><td>77</td></tr></table>", "INN 77"),
        (f'<div><span itemscope="" itemtype="{MENTION}" itemid="0">CSP</span>&nbsp;hello</div>', "hello"),
        ('<p><at id="0">CSP</at> hello</p>', "hello"),
        (f'<blockquote itemtype="{QUOTED}"><p>Anna</p><p>hi</p></blockquote><p>hello</p>', "hello"),
        ('<p>fine <img alt="🙂" src="x"></p>', "fine 🙂"),
        ("<style>p {}</style><p>hello</p>", "hello"),
        ("<p></p>", "as text"),
        ("<style>p {}", "as text"),
        ("a < b", "a < b"),
    ],
)
def test_pasted_html_is_read_with_its_lines(page: str, left: str) -> None:
    """F3: Teams' plain text loses line breaks and what stands in angle brackets."""
    assert said("as text", mention(), page=page) == left


@pytest.mark.parametrize(
    "attachments",
    [None, 5, "x", [5], [{}], [{"contentType": "text/html"}], [{"contentType": "text/html", "content": 5}]],
)
def test_attachments_of_any_shape_leave_the_text(attachments: object) -> None:
    """I3"""
    assert spoken("hello", attachments, None, BOT, is_markup=True) == "hello"


MARKUP = st.lists(
    st.sampled_from(
        ["<", ">", "</", "<!--", "<at>", "</at>", "&", ";", "<style>", "'", '"', "=", "div", "x "]
    )
)


@given(MARKUP, MARKUP)
def test_no_markup_is_a_surprise(text: list[str], page: list[str]) -> None:
    """I3"""
    said("".join(text), mention(), page="".join(page))


@pytest.mark.parametrize("piece", ["<", "<a ", "<!--", "<at>", "<a b='", "<style>", "&", "</"])
def test_broken_html_is_read_in_no_time(piece: str) -> None:
    """I3"""
    before = time.process_time()
    said("<at>" * 1000, *[mention("<at>")] * 3000, page=piece * 50_000)
    assert time.process_time() - before < 2
