"""The chat page as people meet it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bot.channels import forms
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from bot.web import chrome
from dialogs import section_card, welcome, words
from tests.browser.conftest import Visit
from tests.serving import Service

Begin = Callable[..., Visit]

SAY = Catalogs.load(LOCALES).say


def greeting(locale: Locale) -> str:
    return SAY(welcome.WELCOME, locale)


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("locale", list(Locale))
def test_the_page_and_the_bot_speak_one_language(visit: Begin, locale: Locale, width: int) -> None:
    """G3"""
    person = visit(width, 812 if width == 375 else 860)
    person.open(f"?locale={locale.value}")
    expect(person.bot_bubbles().first).to_have_text(greeting(locale))
    expect(person.page).to_have_title(SAY(chrome.TITLE, locale))
    expect(person.page.locator("html")).to_have_attribute("lang", locale.value)
    expect(person.page.locator("h1")).to_have_text(SAY(chrome.HEADING, locale))
    expect(person.page.locator("#language")).to_have_value(locale.value)
    expect(person.box).to_have_attribute("placeholder", SAY(chrome.PLACEHOLDER, locale))
    expect(person.page.locator("#state")).to_be_hidden()
    person.shot(f"chat-{locale.value}-{width}-greeting")
    person.buttons.first.click()
    expect(person.user_bubbles()).to_have_count(1)
    expect(person.bot_bubbles()).to_have_count(3)
    expect(person.buttons.first).to_be_visible()
    person.shot(f"chat-{locale.value}-{width}-question")
    assert person.page.evaluate("document.documentElement.scrollWidth") == width
    for label in person.page.locator(".webchat__suggested-action__text").all():
        assert label.evaluate("label => label.scrollWidth <= label.clientWidth + 1")


def test_long_labels_wrap_on_a_phone(visit: Begin) -> None:
    """D9"""
    person = visit(375, 812)
    person.open("?locale=ru")
    label = person.page.locator(".webchat__suggested-action__text").first
    label.evaluate("label => { label.textContent = 'Партнер с прямым выставлением счетов клиентам' }")
    assert label.evaluate("label => label.scrollWidth <= label.clientWidth")
    assert label.evaluate("label => label.getBoundingClientRect().height") > 30


def test_a_button_clicked_twice_counts_once_and_the_box_can_be_written_in(visit: Begin) -> None:
    """F5: Web Chat itself would send twice, and never again let anybody type."""
    person = visit(375, 812)
    person.open("?locale=ru")
    expect(person.bot_bubbles()).to_have_count(1)
    button = person.buttons.first
    label = button.inner_text()
    button.dblclick()
    expect(person.bot_bubbles().nth(1)).to_be_visible()
    expect(person.buttons.filter(has_text=label)).to_have_count(0)
    # Two buttons at once: both are meant, or one is gone already.
    person.buttons.evaluate_all("buttons => buttons.slice(0, 2).forEach((button) => button.click())")
    person.page.wait_for_timeout(1000)
    expect(person.user_bubbles().nth(0)).to_have_text(label)
    assert label not in person.user_bubbles().all_inner_texts()[1:]
    person.say("помощь")
    expect(person.user_bubbles().last).to_have_text("помощь")


def test_a_first_visit_is_greeted_in_every_language_and_asked_for_one(visit: Begin) -> None:
    """D8"""
    person = visit(375, 812, locale="ru-RU")
    person.open()
    expect(person.bot_bubbles()).to_have_text([SAY(welcome.HELLO, locale) for locale in Locale])
    expect(person.buttons).to_have_text([locale.native for locale in Locale])
    expect(person.page.locator("html")).to_have_attribute("lang", "ru")
    person.shot("chat-first-visit-375")
    person.buttons.nth(2).click()
    expect(person.page.locator("html")).to_have_attribute("lang", "zh-TW")
    expect(person.page).to_have_title(SAY(chrome.TITLE, Locale.ZH_TW))
    expect(person.page.locator("#language")).to_have_value("zh-TW")
    person.page.reload()
    expect(person.page.locator("html")).to_have_attribute("lang", "zh-TW")
    expect(person.bot_bubbles().last).to_have_text(greeting(Locale.ZH_TW))


def test_the_picker_changes_page_and_bot_together(visit: Begin) -> None:
    """G3"""
    person = visit()
    person.open("?locale=en")
    expect(person.bot_bubbles()).to_have_text([greeting(Locale.EN)])
    person.page.locator("#language").select_option("ru")
    expect(person.page).to_have_title(SAY(chrome.TITLE, Locale.RU))
    expect(person.user_bubbles()).to_have_text(["Русский"])
    expect(person.bot_bubbles().last).to_have_text(greeting(Locale.RU))
    expect(person.page.locator(".in-language").last).to_have_attribute("lang", "ru")
    expect(person.box).to_have_attribute("placeholder", SAY(chrome.PLACEHOLDER, Locale.RU))


def test_a_language_asked_for_in_the_chat_changes_the_page(visit: Begin) -> None:
    """G3"""
    person = visit()
    person.open("?locale=en")
    expect(person.bot_bubbles()).to_have_count(1)
    person.say("русский")
    expect(person.page.locator("html")).to_have_attribute("lang", "ru")
    expect(person.page.locator("#language")).to_have_value("ru")


def test_every_bubble_says_its_language(visit: Begin) -> None:
    """G5"""
    person = visit()
    person.open()
    expect(person.bot_bubbles()).to_have_count(4)
    spoken = person.page.locator(".in-language:has(.webchat__bubble)")
    assert [each.get_attribute("lang") for each in spoken.all()] == [locale.value for locale in Locale]
    expect(person.page.locator("[role=log]").first).to_be_attached()


def test_a_reload_finds_the_conversation_with_its_one_greeting(visit: Begin) -> None:
    """G2"""
    person = visit()
    person.open("?locale=ru")
    expect(person.bot_bubbles()).to_have_count(1)
    person.say("помощь")
    expect(person.bot_bubbles()).to_have_count(2)
    before = person.bubbles.all_inner_texts()
    person.page.reload()
    expect(person.bubbles).to_have_count(3)
    person.page.wait_for_timeout(2500)
    assert person.bubbles.all_inner_texts() == before


def test_two_tabs_show_the_same_conversation(visit: Begin) -> None:
    """G2"""
    person = visit()
    person.open("?locale=en")
    expect(person.bot_bubbles()).to_have_count(1)
    other = Visit(person.page.context.new_page(), person.service)
    other.open()
    expect(other.bot_bubbles()).to_have_count(1)
    person.say("help")
    expect(other.user_bubbles()).to_have_text(["help"])
    expect(other.bot_bubbles()).to_have_count(2)


def test_enter_that_ends_a_chinese_word_does_not_send(visit: Begin) -> None:
    """G5"""
    person = visit()
    person.open("?locale=zh-CN")
    expect(person.bot_bubbles()).to_have_count(1)
    person.box.fill("你好")
    person.box.evaluate(
        """box => { for (const type of ["keydown", "keypress"]) box.dispatchEvent(
            new KeyboardEvent(type, { key: "Enter", isComposing: true, bubbles: true })) }"""
    )
    person.page.wait_for_timeout(300)
    expect(person.user_bubbles()).to_have_count(0)
    person.box.press("Enter")
    expect(person.user_bubbles()).to_have_text(["你好"])


def test_the_chat_can_be_used_by_keyboard_alone(visit: Begin) -> None:
    """G5"""
    person = visit()
    person.open("?locale=en")
    expect(person.buttons.first).to_be_visible()
    person.box.focus()
    person.page.keyboard.press("Shift+Tab")
    for _ in range(4):
        if person.page.evaluate("document.activeElement.classList.contains('webchat__suggested-action')"):
            break
        person.page.keyboard.press("Shift+Tab")
    person.page.keyboard.press("Enter")
    expect(person.user_bubbles()).to_have_count(1)


def test_an_expired_token_is_replaced_and_nothing_said_is_lost(
    visit: Begin, own_service: Callable[..., Service]
) -> None:
    """G2"""
    service = own_service(DIRECT_LINE_TOKEN_SECONDS="4")
    person = visit(at=service)
    person.open("?locale=en")
    expect(person.bot_bubbles()).to_have_count(1)
    person.page.wait_for_timeout(4500)
    person.say("help")
    expect(person.bot_bubbles()).to_have_count(2)
    expect(person.user_bubbles()).to_have_text(["help"])
    expect(person.page.locator("#state")).to_be_hidden()
    expect(person.page.get_by_text("Unable to connect")).to_have_count(0)
    # Web Chat gives a message 20 seconds before it calls it lost.
    person.page.wait_for_timeout(21_000)
    expect(person.page.get_by_text("Send failed")).to_have_count(0)


def test_a_restart_of_the_server_is_told_and_survived(
    visit: Begin, own_service: Callable[..., Service]
) -> None:
    """A7"""
    service = own_service()
    person = visit(at=service)
    person.open("?locale=ru")
    expect(person.bot_bubbles()).to_have_count(1)
    service.stop()
    expect(person.page.locator("#state")).to_have_text(SAY(chrome.RECONNECTING, Locale.RU))
    person.say("помощь")
    person.shot("chat-ru-1280-reconnecting")
    service.start()
    expect(person.bot_bubbles()).to_have_count(2)
    expect(person.user_bubbles()).to_have_text(["помощь"])
    expect(person.page.locator("#state")).to_be_hidden()


def test_the_page_is_readable_in_the_dark(visit: Begin) -> None:
    person = visit(color_scheme="dark")
    person.open("?locale=zh-TW")
    expect(person.bot_bubbles().first).to_have_text(greeting(Locale.ZH_TW))
    person.buttons.first.click()
    expect(person.bot_bubbles()).to_have_count(3)
    person.shot("chat-zh-TW-1280-dark")
    colours = person.bot_bubbles().first.evaluate(
        "bubble => [getComputedStyle(bubble).color, getComputedStyle(bubble).backgroundColor]"
    )
    text, ground = (_luminance(colour) for colour in colours)
    assert (text + 0.05) / (ground + 0.05) > 7


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_missing_in_a_form_can_be_read(scheme: str, visit: Begin) -> None:
    """G5: 4.5 to 1, as WCAG asks for."""
    person = visit(375, 812, color_scheme=scheme)
    person.open("?locale=en")
    person.buttons.get_by_text(words.APPLY.english, exact=True).click()
    person.buttons.get_by_text(words.FORM.english, exact=True).click()
    card = person.page.locator(".ac-adaptiveCard").last
    card.get_by_role("button", name=section_card.SUBMIT.english).click()
    said = card.get_by_text(forms.NEEDED.english).first
    ground = person.bot_bubbles().last.evaluate("bubble => getComputedStyle(bubble).backgroundColor")
    text = said.evaluate("said => getComputedStyle(said).color")
    lighter, darker = sorted((_luminance(text), _luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) > 4.5


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (
        channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
