"""Cost stays flat however much is stored: no statement of a turn walks through a table."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import CompoundSelect, Connection, Delete, Select, Update

from bot.store import loading, statements, upkeep
from bot.store.database import Store
from bot.store.engines import reach
from bot.store.sealing import Cipher
from tests.store.conftest import KEY

#: Lists everything, or is only a part of other statements.
WHOLE = {"APPLICATIONS", "STORED"}
STATEMENTS = {
    f"{module.__name__}.{name}": statement
    for module in (loading, statements, upkeep)
    for name, statement in vars(module).items()
    if isinstance(statement, Select | CompoundSelect | Update | Delete) and name not in WHOLE
} | {f"forget {name}": statement for name, statement in upkeep.THEIRS}


@pytest.fixture
async def plan(sqlite_url: str) -> Any:
    await (await Store.open(sqlite_url, [KEY])).close()
    database = reach(sqlite_url, Cipher([KEY]))

    async def plan(statement: Any) -> list[str]:
        def explain(connection: Connection) -> list[str]:
            sql = str(statement.compile(dialect=connection.dialect))
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", ("[]",) * sql.count("?"))
            return [row[3] for row in rows]

        return await database.reader.run(explain)

    yield plan
    await database.close()


@pytest.mark.parametrize("name", STATEMENTS)
async def test_every_statement_of_a_turn_finds_its_rows_by_an_index(name: str, plan: Any) -> None:
    steps = await plan(STATEMENTS[name])
    assert [step for step in steps if step.startswith("SCAN") and "json_each" not in step] == []
    assert any(step.startswith("SEARCH") for step in steps)


async def test_a_whole_table_is_noticed(plan: Any) -> None:
    assert any(step.startswith("SCAN") for step in await plan(loading.STORED))
