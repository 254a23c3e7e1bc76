"""A paper in parts: twenty large pictures in one value take the database longer than anybody waits."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the table of parts; papers that were drawn are drawn again."""
    op.execute("DELETE FROM application_papers")
    with op.batch_alter_table("application_papers") as papers:
        papers.drop_column("sealed")
        papers.add_column(sa.Column("length", sa.Integer))
    op.create_table(
        "application_paper_parts",
        sa.Column("application_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application_papers.application_id"],
            name=op.f("fk_application_paper_parts_application_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", "number", name=op.f("pk_application_paper_parts")),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("application_paper_parts")
    op.execute("DELETE FROM application_papers")
    with op.batch_alter_table("application_papers") as papers:
        papers.drop_column("length")
        papers.add_column(sa.Column("sealed", sa.LargeBinary))
