"""Applications, what is sealed in them, and the log of what was deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = (
    "application_chunks",
    "application_files",
    "application_messages",
    "application_fields",
    "application_index",
    "applications",
    "staff_units",
    "deletions",
)
"""Each before those it points at."""

STATES = "'draft', 'sent', 'received', 'in_hand', 'needs_more', 'answered', 'closed', 'withdrawn'"


def upgrade() -> None:
    """Make the tables."""
    _applications()
    _sealed()
    _files()
    _staff_units()
    _deletions()


def downgrade() -> None:
    """Take them away."""
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION deletions_only_grow()")


def _applications() -> None:
    op.create_table(
        "applications",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("lang", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("reference", sa.String(16)),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("form_key", sa.String(64), nullable=False),
        sa.Column("sealed_key", sa.Text, nullable=False),
        sa.Column("recovery_sealed", sa.Text),
        sa.Column("recovery_id", sa.String(16)),
        sa.Column("is_identified", sa.Boolean, nullable=False),
        sa.Column("in_sample", sa.Boolean),
        sa.Column("taken_by", sa.String(64)),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("sent_at", sa.BigInteger),
        sa.Column("received_at", sa.BigInteger),
        sa.Column("asked_at", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("exported_version", sa.Integer, server_default=sa.text("0"), nullable=False),
        sa.Column("exported_at", sa.BigInteger),
        sa.Column("push_tries", sa.Integer, server_default=sa.text("0"), nullable=False),
        sa.Column("push_next_at", sa.BigInteger),
        sa.Column("look_again_at", sa.BigInteger),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_applications_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sa.UniqueConstraint("reference", name=op.f("uq_applications_reference")),
        sa.UniqueConstraint("code", name=op.f("uq_applications_code")),
        sa.UniqueConstraint("form_key", name=op.f("uq_applications_form_key")),
    )
    op.create_index(op.f("ix_applications_kommun_unit_state"), "applications", ["kommun", "unit", "state"])
    op.create_index(op.f("ix_applications_state_changed_at"), "applications", ["state", "changed_at"])


def _of_application(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_application_id")
    return sa.ForeignKeyConstraint(["application_id"], ["applications.id"], name=name, ondelete="CASCADE")


def _sealed() -> None:
    op.create_table(
        "application_fields",
        sa.Column("application_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(96), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        _of_application("application_fields"),
        sa.PrimaryKeyConstraint("application_id", "name", name=op.f("pk_application_fields")),
    )
    op.create_table(
        "application_messages",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("application_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("form_key", sa.String(64)),
        sa.Column("sealed", sa.Text, nullable=False),
        _of_application("application_messages"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_messages")),
    )
    for column in ("number", "form_key"):
        name = op.f(f"ix_application_messages_application_id_{column}")
        op.create_index(name, "application_messages", ["application_id", column], unique=True)
    op.create_table(
        "application_index",
        sa.Column("application_id", sa.String(32), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        _of_application("application_index"),
        sa.PrimaryKeyConstraint("application_id", "what", "hash", name=op.f("pk_application_index")),
    )
    op.create_index(op.f("ix_application_index_what_hash"), "application_index", ["what", "hash"])


def _files() -> None:
    op.create_table(
        "application_files",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("application_id", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        _of_application("application_files"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_files")),
    )
    op.create_index(op.f("ix_application_files_application_id"), "application_files", ["application_id"])
    op.create_table(
        "application_chunks",
        sa.Column("file_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["application_files.id"], name=op.f("fk_application_chunks_file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("file_id", "number", name=op.f("pk_application_chunks")),
    )


def _staff_units() -> None:
    op.create_table(
        "staff_units",
        sa.Column("staff_id", sa.String(64), nullable=False),
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("unit", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "kommun", "unit", name=op.f("pk_staff_units")),
    )


def _deletions() -> None:
    op.create_table(
        "deletions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("reference", sa.String(16)),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("rule", sa.String(32), nullable=False),
        sa.Column("paragraph", sa.String(128), nullable=False),
        sa.Column("files", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletions")),
    )
    op.create_index(op.f("ix_deletions_kommun_at"), "deletions", ["kommun", "at"])
    # The log grows only: what was deleted stays known.
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION deletions_only_grow() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'deletions only grow'; END $$"
        )
        op.execute(
            "CREATE TRIGGER deletions_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON deletions "
            "FOR EACH STATEMENT EXECUTE FUNCTION deletions_only_grow()"
        )
        return
    for deed in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER deletions_no_{deed.lower()} BEFORE {deed} ON deletions "
            "BEGIN SELECT RAISE(ABORT, 'deletions only grow'); END"
        )
