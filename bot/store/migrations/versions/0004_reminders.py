"""Reminders of drafts: how often, and who wants none.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("drafts", sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("persons", sa.Column("muted", sa.Integer(), nullable=False, server_default="0"))
