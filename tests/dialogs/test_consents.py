"""What people agree to does not change its words unnoticed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from bot.domain.application import NAMED
from bot.localization.catalogs import Catalogs
from bot.localization.locale import LOCALES, Locale
from dialogs.apply import CREDIT_CHECK
from dialogs.consents import VERSIONS, is_current
from dialogs.sending import CONSENT_TEXT

RECORDED = yaml.safe_load(Path(__file__).with_name("consents.yml").read_text("utf-8"))


@pytest.mark.parametrize("locale", list(Locale))
def test_a_changed_wording_has_a_version_of_its_own(locale: Locale) -> None:
    """J1: whoever changes one decides whether it still means the same; consents.yml says how."""
    catalogs = Catalogs.load(LOCALES)
    for text in (CONSENT_TEXT, NAMED[CREDIT_CHECK].prompt({})):
        wording = hashlib.sha256(catalogs.say(text, locale).encode()).hexdigest()
        assert wording.startswith(RECORDED[text.key][locale.value][VERSIONS[locale]]), text.key


def test_the_version_that_counts_is_that_of_the_language_it_was_shown_in() -> None:
    """J1"""
    for locale in Locale:
        assert is_current({"version": VERSIONS[locale], "locale": locale.value})
        assert not is_current({"version": VERSIONS[locale] + 1, "locale": locale.value})
    assert not is_current({"version": 1})
