"""Statements that change a row where there is one of its key, and add it where there is none."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def value_of(column: sa.Column[Any]) -> sa.BindParameter[Any]:
    """The value a row has for the column. SQLAlchemy keeps a column's own name for itself."""
    return sa.bindparam(f"new_{column.name}", type_=column.type)


def same(table: sa.Table) -> list[sa.ColumnElement[bool]]:
    return [column == value_of(column) for column in table.primary_key.columns]


def changing(table: sa.Table, *names: str, **more: Any) -> sa.Update:
    values = {name: value_of(table.c[name]) for name in names}
    return sa.update(table).where(*same(table)).values({**values, **more})


def adding(table: sa.Table) -> sa.Insert:
    """Adds a row unless there is one of its key."""
    row = sa.select(*map(value_of, table.columns)).where(~sa.exists().where(*same(table)))
    return sa.insert(table).from_select(table.columns.keys(), row)


def new(**values: Any) -> dict[str, Any]:
    """A row as these statements take it."""
    return {f"new_{name}": value for name, value in values.items()}
