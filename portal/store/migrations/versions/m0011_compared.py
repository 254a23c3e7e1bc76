"""By which version of comparing names an application can be found; `portal database upgrade` makes older ones anew."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the column: everything there is was compared by an older version. The keys to it are no step's to hold."""
    op.add_column("applications", sa.Column("compared", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.create_index(op.f("ix_applications_compared"), "applications", ["compared"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index(op.f("ix_applications_compared"), "applications")
    with op.batch_alter_table("applications") as table:
        table.drop_column("compared")
