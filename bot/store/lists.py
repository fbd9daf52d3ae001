"""Many keys as one parameter: one statement to prepare, however many rows a round asks for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import orjson
from sqlalchemy import Column, Dialect, String, bindparam, column
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import TypeDecorator, TypeEngine


class Keys(TypeDecorator[list[str]]):
    """A list of keys: an array on PostgreSQL, JSON on SQLite."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(String()) if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:
        return value if dialect.name == "postgresql" else _json(value or (), value or ())


class KeyRows(TypeDecorator[list[tuple[str, ...]]]):
    """A list of rows of keys, as JSON."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: list[tuple[str, ...]] | None, dialect: Dialect) -> str:
        return _json(value or (), chain.from_iterable(value or ()))


def _json(value: Sequence[Any], keys: Any) -> str:
    if "\0" in "".join(keys):
        # PostgreSQL refuses it, too; SQLite would read the key up to there.
        raise ValueError("a key with NUL in it")
    return orjson.dumps(value).decode()


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
    return f"{column} = ANY ({keys})"


class _Unpacked(FunctionElement[Any]):
    """The parameter `rows` as a table of the columns a, b and c."""

    inherit_cache = True


def triples() -> TableValuedAlias:
    """The parameter `rows`, a list of three keys each, as a table of the columns a, b and c."""
    unpacked = _Unpacked(bindparam("rows", type_=KeyRows()))
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
