"""What is published, as it was last seen, and who has to be told that it is otherwise now."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "published",
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("thing", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("added_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("is_gone", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("kommun", "kind", "thing", name=op.f("pk_published")),
    )
    op.create_table(
        "webhook_calls",
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("url", sa.String(400), nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("kommun", "url", name=op.f("pk_webhook_calls")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("webhook_calls")
    op.drop_table("published")
