"""Counters, which know a kommun and a day and nobody; and which days have been counted from the groups' own rows."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "counters",
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("counted_on", sa.Date, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("value", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_counters_number")),
        sa.PrimaryKeyConstraint("kommun", "counted_on", "key", "value", name=op.f("pk_counters")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tallied_days",
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_tallied_days")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("tallied_days")
    op.drop_table("counters")
