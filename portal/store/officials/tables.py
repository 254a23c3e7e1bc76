"""The table of what officers answer to SKR's survey."""

from sqlalchemy import CheckConstraint, Column, Date, String, Table, Text

from portal.domain.officials.survey import STATUSES
from portal.store.columns import among, metadata

# The explanation stands on a public page; the note is for the staff alone, and sealed.
survey_answers = Table(
    "survey_answers",
    metadata,
    Column("kommun", String(64), primary_key=True),
    Column("row", String(64), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("explanation", Text, nullable=False),
    Column("sealed", Text),
    Column("basis", Text, nullable=False),
    Column("answered_on", Date, nullable=False),
    CheckConstraint(among("status", STATUSES), name="status"),
)
