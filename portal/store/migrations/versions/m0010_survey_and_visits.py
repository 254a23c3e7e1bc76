"""What officers answer to SKR's survey, and today's visits to support that nobody signs up for."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "survey_answers",
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("row", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("explanation", sa.Text, nullable=False),
        sa.Column("sealed", sa.Text),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("answered_on", sa.Date, nullable=False),
        sa.CheckConstraint(
            "status IN ('direct', 'assessed', 'both', 'none', 'not_known')", name=op.f("ck_survey_answers_status")
        ),
        sa.PrimaryKeyConstraint("kommun", "row", name=op.f("pk_survey_answers")),
    )
    op.create_table(
        "visits",
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("counted_on", sa.Date, nullable=False),
        sa.Column("insats", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_visits_number")),
        sa.CheckConstraint("kind IN ('visit', 'call')", name=op.f("ck_visits_kind")),
        sa.PrimaryKeyConstraint("kommun", "counted_on", "insats", "kind", name=op.f("pk_visits")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("visits")
    op.drop_table("survey_answers")
