"""What people agree to does not change its words unnoticed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from bot.domain.application import NAMED
from bot.domain.privacy_texts import NOTICE
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
    for text in (NOTICE, NAMED[CREDIT_CHECK].prompt({}), CONSENT_TEXT):
        wording = hashlib.sha256(catalogs.say(text, locale).encode()).hexdigest()
        assert wording.startswith(RECORDED[text.key][locale.value][VERSIONS[text.key][locale]]), text.key


def test_the_version_that_counts_is_that_of_the_wording_in_the_language_it_was_shown_in() -> None:
    """J1"""
    assert VERSIONS.keys() == RECORDED.keys()
    for key, versions in VERSIONS.items():
        for locale in Locale:
            record = {"text": key, "version": versions[locale], "locale": locale.value}
            assert is_current(record)
            assert not is_current(record | {"version": versions[locale] + 1})
            assert not is_current(record | {"text": "consent.unheard-of"})
        assert not is_current({"text": key, "version": 1})
