"""The indexes over a part of a table. They stand apart from their tables because to declare them loads every
dialect (2 MB), and only migrations and their tests look at them."""

from __future__ import annotations

from sqlalchemy import Index

from bot.store.tables import IS_OPEN, activities
from bot.store.tables import metadata as metadata

for name in ("key", "client_key"):
    there = activities.c[name].is_not(None)
    Index(
        f"ix_activities_{name}", activities.c[name], unique=True, sqlite_where=there, postgresql_where=there
    )

Index(
    "ix_activities_open",
    activities.c.role,
    activities.c.at,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)
