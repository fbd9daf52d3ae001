"""Many keys as one parameter: one statement to prepare, however many rows a round asks for."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Column, Dialect, String, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class Keys(TypeDecorator[list[str]]):
    """A list of keys: an array on PostgreSQL, JSON on SQLite."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(String()) if dialect.name == "postgresql" else String())

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return value
        if value and "\0" in "".join(value):
            # PostgreSQL refuses it, too; SQLite would read the key up to there.
            raise ValueError("a key with NUL in it")
        return orjson.dumps(value).decode()


class is_one_of(FunctionElement[Any]):
    """The column's value is among the parameter `keys`.

    It has no type: were it a Boolean, SQLite would be asked whether it equals 1, and not use the index.
    """

    inherit_cache = True

    def __init__(self, column: Column[Any]) -> None:
        super().__init__(column, bindparam("keys", type_=Keys()))


@compiles(is_one_of, "sqlite")
def _on_sqlite(element: is_one_of, compiler: SQLCompiler, **more: Any) -> str:
    column, keys = (compiler.process(clause, **more) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"  # noqa: S608


@compiles(is_one_of, "postgresql")
def _on_postgresql(element: is_one_of, compiler: SQLCompiler, **more: Any) -> str:
    column, keys = (compiler.process(clause, **more) for clause in element.clauses)
    return f"{column} = ANY ({keys})"
