"""Every scripted conversation, in every language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.localization.locale import Locale
from tests.conversations.house import house
from tests.conversations.scripts import Script, scripts
from tests.conversations.talking import Person, follow

SENT = [script for script in scripts() if script.ends == "sent"]


async def played(script: Script, locale: Locale, folder: Path) -> tuple[Any, list[Any]]:
    async with house(folder) as rooms:
        person = Person(rooms.conversation, locale, say_text=rooms.say)
        heard = await follow(script, person)
        return heard, await rooms.store.applications()


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("script", SENT, ids=lambda script: script.name)
async def test_a_partner_applies_from_hello_to_reference_number(
    script: Script, locale: Locale, tmp_path: Path
) -> None:
    """A1, A2, A3, A4, A5, B3: by typing only, in each language."""
    heard, applications = await played(script, locale, tmp_path)
    assert heard[-1].keys[0] == "apply.sent"
    assert len(applications) == 1
    answers = applications[0].answers
    assert {name: answers.get(name) for name in script.stored} == dict(script.stored)
    assert applications[0].status == "email-confirmation"
    assert applications[0].consents[0]["locale"] == locale.value


@pytest.mark.parametrize("script", SENT, ids=lambda script: script.name)
async def test_what_is_stored_is_the_same_in_every_language(script: Script, tmp_path: Path) -> None:
    """B6: codes, not labels; the same answers give the same bytes."""
    stored = [(await played(script, locale, tmp_path / locale.value))[1][0].answers for locale in Locale]
    assert all(answers == stored[0] for answers in stored)


@pytest.mark.parametrize("locale", Locale)
async def test_a_company_in_mainland_china_is_told_why_and_what_to_do(locale: Locale, tmp_path: Path) -> None:
    script = next(script for script in scripts() if script.name == "mainland_china")
    heard, applications = await played(script, locale, tmp_path)
    assert heard[-1].waiting == "no-market"
    assert set(script.hears) <= set(heard[-1].keys)
    assert applications == []
