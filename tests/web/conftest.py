from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.house import House


@pytest.fixture(scope="session")
def compressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of the page lie compressed, once for all tests."""
    return tmp_path_factory.mktemp("web")


@pytest.fixture
async def house(tmp_path: Path, compressed: Path) -> AsyncIterator[House]:
    (tmp_path / "web").symlink_to(compressed)
    opened = await House(tmp_path).open()
    yield opened
    await opened.close()
