"""Numbered steps from an empty database to tables.py; run when a database is opened that lags behind."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

#: The last step. Compared before Alembic is imported, which takes longer than opening.
HEAD = "0005"

#: Any number: who migrates holds the lock of this name.
LOCK = 7_206_113


class NewerDatabase(Exception):
    """The database was written by a newer release."""


def migrate(connection: Connection) -> None:
    """Takes the steps this database lacks, in the transaction the connection is in."""
    if stamped(connection) == HEAD:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    upgrade(connection)


def stamped(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent))
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise NewerDatabase from None
