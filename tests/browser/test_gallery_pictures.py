"""The gallery's pictures: drawn by the real Web Chat in a real Chromium, and only where something changed."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.channels.activity import TEAMS
from bot.cli.catalogs import ROOT
from bot.cli.gallery import gathering
from bot.cli.gallery.building import build
from bot.cli.gallery.chromium import opened
from bot.cli.gallery.drawings import CHANNELS, WEB, WIDTH, drawing_of
from bot.cli.gallery.painting import Easel
from bot.cli.gallery.talks import Talk, talks
from bot.localization.locale import Locale


def quiet(what: str, done: int, total: int) -> None:
    assert done <= total


def greeting() -> list[Talk]:
    return [talk for talk in talks() if talk.id == "talk.first-contact"]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gallery of one short talk, without the list of all sentences."""
    monkeypatch.setattr(gathering, "sentences", lambda root: {})
    monkeypatch.setattr(gathering, "_findings", lambda folder, sources: {})
    monkeypatch.setattr(gathering, "scripts", list)
    monkeypatch.setattr(gathering, "talks", greeting)
    monkeypatch.setattr(gathering, "form_places", tuple)


class Images(HTMLParser):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.shown: list[dict[str, str | None]] = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.shown.append(dict(attrs))


async def test_pictures_are_made_once_and_again_where_one_is_gone(
    few: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """E4, E9: each message as Web Chat and as Teams draw it, in every language; a build that draws nothing
    keeps those that are right, and what no page shows any more goes."""
    out = tmp_path / "out"
    built = await build(ROOT, out, quiet)
    scene = out / "scenes" / "talk.first-contact.html"
    images = Images(scene).shown
    moments = len(greeting()[0].sends)
    assert len(images) == moments * len(Locale) * len(CHANNELS)
    for image in images:
        picture = (scene.parent / str(image["src"])).resolve()
        assert picture.read_bytes()[8:12] == b"WEBP"
        assert image["width"] == str(WIDTH)
        assert int(str(image["height"])) > 40
        assert image["loading"] == "lazy"
        assert image["alt"]
    pictures = sorted((out / "pictures").iterdir())
    assert f"{len(pictures)} drawn, 0 as before" in built.told
    stamps = {each: each.stat().st_mtime_ns for each in pictures}

    pictures[0].unlink()
    again = await build(ROOT, out, quiet)
    assert f"1 drawn, {len(pictures) - 1} as before" in again.told
    kept = [each for each in pictures[1:] if each.stat().st_mtime_ns == stamps[each]]
    assert len(kept) == len(pictures) - 1
    assert (await build(ROOT, out, quiet)).told == "nothing has changed"

    one = [Talk(each.id, each.told, each.sends[:1], each.always) for each in greeting()]
    monkeypatch.setattr(gathering, "talks", lambda: one)
    monkeypatch.setattr("bot.cli.gallery.building.fingerprint", lambda root: "another state")
    unknown = out / "pictures" / "unknown.webp"
    unknown.touch()
    fewer = await build(ROOT, out, quiet, draws=False)
    left = set((out / "pictures").iterdir())
    assert unknown not in left
    assert left < set(pictures)
    assert f"0 drawn, {len(left)} as before" in fewer.told
    assert len(Images(scene).shown) == len(images) * len(one[0].sends) // moments


async def test_drawing_asks_nobody_and_notices_what_is_cut_off() -> None:
    """E4, D9: no request leaves the browser; words wider than their place are told."""
    card = {
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [{"type": "TextBlock", "text": "Unbreakable" * 9}],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    asked: list[str] = []
    async with opened() as browser:
        for channel in CHANNELS:
            easel = await Easel.on(browser, channel)
            page = browser.contexts[-1].pages[0]
            page.on("request", lambda request: asked.append(request.url))
            for said, is_cut in (({"attachments": [attachment]}, True), ({"text": "Short."}, False)):
                drawing = drawing_of(channel, [{"type": "message", "locale": "en", **said}], "en")
                assert drawing is not None
                shot, content = await easel.paint(drawing)
                assert bool(shot.cut_off) is is_cut
                assert content[8:12] == b"WEBP"
    assert asked == []
    assert {WEB, TEAMS} == set(CHANNELS)
