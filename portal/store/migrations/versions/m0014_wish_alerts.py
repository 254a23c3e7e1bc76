"""Who wants to know when a group comes that she wished for: a sealed e-mail, kept until it is told."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "wish_alerts",
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("insats", sa.String(64), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("email", sa.String(64), nullable=False),
        sa.Column("lang", sa.String(16), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("kommun", "insats", "language", "email", name=op.f("pk_wish_alerts")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("wish_alerts")
