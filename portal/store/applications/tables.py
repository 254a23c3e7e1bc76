"""The tables of applications. What a person wrote is in `sealed` columns; names and numbers are keyed hashes."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    text,
)

from portal.domain.applications.states import State
from portal.store.columns import Instant, among, metadata

applications = Table(
    "applications",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kommun", String(64), nullable=False),
    Column("unit", String(32), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("lang", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("reference", String(16), unique=True),
    Column("code", String(64), nullable=False, unique=True),
    Column("form_key", String(64), nullable=False, unique=True),
    Column("sealed_key", Text, nullable=False),
    Column("recovery_sealed", Text),
    Column("recovery_id", String(16)),
    Column("is_identified", Boolean, nullable=False),
    Column("in_sample", Boolean),
    Column("taken_by", String(64)),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("received_at", Instant),
    Column("asked_at", Instant),
    Column("ended_at", Instant),
    Column("exported_version", Integer, nullable=False, server_default=text("0")),
    Column("exported_at", Instant),
    Column("push_tries", Integer, nullable=False, server_default=text("0")),
    Column("push_next_at", Instant),
    Column("look_again_at", Instant),  # to see whether it is still kept
    Column("compared", Integer, nullable=False, server_default=text("0")),  # the version of its index
    CheckConstraint(among("state", State), name="state"),
    Index(None, "kommun", "unit", "state"),
    Index(None, "state", "changed_at"),
    Index(None, "compared"),
)

fields = Table(
    "application_fields",
    metadata,
    Column("application_id", ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(96), primary_key=True),
    Column("sealed", Text, nullable=False),
)

messages = Table(
    "application_messages",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("application_id", ForeignKey("applications.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("what", String(16), nullable=False),
    Column("by", String(64), nullable=False),
    Column("form_key", String(64)),
    Column("sealed", Text, nullable=False),
    Index(None, "application_id", "number", unique=True),
    Index(None, "application_id", "form_key", unique=True),
)

files = Table(
    "application_files",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("application_id", ForeignKey("applications.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("sealed", Text, nullable=False),
)

chunks = Table(
    "application_chunks",
    metadata,
    Column("file_id", ForeignKey("application_files.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

waiting_files = Table(
    "application_waiting_files",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("application_id", ForeignKey("applications.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("refused", String(16)),
    Column("name", Text, nullable=False),
    Column("sealed", LargeBinary),
)

papers = Table(
    "application_papers",
    metadata,
    Column("application_id", ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("length", Integer),
)

paper_parts = Table(
    "application_paper_parts",
    metadata,
    Column("application_id", ForeignKey("application_papers.application_id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)

index = Table(
    "application_index",
    metadata,
    Column("application_id", ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True),
    Column("what", String(16), primary_key=True),
    Column("hash", String(64), primary_key=True),
    Index(None, "what", "hash"),
)

staff_units = Table(
    "staff_units",
    metadata,
    Column("staff_id", String(64), primary_key=True),
    Column("kommun", String(64), primary_key=True),
    Column("unit", String(32), primary_key=True),
)

deletions = Table(
    "deletions",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Column("kommun", String(64), nullable=False),
    Column("reference", String(16)),
    Column("kind", String(64), nullable=False),
    Column("rule", String(32), nullable=False),
    Column("paragraph", String(128), nullable=False),
    Column("files", Integer, nullable=False),
    Index(None, "kommun", "at"),
)
