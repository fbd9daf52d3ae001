"""Replies as each channel can show them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest

from bot.channels.rendering import Renderer
from bot.channels.voice import cited
from bot.knowledge.sources import Translation
from bot.localization.catalogs import Catalogs
from bot.localization.locale import Locale
from bot.text import text
from bot.turn import (
    Article,
    Attachment,
    Choice,
    Comparison,
    Group,
    Incoming,
    Line,
    Reply,
    Row,
    Source,
    Summary,
    Turn,
)

EVIL = "![x](http://evil.example/y.png) [a](http://evil.example) <img src=x> **b** `c`"
LONG = "Непрямой торговый посредник, 35 знаков"
#: What a line of its own holds.
FITTING = "Непрямой торговый посредник, да"
ASKED = text("test.asked", "Which model?")
ECHO = text("test.echo", "You wrote {what}")
TITLE = text("test.title", "Your answers")

SOURCE = Source(
    title=text("test.page", "Enrol in CSP"),
    url="https://learn.example/enrol#start",
    section="Before you start",
    date=date(2021, 5, 19),
)


@pytest.fixture
def renderer() -> Renderer:
    return Renderer(Catalogs({}))


def turn(*replies: Reply) -> Turn:
    incoming = Incoming(activity_id="a1", conversation_id="c", user_id="u", channel="x")
    made = Turn(
        incoming=incoming,
        now=datetime(2026, 11, 1, tzinfo=UTC),
        chosen_locale=None,
        locale=Locale.RU,
        locale_known=True,
        draft=None,
        state={},
    )
    made.replies = list(replies)
    return made


def drawn(renderer: Renderer, reply: Reply, channel: str) -> dict[str, Any]:
    [activity] = renderer.activities(turn(reply), channel)
    return activity


def card(activity: dict[str, Any]) -> dict[str, Any]:
    [attachment] = activity["attachments"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    content: dict[str, Any] = attachment["content"]
    return content


def nodes(found: Any) -> list[dict[str, Any]]:
    """Every object inside, itself included."""
    if isinstance(found, list):
        return [node for item in found for node in nodes(item)]
    if not isinstance(found, dict):
        return []
    return [found, *(node for value in found.values() for node in nodes(value))]


def words(found: Any) -> list[str]:
    return [node["text"] for node in nodes(found) if node.get("type") == "TextRun"]


def summary(lines: int = 2, value: str = EVIL, groups: int = 1) -> Summary:
    change = Choice(text("test.change", "Change the legal name"), {"press": "change", "field": "legal_name"})
    line = Line(text("test.label", "Legal name"), value, change)
    return Summary(TITLE, tuple(Group(TITLE, (line,) * lines) for _ in range(groups)))


def article(**more: Any) -> Article:
    return Article("topic", text("test.subject", "What is (CSP)?"), (ECHO.fill(what=EVIL),), **more)


ATTACHMENTS: tuple[Attachment, ...] = (
    summary(),
    article(points=(ASKED,), steps=(ASKED, ASKED), sources=(SOURCE,)),
    Comparison(TITLE, ASKED, ASKED, (Row(ASKED, ASKED, ECHO.fill(what=EVIL), SOURCE),)),
)


@pytest.mark.parametrize("channel", ["webchat", "directline", "emulator"])
def test_long_labels_stay_buttons_in_web_chat(renderer: Renderer, channel: str) -> None:
    """D9: the SDK drops all buttons where one label exceeds 20 characters."""
    press = {"press": "model", "value": "indirect-reseller"}
    activity = drawn(renderer, Reply(ASKED, choices=(Choice(LONG, press),)), channel)
    assert activity["suggestedActions"]["actions"] == [
        {"type": "messageBack", "title": LONG, "displayText": LONG, "text": LONG, "value": press}
    ]
    assert activity["text"] == "Which model?"


def test_long_labels_stay_buttons_in_teams_each_on_its_own_line(renderer: Renderer) -> None:
    """D9"""
    choices = (Choice(FITTING, {"press": "a"}), Choice("Да", {"press": "b"}))
    activity = drawn(renderer, Reply(ASKED, choices=choices), "msteams")
    rows = [node["actions"] for node in nodes(card(activity)) if node.get("type") == "ActionSet"]
    assert [[action["title"] for action in row] for row in rows] == [[FITTING], ["Да"]]
    assert rows[0][0]["data"]["press"] == "a"
    assert rows[0][0]["data"]["msteams"]["displayText"] == FITTING


def test_labels_too_long_for_a_line_wrap_in_teams_and_can_still_be_pressed(renderer: Renderer) -> None:
    """D9: a button would be cut short; what else has a line of its own looks the same."""
    choices = tuple(Choice(label, {"press": "a"}) for label in (LONG, FITTING, "Да", "Нет"))
    activity = drawn(renderer, Reply(ASKED, choices=choices), "msteams")
    areas = [node for node in nodes(card(activity)) if node.get("type") == "Container"]
    assert [words(area)[0] for area in areas] == [LONG, FITTING]
    for area, label in zip(areas, (LONG, FITTING), strict=True):
        assert area["selectAction"]["title"] == label
        assert area["selectAction"]["data"]["press"] == "a"
        assert area["selectAction"]["data"]["msteams"]["displayText"] == label
    rows = [node["actions"] for node in nodes(card(activity)) if node.get("type") == "ActionSet"]
    assert [len(row) for row in rows] == [2]


def test_short_labels_share_a_line_in_teams(renderer: Renderer) -> None:
    choices = tuple(Choice(str(number), {"press": "n"}) for number in range(4))
    activity = drawn(renderer, Reply(ASKED, choices=choices), "msteams")
    rows = [node["actions"] for node in nodes(card(activity)) if node.get("type") == "ActionSet"]
    assert [len(row) for row in rows] == [3, 1]


def test_wide_letters_take_more_room_in_teams(renderer: Renderer) -> None:
    """D9: regions of Armenia in their own letters; as many Cyrillic ones fit side by side."""
    for labels, lengths in (
        (("Արագածոտն", "Արարատ", "Արմավիր"), [2, 1]),
        (("Алмалинск", "Абайск", "Актауск"), [3]),
    ):
        choices = tuple(Choice(label, {"press": "a"}) for label in labels)
        activity = drawn(renderer, Reply(ASKED, choices=choices), "msteams")
        rows = [node["actions"] for node in nodes(card(activity)) if node.get("type") == "ActionSet"]
        assert [len(row) for row in rows] == lengths


def test_thumbs_share_a_line_below_long_follow_ups_in_teams(renderer: Renderer) -> None:
    """C9"""
    choices = tuple(Choice(label, {"press": "a"}) for label in (FITTING, FITTING, "Да", "Нет"))
    activity = drawn(renderer, Reply(attachment=article(), choices=choices), "msteams")
    rows = [node["actions"] for node in nodes(card(activity)) if node.get("type") == "ActionSet"]
    assert [len(row) for row in rows] == [1, 1, 2]


def test_buttons_are_listed_where_a_channel_is_not_known_to_draw_them(renderer: Renderer) -> None:
    activity = drawn(renderer, Reply(ASKED, choices=(Choice(LONG, {"press": "a"}),)), "sms")
    assert activity["text"] == f"Which model?\n\n- {LONG}"


@pytest.mark.parametrize("channel", ["webchat", "msteams", "sms"])
def test_a_button_may_open_an_address(renderer: Renderer, channel: str) -> None:
    """F7"""
    choice = Choice("Alone", {"press": "command", "name": "apply"}, "https://teams.example/l/chat")
    drawn_button = str(drawn(renderer, Reply(ASKED, choices=(choice,)), channel))
    assert "https://teams.example/l/chat" in drawn_button
    assert "Alone" in drawn_button
    assert "'press'" not in drawn_button


@pytest.mark.parametrize("channel", ["webchat", "msteams", "sms"])
def test_what_a_person_typed_is_plain_text(renderer: Renderer, channel: str) -> None:
    activity = drawn(renderer, Reply(ECHO.fill(what=EVIL)), channel)
    assert (activity["textFormat"], activity["text"]) == ("plain", f"You wrote {EVIL}")


@pytest.mark.parametrize("channel", ["webchat", "msteams"])
@pytest.mark.parametrize("attachment", ATTACHMENTS)
def test_no_card_lets_a_value_be_read_as_markdown(
    renderer: Renderer, attachment: Attachment, channel: str
) -> None:
    """TextBlock and FactSet interpret Markdown, RichTextBlock never does."""
    activity = drawn(renderer, Reply(attachment=attachment), channel)
    kinds = {node.get("type") for node in nodes(activity.get("attachments", []))}
    assert not kinds & {"TextBlock", "FactSet", "Image"}


@pytest.mark.parametrize("channel", ["webchat", "msteams"])
@pytest.mark.parametrize("attachment", ATTACHMENTS)
def test_a_card_says_its_version_stays_small_and_has_a_plain_text(
    renderer: Renderer, attachment: Attachment, channel: str
) -> None:
    """F4"""
    reply = Reply(attachment=attachment, choices=(Choice(LONG, {"press": "a"}),) * 8)
    activity = drawn(renderer, reply, channel)
    for found in activity.get("attachments", []):
        assert found["content"]["version"] == "1.4"
        assert found["content"]["fallbackText"] == renderer.plain(reply, Locale.RU)
        assert len(orjson.dumps(found)) <= 20_000


def test_a_summary_too_large_for_one_card_becomes_several(renderer: Renderer) -> None:
    """F4"""
    long = summary(lines=8, value="Общество с ограниченной ответственностью «Ромашка»" * 2, groups=6)
    reply = Reply(ASKED, long, choices=(Choice("Да", {"press": "yes"}),))
    for channel in ("webchat", "msteams"):
        activities = renderer.activities(turn(reply), channel)
        assert len(activities) > 1
        assert all(len(orjson.dumps(card(activity))) <= 20_000 for activity in activities)
        assert sum(words(activity).count("Legal name") for activity in activities) == 48
        said = [activity.get("text") or activity.get("summary") for activity in activities]
        assert (said[0], said.count("Which model?")) == ("Which model?", 1)


def test_what_is_said_above_a_card_stands_on_it_in_teams(renderer: Renderer) -> None:
    """F5: beside a card it would be a message of its own, and stay when the used card is updated."""
    said = Reply(
        text("test.lines", "Almost done.\n\nWhich model?"),
        summary(),
        choices=(Choice("Да", {"press": "yes"}),),
    )
    [activity] = renderer.activities(turn(said), "msteams")
    assert "text" not in activity
    assert activity["summary"] == "Almost done.\n\nWhich model?"
    assert words(activity)[:2] == ["Almost done.", "Which model?"]
    assert card(activity)["fallbackText"].startswith("Almost done.\n\nWhich model?\n\n")


def test_each_line_of_a_summary_has_its_change_button(renderer: Renderer) -> None:
    activity = drawn(renderer, Reply(attachment=summary(lines=3)), "webchat")
    actions = [node for node in nodes(card(activity)) if node.get("type") == "Action.Submit"]
    assert [action["data"] for action in actions] == [{"press": "change", "field": "legal_name"}] * 3
    assert {action["title"] for action in actions} == {"Change"}
    assert words(card(activity)).count(EVIL) == 3


def test_a_summary_reads_as_text(renderer: Renderer) -> None:
    said = renderer.plain(Reply(ASKED, summary(lines=1, value="ACME")), Locale.EN)
    assert said == "Which model?\n\nYour answers\n\nYour answers\nLegal name: ACME"


def test_an_article_in_web_chat_has_our_marks_and_no_others(renderer: Renderer) -> None:
    """C2"""
    reply = Reply(attachment=article(points=(ASKED,), steps=(ASKED, ASKED), sources=(SOURCE,)))
    activity = drawn(renderer, reply, "webchat")
    assert activity["textFormat"] == "markdown"
    subject, echoed, point, steps, source = activity["text"].split("\n\n")
    assert subject == "**What is \\(CSP\\)\\?**"
    assert echoed.startswith("You wrote \\!\\[x\\]\\(http\\://evil\\.example/y\\.png\\)")
    assert (point, steps) == ("- Which model\\?", "1. Which model\\?\n2. Which model\\?")
    assert source.startswith("*[Source\\: Enrol in CSP, “Before you start”, as of ".replace(",", "\\,"))
    assert source.endswith("](<https://learn.example/enrol#start>)*")


SENTENCE = text("test.sentence", "Open https://partner.microsoft.com/en-us/dashboard_home. Not {url}.")
LINKED = SENTENCE.fill(url="https://evil.example/microsoft.com")


@pytest.mark.parametrize("reply", [Reply(LINKED), Reply(attachment=Article("t", ASKED, (LINKED,)))])
def test_our_own_addresses_are_links_and_no_others(renderer: Renderer, reply: Reply) -> None:
    in_web_chat = drawn(renderer, reply, "webchat")
    assert in_web_chat["textFormat"] == "markdown"
    assert "Open <https://partner.microsoft.com/en-us/dashboard_home>\\. Not" in in_web_chat["text"]
    assert "https\\://evil\\.example" in in_web_chat["text"]
    in_teams = drawn(renderer, reply, "msteams")
    opened = [node["url"] for node in nodes(in_teams) if node.get("type") == "Action.OpenUrl"]
    assert opened == ["https://partner.microsoft.com/en-us/dashboard_home"] * bool(reply.attachment)


@pytest.mark.parametrize(
    "typed", ["https://microsoft.com.evil.example/x", "https://notmicrosoft.com/", "http://microsoft.com/"]
)
def test_an_address_that_looks_like_ours_is_no_link(renderer: Renderer, typed: str) -> None:
    assert drawn(renderer, Reply(ECHO.fill(what=typed)), "webchat")["textFormat"] == "plain"


def test_an_article_in_teams_is_a_card_whose_sources_open(renderer: Renderer) -> None:
    """C2"""
    activity = drawn(renderer, Reply(attachment=article(sources=(SOURCE,))), "msteams")
    assert [node["url"] for node in nodes(card(activity)) if node.get("type") == "Action.OpenUrl"] == [
        SOURCE.url
    ]


@pytest.mark.parametrize(
    ("translation", "outdated", "said"),
    [
        ("human", False, "Human translation."),
        ("human", True, "Human translation; newer in another language."),
        ("machine", False, "Machine translation."),
        ("machine", True, "Machine translation; newer in another language."),
        ("missing", False, "In English only."),
        (None, False, None),
    ],
)
def test_a_source_says_how_it_was_translated_and_whether_it_is_old(
    renderer: Renderer, translation: Translation | None, outdated: bool, said: str | None
) -> None:
    """C3"""
    source = replace(SOURCE, translation=translation, outdated=outdated)
    last = renderer.plain(Reply(attachment=article(sources=(source, source))), Locale.EN).split("\n\n")[-1]
    assert last == said if said else last.endswith(SOURCE.url)


@pytest.mark.parametrize("channel", ["webchat", "msteams"])
def test_sources_with_one_notice_stand_together_above_it(renderer: Renderer, channel: str) -> None:
    """C3"""
    sources = [
        replace(SOURCE, url=f"https://learn.example/{kind}#{n}", section=f"{kind} {n}", translation=kind)
        for n in (1, 2)
        for kind in ("machine", "human")
    ]
    activity = drawn(renderer, Reply(attachment=article(sources=tuple(sources))), channel)
    said = words(card(activity)) if channel == "msteams" else activity["text"].replace("\\", "").split("\n\n")
    told = ["machine 1", "machine 2", "Machine translation.", "human 1", "human 2", "Human translation."]
    assert [next(each for each in told if each in line) for line in said[-6:]] == told


@pytest.mark.parametrize("channel", ["webchat", "msteams", "email"])
def test_what_has_changed_stands_apart_between_the_answer_and_its_sources(
    renderer: Renderer, channel: str
) -> None:
    """C3"""
    changed = text("test.change", "Before 2020 it was blue.")
    reply = Reply(attachment=article(points=(ASKED,), changes=(changed,), sources=(SOURCE,)))
    activity = drawn(renderer, reply, channel)
    said = "\n".join(words(card(activity))) if channel == "msteams" else activity["text"].replace("\\", "")
    places = [
        said.index(part)
        for part in ("Which model?", "What has changed", "Before 2020 it was blue.", "Source: ")
    ]
    assert places == sorted(places)


def test_a_comparison_cites_each_row_and_each_source_once(renderer: Renderer) -> None:
    """C8"""
    rows = (Row(ASKED, ASKED, ASKED, SOURCE), Row(ASKED, ASKED, ASKED), Row(ASKED, ASKED, ASKED, SOURCE))
    activity = drawn(renderer, Reply(attachment=Comparison(TITLE, ASKED, ASKED, rows)), "webchat")
    assert words(card(activity)).count("[1]") == 2
    assert words(card(activity)).count("[1] ") == 1
    pairs = [node for node in nodes(card(activity)) if node.get("type") == "ColumnSet"]
    assert {len(pair["columns"]) for pair in pairs} == {2}


def test_the_numbers_of_a_comparison_s_sources_ascend_though_notices_group_them(renderer: Renderer) -> None:
    """C8"""
    kinds: tuple[Translation, ...] = ("human", "machine", "human")
    made = [
        replace(SOURCE, url=f"https://learn.example/#{n}", translation=kind) for n, kind in enumerate(kinds)
    ]
    rows = tuple(Row(ASKED, ASKED, ASKED, source) for source in made)
    said = words(card(drawn(renderer, Reply(attachment=Comparison(TITLE, ASKED, ASKED, rows)), "webchat")))
    assert [word for word in said if word.startswith("[")] == ["[1]", "[3]", "[2]", "[1] ", "[2] ", "[3] "]


def test_follow_ups_of_an_article_are_buttons(renderer: Renderer) -> None:
    """C5"""
    choice = Choice(text("test.more", "More"), {"press": "topic", "id": "x"})
    activity = drawn(renderer, Reply(attachment=article(), choices=(choice,)), "webchat")
    assert activity["suggestedActions"]["actions"][0]["value"] == {"press": "topic", "id": "x"}


def test_a_reply_comes_in_its_own_language_if_it_has_one(renderer: Renderer) -> None:
    """D8"""
    activities = renderer.activities(turn(Reply(ASKED, locale=Locale.ZH_TW), Reply(ASKED)), "webchat")
    assert [activity["locale"] for activity in activities] == ["zh-TW", "ru"]


def test_only_the_last_reply_waits_for_an_answer(renderer: Renderer) -> None:
    activities = renderer.activities(turn(Reply(ASKED), Reply(ASKED)), "webchat")
    assert [activity["inputHint"] for activity in activities] == ["ignoringInput", "expectingInput"]


def test_two_sections_of_a_page_whose_anchors_are_unknown_are_both_named() -> None:
    """C2"""
    page = replace(SOURCE, url="https://learn.example/enrol")
    other = replace(page, section="Afterwards")
    assert cited((page, other)) == (page, other)


def test_what_is_cited_again_keeps_its_number() -> None:
    """C8: the numbers beside the rows of a comparison count up as one reads."""
    pages = [replace(SOURCE, url=f"https://learn.example/{name}") for name in "abc"]
    first, second, third = pages
    assert cited((first, second, first, third, second)) == (first, second, third)
