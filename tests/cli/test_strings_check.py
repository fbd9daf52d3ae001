"""Our own catalogs, broken once for each check: it is found, where it is, and told in every format."""

from __future__ import annotations

import json
import shutil
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.cli.catalogs import ROOT, run
from bot.localization import po
from bot.localization.locale import Locale
from bot.localization.mending import MENDING
from bot.localization.po import Message

Change = Callable[[Message], Message]


def saying(change: Callable[[str], str]) -> Change:
    return lambda message: replace(message, forms=tuple(map(change, message.forms)))


#: Per language, per check: which sentence is broken, and how.
MUTATIONS: dict[Locale, dict[str, tuple[str, Change]]] = {
    Locale.RU: {
        "untranslated": ("welcome.hello", saying(lambda form: "")),
        "stale": ("welcome.help", lambda each: replace(each, fuzzy=True, previous=("You can type this:",))),
        "plural_forms": ("leaving.ask", lambda each: replace(each, forms=each.forms[:2])),
        "counting": ("restarting.ask", lambda each: replace(each, forms=each.forms[::-1])),
        "blanks": ("welcome.back", saying(lambda form: form.replace("{where}", ""))),
        "structure": ("routes.sorry", saying(lambda form: f"{form[:-1]}\n\n{form[-1]}")),
        "script": ("language.changed", saying(lambda form: form.replace("с", "c", 1))),
        "last_sign": ("language.which", saying(lambda form: form.rstrip("?"))),
        "typography": ("welcome.thanks", saying(lambda form: form.replace(" ", " - ", 1))),
        "length": ("button.status", saying(lambda form: f"{form} " * 4 + form)),
        "terms": ("page.heading", saying(lambda form: "Станьте реселлером CSP")),
        "preferred": ("comparison.credit-check.aspect", saying(lambda form: "Проверка")),
        "unchanged": ("page.chat", lambda each: replace(each, forms=(each.english,))),
        "numbers": ("problem.mpn-length", saying(lambda form: form.replace("10", "11"))),
        "marks": ("embed.failed", saying(lambda form: f"{form[:-1]} <b/>{form[-1]}")),
        "up_to_date": ("page.title", lambda each: replace(each, english="CSP onboarding helper")),
    },
    Locale.ZH_TW: {
        "script": ("language.changed", saying(lambda form: form.replace("們", "们"))),
        "typography": ("language.which", saying(lambda form: form.replace("？", "?"))),
        "terms": ("welcome.thanks", saying(lambda form: f"軟件{form}")),
    },
    Locale.ZH_CN: {
        "script": ("language.which", saying(lambda form: form.replace("语", "語"))),
        "typography": ("welcome.thanks", saying(lambda form: form.replace("。", "。。 ", 1))),
    },
    Locale.EN: {
        "comment": ("welcome.hello", lambda each: replace(each, comment="")),
        "typography": ("welcome.thanks", saying(lambda form: f"{form[:-1]}...")),
    },
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Our project with catalogs of its own."""
    for name in ("bot", "dialogs", "app.py"):
        (tmp_path / name).symlink_to(ROOT / name)
    for locale in Locale:
        folder = tmp_path / "locales" / locale.folder
        shutil.copytree(ROOT / "locales" / locale.folder / "LC_MESSAGES", folder / "LC_MESSAGES")
        shutil.copy(ROOT / "locales" / locale.folder / "glossary.yml", folder)
    shutil.copy(ROOT / "locales" / "accepted.yml", tmp_path / "locales")
    return tmp_path


def found(root: Path, capsys: pytest.CaptureFixture[str], locale: Locale, form: str = "json") -> Any:
    capsys.readouterr()
    code = run(["check", "--locale", locale.value, "--format", form], root)
    told = capsys.readouterr().out
    content = json.loads(told) if form in ("json", "sarif") else told
    if form == "json":
        assert code == (1 if content else 0)
    return content


def broken(root: Path, locale: Locale, mutations: dict[str, tuple[str, Change]]) -> None:
    path = po.path_of(root / "locales", locale)
    messages = {message.key: message for message in po.read(path)}
    for key, change in mutations.values():
        assert messages[key] != change(messages[key]), key
        messages[key] = change(messages[key])
    po.write(path, locale, messages.values())


def test_our_catalogs_have_no_open_finding(capsys: pytest.CaptureFixture[str]) -> None:
    """E2, E8: with every check, those of the Translate Toolkit included."""
    assert run(["check"], ROOT) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.endswith("findings: 0\n")
    assert "not installed" not in told.err


@pytest.mark.parametrize("locale", MUTATIONS)
def test_every_check_finds_the_catalog_that_breaks_it(
    locale: Locale, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """E2, E8: in its place, with file, line and what to do."""
    broken(root, locale, MUTATIONS[locale])
    content = found(root, capsys, locale)
    by_key: dict[str, set[str]] = {}
    for each in content:
        by_key.setdefault(each["key"], set()).add(each["check"])
        assert each["mend"] == MENDING[each["check"]]
        lines = (root / each["file"]).read_text("utf-8").splitlines()
        assert lines[each["line"] - 1] == f'msgctxt "{each["key"]}"'
    assert by_key.keys() == {key for key, _ in MUTATIONS[locale].values()}
    assert {check for check, (key, _) in MUTATIONS[locale].items() if check not in by_key[key]} == set()


def test_every_check_has_a_catalog_that_breaks_it() -> None:
    # "accepted" is about the file of exceptions, and has tests of its own.
    assert {check for mutations in MUTATIONS.values() for check in mutations} == MENDING.keys() - {"accepted"}


def accept(root: Path, content: str) -> None:
    (root / "locales" / "accepted.yml").write_text(content, "utf-8")


def entry(key: str, check: str, reason: str = "The name is written like this by its owner.") -> str:
    return f"- {{check: {check}, locales: [ru], keys: [{key}], reason: {reason}}}\n"


def test_an_accepted_finding_is_left_out_until_nothing_needs_the_exception(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """E2: a baseline file, each exception with its reason."""
    mutation = {"length": MUTATIONS[Locale.RU]["length"]}
    accept(root, entry("button.status", "length"))
    (stale,) = found(root, capsys, Locale.RU)
    assert (stale["check"], stale["key"], stale["file"]) == (
        "accepted",
        "button.status",
        "locales/accepted.yml",
    )
    assert found(root, capsys, Locale.ZH_TW) != [stale]
    broken(root, Locale.RU, mutation)
    assert found(root, capsys, Locale.RU) == []
    assert run(["check", "--locale", "ru", "--all"], root) == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (entry("page.title", "length", "ok"), "entry 0.reason: String should have at least 15 characters"),
        ("- {check: length, locales: [ru], keys: [page.title]}", "entry 0.reason: Field required"),
        ("- {check: length, locales: [fr], keys: [a], reason: because it is so here}", "entry 0.locales.0"),
        ("a: [", "not YAML"),
    ],
)
def test_an_exception_without_a_reason_stops_the_check(
    root: Path, capsys: pytest.CaptureFixture[str], content: str, says: str
) -> None:
    accept(root, content)
    assert run(["check", "--locale", "en"], root) == 1
    assert says in capsys.readouterr().err


def test_without_pofilter_its_checks_and_their_exceptions_are_left_out(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where only what the service needs is installed."""
    monkeypatch.setattr(sys, "executable", str(root / "python"))
    monkeypatch.setenv("PATH", str(root))
    assert run(["check", "--locale", "zh-CN"], root) == 0
    assert "pofilter is not installed (requirements-dev.txt)" in capsys.readouterr().err


def test_findings_are_told_to_code_hosts_and_to_ci(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """E2: SARIF and JUnit, next to JSON and text."""
    broken(root, Locale.ZH_TW, MUTATIONS[Locale.ZH_TW])
    content = found(root, capsys, Locale.ZH_TW)
    sarif = found(root, capsys, Locale.ZH_TW, "sarif")["runs"][0]
    rules = {rule["id"] for rule in sarif["tool"]["driver"]["rules"]}
    assert [result["ruleId"] for result in sarif["results"]] == [each["check"] for each in content]
    assert {result["ruleId"] for result in sarif["results"]} <= rules
    first = sarif["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"]["uri"] == content[0]["file"]
    assert first["region"]["startLine"] == content[0]["line"]
    suite = ET.fromstring(found(root, capsys, Locale.ZH_TW, "junit").encode())[0]
    failed = {case.get("name") for case in suite if case.find("failure") is not None}
    assert failed == {each["check"] for each in content}
    assert (suite.get("name"), suite.get("failures")) == ("zh-TW", str(len(failed)))
    text = found(root, capsys, Locale.ZH_TW, "text").splitlines()
    assert text[1] == f"    {MENDING[content[0]['check']]}"


def test_no_findings_are_a_report_as_well(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert found(root, capsys, Locale.ZH_CN, "sarif")["runs"][0]["results"] == []
    suites = list(suites_of(found(root, capsys, Locale.ZH_CN, "junit")))
    assert [suite.get("failures") for suite in suites] == ["0"]


def suites_of(report: str) -> Iterator[ET.Element]:
    return ET.fromstring(report.encode()).iter("testsuite")
