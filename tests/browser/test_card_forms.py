"""A section filled in on a card in the real Web Chat: drawn, checked by the client and by us."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bot.channels import forms
from bot.domain.application import NAMED
from bot.domain.form.parts import NO
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from bot.text import Text
from dialogs import hearing, question, section_card, words
from tests.browser.conftest import Visit

SAY = Catalogs.load(LOCALES).say
#: A name that is no country anywhere, and a code that is one everywhere.
NOWHERE, SOMEWHERE = "Atlantis", "KZ"


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("locale", list(Locale))
def test_a_section_is_filled_in_on_a_card(locale: Locale, width: int, visit: Callable[..., Visit]) -> None:
    """F4: what is missing is said at its field before anything is sent, what is wrong afterwards."""

    def said(text: Text) -> str:
        return SAY(text, locale)

    person = visit(width, 812 if width == 375 else 860)
    person.open(f"?locale={locale.value}")
    cards = person.page.locator(".ac-adaptiveCard")
    person.buttons.get_by_text(said(words.APPLY), exact=True).click()
    person.buttons.get_by_text(said(words.FORM), exact=True).click()
    send = cards.last.get_by_role("button", name=said(section_card.SUBMIT))
    send.click()
    expect(cards.last.get_by_text(said(forms.NEEDED)).first).to_be_visible()
    cards.last.locator("input[type=radio]").first.check()
    assert isinstance(NO.label, Text)
    cards.last.get_by_label(said(NO.label), exact=True).check()
    cards.last.locator("input[type=text]").fill(NOWHERE)
    send.press("Enter")
    expect(cards).to_have_count(2)
    expect(cards.last.locator("input[type=text]")).to_have_value(NOWHERE)
    expect(cards.last.get_by_label(said(NO.label), exact=True)).to_be_checked()
    wrong = said(hearing.NO_COUNTRY.fill(example=NAMED["legal_country"].example({})))
    expect(cards.last.get_by_text(wrong)).to_be_visible()
    cards.last.scroll_into_view_if_needed()
    person.shot(f"card-form-{locale.value}-{width}")
    assert person.page.evaluate("document.documentElement.scrollWidth") == width
    cards.last.locator("input[type=text]").fill(SOMEWHERE)
    cards.last.get_by_role("button", name=said(section_card.SUBMIT)).click()
    expect(cards).to_have_count(3)
    expect(person.buttons).to_have_text([said(words.YES), said(words.NO)])


def test_an_old_form_pressed_again_is_harmless_and_says_so(visit: Callable[..., Visit]) -> None:
    """F5: Direct Line changes no message, so the used card can still be pressed."""
    person = visit(1280, 860)
    person.open("?locale=en")
    person.buttons.get_by_text(words.APPLY.english, exact=True).click()
    person.buttons.get_by_text(words.FORM.english, exact=True).click()
    card = person.page.locator(".ac-adaptiveCard").first
    send = card.get_by_role("button", name=section_card.SUBMIT.english)
    # Pressed where it stands: the chat still scrolls to the new card, and a mouse could miss.
    for choice in (card.locator("input[type=radio]").first, card.get_by_label("No", exact=True)):
        choice.evaluate("each => each.click()")
        expect(choice).to_be_checked()
    card.locator("input[type=text]").fill(SOMEWHERE)
    send.click()
    expect(person.buttons).to_have_text(["Yes", "No"])
    asked = person.bot_bubbles().last.inner_text()
    send.click()
    expect(person.bot_bubbles().nth(-2)).to_have_text(question.STALE.english)
    expect(person.bot_bubbles().last).to_have_text(asked)
