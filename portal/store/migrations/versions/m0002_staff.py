"""The staff, how they sign in, and what editors say of contacts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = ("staff_passkeys", "staff", "staff_tries", "contact_versions", "contact_edits", "closures")
"""Each before those it points at."""


def upgrade() -> None:
    """Make the tables."""
    _staff()
    _passkeys()
    _contacts()


def downgrade() -> None:
    """Take them away."""
    for table in TABLES:
        op.drop_table(table)


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("kommun", sa.String(64)),
        sa.Column("lang", sa.String(16), nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
        sa.Column("password", sa.String(255)),
        sa.Column("sealed", sa.Text),
        sa.Column("totp_counter", sa.Integer),
        sa.Column("session_key", sa.String(64), nullable=False),
        sa.Column("passkey_handle", sa.String(64), nullable=False),
        sa.Column("oidc_subject", sa.String(255)),
        sa.Column("invitation", sa.String(64)),
        sa.Column("invited_at", sa.BigInteger),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("ended_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        *(
            sa.UniqueConstraint(column, name=op.f(f"uq_staff_{column}"))
            for column in ("email", "session_key", "passkey_handle", "oidc_subject", "invitation")
        ),
    )
    op.create_index(op.f("ix_staff_kommun"), "staff", ["kommun"])
    op.create_table(
        "staff_tries",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_staff_tries")),
    )


def _passkeys() -> None:
    op.create_table(
        "staff_passkeys",
        sa.Column("credential_id", sa.LargeBinary, nullable=False),
        sa.Column("staff_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("sign_count", sa.Integer, nullable=False),
        sa.Column("transports", sa.Text, nullable=False),
        sa.Column("device_type", sa.String(32), nullable=False),
        sa.Column("is_backed_up", sa.Boolean, nullable=False),
        sa.Column("used_at", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.id"], name=op.f("fk_staff_passkeys_staff_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("credential_id", name=op.f("pk_staff_passkeys")),
    )
    op.create_index(op.f("ix_staff_passkeys_staff_id"), "staff_passkeys", ["staff_id"])


def _contacts() -> None:
    op.create_table(
        "contact_versions",
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("kommun", name=op.f("pk_contact_versions")),
    )
    op.create_table(
        "contact_edits",
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("contact", sa.String(64), nullable=False),
        sa.Column("unit", sa.String(200), nullable=False),
        sa.Column("phone", sa.String(40), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("hours", sa.Text, nullable=False),
        sa.Column("confirmed_on", sa.Date, nullable=False),
        sa.Column("confirmed_by", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("kommun", "contact", name=op.f("pk_contact_edits")),
    )
    op.create_table(
        "closures",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kommun", sa.String(64), nullable=False),
        sa.Column("contact", sa.String(64), nullable=False),
        sa.Column("first_on", sa.Date, nullable=False),
        sa.Column("last_on", sa.Date, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closures")),
    )
    op.create_index(op.f("ix_closures_kommun"), "closures", ["kommun"])
