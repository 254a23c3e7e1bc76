"""A meeting has a name of its own, which its counts, its reminders and its calendar entry keep when others go."""

from collections.abc import Callable, Sequence
from secrets import token_hex
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0012"
down_revision = "0011"

KEPT = ("group_id", "starts_at", "ends_at", "place", "is_cancelled", "sequence")
COUNTED = ("age_band", "gender", "came")

sessions = sa.table("group_sessions", *map(sa.column, ("id", "number", *KEPT)))
counts = sa.table("attendance", *map(sa.column, ("session_id", "group_id", "number", *COUNTED)))
mails = sa.table("outbox", *map(sa.column, ("id", "once")))


def upgrade() -> None:
    """Give each meeting its name, and let what was counted for it, or mailed about it, carry that."""
    held, counted = _rows(sessions, ("number", *KEPT)), _rows(counts, ("group_id", "number", *COUNTED))
    names = {(row["group_id"], row["number"]): token_hex(16) for row in held}
    _make_again(_named)
    _put(sessions, [{"id": names[row["group_id"], row["number"]], **_some(row, KEPT)} for row in held])
    # What was counted for a meeting that is gone was shown nowhere any more.
    by_name = [(names.get((row["group_id"], row["number"])), row) for row in counted]
    _put(counts, [{"session_id": name, **_some(row, COUNTED)} for name, row in by_name if name is not None])
    _rename_reminders({f"{group_id}:{number}": name for (group_id, number), name in names.items()})


def downgrade() -> None:
    """Name each by its place in the row again."""
    held, counted = _rows(sessions, ("id", *KEPT)), _rows(counts, ("session_id", *COUNTED))
    numbers: dict[str, dict[str, Any]] = {}
    for row in sorted(held, key=lambda one: (one["group_id"], one["starts_at"])):
        before = [one for one in numbers.values() if one["group_id"] == row["group_id"]]
        numbers[row["id"]] = {"group_id": row["group_id"], "number": len(before) + 1}
    _make_again(_numbered)
    _put(sessions, [{**_some(row, KEPT), **numbers[row["id"]]} for row in held])
    _put(counts, [{**_some(row, COUNTED), **numbers[row["session_id"]]} for row in counted])
    _rename_reminders({name: "{group_id}:{number}".format(**place) for name, place in numbers.items()})


def _rows(table: sa.TableClause, names: Sequence[str]) -> list[sa.RowMapping]:
    return list(op.get_bind().execute(sa.select(*(table.c[name] for name in names))).mappings())


def _some(row: sa.RowMapping, names: Sequence[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _put(table: sa.TableClause, rows: list[dict[str, Any]]) -> None:
    if rows:
        op.get_bind().execute(table.insert(), rows)


def _rename_reminders(names: dict[str, str]) -> None:
    """Let who was reminded of a meeting not be reminded of it again: `reminder:<meeting>:<sequence>:<sign-up>`."""
    connection = op.get_bind()
    chosen = sa.select(mails.c.id, mails.c.once).where(mails.c.once.like("reminder:%"))
    for mail in connection.execute(chosen).all():
        meeting, sequence, sign_up = mail.once.removeprefix("reminder:").rsplit(":", 2)
        if meeting in names:
            once = f"reminder:{names[meeting]}:{sequence}:{sign_up}"
            connection.execute(mails.update().where(mails.c.id == mail.id).values(once=once))


def _make_again(make: Callable[[], None]) -> None:
    op.drop_table("attendance")
    op.drop_table("group_sessions")
    make()
    op.create_index(op.f("ix_group_sessions_starts_at"), "group_sessions", ["starts_at"])


def _of_a_meeting() -> tuple[SchemaItem, ...]:
    of_group = op.f("fk_group_sessions_group_id")
    return (
        sa.Column("group_id", sa.String(32), nullable=False),
        sa.Column("starts_at", sa.BigInteger, nullable=False),
        sa.Column("ends_at", sa.BigInteger, nullable=False),
        sa.Column("place", sa.String(200)),
        sa.Column("is_cancelled", sa.Boolean, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=of_group, ondelete="CASCADE"),
    )


def _of_a_count() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("age_band", sa.String(16), nullable=False),
        sa.Column("gender", sa.String(16), nullable=False),
        sa.Column("came", sa.Integer, nullable=False),
        sa.CheckConstraint("came > 0", name=op.f("ck_attendance_came")),
    )


def _named() -> None:
    op.create_table(
        "group_sessions",
        sa.Column("id", sa.String(32), nullable=False),
        *_of_a_meeting(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_sessions")),
    )
    op.create_index(op.f("ix_group_sessions_group_id"), "group_sessions", ["group_id"])
    op.create_table(
        "attendance",
        sa.Column("session_id", sa.String(32), nullable=False),
        *_of_a_count(),
        sa.ForeignKeyConstraint(["session_id"], ["group_sessions.id"], name=op.f("fk_attendance_session_id")),
        sa.PrimaryKeyConstraint("session_id", "age_band", "gender", name=op.f("pk_attendance")),
    )


def _numbered() -> None:
    op.create_table(
        "group_sessions",
        sa.Column("number", sa.Integer, nullable=False),
        *_of_a_meeting(),
        sa.PrimaryKeyConstraint("group_id", "number", name=op.f("pk_group_sessions")),
    )
    op.create_table(
        "attendance",
        sa.Column("group_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        *_of_a_count(),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_attendance_group_id")),
        sa.PrimaryKeyConstraint("group_id", "number", "age_band", "gender", name=op.f("pk_attendance")),
    )
