"""The tables of counters."""

from sqlalchemy import CheckConstraint, Column, Date, Integer, String, Table

from portal.domain.counting.counters import VISIT_KINDS
from portal.store.columns import among, metadata

# Without a row number of its own SQLite keeps no trace of which row came first: the order of a day's rows would show
# which counts came together.
counters = Table(
    "counters",
    metadata,
    Column("kommun", String(64), primary_key=True),
    Column("counted_on", Date, primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("value", String(64), primary_key=True),
    Column("number", Integer, nullable=False),
    CheckConstraint("number > 0", name="number"),
    sqlite_with_rowid=False,
)


# Only today's, so that a tap can be undone: the night takes them into the counters (docs/statistics.md).
visits = Table(
    "visits",
    metadata,
    Column("kommun", String(64), primary_key=True),
    Column("counted_on", Date, primary_key=True),
    Column("insats", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("number", Integer, nullable=False),
    CheckConstraint("number > 0", name="number"),
    CheckConstraint(among("kind", VISIT_KINDS), name="kind"),
    sqlite_with_rowid=False,
)


tallied_days = Table("tallied_days", metadata, Column("day", Date, primary_key=True))
