"""Cards as the renderer in Web Chat draws them in colours like those of Teams: nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.channels.activity import TEAMS
from bot.channels.rendering import Renderer
from bot.localization.locale import Locale
from bot.store.records import Draft
from bot.turn import Choice, Incoming, Turn
from dialogs import answer, apply, finder, section_card, sending, status, welcome
from dialogs.services import Services
from dialogs.summary import summary
from tests.conversations.house import assistant, catalogs
from tests.serving import ROOT

BUNDLE = ROOT / "node_modules" / "botframework-webchat" / "dist" / "webchat.js"
SERVICES: Services = assistant()._services
NOW = datetime(2026, 11, 21, tzinfo=UTC)
#: Of cards in the chat of Teams on a desktop, and on a phone 375 pixels wide.
WIDTHS = (480, 343)
ANSWERS = {
    "model": "indirect-reseller",
    "already_in_csp": "no",
    "legal_country": "RU",
    "legal_name": "Общество с ограниченной ответственностью «Пример Облачные Решения»",
    "address_city": "Москва",
    "contact_email": "anna@contoso.com",
    "support_website": "https://contoso.com/support/partners/cloud-solution-provider",
}

#: Colours, sizes and the wrapping of actions as Teams has them in its light theme.
TEAMS_LOOK = {
    "fontFamily": "Segoe UI, sans-serif",
    "supportsInteractivity": True,
    "fontSizes": {"small": 12, "default": 14, "medium": 16, "large": 18, "extraLarge": 24},
    "spacing": {"small": 8, "default": 12, "medium": 16, "large": 20, "extraLarge": 24, "padding": 16},
    "separator": {"lineThickness": 1, "lineColor": "#e1dfdd"},
    "actions": {"maxActions": 6, "actionsOrientation": "horizontal", "actionAlignment": "left"},
    "containerStyles": {
        "default": {
            "backgroundColor": "#ffffff",
            "foregroundColors": {
                "default": {"default": "#242424", "subtle": "#616161"},
                "accent": {"default": "#4f52b2", "subtle": "#4f52b2"},
                "attention": {"default": "#c4314b", "subtle": "#c4314b"},
            },
        }
    },
}

#: Buttons and inputs with the room that Teams gives them.
BUTTONS = """body { margin: 0 }
.ac-pushButton { padding: 6px 12px !important; background: #fff !important; color: #242424 !important;
  border: 1px solid #d1d1d1 !important; border-radius: 4px; font: 600 14px sans-serif !important }
.ac-pushButton.style-positive { background: #5b5fc7 !important; color: #fff !important }
.ac-input:is(input, select) { padding: 6px 10px !important; border: 1px solid #d1d1d1 !important;
  border-radius: 4px; font: 14px sans-serif !important; background: #fff !important }"""

#: A conversation in which the bot has said one thing; drawn by the pinned renderer inside Web Chat.
DRAW = """([activity, look]) => {
  const stream = (...said) => ({ subscribe: (one) => {
    const next = one.next ? one.next.bind(one) : one;
    setTimeout(() => said.forEach((each) => next(each)), 0);
    return { unsubscribe() {} };
  } });
  document.body.innerHTML = '<div id="chat" style="height: 100vh"></div>';
  WebChat.renderWebChat({
    directLine: { activity$: stream(activity), connectionStatus$: stream(0, 1, 2), end() {},
      postActivity: () => stream("posted") },
    adaptiveCardsHostConfig: look,
    styleOptions: { hideSendBox: true, bubbleMaxWidth: 2000, bubbleMinWidth: 0, accent: "#4f52b2",
      bubbleBorderWidth: 0, paddingRegular: 0 },
  }, document.getElementById("chat"));
}"""

#: What is drawn wider than the place it has; a button that has a whole line can have no more.
CUT_OFF = """() => [...document.querySelectorAll(".ac-adaptiveCard *")]
  .filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline"
    && each.clientWidth > 0 && !each.matches("input, select") && !each.querySelector(".ac-actionSet")
    && (innerWidth > 400 || each.closest(".ac-actionSet")?.querySelectorAll("button").length !== 1))
  .map((each) => each.textContent.slice(0, 60))"""


def turn_of(locale: Locale, *, said: str = "") -> Turn:
    incoming = Incoming(
        activity_id="1", conversation_id="c", user_id="u", channel=TEAMS, cards=True, text=said
    )
    return Turn(
        incoming=incoming,
        now=NOW,
        chosen_locale=locale,
        locale=locale,
        locale_known=True,
        draft=Draft("d", dict(ANSWERS), {}, NOW, NOW),
        state={},
    )


def show_form(turn: Turn) -> None:
    _form(turn, {})


def show_faults(turn: Turn) -> None:
    _form(turn, {"address_postal_code": "12", "registration_id": "1"})


def _form(turn: Turn, given: dict[str, str]) -> None:
    state = {"field": "legal_name", "card": {"given": given}, "nonce": "12345678"}
    section_card.show(turn, apply.FORM, state, SERVICES)


def show_summary(turn: Turn) -> None:
    press = {"press": "way"}
    send, later = Choice(sending.SEND, press), Choice(sending.AGREE, press)
    turn.reply(sending.CHECK, send, later, attachment=summary(turn, apply.FORM.order(turn)))


def did_you_mean(turn: Turn) -> None:
    topics = [SERVICES.topics[name] for name in list(SERVICES.topics)[:3]]
    turn.reply(answer.DID_YOU_MEAN, *(answer.topic_button(each) for each in topics))


CARDS: dict[str, Callable[[Turn], None]] = {
    "welcome": welcome.greet,
    "comparison": lambda turn: finder.compare(turn, SERVICES),
    "article": lambda turn: answer.explain(turn, SERVICES, "model.direct"),
    "did-you-mean": did_you_mean,
    "status": lambda turn: status.tell_status(turn, SERVICES),
    "form": show_form,
    "faults": show_faults,
    "summary": show_summary,
}


@pytest.fixture(scope="module")
def teams(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(device_scale_factor=1)
    page.set_content(f"<!doctype html><html><style>{BUTTONS}</style><body></body></html>")
    page.add_script_tag(path=BUNDLE)
    yield page
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", CARDS)
@pytest.mark.parametrize("locale", list(Locale))
def test_a_card_fits_where_teams_draws_it(locale: Locale, kind: str, width: int, teams: Page) -> None:
    """D9, F4: long labels stay whole, in every language and on a phone."""
    turn = turn_of(locale)
    CARDS[kind](turn)
    drawn = Renderer(catalogs()).activities(turn, TEAMS)[0]
    activity: dict[str, Any] = drawn | {"id": "1", "from": {"id": "bot", "role": "bot"}}
    teams.set_viewport_size({"width": width, "height": 2400})
    teams.evaluate(DRAW, [activity | {"timestamp": NOW.isoformat()}, TEAMS_LOOK])
    card = teams.locator(".ac-adaptiveCard").first
    expect(card).to_be_visible()
    folder = ROOT / "artefacts"
    folder.mkdir(exist_ok=True)
    card.screenshot(path=folder / f"teams-{kind}-{locale.value}-{width}.png")
    assert teams.evaluate(CUT_OFF) == []
