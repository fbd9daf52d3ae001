"""`python -m bot teams-package`: the app package for Teams, a zip with manifest, languages and icons."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import idna
import orjson

from bot.cli import teams_icons
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from bot.text import Text, text
from dialogs import words

#: The version of the manifest's schema.
SCHEMA = "1.30"
ACCENT = "#0b6e6e"
#: Teams' tag of each language; who uses zh-hk or another Chinese sees the default.
TAGS = {Locale.EN: "en", Locale.ZH_CN: "zh-cn", Locale.ZH_TW: "zh-tw", Locale.RU: "ru"}

GUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
VERSION = re.compile(r"(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*)){2}")

# Translators: the app's name in Teams; at most 30 characters.
NAME = text("teams.name", "CSP onboarding assistant")
# Translators: the app's full name in Teams; at most 100 characters.
FULL_NAME = text("teams.full-name", "Cloud Solution Provider onboarding assistant")
# Translators: one sentence below the app's name in Teams; at most 80 characters.
SHORT = text("teams.short", "Find the right CSP partner model and apply, in one conversation.")
# Translators: the app's page in Teams' store.
FULL = text(
    "teams.full",
    "The assistant helps your company join Microsoft's Cloud Solution Provider (CSP) program. "
    "It explains the direct-bill and the indirect model, finds the one that fits, answers questions with "
    "links to the documentation, and takes your application, which you can leave and resume at any time. "
    "In a group chat or a channel it answers questions and asks for nothing; company data is asked for in a "
    "personal chat only. It speaks English, Chinese (Simplified and Traditional) and Russian.",
)

#: The command menu: what is sent is the title, which is understood in every language, like any button.
PERSONAL: tuple[tuple[Text, Text], ...] = (
    # Translators: in Teams' command menu, below "Start my application"; at most 128 characters.
    (words.APPLY, text("teams.apply", "Begin an application, or go on with yours")),
    # Translators: in Teams' command menu, below "Which model suits me?"; at most 128 characters.
    (words.COMPARE, text("teams.compare", "See both partner models side by side")),
    # Translators: in Teams' command menu, below "Show my answers"; at most 128 characters.
    (words.SUMMARY, text("teams.summary", "See the answers you gave, and change them")),
    # Translators: in Teams' command menu, below "Status of my application"; at most 128 characters.
    (words.STATUS, text("teams.status", "See how far your application has come")),
    # Translators: in Teams' command menu, below "Change language"; at most 128 characters.
    (words.LANGUAGE, text("teams.language", "Choose the language we speak")),
    # Translators: in Teams' command menu, below "Help"; at most 128 characters.
    (words.HELP, text("teams.help", "See what you can ask and type")),
)
IN_PUBLIC = tuple(
    command for command in PERSONAL if command[0] in (words.COMPARE, words.LANGUAGE, words.HELP)
)
MENUS = ((("personal",), PERSONAL), (("team", "groupChat"), IN_PUBLIC))

#: How many characters Teams takes, by the end of the name a localization file has for the words. Titles and
#: descriptions of commands may be longer by the newest schema; older clients cut them off.
LIMITS = {
    "name.short": 30,
    "name.full": 100,
    "description.short": 80,
    "description.full": 4000,
    ".title": 32,
    ".description": 128,
}

Json = dict[str, Any]


class Unfit(ValueError):
    """No package can be made of this; one line."""


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bot teams-package", description=__doc__)
    parser.add_argument("--app-id", required=True, help="the bot's application id, a GUID")
    parser.add_argument("--domain", required=True, help="the host of this service, such as bot.example.com")
    parser.add_argument("--out", required=True, type=Path, help="the zip file to write")
    parser.add_argument("--version", default="1.0.0", help="of the package; raise it for each you upload")
    parser.add_argument("--developer", help="who publishes the app, up to 32 characters")
    parser.add_argument("--privacy-url", help="your privacy statement; the host's /privacy if not given")
    parser.add_argument("--terms-url", help="your terms of use; the host's first page if not given")
    chosen = parser.parse_args(arguments)
    try:
        catalogs = Catalogs.load(LOCALES)
        files = package(catalogs, chosen)
        write(files, chosen.out)
    except Unfit as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{chosen.out}: {', '.join(files)}")
    return 0


def package(catalogs: Catalogs, chosen: argparse.Namespace) -> dict[str, bytes]:
    """The files of the package by name. Raises `Unfit`."""
    said = {locale: strings(catalogs, locale) for locale in Locale}
    for fault in too_long(said):
        raise Unfit(fault)
    files = {"manifest.json": manifest(said[Locale.EN], chosen)}
    files |= {f"{TAGS[locale]}.json": localized(said[locale]) for locale in Locale if locale is not Locale.EN}
    written = {name: orjson.dumps(content, option=orjson.OPT_INDENT_2) for name, content in files.items()}
    return written | {"color.png": teams_icons.color(), "outline.png": teams_icons.outline()}


def strings(catalogs: Catalogs, locale: Locale) -> dict[str, str]:
    """Everything a person can read in the package, under the names of a localization file."""
    named: dict[str, Text] = {
        "name.short": NAME,
        "name.full": FULL_NAME,
        "description.short": SHORT,
        "description.full": FULL,
    }
    for number, (_, commands) in enumerate(MENUS):
        for place, (title, description) in enumerate(commands):
            command = f"bots[0].commandLists[{number}].commands[{place}]"
            named |= {f"{command}.title": title, f"{command}.description": description}
    return {name: catalogs.say(words, locale) for name, words in named.items()}


def too_long(said: Mapping[Locale, Mapping[str, str]]) -> Iterator[str]:
    for locale, named in said.items():
        for name, words_ in named.items():
            limit = next(limit for end, limit in LIMITS.items() if name.endswith(end))
            if len(words_) > limit:
                yield f"{locale.value}: {name} has {len(words_)} characters, at most {limit} fit."


def localized(said: Mapping[str, str]) -> Json:
    return {"$schema": _schema("MicrosoftTeams.Localization.schema.json"), **said}


def manifest(said: Mapping[str, str], chosen: argparse.Namespace) -> Json:
    """Raises `Unfit` where an argument is not what Teams takes."""
    app_id, host = chosen.app_id.strip().lower(), _host(chosen.domain)
    if not GUID.fullmatch(app_id):
        raise Unfit("--app-id must be a GUID such as 11111111-2222-3333-4444-555555555555.")
    if not VERSION.fullmatch(chosen.version):
        raise Unfit("--version must be three numbers such as 1.0.0.")
    developer = chosen.developer or said["name.short"]
    if not 0 < len(developer.strip()) <= 32:
        raise Unfit("--developer must have 1 to 32 characters.")
    home = f"https://{host}/"
    lists = [
        {
            "scopes": list(scopes),
            "commands": [
                {
                    "title": said[f"bots[0].commandLists[{number}].commands[{place}].title"],
                    "description": said[f"bots[0].commandLists[{number}].commands[{place}].description"],
                }
                for place in range(len(commands))
            ],
        }
        for number, (scopes, commands) in enumerate(MENUS)
    ]
    return {
        "$schema": _schema("MicrosoftTeams.schema.json"),
        "manifestVersion": SCHEMA,
        "version": chosen.version,
        "id": app_id,
        "developer": {
            "name": developer,
            "websiteUrl": home,
            "privacyUrl": _page("--privacy-url", chosen.privacy_url or f"{home}privacy"),
            "termsOfUseUrl": _page("--terms-url", chosen.terms_url or home),
        },
        "name": {"short": said["name.short"], "full": said["name.full"]},
        "description": {"short": said["description.short"], "full": said["description.full"]},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": ACCENT,
        "localizationInfo": {
            "defaultLanguageTag": TAGS[Locale.EN],
            "additionalLanguages": [
                {"languageTag": tag, "file": f"{tag}.json"}
                for locale, tag in TAGS.items()
                if locale is not Locale.EN
            ],
        },
        "bots": [
            {
                "botId": app_id,
                "scopes": [scope for scopes, _ in MENUS for scope in scopes],
                "isNotificationOnly": False,
                "supportsFiles": False,
                "commandLists": lists,
            }
        ],
        "validDomains": [host],
    }


def write(files: Mapping[str, bytes], path: Path) -> None:
    """The same files make the same bytes, so that two packages can be compared."""
    try:
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    except OSError as error:
        raise Unfit(f"{path} cannot be written: {error.strerror}.") from None


def _schema(name: str) -> str:
    return f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA}/{name}"


def _host(given: str) -> str:
    try:
        host = idna.encode(given.strip(), uts46=True).decode()
    except idna.IDNAError:
        host = ""
    if len(host) > 253 or not HOST.fullmatch(host):
        raise Unfit("--domain must be a host name such as bot.example.com, without https://, port and path.")
    return host


def _page(name: str, given: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+\.[^\s/]+(?:/\S*)?", given) or len(given) > 2048:
        raise Unfit(f"{name} must be an address such as https://www.example.com/privacy.")
    return given
