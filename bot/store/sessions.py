"""A round's statements on the driver itself: SQLAlchemy writes each one once, and is then out of the way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Dialect, Executable
from sqlalchemy.types import TypeEngine
from sqlalchemy.util import await_only

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.prepared_stmt import PreparedStatement

Values = Mapping[str, Any]
Convert = Callable[[Any], Any] | None


class Session(Protocol):
    """What a round can ask of the database, one thing after the other."""

    def rows(self, statement: Executable, values: Values) -> list[Sequence[Any]]: ...

    def run(self, statement: Executable, values: Iterable[Values]) -> None:
        """The statement once with each of these values."""


class Compiled:
    """A statement as a driver takes it: its text, and how values go in and come out."""

    def __init__(self, statement: Any, dialect: Dialect) -> None:
        made = statement.compile(dialect=dialect)
        self.text: str = made.string
        self._in = [(name, _writer(made.binds[name].type, dialect)) for name in made.positiontup]
        self._out = [_reader(column.type, dialect) for column in getattr(statement, "selected_columns", ())]
        self._converts = any(self._out)

    def parameters(self, values: Values) -> tuple[Any, ...]:
        return tuple([values[name] if into is None else into(values[name]) for name, into in self._in])

    def row(self, found: Sequence[Any]) -> Sequence[Any]:
        if not self._converts:
            return found
        return [value if out is None else out(value) for value, out in zip(found, self._out, strict=True)]


def _writer(type_: TypeEngine[Any], dialect: Dialect) -> Convert:
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _reader(type_: TypeEngine[Any], dialect: Dialect) -> Convert:
    return type_.dialect_impl(dialect).result_processor(dialect, None)


class Statements:
    """The statements of one engine, each compiled when it is first used."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._compiled: dict[Any, Compiled] = {}

    def __getitem__(self, statement: Any) -> Compiled:
        found = self._compiled.get(statement)
        if found is None:
            found = self._compiled[statement] = Compiled(statement, self._dialect)
        return found


class SQLiteSession:
    def __init__(self, connection: sqlite3.Connection, statements: Statements) -> None:
        self.connection = connection
        self._statements = statements

    def rows(self, statement: Executable, values: Values) -> list[Sequence[Any]]:
        compiled = self._statements[statement]
        found = self.connection.execute(compiled.text, compiled.parameters(values)).fetchall()
        return [compiled.row(row) for row in found]

    def run(self, statement: Executable, values: Iterable[Values]) -> None:
        compiled = self._statements[statement]
        self.connection.executemany(compiled.text, [compiled.parameters(row) for row in values])


class PostgreSQLSession:
    """Waits as a greenlet does, so that a round is the same plain function for both."""

    def __init__(self, connection: asyncpg.Connection[Any], statements: Statements) -> None:
        self.connection = connection
        self._statements = statements
        self._prepared: dict[Any, PreparedStatement[Any]] = {}

    def rows(self, statement: Executable, values: Values) -> list[Sequence[Any]]:
        compiled = self._statements[statement]
        prepared = self._prepare(statement, compiled.text)
        return [compiled.row(row) for row in await_only(prepared.fetch(*compiled.parameters(values)))]

    def run(self, statement: Executable, values: Iterable[Values]) -> None:
        compiled = self._statements[statement]
        prepared = self._prepare(statement, compiled.text)
        await_only(prepared.executemany([compiled.parameters(row) for row in values]))

    def _prepare(self, statement: Executable, text: str) -> PreparedStatement[Any]:
        found = self._prepared.get(statement)
        if found is None:
            found = self._prepared[statement] = await_only(self.connection.prepare(text))
        return found
