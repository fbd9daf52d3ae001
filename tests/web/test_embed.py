"""The chat page and its tokens, as a browser gets them."""

from __future__ import annotations

import json
import re
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from bot.limits import Rate
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from bot.web import chrome, embed
from bot.web.visitors import COOKIE
from tests.web.house import House


async def page(house: House, query: str = "", **headers: str) -> str:
    async with house.client.get(f"/{query}", headers=headers) as answer:
        assert answer.status == 200
        return await answer.text()


def shown(html: str) -> str:
    found = re.search(r'<html lang="([^"]+)"', html)
    assert found
    return found[1]


def for_script(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="page">(.*?)</script>', html)
    assert found
    return dict(json.loads(found[1]))


@pytest.mark.parametrize(
    ("query", "cookie", "accepted", "wanted", "known"),
    [
        ("", None, "", "en", False),
        ("", None, "ru-RU,ru;q=0.9,en;q=0.8", "ru", False),
        ("", None, "fr-FR,de;q=0.9,zh-HK;q=0.5,en;q=0.4", "zh-TW", False),
        ("", None, "en;q=0.1, zh-CN;q=0.7", "zh-CN", False),
        ("", None, "ru;q=0, fr", "en", False),
        ("", None, "ru;q=x,;;,=", "en", False),
        ("", "ru", "zh-CN", "ru", True),
        ("", "nonsense", "zh-CN", "zh-CN", False),
        ("?locale=zh-Hant-TW", "ru", "en", "zh-TW", True),
        ("?locale=fr", "ru", "en", "ru", True),
    ],
)
async def test_the_page_is_painted_in_the_language_asked_for_chosen_or_preferred(
    house: House, query: str, cookie: str | None, accepted: str, wanted: str, known: bool
) -> None:
    """G3"""
    headers = {"Accept-Language": accepted, **({"Cookie": f"language={cookie}"} if cookie else {})}
    html = await page(house, query, **headers)
    assert shown(html) == wanted
    assert for_script(html)["known"] is known


@pytest.mark.parametrize("locale", list(Locale))
async def test_everything_around_the_chat_is_in_one_language(house: House, locale: Locale) -> None:
    html = await page(house, f"?locale={locale.value}")
    say = Catalogs.load(LOCALES).say
    assert f"<title>{say(chrome.TITLE, locale)}</title>" in html
    assert say(chrome.NO_SCRIPT, locale) in html
    for each in Locale:
        assert f'<option value="{each.value}" lang="{each.value}"' in html
        assert f">{each.native}</option>" in html


async def test_the_policy_allows_what_comes_from_us_and_nothing_else(house: House) -> None:
    async with house.client.get("/") as answer:
        policy = answer.headers["Content-Security-Policy"]
        html = await answer.text()
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce
    assert set(re.findall(r'nonce="([^"]+)"', html)) == {nonce[1]}
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    here = f"{house.client.host}:{house.client.port}"
    assert rules == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
        "connect-src": f"'self' blob: ws://{here}",
        "img-src": "'self' blob: data:",
        "script-src": f"'self' 'nonce-{nonce[1]}'",
        "style-src": f"'nonce-{nonce[1]}' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    }
    assert "http" not in re.sub(r"http://www.w3.org/\S+", "", html)


async def test_no_two_pages_share_a_nonce_and_no_page_holds_the_secret(house: House) -> None:
    """G1"""
    first, second = await page(house), await page(house)
    assert re.findall(r'nonce="([^"]+)"', first) != re.findall(r'nonce="([^"]+)"', second)
    assert "the secret of these tests" not in first


@pytest.mark.parametrize("path", ["/", "/healthz", "/static/chat.js", "/nowhere"])
async def test_every_answer_is_safe_to_show(house: House, path: str) -> None:
    async with house.client.get(path) as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"


# -- tokens


async def test_a_token_comes_for_a_user_made_by_the_server(house: House) -> None:
    """G1"""
    status, grant = await house.token({"locale": "ru-RU"})
    assert status == 200
    assert set(grant) == {"conversationId", "token", "expires_in"}
    ((user_id, conversation_id, locale),) = house.issuer.asked
    assert re.fullmatch(r"dl_[\w-]{20,}", user_id)
    assert (conversation_id, locale) == (grant["conversationId"], "ru")


async def test_the_body_may_be_absent(house: House) -> None:
    async with house.client.post("/chat/token") as answer:
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(house: House) -> None:
    """G1"""
    async with house.client.post("/chat/token", headers={"X-Forwarded-Proto": "https"}) as answer:
        cookie = SimpleCookie(answer.headers["Set-Cookie"])[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert int(cookie["max-age"]) > 300 * 86400


async def test_a_reload_continues_the_conversation_and_later_the_same_person(house: House) -> None:
    """G2"""
    for _ in range(2):
        await house.token()
        house.pass_by(hours=20)
    house.pass_by(hours=20)
    await house.token()
    house.pass_by(days=30)
    await house.token()
    users = {user for user, _, _ in house.issuer.asked}
    conversations = [conversation for _, conversation, _ in house.issuer.asked]
    assert len(users) == 1
    assert conversations[0] == conversations[1]
    assert len(set(conversations)) == 3


async def test_a_forged_cookie_is_nobody(house: House) -> None:
    """G1"""
    await house.token()
    house.client.session.cookie_jar.clear()
    async with house.client.post("/chat/token", headers={"Cookie": f"{COOKIE}=a.b.c"}) as answer:
        assert answer.status == 200
    assert len({user for user, _, _ in house.issuer.asked}) == 2


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
async def test_another_site_gets_no_token(house: House, headers: dict[str, str]) -> None:
    """G1"""
    status, answer = await house.token(**headers)
    assert (status, answer["error"]["code"]) == (403, "BadOrigin")
    assert house.issuer.asked == []


async def test_our_own_page_gets_one(house: House) -> None:
    own = f"http://{house.client.host}:{house.client.port}"
    assert (await house.token(None, **{"Origin": own, "Sec-Fetch-Site": "same-origin"}))[0] == 200


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff", b"[" * 100_000])
async def test_a_body_that_is_no_object_is_refused(house: House, body: bytes) -> None:
    """I3"""
    headers = {"Content-Type": "application/json"}
    async with house.client.post("/chat/token", data=body, headers=headers) as answer:
        assert answer.status == 400
        assert set((await answer.json())["error"]) == {"code", "message"}


@pytest.mark.parametrize("locale", [7, None, [], "fr", "x" * 5000])
async def test_a_locale_we_cannot_speak_is_no_language(house: House, locale: object) -> None:
    """D7"""
    assert (await house.token({"locale": locale}))[0] == 200
    assert house.issuer.asked[0][2] is None


async def test_an_address_that_asks_too_often_has_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """G1"""
    monkeypatch.setattr(embed, "TOKENS", Rate(burst=2, per_second=0.1))
    house = await House(tmp_path, TRUSTED_PROXIES="1").open()
    proxied = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}
    statuses = [(await house.token(None, **proxied))[0] for _ in range(3)]
    assert statuses == [200, 200, 429]
    async with house.client.post("/chat/token", headers=proxied) as answer:
        assert 1 <= int(answer.headers["Retry-After"]) <= 10
    assert (await house.token(None, **{"X-Forwarded-For": "203.0.113.8"}))[0] == 200
    await house.close()
