"""`python -m bot teams-package`: what it writes is what Teams takes, in every language."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from jsonschema import Draft4Validator, FormatChecker

from bot.cli import main, teams_package
from bot.cli.teams_package import LIMITS, MENUS, SCHEMA, TAGS
from bot.localization.locale import Locale
from dialogs import words
from tests.conversations.house import catalogs, house
from tests.conversations.talking import Person

APP_ID = "11111111-2222-3333-4444-555555555555"
HOST = "bot.example.com"
#: Microsoft's own schemas, from the npm package that ships them.
SCHEMAS = Path(__file__).parents[2] / "node_modules/@microsoft/app-manifest/build/json-schemas/teams"
FILES = ["manifest.json", "zh-cn.json", "zh-tw.json", "ru.json", "color.png", "outline.png"]


def validator(name: str) -> Draft4Validator:
    schema = json.loads((SCHEMAS / f"v{SCHEMA}" / name).read_text("utf-8"))
    # Some of its patterns are JavaScript's; none of them is about what we use.
    Draft4Validator.check_schema(schema, format_checker=FormatChecker([]))
    return Draft4Validator(schema)


def written(path: Path, *more: str) -> dict[str, bytes]:
    arguments = ["--app-id", APP_ID, "--domain", HOST, "--out", str(path), *more]
    assert main(["teams-package", *arguments]) == 0
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return written(tmp_path_factory.mktemp("package") / "teams.zip")


@pytest.fixture
def manifest(files: dict[str, bytes]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(files["manifest.json"])
    return made


def in_language(files: dict[str, bytes], locale: Locale) -> dict[str, str]:
    made: dict[str, str] = json.loads(files[f"{TAGS[locale]}.json"])
    return made


def test_the_zip_holds_manifest_languages_and_icons_and_nothing_else(files: dict[str, bytes]) -> None:
    """F2"""
    assert list(files) == FILES


def test_the_manifest_is_what_the_official_schema_wants(manifest: dict[str, Any]) -> None:
    """F2"""
    assert list(validator("MicrosoftTeams.schema.json").iter_errors(manifest)) == []
    assert manifest["manifestVersion"] == SCHEMA
    assert f"/v{SCHEMA}/" in manifest["$schema"]
    assert (manifest["bots"][0]["botId"], manifest["validDomains"]) == (APP_ID, [HOST])
    files_named = [each["file"] for each in manifest["localizationInfo"]["additionalLanguages"]]
    assert [*files_named, *manifest["icons"].values()] == FILES[1:]


@pytest.mark.parametrize("locale", [locale for locale in Locale if locale is not Locale.EN])
def test_each_language_is_what_the_official_schema_wants_and_complete(
    locale: Locale, files: dict[str, bytes], manifest: dict[str, Any]
) -> None:
    """F2: every word of the manifest, each in that language."""
    said = in_language(files, locale)
    assert list(validator("MicrosoftTeams.Localization.schema.json").iter_errors(said)) == []
    del said["$schema"]
    english = teams_package.strings(catalogs(), Locale.EN)
    assert said.keys() == english.keys()
    assert {name for name in said if said[name] == english[name]} == set()
    for number, menu in enumerate(manifest["bots"][0]["commandLists"]):
        for place, command in enumerate(menu["commands"]):
            for part in ("title", "description"):
                assert english[f"bots[0].commandLists[{number}].commands[{place}].{part}"] == command[part]


def test_the_schema_would_notice_a_fault(manifest: dict[str, Any]) -> None:
    check = validator("MicrosoftTeams.schema.json")
    assert list(check.iter_errors(manifest | {"surplus": 1}))
    assert list(check.iter_errors(manifest | {"name": {"short": "x" * 31, "full": "x"}}))


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("end", LIMITS)
def test_words_too_long_for_teams_stop_the_writing(
    end: str, locale: Locale, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    """F2: with the language, the name, the length and the limit."""
    said = {each: teams_package.strings(catalogs(), each) for each in Locale}
    assert list(teams_package.too_long(said)) == []
    name = next(name for name in said[locale] if name.endswith(end))
    said[locale][name] = "字" * (LIMITS[end] + 1)
    assert list(teams_package.too_long(said)) == [
        f"{locale.value}: {name} has {LIMITS[end] + 1} characters, at most {LIMITS[end]} fit."
    ]
    monkeypatch.setattr(teams_package, "strings", lambda _, locale: said[locale])
    out = tmp_path / "teams.zip"
    assert main(["teams-package", "--app-id", APP_ID, "--domain", HOST, "--out", str(out)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("--app-id", "not-a-guid"),
        ("--app-id", "11111111-2222-3333-4444-55555555555"),
        ("--domain", "https://bot.example.com"),
        ("--domain", "bot.example.com/chat"),
        ("--domain", "bot.example.com:443"),
        ("--domain", "localhost"),
        ("--domain", "10.0.0.1"),
        ("--domain", "*.example.com"),
        ("--domain", "a..example.com"),
        ("--domain", "a" * 64 + ".example.com"),
        ("--domain", " "),
        ("--version", "1.0"),
        ("--version", "01.0.0"),
        ("--developer", "x" * 33),
        ("--privacy-url", "http://www.example.com/"),
        ("--terms-url", "www.example.com"),
        ("--out", "/nowhere/teams.zip"),
    ],
)
def test_a_wrong_argument_gives_one_clear_line(
    name: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """I2"""
    usual = {"--app-id": APP_ID, "--domain": HOST, "--out": str(tmp_path / "teams.zip")}
    arguments = [part for pair in (usual | {name: value}).items() for part in pair]
    assert main(["teams-package", *arguments]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert (name if name != "--out" else value) in line
    assert not (tmp_path / "teams.zip").exists()


def test_a_domain_in_any_script_is_written_as_browsers_send_it(tmp_path: Path) -> None:
    files = written(tmp_path / "teams.zip", "--domain", "бот.пример.рф", "--version", "2.1.0")
    made = json.loads(files["manifest.json"])
    assert made["validDomains"][0].encode().decode("idna") == "бот.пример.рф"
    assert made["version"] == "2.1.0"


def test_the_same_arguments_write_the_same_bytes(tmp_path: Path) -> None:
    written(tmp_path / "a.zip")
    written(tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def pixels(png: bytes) -> tuple[int, list[tuple[int, ...]]]:
    """The side of a square picture, and its pixels: red, green, blue, alpha."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    assert (width, depth, kind) == (height, 8, 6)
    start = png.index(b"IDAT") + 4
    size = struct.unpack(">I", png[start - 8 : start - 4])[0]
    rows = zlib.decompress(png[start : start + size])
    line = 1 + 4 * width
    assert {rows[row * line] for row in range(height)} == {0}
    return width, [
        tuple(rows[row * line + 1 + 4 * column :][:4]) for row in range(height) for column in range(width)
    ]


def test_the_icons_are_what_teams_wants(files: dict[str, bytes]) -> None:
    """F2: one in colour to its edges, one in white on nothing, both with something on them."""
    side, colored = pixels(files["color.png"])
    assert side == 192
    assert {pixel[3] for pixel in colored} == {255}
    assert len(set(colored)) > 2
    side, outlined = pixels(files["outline.png"])
    assert side == 32
    assert {pixel[:3] for pixel in outlined} == {(255, 255, 255)}
    assert {0, 255} < {pixel[3] for pixel in outlined}


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("scopes", [menu[0] for menu in MENUS], ids=" ".join)
async def test_every_command_of_the_menu_is_understood_in_every_language(
    scopes: tuple[str, ...], locale: Locale, tmp_path: Path
) -> None:
    """F2, A10: Teams sends the title as it stands in the client's language, whatever we speak."""
    is_shared = "team" in scopes
    commands = next(commands for places, commands in MENUS if places == scopes)
    names = {label.key: name for name, label in words.COMMANDS.items()}
    async with house(tmp_path) as rooms:
        for spoken in Locale:
            for title, _ in commands:
                place = f"{spoken}:{names[title.key]}"
                person = Person(rooms.conversation, spoken, user=place, place=place, say_text=rooms.say)
                typed = await person.says(rooms.say(title, locale), shared=is_shared)
                other = Person(
                    rooms.conversation, spoken, user=f"{place}!", place=f"{place}!", say_text=rooms.say
                )
                press = {"press": "command", "name": names[title.key]}
                assert typed.keys == (await other.presses(press, shared=is_shared)).keys
                assert "routes.not-here" not in typed.keys
