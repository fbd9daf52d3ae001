"""Cards as the renderer in Web Chat draws them in colours like those of Teams: nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from playwright.sync_api import Browser, FloatRect, Page

from bot.channels.activity import TEAMS
from bot.channels.rendering import Renderer
from bot.cli.gallery.drawings import SCRIPTS, STYLES
from bot.cli.gallery.painting import BLANK, DRAW, look_of
from bot.domain.fields import Problem
from bot.knowledge.documentation import documentation
from bot.localization.locale import Locale
from bot.store.records import Draft
from bot.turn import Choice, Incoming, Turn, Waiting
from dialogs import (
    answer,
    apply,
    asking,
    feedback,
    finder,
    move,
    refusing,
    reminding,
    section_card,
    sending,
    status,
    telling,
    tester,
    votes,
    welcome,
)
from dialogs.services import Services
from dialogs.summary import summary
from tests.conversations.house import assistant, catalogs
from tests.conversations.test_documentation import PAGES, QUESTIONS
from tests.serving import ROOT

SERVICES: Services = assistant()._services
INDEX = TemporaryDirectory()


@cache
def documented() -> Callable[[str, Locale], Any]:
    shelves = documentation(PAGES, Path(INDEX.name))
    assert shelves is not None
    shelves.update()
    return shelves.offer


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


def ask_for_model(turn: Turn) -> None:
    turn.draft = None
    asking.ask(turn, apply.FORM, {"field": "model", "failures": 0})


def refuse_thrice(turn: Turn) -> None:
    state: dict[str, Any] = {"field": "address_postal_code", "failures": refusing.PATIENCE - 1, "nonce": "1"}
    problem = section_card.judged(
        turn, apply.FORM, apply.FORM.fields[state["field"]], "12", ANSWERS, SERVICES
    )
    assert isinstance(problem, Problem)
    out = refusing.refuse(turn, apply.FORM, state, problem, "12")
    asking.ask(turn, apply.FORM, state, *out)


def quote(turn: Turn) -> None:
    turn.incoming = turn.incoming.model_copy(update={"text": QUESTIONS[turn.locale][0], "pressed": None})
    answer.answer(turn, replace(SERVICES, offer=documented()))


def vote(turn: Turn) -> None:
    shown = votes.shown(SERVICES, SERVICES.topics["model.direct"], turn.locale)
    turn.reply(feedback.DID_NOT_HELP, *feedback._ways_on(turn, shown))


def remind(turn: Turn) -> None:
    about = Waiting(draft_id="d", touched=NOW, reminded=0)
    turn.incoming = turn.incoming.model_copy(update={"about": about})
    reminding.remind(turn)


def refuse_in_public(turn: Turn) -> None:
    place = {"shared": True, "private_chat": "https://teams.microsoft.com/l/chat/0/0?users=28:bot"}
    turn.incoming = turn.incoming.model_copy(update=place)
    turn.reply(telling.NOT_HERE, *welcome.private_chat(turn))


def show_keys(turn: Turn) -> None:
    turn.reply(tester.KEYS_SHOWN, Choice(tester.HIDE_KEYS, {"press": "tester", "do": "keys"}))
    turn.reply(tester.REPORTED_WITH_WORDS.fill(number="12", key="topic.model.direct"))


CARDS: dict[str, Callable[[Turn], None]] = {
    "welcome": welcome.greet,
    "comparison": lambda turn: finder.compare(turn, SERVICES),
    "recommendation": lambda turn: finder.recommend(turn, SERVICES),
    "article": lambda turn: answer.explain(turn, SERVICES, "model.direct"),
    "documentation": quote,
    "did-you-mean": did_you_mean,
    "vote": vote,
    "status": lambda turn: status.tell_status(turn, SERVICES),
    "question": ask_for_model,
    "refusal": refuse_thrice,
    "form": show_form,
    "faults": show_faults,
    "summary": show_summary,
    "code": lambda turn: turn.reply(move.CODE.fill(code="K7QM-4XPD")),
    "replace": lambda turn: turn.reply(
        move.REPLACE, Choice(move.BRING, {"press": "bring"}), Choice(move.KEEP_THESE, {"press": "keep-these"})
    ),
    "reminder": remind,
    "group": refuse_in_public,
    "report": show_keys,
}


@pytest.fixture(scope="module")
def teams(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(device_scale_factor=1)
    page.set_content(BLANK)
    for style in STYLES[TEAMS]:
        page.add_style_tag(path=style)
    for script in SCRIPTS:
        page.add_script_tag(path=script)
    yield page
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", CARDS)
@pytest.mark.parametrize("locale", list(Locale))
def test_a_card_fits_where_teams_draws_it(locale: Locale, kind: str, width: int, teams: Page) -> None:
    """D9, F4: long labels stay whole, in every language and on a phone."""
    turn = turn_of(locale)
    CARDS[kind](turn)
    activities = Renderer(catalogs()).activities(turn, TEAMS)
    teams.set_viewport_size({"width": width, "height": 2400})
    drawn = teams.evaluate(DRAW, [activities, locale.value, look_of(TEAMS)])
    folder = ROOT / "artefacts"
    folder.mkdir(exist_ok=True)
    clip = FloatRect(x=0, y=drawn["top"], width=width, height=drawn["bottom"] - drawn["top"])
    teams.screenshot(path=folder / f"teams-{kind}-{locale.value}-{width}.png", clip=clip)
    assert drawn["cutOff"] == []
