"""The tables of staff: who they are how they sign in, and what one proposes that a second person must allow."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from portal.store.columns import Instant, Words, metadata

staff = Table(
    "staff",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("email", String(254), nullable=False, unique=True),  # folded: a person has one account
    Column("roles", Words, nullable=False),
    Column("kommun", String(64)),
    Column("lang", String(16), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("password", String(255)),  # hashed with argon2
    Column("sealed", Text),  # the secret of her app for codes, encrypted
    Column("totp_counter", Integer),  # the last code that was used, so that none is used twice
    Column("session_key", String(64), nullable=False, unique=True),  # a new one ends every session she has
    Column("passkey_handle", String(64), nullable=False, unique=True),
    Column("oidc_subject", String(255), unique=True),
    Column("invitation", String(64), unique=True),  # a keyed hash of the code that sets the password
    Column("invited_at", Instant),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index(None, "kommun"),
)


passkeys = Table(
    "staff_passkeys",
    metadata,
    Column("credential_id", LargeBinary, primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(64), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", Integer, nullable=False),
    Column("transports", Words, nullable=False),
    Column("device_type", String(32), nullable=False),
    Column("is_backed_up", Boolean, nullable=False),
    Column("used_at", Instant, nullable=False),
)

recovery_codes = Table(
    "staff_recovery_codes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("hash", String(255), nullable=False),  # hashed with argon2
    Column("made_at", Instant, nullable=False),
)

proposals = Table(
    "staff_proposals",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("ask", String(16), nullable=False),
    Column("email", String(254), nullable=False),
    Column("roles", Words, nullable=False),
    Column("kommun", String(64)),
    Column("by", String(32), nullable=False),
    Column("made_at", Instant, nullable=False),
)
