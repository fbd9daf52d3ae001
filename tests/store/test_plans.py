"""Cost stays flat however much is stored: no statement of a turn walks through a table."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import CompoundSelect, Connection, Delete, Select, Update
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.util import await_only

from bot.store import codes, learning, loading, reporting, statements, upkeep
from bot.store.database import Store
from bot.store.engines import reach
from bot.store.sealing import Cipher
from tests.store.conftest import KEY

#: Lists everything, or is only a part of other statements.
WHOLE = {"APPLICATIONS", "STORED"}
STATEMENTS = {
    f"{module.__name__}.{name}": statement
    for module in (codes, learning, loading, reporting, statements, upkeep)
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


@pytest.mark.parametrize(
    "statement",
    [loading.REMEMBERED, loading.THEIR_APPLICATIONS, statements.THERE],
    ids=["load", "sent", "look"],
)
async def test_postgresql_finds_the_rows_of_a_round_by_an_index(statement: Any, postgresql_url: str) -> None:
    await (await Store.open(postgresql_url, [KEY])).close()
    database = reach(postgresql_url, Cipher([KEY]))

    def explain(session: Any) -> list[str]:
        text = str(statement.compile(dialect=asyncpg.dialect()))
        parameters = ("[]",) * len(set(re.findall(r"\$\d+", text)))
        return [row[0] for row in await_only(session.connection.fetch(f"EXPLAIN {text}", *parameters))]

    steps = await database.reader.run_round(explain)
    await database.close()
    assert [step for step in steps if "Seq Scan" in step] == []
    assert any("Index" in step for step in steps)


async def test_a_whole_table_is_noticed(plan: Any) -> None:
    assert any(step.startswith("SCAN") for step in await plan(loading.STORED))
