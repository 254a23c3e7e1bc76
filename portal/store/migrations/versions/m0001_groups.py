"""Groups, sign-ups, mail and the audit trail."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    "mailed_codes",
    "sign_ups",
    "group_sessions",
    "attendance",
    "alerts",
    "wishes",
    "outbox",
    "groups",
    "audit_events",
)
"""Each before those it points at."""

STATES = "'held', 'placed', 'waiting', 'offered', 'lapsed', 'withdrawn', 'cancelled', 'released'"


def upgrade() -> None:
    """Make the tables."""
    _groups()
    _meetings()
    _sign_ups()
    _mail()
    _counts()
    _audit()


def downgrade() -> None:
    """Take them away."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_events_only_grow()")


def _groups() -> None:
    op.create_table(
        "groups",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, server_default=sa.text("0"), nullable=False),
        sa.Column("insats", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("programme", sa.String(64)),
        sa.Column("contact", sa.String(64), nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("fewest", sa.Integer),
        sa.Column("waiting_capacity", sa.Integer),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("has_interpreter", sa.Boolean, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("is_online", sa.Boolean, nullable=False),
        sa.Column("has_child_minding", sa.Boolean, nullable=False),
        sa.Column("accessibility", sa.Text, nullable=False),
        sa.Column("offer_policy", sa.String(16), nullable=False),
        sa.Column("offer_hours", sa.Integer, nullable=False),
        sa.Column("let_smaller_pass", sa.Boolean, nullable=False),
        sa.Column("never_both_parents", sa.Boolean, nullable=False),
        sa.Column("is_sample", sa.Boolean, nullable=False),
        sa.Column("begins_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.CheckConstraint("state IN ('draft', 'published', 'cancelled')", name=op.f("ck_groups_state")),
        sa.CheckConstraint("offer_policy IN ('offer', 'at_once')", name=op.f("ck_groups_offer_policy")),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_groups_capacity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
    )
    op.create_index(op.f("ix_groups_kommun_state_begins_at"), "groups", ["kommun", "state", "begins_at"])


def _meetings() -> None:
    op.create_table(
        "group_sessions",
        sa.Column("group_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("starts_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("place", sa.String(200)),
        sa.Column("is_cancelled", sa.Boolean, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["groups.id"], name=op.f("fk_group_sessions_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_group_sessions")),
    )
    op.create_index(op.f("ix_group_sessions_starts_at"), "group_sessions", ["starts_at"])


def _sign_ups() -> None:
    op.create_table(
        "sign_ups",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("group_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("seats", sa.Integer, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("until_at", sa.BigInteger),
        sa.Column("form_key", sa.String(64)),
        sa.Column("code", sa.String(64)),
        sa.Column("lang", sa.String(16), nullable=False),
        sa.Column("sealed", sa.Text),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_sign_ups_state")),
        sa.CheckConstraint("seats IN (1, 2)", name=op.f("ck_sign_ups_seats")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_sign_ups_group_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ups")),
        sa.UniqueConstraint("group_id", "form_key", name=op.f("uq_sign_ups_group_id_form_key")),
        sa.UniqueConstraint("code", name=op.f("uq_sign_ups_code")),
    )
    is_due = sa.text("until_at IS NOT NULL")
    op.create_index("ix_sign_ups_until_at", "sign_ups", ["until_at"], sqlite_where=is_due, postgresql_where=is_due)
    op.create_table(
        "mailed_codes",
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("sign_up_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_ups.id"], name=op.f("fk_mailed_codes_sign_up_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_mailed_codes")),
    )
    op.create_index(op.f("ix_mailed_codes_sign_up_id"), "mailed_codes", ["sign_up_id"])


def _mail() -> None:
    op.create_table(
        "alerts",
        sa.Column("group_id", sa.String(32), nullable=False),
        sa.Column("email", sa.String(64), nullable=False),
        sa.Column("lang", sa.String(16), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_alerts_group_id")),
        sa.PrimaryKeyConstraint("group_id", "email", name=op.f("pk_alerts")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("letter", sa.String(32), nullable=False),
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("lang", sa.String(16), nullable=False),
        sa.Column("sealed", sa.Text),
        sa.Column("once", sa.String(128)),
        sa.Column("tries", sa.Integer, server_default=sa.text("0"), nullable=False),
        sa.Column("next_try_at", sa.BigInteger),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("sent_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("once", name=op.f("uq_outbox_once")),
    )
    is_due = sa.text("next_try_at IS NOT NULL")
    op.create_index("ix_outbox_next_try_at", "outbox", ["next_try_at"], sqlite_where=is_due, postgresql_where=is_due)


def _counts() -> None:
    op.create_table(
        "wishes",
        sa.Column("form_key", sa.String(64), nullable=False),
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("insats", sa.String(64), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("time_of_day", sa.String(16), nullable=False),
        sa.Column("wished_on", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("form_key", name=op.f("pk_wishes")),
    )
    op.create_index(op.f("ix_wishes_kommun"), "wishes", ["kommun"])
    op.create_table(
        "attendance",
        sa.Column("group_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("age_band", sa.String(16), nullable=False),
        sa.Column("gender", sa.String(16), nullable=False),
        sa.Column("came", sa.Integer, nullable=False),
        sa.CheckConstraint("came > 0", name=op.f("ck_attendance_came")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_attendance_group_id")),
        sa.PrimaryKeyConstraint("group_id", "number", "age_band", "gender", name=op.f("pk_attendance")),
    )


def _audit() -> None:
    op.create_table(
        "audit_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("did", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(128), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_events")),
    )
    op.create_index(op.f("ix_audit_events_kommun_at"), "audit_events", ["kommun", "at"])
    # The trail grows only: whoever comes in through the portal can neither change nor take away a row.
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_events_only_grow() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'audit_events only grow'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_events_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_events_only_grow()"
        )
        return
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_events_no_{deed.lower()} BEFORE {deed} ON audit_events "
            "BEGIN SELECT RAISE(ABORT, 'audit_events only grow'); END"
        )
