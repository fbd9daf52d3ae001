"""The gallery: every sentence in a scene, the languages alike, pages that need no server."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from bot.channels.activity import TEAMS
from bot.cli import gallery as command
from bot.cli.catalogs import ROOT
from bot.cli.gallery import chromium, gathering, samples
from bot.cli.gallery.building import build, faults_of
from bot.cli.gallery.drawings import WEB, drawing_of
from bot.cli.gallery.families import family_of
from bot.cli.gallery.gathering import gather
from bot.cli.gallery.moments import NOW, Moment, Scene, Stage, turn_of
from bot.cli.gallery.placing import Place, placed_scenes
from bot.cli.gallery.site import Folder, Shot, write
from bot.cli.gallery.structure import differences
from bot.cli.gallery.talks import Talk, talks
from bot.domain import resume_code
from bot.localization.locale import Locale
from bot.localization.pseudo import TAG as PSEUDO
from bot.text import text
from bot.turn import Choice, Reply

FEW = ("talk.first-contact", "talk.in-public")


def quiet(what: str, done: int, total: int) -> None:
    assert done <= total


def few_talks() -> list[Talk]:
    return [talk for talk in talks() if talk.id in FEW]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gallery of a few scenes, made quickly; most sentences are then shown nowhere."""
    monkeypatch.setattr(gathering, "scripts", list)
    monkeypatch.setattr(gathering, "talks", few_talks)
    monkeypatch.setattr(gathering, "form_places", tuple)
    monkeypatch.setattr(gathering, "family_of", lambda source: ())


async def test_every_sentence_is_shown_and_every_language_has_the_same_structure() -> None:
    """E4, E5, E9: all scenes played in four languages; nothing is left out, and nothing differs."""
    whole = await gather(ROOT, quiet)
    assert list(faults_of(whole)) == []
    assert len(whole.keys) > 1000
    for scene in whole.scenes:
        for moment in scene.moments:
            assert moment.versions.keys() == {*(locale.value for locale in Locale), PSEUDO}
    assert all(key.source.comment for key in whole.keys)
    conversations = [scene for scene in whole.scenes if scene.id.startswith("conversation.")]
    assert len(conversations) == 5
    assert all(scene.played for scene in conversations)


async def test_a_sentence_that_no_scene_shows_fails_the_build(few: None, tmp_path: Path) -> None:
    """E4: with the list of what is shown nowhere, and again where nothing has changed since."""
    built = await build(ROOT, tmp_path / "out", quiet, draws=False)
    assert any("no scene shows timer.T1;" in each for each in built.faults)
    assert not any("welcome.shared" in each for each in built.faults)
    again = await build(ROOT, tmp_path / "out", quiet, draws=False)
    assert again.told == "nothing has changed"
    assert again.faults == built.faults


def test_the_exit_code_tells_what_is_wrong(
    few: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.run(["--no-pictures", "--out", str(tmp_path / "out")]) == 1
    assert "no scene shows timer.T1" in capsys.readouterr().out
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("precious")
    assert command.run(["--no-pictures", "--out", str(tmp_path / "mine")]) == 2
    assert "neither empty nor a gallery" in capsys.readouterr().err
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "precious"


@pytest.mark.parametrize(
    ("lacking", "said"), [("Chromium", "sh tests/browser/ensure-chromium"), ("Web Chat", "npm ci")]
)
def test_without_a_browser_one_line_says_what_to_do(
    lacking: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """E4: before anything is gathered; nothing is left behind."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    if lacking == "Web Chat":
        monkeypatch.setattr(chromium, "WEB_CHAT", tmp_path / "webchat.js")
    assert command.run(["--out", str(tmp_path / "out")]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert lacking in line
    assert said in line
    assert "--no-pictures" in line
    assert not (tmp_path / "out").exists()


def test_what_is_made_by_chance_is_always_the_same() -> None:
    """E4: a code that is new each time would have its picture drawn each time."""
    codes = [text("test.code", "Type {code}\nthere.").fill(code=resume_code.made()) for _ in range(2)]
    first, second = (Stage().version(turn_of(Locale.EN, [Reply(code)]), "") for code in codes)
    assert first == second
    assert "K7QM-4XPD" in first.bubbles[0].lines[0]
    assert b"K7QM-4XPD" in first.drawings[0].activities


def test_a_drawing_is_known_again_by_what_is_seen_of_it() -> None:
    """E4: not by what a button carries back; but by its label, its channel and its language."""
    said = {"type": "message", "text": "Go on?", "suggestedActions": {"actions": [button("Yes", "1")]}}
    [same, other] = [
        {**said, "suggestedActions": {"actions": [each]}} for each in (button("Yes", "2"), button("No", "1"))
    ]
    name = name_of(WEB, said)
    assert name_of(WEB, same) == name
    assert len({name, name_of(WEB, other), name_of(TEAMS, said), name_of(WEB, said, "ru")}) == 4
    assert drawing_of(WEB, [], "en") is None


def button(title: str, value: str) -> dict[str, object]:
    return {"type": "messageBack", "title": title, "value": {"press": value}}


def name_of(channel: str, said: dict[str, object], lang: str = "en") -> str:
    drawing = drawing_of(channel, [said], lang)
    assert drawing is not None
    return drawing.name


class Page(HTMLParser):
    """The links of a page, its languages, and what it loads."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.languages: set[str] = set()
        self.ids: set[str] = set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [str(given[name]) for name in ("href", "src", "action") if name in given]
        self.languages |= {str(given["lang"])} if "lang" in given else set()
        self.ids |= {str(given["id"])} if "id" in given else set()


async def test_pages_lead_to_pages_that_exist_and_to_no_other_host(few: None, tmp_path: Path) -> None:
    """E4: read from a folder, without a server; deep links lead to a moment; words say their language."""
    out = tmp_path / "out"
    await build(ROOT, out, quiet, draws=False)
    pages = {path.resolve(): Page(path) for path in out.rglob("*.html")}
    assert len(pages) > 1000
    for path, page in pages.items():
        for link in page.links:
            to = urlsplit(link)
            assert not to.scheme, link
            target = (path.parent / unquote(to.path)).resolve() if to.path else path
            assert target.exists(), f"{path.name}: {link}"
            if to.fragment and "=" not in to.fragment:
                assert to.fragment in pages[target].ids, link
    scene = pages[(out / "scenes/talk.in-public.html").resolve()]
    assert scene.languages >= {"en", "ru", "zh-CN", "zh-TW"}
    assert "1" in scene.ids


async def test_only_what_changed_is_made_again(
    few: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """E4: pages whose content is the same stay untouched; pages of what is gone go."""
    out = tmp_path / "out"
    await build(ROOT, out, quiet, draws=False)
    page, other = out / "keys/timer.T1.html", out / "scenes/talk.in-public.html"
    stamps = page.stat().st_mtime_ns
    page_of_before = other.exists()
    monkeypatch.setattr("bot.cli.gallery.building.fingerprint", lambda root: "another state")
    monkeypatch.setattr(gathering, "talks", lambda: few_talks()[:1])
    await build(ROOT, out, quiet, draws=False)
    assert page_of_before
    assert not other.exists()
    assert page.stat().st_mtime_ns == stamps


async def test_a_blank_that_nobody_has_a_sample_for_is_told_and_all_else_is_built(
    few: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """E4: a new sentence does not keep the others from being looked at."""
    monkeypatch.setattr(gathering, "family_of", family_of)
    monkeypatch.setattr(samples, "VALUES", {"example": "x"})
    built = await build(ROOT, tmp_path / "out", quiet, draws=False)
    assert any("no sample for {country}" in each for each in built.faults)
    assert (tmp_path / "out/keys/timer.T1.html").exists()


async def test_words_cut_off_in_a_picture_are_listed_at_the_start(
    few: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """E4, D9: with the moment, the channel and the language; and told beside the picture."""
    monkeypatch.setattr(gathering, "sentences", lambda root: {})
    monkeypatch.setattr(gathering, "_findings", lambda folder, sources: {})
    whole = await gather(ROOT, quiet)
    drawing = next(each for each in whole.drawings if (each.channel, each.lang) == (TEAMS, "ru"))
    folder = Folder(tmp_path / "out")
    folder.hang(drawing.name, Shot(375, 100, ("Слишком длинно",)), b"a picture")
    write(whole, folder, quiet)
    start = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert re.search(
        r'href="scenes/talk.first-contact.html#\d">talk.first-contact, moment \d: Teams, ru<', start
    )
    assert "Cut off: Слишком длинно" in (tmp_path / "out/scenes/talk.first-contact.html").read_text("utf-8")


def test_a_difference_in_structure_is_found() -> None:
    """E5: another sentence, a button too few; but not another order of the countries that are offered."""
    english = ("reply a", "button b", "button c")
    assert list(differences({"en": english, "ru": english})) == []
    [lost] = differences({"en": english, "ru": english[:2]})
    assert "nothing" in lost
    [other] = differences({"en": english, "zh-TW": ("reply x", *english[1:])})
    assert other == "zh-TW has 'reply x' where English has 'reply a'"


def test_a_place_speaks_each_language_its_own_way() -> None:
    """E9: sample values stand as each language writes them (CLDR)."""
    said = samples.filled(text("test.on", "On {date} in {country}."))
    choice = Choice(text("test.press", "Press"), {"press": "x"})
    [scene] = placed_scenes(Stage(), [Place("test", "a test", (Reply(said, choices=(choice,)),))])
    [moment] = scene.moments
    assert moment.versions["en"].bubbles[0].lines == ("On November 21, 2026 in Kazakhstan.",)
    assert moment.versions["en"].bubbles[0].buttons == ("Press",)
    assert moment.versions[PSEUDO].bubbles[0].lines[0].startswith("⟦")
    assert moment.keys == {"test.on", "test.press"}
    assert NOW.year == 2026


def test_a_blank_without_a_sample_is_named() -> None:
    with pytest.raises(samples.NoSample, match=re.escape("test.of: no sample for {nobody_knows}")):
        samples.filled(text("test.of", "Of {nobody_knows}."))


def test_a_scene_tells_where_it_differs() -> None:
    moment = Moment("a test", {}, frozenset(), ("ru has no such turn",))
    scene = Scene("test", "test", True, (moment, replace(moment, differs=())))
    assert scene.differences == ("test, moment 1 (a test): ru has no such turn",)
