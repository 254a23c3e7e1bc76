"""The tables about the installation itself: its keys, its processes, its jobs."""

from sqlalchemy import Column, Integer, String, Table, Text

from portal.store.columns import Instant, Words, metadata

__all__ = ["job_turns", "known_values", "metadata", "running"]

job_turns = Table(
    "job_turns",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("until_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("failures", Integer, nullable=False, server_default="0"),
)

known_values = Table(
    "known_values",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sealed", Text, nullable=False),
)

running = Table(
    "running",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("keys", Words, nullable=False),
    Column("seen_at", Instant, nullable=False),
)
