"""Of each kind of job: when it last ended well, and how often it failed."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the columns; the version before goes on without them."""
    op.add_column("job_turns", sa.Column("ended_at", sa.BigInteger))
    op.add_column("job_turns", sa.Column("failures", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("job_turns", "failures")
    op.drop_column("job_turns", "ended_at")
