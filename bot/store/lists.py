"""Many keys as one parameter: one statement to prepare, however many rows a round asks for."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Column, Dialect, String, bindparam, column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import TypeDecorator


class Keys(TypeDecorator[list[Any]]):
    """A list of keys, or of rows of keys, as JSON."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> str:
        made = orjson.dumps(value)
        if b"\\u0000" in made.replace(b"\\\\", b""):
            # PostgreSQL refuses it, too; SQLite would read the key up to there.
            raise ValueError("a key with NUL in it")
        return made.decode()


class is_one_of(FunctionElement[Any]):
    """The column's value is among the keys of this parameter.

    It has no type: were it a Boolean, SQLite would be asked whether it equals 1, and not use the index.
    """

    inherit_cache = True

    def __init__(self, column: Column[Any], parameter: str = "keys") -> None:
        super().__init__(column, bindparam(parameter, type_=Keys()))


@compiles(is_one_of, "sqlite")
def _on_sqlite(element: is_one_of, compiler: SQLCompiler, **more: Any) -> str:
    column, keys = (compiler.process(clause, **more) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"  # noqa: S608


@compiles(is_one_of, "postgresql")
def _on_postgresql(element: is_one_of, compiler: SQLCompiler, **more: Any) -> str:
    column, keys = (compiler.process(clause, **more) for clause in element.clauses)
    return f"{column} = ANY (ARRAY(SELECT json_array_elements_text(CAST({keys} AS JSON))))"


class _Unpacked(FunctionElement[Any]):
    inherit_cache = True


def triples() -> TableValuedAlias:
    """The parameter `rows`, a list of three keys each, as a table of the columns a, b and c."""
    unpacked = _Unpacked(bindparam("rows", type_=Keys()))
    return unpacked.table_valued(*(column(name, String) for name in "abc"), name="asked")


@compiles(_Unpacked, "sqlite")
def _unpacked_on_sqlite(element: _Unpacked, compiler: SQLCompiler, **more: Any) -> str:
    keys = ", ".join(f"json_extract(value, '$[{n}]') AS {name}" for n, name in enumerate("abc"))
    return f"(SELECT {keys} FROM json_each({compiler.process(element.clauses, **more)}))"  # noqa: S608


@compiles(_Unpacked, "postgresql")
def _unpacked_on_postgresql(element: _Unpacked, compiler: SQLCompiler, **more: Any) -> str:
    rows = compiler.process(element.clauses, **more)
    keys = ", ".join(f"value ->> {n} AS {name}" for n, name in enumerate("abc"))
    return f"(SELECT {keys} FROM json_array_elements(CAST({rows} AS JSON)))"  # noqa: S608
