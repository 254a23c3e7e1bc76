"""The tables. Only `sealed` columns hold what a person wrote, encrypted; codes are there as keyed hashes."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

from portal.domain.groups.sign_ups import State
from portal.domain.groups.terms import GroupState, OfferPolicy
from portal.domain.instants import STOCKHOLM

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_number(instant: datetime) -> int:
    """Return an aware instant as microseconds since 1970; raise TypeError for one without a time zone."""
    return (instant - _EPOCH) // _MICROSECOND


def to_instant(number: int) -> datetime:
    """Return the instant in Swedish time."""
    return (_EPOCH + timedelta(microseconds=number)).astimezone(STOCKHOLM)


class Instant(TypeDecorator[datetime]):
    """An instant as a number: the same in both databases, and always aware."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """Return the number of an instant."""
        return None if value is None else to_number(value)

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        """Return the instant of a number."""
        return None if value is None else to_instant(value)


class Words(TypeDecorator[tuple[str, ...]]):
    """A list of ids, none of which has a space."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Any) -> str:
        """Return the ids in one text."""
        return " ".join(value or ())

    def process_result_value(self, value: str | None, dialect: Any) -> tuple[str, ...]:
        """Return the ids."""
        return tuple((value or "").split())


def _among(column: str, words: Any) -> str:
    return f"{column} IN ({', '.join(repr(str(word)) for word in words)})"


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

groups = Table(
    "groups",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("kommun", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False, server_default=text("0")),
    Column("insats", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("programme", String(64)),
    Column("contact", String(64), nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("fewest", Integer),
    Column("waiting_capacity", Integer),
    Column("languages", Words, nullable=False),
    Column("has_interpreter", Boolean, nullable=False),
    Column("place", String(200), nullable=False),
    Column("is_online", Boolean, nullable=False),
    Column("has_child_minding", Boolean, nullable=False),
    Column("accessibility", Words, nullable=False),
    Column("offer_policy", String(16), nullable=False),
    Column("offer_hours", Integer, nullable=False),
    Column("let_smaller_pass", Boolean, nullable=False),
    Column("never_both_parents", Boolean, nullable=False),
    Column("is_sample", Boolean, nullable=False),
    # Of the meetings that are held; kept here too, because each sign-up asks for them.
    Column("begins_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    CheckConstraint(_among("state", GroupState), name="state"),
    CheckConstraint(_among("offer_policy", OfferPolicy), name="offer_policy"),
    CheckConstraint("capacity > 0", name="capacity"),
    Index(None, "kommun", "state", "begins_at"),
)

sessions = Table(
    "group_sessions",
    metadata,
    Column("group_id", ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("place", String(200)),
    Column("is_cancelled", Boolean, nullable=False),
    Column("sequence", Integer, nullable=False),
    Index(None, "starts_at"),
)

sign_ups = Table(
    "sign_ups",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("group_id", ForeignKey("groups.id"), nullable=False),
    Column("state", String(16), nullable=False),
    Column("seats", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("until_at", Instant),
    Column("form_key", String(64)),
    Column("code", String(64)),
    Column("lang", String(16), nullable=False),
    Column("sealed", Text),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    CheckConstraint(_among("state", State), name="state"),
    CheckConstraint("seats IN (1, 2)", name="seats"),
    UniqueConstraint("group_id", "form_key"),
    UniqueConstraint("code"),
    Index("ix_sign_ups_until_at", "until_at", sqlite_where=text("until_at IS NOT NULL"),
          postgresql_where=text("until_at IS NOT NULL")),
)  # fmt: skip

mailed_codes = Table(
    "mailed_codes",
    metadata,
    Column("code", String(64), primary_key=True),
    Column("sign_up_id", ForeignKey("sign_ups.id", ondelete="CASCADE"), nullable=False, index=True),
)

sign_up_ways = Table(
    "sign_up_ways",
    metadata,
    Column("way", String(64), primary_key=True),  # a keyed hash of an e-mail or a number
    Column("sign_up_id", ForeignKey("sign_ups.id", ondelete="CASCADE"), primary_key=True, index=True),
)

alerts = Table(
    "alerts",
    metadata,
    Column("group_id", ForeignKey("groups.id"), primary_key=True),
    Column("email", String(64), primary_key=True),  # a keyed hash: nobody is told twice
    Column("lang", String(16), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
)

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

wishes = Table(
    "wishes",
    metadata,
    Column("form_key", String(64), primary_key=True),  # a keyed hash: a form sent twice is one wish
    Column("kommun", String(64), nullable=False),
    Column("insats", String(64), nullable=False),
    Column("language", String(16), nullable=False),
    Column("time_of_day", String(16), nullable=False),
    Column("wished_on", Date, nullable=False),
    Index(None, "kommun"),
)

attendance = Table(
    "attendance",
    metadata,
    Column("group_id", ForeignKey("groups.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("age_band", String(16), primary_key=True),
    Column("gender", String(16), primary_key=True),
    Column("came", Integer, nullable=False),
    CheckConstraint("came > 0", name="came"),
)

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

tallied_days = Table("tallied_days", metadata, Column("day", Date, primary_key=True))

audit_events = Table(
    "audit_events",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Column("kommun", String(64), nullable=False),
    Column("did", String(64), nullable=False),
    Column("subject", String(128), nullable=False),
    Index(None, "kommun", "at"),
)

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
