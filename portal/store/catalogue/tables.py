"""The tables of what editors say of contacts."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, text

from portal.store.columns import metadata

contact_versions = Table(
    "contact_versions",
    metadata,
    Column("kommun", String(64), primary_key=True),
    Column("version", Integer, nullable=False, server_default=text("0")),
)


contact_edits = Table(
    "contact_edits",
    metadata,
    Column("kommun", String(64), primary_key=True),
    Column("contact", String(64), primary_key=True),
    Column("unit", String(200), nullable=False),
    Column("phone", String(40), nullable=False),
    Column("email", String(254), nullable=False),
    Column("hours", Text, nullable=False),  # "0 08:00 16:00" for each span, separated by semicolons
    Column("confirmed_on", Date, nullable=False),
    Column("confirmed_by", String(200), nullable=False),
)


closures = Table(
    "closures",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kommun", String(64), nullable=False),
    Column("contact", String(64), nullable=False),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("reason", String(200), nullable=False),
    Index(None, "kommun"),
)
