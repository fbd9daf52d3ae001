from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.direct_line.house import House


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    opened = await House(tmp_path, ALLOWED_ORIGINS="https://partner.example").open()
    yield opened
    await opened.close()
