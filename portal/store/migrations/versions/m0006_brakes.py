"""Brakes for guessing and for floods, which hold for every process, and what waits for a second administrator."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.drop_table("staff_tries")
    op.create_table(
        "brakes",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_brakes")),
    )
    op.create_table(
        "sign_up_ways",
        sa.Column("way", sa.String(64), nullable=False),
        sa.Column("sign_up_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_ups.id"], name=op.f("fk_sign_up_ways_sign_up_id_sign_ups"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("way", "sign_up_id", name=op.f("pk_sign_up_ways")),
    )
    op.create_index(op.f("ix_sign_up_ways_sign_up_id"), "sign_up_ways", ["sign_up_id"])
    op.create_table(
        "staff_proposals",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("ask", sa.String(16), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("kommun", sa.String(64)),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_proposals")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("staff_proposals")
    op.drop_table("sign_up_ways")
    op.drop_table("brakes")
    op.create_table(
        "staff_tries",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_staff_tries")),
    )
