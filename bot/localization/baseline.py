"""Accepted findings: right in general, wrong about one sentence, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from bot.localization.checks import Finding
from bot.localization.locale import Locale
from bot.localization.po import Malformed

NAME = "accepted.yml"
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
#: A reason that says something.
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=15)]


class Accepted(BaseModel):
    """One check, about these sentences of these languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    check: Words
    locales: tuple[Locale, ...]
    keys: tuple[Words, ...]
    reason: Reason

    def cases(self) -> set[tuple[Locale, str, str]]:
        return {(locale, key, self.check) for locale in self.locales for key in self.keys}


_ENTRIES = TypeAdapter(list[Accepted])


def load(folder: Path) -> list[Accepted]:
    """The entries of `accepted.yml`; none where there is no such file. Raises Malformed."""
    path = folder / NAME
    if not path.exists():
        return []
    try:
        return _ENTRIES.validate_python(yaml.safe_load(path.read_text("utf-8")) or [])
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise Malformed(f"{path}: entry {where}: {first['msg']}") from None
    except yaml.YAMLError as problem:
        raise Malformed(f"{path}: not YAML: {problem}") from None


def open_findings(
    findings: Sequence[Finding],
    accepted: Sequence[Accepted],
    locales: Collection[Locale],
    left_out: Collection[str] = (),
) -> list[Finding]:
    """What nobody accepted; and of the exceptions for these languages those that nothing needs any more.

    `left_out`: checks that were not run, so that nothing is known of their exceptions.
    """
    allowed = set[tuple[Locale, str, str]]().union(*(entry.cases() for entry in accepted))
    needed = {(finding.locale, finding.key, finding.check) for finding in findings}
    left = [each for each in findings if (each.locale, each.key, each.check) not in allowed]
    left += [
        Finding(
            f"locales/{NAME}", 1, locale, key, "accepted", f"is accepted for {check}, which finds nothing"
        )
        for locale, key, check in sorted(allowed - needed)
        if locale in locales and check not in left_out
    ]
    return left
