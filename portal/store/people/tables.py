"""The tables of mails that wait to be sent, and of brakes."""

from sqlalchemy import Column, Index, Integer, String, Table, Text, text

from portal.store.columns import Instant, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("letter", String(32), nullable=False),
    Column("kommun", String(64), nullable=False),
    Column("lang", String(16), nullable=False),
    Column("sealed", Text),
    Column("once", String(128), unique=True),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("next_try_at", Instant),
    Column("made_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Index("ix_outbox_next_try_at", "next_try_at", sqlite_where=text("next_try_at IS NOT NULL"),
          postgresql_where=text("next_try_at IS NOT NULL")),
)  # fmt: skip


brakes = Table(
    "brakes",
    metadata,
    Column("key", String(64), primary_key=True),  # a keyed hash of what is slowed
    Column("count", Integer, nullable=False),
    Column("ends_at", Instant, nullable=False),
)
