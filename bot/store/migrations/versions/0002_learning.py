"""What is learned from use: questions without a certain answer, and votes on answers.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "questions",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", "day", name="pk_questions"),
    )
    op.create_index("ix_questions_day", "questions", ["day"])
    op.create_table(
        "picks",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "day", "topic", name="pk_picks"),
    )
    op.create_index("ix_picks_day", "picks", ["day"])
    op.create_table(
        "votes",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("opinion", sa.String()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("comment", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("user_id", "answer", "locale", name="pk_votes"),
    )
    op.create_index("ix_votes_at", "votes", ["at"])
