"""How findings are told: to people, to programs (JSON), to code hosts (SARIF) and to CI (JUnit)."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import asdict

from bot.localization.checks import Finding
from bot.localization.mending import MENDING

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def line(finding: Finding) -> str:
    """Where, what, and below it what to do."""
    place = f"{finding.file}:{finding.line}: {finding.key} {finding.says} [{finding.check}]"
    return f"{place}\n    {MENDING[finding.check]}"


def _text(findings: Sequence[Finding]) -> str:
    return "\n".join(map(line, findings))


def _json(findings: Sequence[Finding]) -> str:
    return json.dumps(
        [asdict(finding) | {"mend": MENDING[finding.check]} for finding in findings],
        ensure_ascii=False,
        indent=2,
    )


def _sarif(findings: Sequence[Finding]) -> str:
    rules = [{"id": name, "help": {"text": advice}} for name, advice in MENDING.items()]
    tool = {"driver": {"name": "strings check", "rules": rules}}
    results = [
        {
            "ruleId": finding.check,
            "level": "error",
            "message": {"text": f"{finding.key} {finding.says}. {MENDING[finding.check]}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": finding.file, "uriBaseId": "SRCROOT"},
                        "region": {"startLine": finding.line},
                    },
                    "logicalLocations": [{"name": finding.key}],
                }
            ],
            "properties": {"locale": finding.locale.value, "key": finding.key},
        }
        for finding in findings
    ]
    run = {"tool": tool, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _junit(findings: Sequence[Finding]) -> str:
    """A suite for each language, a case for each check, which fails with all it found."""
    root = ET.Element("testsuites", {"name": "strings check"})
    for locale in dict.fromkeys(finding.locale for finding in findings):
        ours = [finding for finding in findings if finding.locale is locale]
        failed = {finding.check for finding in ours}
        counts = {"tests": str(len(MENDING)), "failures": str(len(failed)), "errors": "0", "skipped": "0"}
        suite = ET.SubElement(root, "testsuite", {"name": locale.value, **counts})
        for name, advice in MENDING.items():
            case = ET.SubElement(suite, "testcase", {"classname": f"strings.{locale.value}", "name": name})
            found = [finding for finding in ours if finding.check == name]
            if found:
                failure = ET.SubElement(case, "failure", {"message": f"{len(found)} findings. {advice}"})
                failure.text = _text(found)
    if not findings:
        counts = {"tests": str(len(MENDING)), "failures": "0", "errors": "0", "skipped": "0"}
        suite = ET.SubElement(root, "testsuite", {"name": "strings", **counts})
        for name in MENDING:
            ET.SubElement(suite, "testcase", {"classname": "strings", "name": name})
    ET.indent(root)
    return ET.tostring(root, "unicode", xml_declaration=True)


FORMATS: dict[str, Callable[[Sequence[Finding]], str]] = {
    "text": _text,
    "json": _json,
    "sarif": _sarif,
    "junit": _junit,
}
