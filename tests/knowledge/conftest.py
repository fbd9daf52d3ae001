from __future__ import annotations

import pytest

from bot.knowledge.retrieval import Finder
from bot.knowledge.topics import Topics
from bot.localization.locale import LOCALES


@pytest.fixture(scope="session")
def topics() -> Topics:
    return Topics.load()


@pytest.fixture(scope="session")
def finder(topics: Topics) -> Finder:
    return Finder.load(topics, LOCALES)
