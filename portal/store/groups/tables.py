"""The tables of groups: their meetings, their lines, who wants to hear of them, what is wished for, how many came."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from portal.domain.groups.sign_ups import State
from portal.domain.groups.terms import GroupState, OfferPolicy
from portal.store.columns import Instant, Words, among, metadata

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
    CheckConstraint(among("state", GroupState), name="state"),
    CheckConstraint(among("offer_policy", OfferPolicy), name="offer_policy"),
    CheckConstraint("capacity > 0", name="capacity"),
    Index(None, "kommun", "state", "begins_at"),
)


sessions = Table(
    "group_sessions",
    metadata,
    # What the meeting is for ever: its counts, its reminders and its entry in calendars are known by it.
    Column("id", String(32), primary_key=True),
    Column("group_id", ForeignKey("groups.id", ondelete="CASCADE"), nullable=False, index=True),
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
    Column("code_mark", String(64)),  # binds the code to the row: a keyed hash of both
    Column("lang", String(16), nullable=False),
    Column("sealed", Text),
    Column("made_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    CheckConstraint(among("state", State), name="state"),
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
    Column("mark", String(64)),  # binds the code to the sign-up
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


wish_alerts = Table(
    "wish_alerts",
    metadata,
    Column("kommun", String(64), primary_key=True),
    Column("insats", String(64), primary_key=True),
    Column("language", String(16), primary_key=True),
    Column("email", String(64), primary_key=True),  # a keyed hash: nobody is told twice
    Column("lang", String(16), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
)


attendance = Table(
    "attendance",
    metadata,
    Column("session_id", ForeignKey("group_sessions.id"), primary_key=True),
    Column("age_band", String(16), primary_key=True),
    Column("gender", String(16), primary_key=True),
    Column("came", Integer, nullable=False),
    CheckConstraint("came > 0", name="came"),
)
