"""The table of what officers answer to SKR's survey."""

from sqlalchemy import CheckConstraint, Column, Date, String, Table, Text, UniqueConstraint

from portal.domain.officials.survey import STATUSES
from portal.store.columns import among, metadata

# The explanation stands on a public page; the note is for the staff alone, and sealed.
survey_answers = Table(
    "survey_answers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kommun", String(64), nullable=False),
    Column("row", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("explanation", Text, nullable=False),
    Column("sealed", Text),
    Column("basis", Text, nullable=False),
    Column("answered_on", Date, nullable=False),
    UniqueConstraint("kommun", "row"),
    CheckConstraint(among("status", STATUSES), name="status"),
)
