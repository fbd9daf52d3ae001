"""The assistant on a partner's site, as people meet it there: another host, with a strict policy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Request, expect

from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, TAGS, Locale, negotiate
from bot.web import chrome
from bot.web.widget import script
from dialogs import welcome
from tests.browser.conftest import Visit
from tests.browser.partner import Guest, Site, allowed, partner_site
from tests.serving import ROOT, Service

SAY = Catalogs.load(LOCALES).say
PHONE = {"width": 375, "height": 812}
HEARD = """for (const name of ["opened", "closed", "language", "submitted"])
    CspAssistant.on(name, (details) => (window.heard ??= []).push([name, details]));
    null"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with partner_site() as opened:
        yield opened


@pytest.fixture(scope="module")
def service(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(tmp_path_factory.mktemp("service"), **allowed(site))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def guest(visit: Callable[..., Visit]) -> Callable[..., Guest]:
    def begin(**options: Any) -> Guest:
        made = visit(kind=Guest, **options)
        assert isinstance(made, Guest)
        return made

    return begin


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("locale", [Locale.ZH_TW, Locale.RU])
def test_a_bubble_opens_a_chat_in_the_language_of_the_page(
    guest: Callable[..., Guest], site: Site, locale: Locale, width: int
) -> None:
    """G3"""
    person = guest(width=width, height=812)
    # A page in Russian says so in its lang attribute, one in Chinese in the line.
    person.go(site, **({"lang": "ru-RU"} if locale is Locale.RU else {"lang": "en", "locale": "zh-Hant"}))
    expect(person.bubble).to_have_attribute("aria-label", SAY(script.OPEN, locale))
    expect(person.panel).to_be_hidden()
    person.begin_chat()
    expect(person.bot_bubbles()).to_have_text([SAY(welcome.WELCOME, locale)])
    expect(person.chat.locator("html")).to_have_attribute("lang", locale.value)
    expect(person.panel).to_have_attribute("aria-label", SAY(chrome.TITLE, locale))
    expect(person.page.locator("csp-assistant iframe")).to_have_attribute("title", SAY(chrome.TITLE, locale))
    person.shot(f"embed-{locale.value}-{width}")
    box = person.panel.bounding_box()
    assert box is not None
    if width == 375:
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 375, 812)
    else:
        assert box["x"] > 800
        assert box["y"] + box["height"] < 812 - 60
    assert person.page.evaluate("document.documentElement.scrollWidth") == width


def test_before_it_is_opened_a_page_loads_one_small_file(guest: Callable[..., Guest], site: Site) -> None:
    """G1"""
    person = guest()
    sizes: list[int] = []

    def weigh(request: Request) -> None:
        if request.url.startswith(person.service.url):
            measured = request.sizes()
            sizes.append(measured["responseBodySize"] + measured["responseHeadersSize"])

    person.page.on("requestfinished", weigh)
    person.page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) =>"
        " (window.shift += entry.value))).observe({ type: 'layout-shift', buffered: true })"
    )
    person.go(site, lang="en")
    person.page.wait_for_timeout(1000)
    assert len(sizes) == 1
    assert sizes[0] < 15_000
    person.begin_chat()
    assert person.page.evaluate("window.shift") == 0


def test_the_keyboard_alone_opens_uses_and_closes_it(guest: Callable[..., Guest], site: Site) -> None:
    """G5"""
    person = guest()
    person.go(site, lang="en")
    person.page.locator("#link").focus()
    person.page.keyboard.press("Tab")
    assert person.focused() == "bubble"
    expect(person.bubble).to_have_attribute("aria-expanded", "false")
    person.page.keyboard.press("Enter")
    expect(person.panel).to_be_visible()
    expect(person.box).to_be_focused()
    expect(person.bot_bubbles()).to_have_count(1)
    person.page.keyboard.type("help")
    person.page.keyboard.press("Enter")
    expect(person.bot_bubbles()).to_have_count(2)
    person.page.keyboard.press("Escape")
    expect(person.panel).to_be_hidden()
    assert person.focused() == "bubble"
    person.page.keyboard.press("Space")
    expect(person.box).to_be_focused()
    for _ in range(12):
        person.page.keyboard.press("Tab")
        if person.focused() == "close":
            break
    assert person.focused() == "close"
    person.page.keyboard.press("Enter")
    expect(person.panel).to_be_hidden()
    assert person.focused() == "bubble"


def test_the_focus_goes_back_to_what_opened_it(guest: Callable[..., Guest], site: Site) -> None:
    """G5"""
    person = guest()
    person.go(site, lang="en")
    person.page.locator("#link").focus()
    person.page.evaluate("CspAssistant.open()")
    expect(person.box).to_be_focused()
    person.page.keyboard.press("Escape")
    expect(person.panel).to_be_hidden()
    assert person.focused() == "link"


def test_on_a_phone_the_page_behind_it_is_out_of_reach(guest: Callable[..., Guest], site: Site) -> None:
    """G5"""
    person = guest(**PHONE, has_touch=True)
    person.go(site, lang="en")
    person.bubble.tap()
    expect(person.bot_bubbles()).to_have_count(1)
    assert person.panel.evaluate("panel => panel.matches(':modal')")
    assert person.page.evaluate("getComputedStyle(document.documentElement).overflow") == "hidden"
    person.page.locator("csp-assistant .close").tap()
    expect(person.panel).to_be_hidden()
    assert person.page.evaluate("getComputedStyle(document.documentElement).overflow") == "visible"


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_it_remembers_that_it_was_open_and_what_was_said(
    guest: Callable[..., Guest], site: Site, name: str
) -> None:
    """G2: by a cookie of its own where the browser gives a frame on another site no storage, else by that"""
    site = Site(site.origin.replace("localhost", name))
    person = guest()
    person.go(site, lang="ru")
    person.begin_chat()
    person.say("помощь")
    expect(person.bot_bubbles()).to_have_count(2)
    said = person.bubbles.all_inner_texts()
    person.page.reload()
    expect(person.panel).to_be_visible()
    expect(person.bubbles).to_have_count(3)
    # Nobody asked for the focus to leave the page.
    assert person.focused() == "body"
    person.page.wait_for_timeout(2500)
    assert person.bubbles.all_inner_texts() == said
    person.bubble.click()
    expect(person.panel).to_be_hidden()
    person.page.reload()
    expect(person.bubble).to_have_attribute("aria-expanded", "false")
    assert person.page.locator("csp-assistant iframe").get_attribute("src") is None
    person.bubble.click()
    expect(person.bubbles).to_have_count(3)


def test_a_restart_of_the_server_loses_and_doubles_nothing(
    guest: Callable[..., Guest], site: Site, own_service: Callable[..., Service]
) -> None:
    """G2"""
    service = own_service(**allowed(site))
    person = guest(at=service)
    person.go(site, lang="en")
    person.begin_chat()
    person.say("help")
    expect(person.bot_bubbles()).to_have_count(2)
    service.kill()
    expect(person.chat.locator("#state")).to_have_text(SAY(chrome.RECONNECTING, Locale.EN))
    person.say("thanks")
    service.start()
    expect(person.bot_bubbles()).to_have_count(3)
    expect(person.user_bubbles()).to_have_text(["help", "thanks"])
    expect(person.bot_bubbles().last).to_have_text(SAY(welcome.YOU_ARE_WELCOME, Locale.EN))
    person.page.wait_for_timeout(1500)
    assert len(person.bubbles.all()) == 5


def test_an_expired_token_is_replaced_unnoticed(
    guest: Callable[..., Guest], site: Site, own_service: Callable[..., Service]
) -> None:
    """G2"""
    person = guest(at=own_service(DIRECT_LINE_TOKEN_SECONDS="4", **allowed(site)))
    person.go(site, lang="en")
    person.begin_chat()
    person.page.wait_for_timeout(4500)
    person.say("help")
    expect(person.bot_bubbles()).to_have_count(2)
    expect(person.user_bubbles()).to_have_text(["help"])
    expect(person.chat.locator("#state")).to_be_hidden()
    expect(person.chat.get_by_text("Unable to connect")).to_have_count(0)


def test_a_page_changes_the_language_of_everything_in_the_middle_of_a_form(
    guest: Callable[..., Guest], site: Site
) -> None:
    """G3"""
    person = guest()
    person.go(site, lang="en")
    person.page.evaluate(HEARD)
    person.begin_chat()
    person.buttons.first.click()
    expect(person.bot_bubbles()).to_have_count(3)
    person.page.evaluate("CspAssistant.setLocale('zh-TW')")
    expect(person.user_bubbles().last).to_have_text(Locale.ZH_TW.native)
    expect(person.bot_bubbles()).to_have_count(5)
    expect(person.bot_bubbles().nth(3)).to_have_text(SAY(welcome.CHANGED, Locale.ZH_TW))
    expect(person.chat.locator("html")).to_have_attribute("lang", "zh-TW")
    expect(person.chat.locator(".in-language").last).to_have_attribute("lang", "zh-TW")
    expect(person.box).to_have_attribute("placeholder", SAY(chrome.PLACEHOLDER, Locale.ZH_TW))
    expect(person.bubble).to_have_attribute("aria-label", SAY(script.CLOSE, Locale.ZH_TW))
    # And the other way: what is said in the chat reaches the page.
    person.say("русский")
    expect(person.bubble).to_have_attribute("aria-label", SAY(script.CLOSE, Locale.RU))
    assert person.page.evaluate("window.heard") == [
        ["opened", {}],
        ["language", {"locale": "zh-TW"}],
        ["language", {"locale": "ru"}],
    ]
    # The person's choice outlives a reload; a page in another language than before changes it again.
    person.page.reload()
    expect(person.bubble).to_have_attribute("aria-label", SAY(script.CLOSE, Locale.RU))
    expect(person.chat.locator("html")).to_have_attribute("lang", "ru")
    person.go(site, lang="zh-Hans-CN")
    expect(person.bot_bubbles().nth(-2)).to_have_text(SAY(welcome.CHANGED, Locale.ZH_CN))
    expect(person.chat.locator("html")).to_have_attribute("lang", "zh-CN")


def test_a_language_is_chosen_before_the_chat_is_there(guest: Callable[..., Guest], site: Site) -> None:
    """G3"""
    person = guest()
    person.go(site, lang="en")
    person.page.evaluate("CspAssistant.setLocale('ru'); CspAssistant.open()")
    expect(person.bot_bubbles()).to_have_text([SAY(welcome.WELCOME, Locale.RU)])


@pytest.mark.parametrize("locale", [Locale.ZH_CN, Locale.ZH_TW])
def test_enter_that_ends_a_word_being_composed_does_not_send(
    guest: Callable[..., Guest], site: Site, locale: Locale
) -> None:
    """G5"""
    person = guest()
    person.go(site, locale=locale.value)
    person.begin_chat()
    person.box.focus()
    # A real composition, as an input method makes it, and the Enter that ends it.
    keyboard = person.page.context.new_cdp_session(person.page)
    keyboard.send("Input.imeSetComposition", {"text": "ni hao", "selectionStart": 6, "selectionEnd": 6})
    for kind in ("rawKeyDown", "keyUp"):
        keyboard.send(
            "Input.dispatchKeyEvent",
            {"type": kind, "windowsVirtualKeyCode": 229, "key": "Enter", "code": "Enter"},
        )
    keyboard.send("Input.insertText", {"text": "你好"})
    person.page.wait_for_timeout(500)
    expect(person.user_bubbles()).to_have_count(0)
    expect(person.box).to_have_value("你好")
    # Escape that gives up a word does not close the chat either.
    keyboard.send("Input.imeSetComposition", {"text": "ma", "selectionStart": 2, "selectionEnd": 2})
    person.box.dispatch_event("keydown", {"key": "Escape", "isComposing": True, "bubbles": True})
    expect(person.panel).to_be_visible()
    keyboard.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    person.box.press("Enter")
    expect(person.user_bubbles()).to_have_text(["你好"])


def test_the_page_hears_once_that_an_application_was_sent(guest: Callable[..., Guest], site: Site) -> None:
    """G1: however often the conversation is told again"""
    person = guest()
    person.go(site, lang="en")
    person.page.evaluate(HEARD)
    person.begin_chat()
    # The same activity that test_an_application_sent_is_told_to_the_page finds on the wire.
    told = "cspHost.tell('submitted', { reference: 'CSP-7Q2M-0X4V-K9TB' })"
    for _ in range(2):
        person.page.frames[1].evaluate(told)
    person.page.wait_for_timeout(500)
    heard = person.page.evaluate("window.heard")
    assert heard == [["opened", {}], ["submitted", {"reference": "CSP-7Q2M-0X4V-K9TB"}]]
    person.page.reload()
    person.page.evaluate(HEARD)
    expect(person.bot_bubbles()).to_have_count(1)
    person.page.frames[1].evaluate(told)
    person.page.wait_for_timeout(500)
    assert person.page.evaluate("window.heard ?? []") == []


def test_nobody_else_is_listened_to(guest: Callable[..., Guest], site: Site) -> None:
    """G1"""
    person = guest()
    person.go(site, lang="en")
    person.begin_chat()
    # A script of the page pretends to be the frame; one in the frame's place pretends to be the page.
    person.page.evaluate("postMessage({ from: 'csp-assistant', kind: 'close' }, '*')")
    frame = person.page.frames[1]
    frame.evaluate("postMessage({ to: 'csp-assistant', kind: 'locale', locale: 'ru' }, '*')")
    person.page.wait_for_timeout(500)
    expect(person.panel).to_be_visible()
    expect(person.chat.locator("html")).to_have_attribute("lang", "en")


def test_a_site_that_is_not_allowed_says_so_and_offers_a_tab(
    guest: Callable[..., Guest], site: Site, own_service: Callable[..., Service]
) -> None:
    """G1"""
    person = guest(at=own_service(ALLOWED_ORIGINS="https://www.partner.example"))
    person.page.clock.install()
    person.go(site, lang="ru")
    warnings: list[str] = []
    person.page.on("console", lambda message: warnings.append(message.text))
    person.bubble.click()
    person.page.wait_for_timeout(500)
    person.page.clock.run_for(20_000)
    expect(person.panel).to_contain_text(SAY(script.FAILED, Locale.RU))
    link = person.panel.get_by_role("link", name=SAY(script.ELSEWHERE, Locale.RU))
    expect(link).to_have_attribute("href", f"{person.service.url}/?locale=ru")
    assert any("does not let" in warning for warning in warnings)
    person.page.keyboard.press("Escape")
    expect(person.panel).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_axe_finds_nothing_serious(guest: Callable[..., Guest], site: Site, width: int, theme: str) -> None:
    """G5"""
    person = guest(width=width, height=812, bypass_csp=True)
    person.go(site, lang="ru", theme=theme, accent="#7fba00")
    axe = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    assert _serious(person, axe) == []
    person.begin_chat()
    person.buttons.first.click()
    expect(person.bot_bubbles()).to_have_count(3)
    person.page.wait_for_timeout(500)
    person.shot(f"embed-ru-{width}-{theme}")
    assert _serious(person, axe) == []


@pytest.mark.parametrize("path", ["/?locale=zh-CN", "/demo?locale=en", "/demo?locale=ru&theme=dark"])
def test_axe_finds_nothing_serious_on_our_own_pages(
    visit: Callable[..., Visit], service: Service, path: str
) -> None:
    """G5"""
    person = visit(kind=Guest, at=service, bypass_csp=True)
    assert isinstance(person, Guest)
    person.page.goto(f"{service.url}{path}")
    if path.startswith("/demo"):
        expect(person.bubble).to_be_visible()
    else:
        expect(person.page.locator(".webchat__suggested-action").first).to_be_visible()
    assert _serious(person, (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")) == []


def _serious(person: Guest, axe: str) -> list[str]:
    found = []
    for frame in person.page.frames:
        if frame.url in ("", "about:blank"):
            continue
        frame.evaluate(axe)
        result = frame.evaluate("axe.run(document, { iframes: false })")
        assert result["passes"]
        found += [
            f"{each['id']}: {node['html'][:160]} {node['failureSummary']}"
            for each in result["violations"]
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"]
        ]
    return found


def test_motion_is_left_out_for_those_who_asked_for_less(guest: Callable[..., Guest], site: Site) -> None:
    animations = {}
    for wish in ("reduce", "no-preference"):
        person = guest(reduced_motion=wish)
        person.go(site, lang="en")
        person.begin_chat()
        animations[wish] = person.panel.evaluate("panel => getComputedStyle(panel).animationName")
    assert animations == {"reduce": "none", "no-preference": "rise"}


def test_the_browser_understands_a_language_tag_as_the_server_does(
    guest: Callable[..., Guest], site: Site
) -> None:
    """D7"""
    person = guest()
    person.go(site, lang="en")
    tags = [*TAGS, "zh-Hant-HK", "ZH_tw", "ru-UA", "en-GB", "fr", "", "constructor", "zh-Latn-pinyin", "x"]
    for tag in tags:
        heard = person.page.evaluate(
            """tag => { let heard = null;
            const off = CspAssistant.on("language", ({ locale }) => (heard = locale));
            try { CspAssistant.setLocale(tag === "en" ? "ru" : "en"); CspAssistant.setLocale(tag); }
            catch (error) { heard = error instanceof RangeError ? null : String(error); }
            off(); return heard; }""",
            tag,
        )
        wanted = negotiate(tag)
        assert heard == (wanted.value if wanted else None) or (wanted is Locale.EN and heard == "en"), tag


@pytest.mark.parametrize(
    ("width", "query"), [(1280, "locale=en&accent=%230b5cad"), (375, "locale=zh-CN&theme=dark")]
)
def test_the_demo_shows_the_assistant_on_a_site(
    visit: Callable[..., Visit], service: Service, width: int, query: str
) -> None:
    person = visit(width=width, height=860, kind=Guest, at=service)
    person.page.goto(f"{service.url}/demo?{query}")
    assert isinstance(person, Guest)
    person.page.locator("#ask").click()
    expect(person.bot_bubbles()).to_have_count(1)
    person.buttons.first.click()
    expect(person.bot_bubbles()).to_have_count(3)
    expect(person.page.locator("#events li").first).to_have_text("opened {}")
    person.page.mouse.move(10, 10)
    person.page.wait_for_timeout(500)
    person.shot(f"demo-{width}")
    assert re.search(r"embed\.js", person.page.locator("#line").inner_text())
