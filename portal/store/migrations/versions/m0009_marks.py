"""Marks that bind a code to its sign-up; `portal keys rotate` makes those of older ones."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("sign_ups", sa.Column("code_mark", sa.String(64)))
    op.add_column("mailed_codes", sa.Column("mark", sa.String(64)))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("mailed_codes") as table:
        table.drop_column("mark")
    with op.batch_alter_table("sign_ups") as table:
        table.drop_column("code_mark")
