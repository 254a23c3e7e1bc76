"""A known value of the keys, which processes run with which, whose turn a job is, and papers that are drawn."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "known_values",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_values")),
    )
    op.create_table(
        "running",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("keys", sa.Text, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_running")),
    )
    op.create_table(
        "application_papers",
        sa.Column("application_id", sa.String(32), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_application_papers_application_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_application_papers")),
    )
    op.create_table(
        "application_waiting_files",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("application_id", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("refused", sa.String(16)),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_application_waiting_files_application_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_waiting_files")),
    )
    op.create_index(
        op.f("ix_application_waiting_files_application_id"), "application_waiting_files", ["application_id"]
    )
    op.create_table(
        "job_turns",
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("until_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_job_turns")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("job_turns")
    op.drop_table("application_waiting_files")
    op.drop_table("application_papers")
    op.drop_table("running")
    op.drop_table("known_values")
