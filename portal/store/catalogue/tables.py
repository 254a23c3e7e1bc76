"""The tables of what editors say of contacts, and of what is published and whom to tell."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, text

from portal.store.columns import Instant, metadata

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


published = Table(
    "published",
    metadata,
    Column("kommun", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("thing", String(64), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("is_gone", Boolean, nullable=False),
)


webhook_calls = Table(
    "webhook_calls",
    metadata,
    Column("kommun", String(64), primary_key=True),
    Column("url", String(400), primary_key=True),
    Column("since", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", Instant, nullable=False),
)
