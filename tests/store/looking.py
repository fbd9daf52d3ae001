"""The database as somebody sees it who has stolen it: every table, every column, raw."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from bot.store.tables import metadata
from tests.postgresql import run


async def every_row(url: str) -> dict[str, list[dict[str, Any]]]:
    tables = [table.name for table in metadata.sorted_tables]
    if url.startswith("postgresql"):
        return {name: [dict(row) for row in await run(url, f'SELECT * FROM "{name}"')] for name in tables}
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.row_factory = sqlite3.Row
        return {name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in tables}


async def every_byte(url: str) -> bytes:
    cells = [value for rows in (await every_row(url)).values() for row in rows for value in row.values()]
    return b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells)
