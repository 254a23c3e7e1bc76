"""The table of what readers report."""

from sqlalchemy import Column, Date, Integer, String, Table, Text

from portal.store.columns import metadata

translation_reports = Table(
    "translation_reports",
    metadata,
    Column("language", String(16), primary_key=True),
    Column("domain", String(64), primary_key=True),
    Column("mark", String(32), primary_key=True),  # of the text, which may be long
    Column("fault", String(16), primary_key=True),
    Column("text", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
)
