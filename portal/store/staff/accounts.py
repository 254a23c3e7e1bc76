"""The staff in the database: who they are, and what they sign in with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, insert, select, update

from portal.domain.people.emails import email_of
from portal.domain.refusals import NoSuchStaff
from portal.domain.staff.roles import Role, Staff
from portal.store.columns import place_in
from portal.store.crypto import Vault
from portal.store.staff import tables as t
from portal.store.storage import Storage


@dataclass(frozen=True, slots=True)
class Passkey:
    """A key that signs for its owner: in a phone, a computer, or one that is plugged in."""

    credential_id: bytes
    staff_id: str
    name: str
    public_key: bytes
    sign_count: int
    transports: tuple[str, ...]
    device_type: str
    is_backed_up: bool
    used_at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff with what she signs in with: hashed or encrypted, and never shown."""

    staff: Staff
    password: str | None
    sealed: str | None
    totp_counter: int | None
    session_key: str
    passkey_handle: str
    passkeys: tuple[Passkey, ...] = ()


def folded(email: str) -> str:
    """Return an e-mail as it is compared: a person has one account."""
    return email_of(email).casefold()


def new_key() -> str:
    """Return a random value for a session or a passkey; it means nothing."""
    return token_hex(32)


# ------------------------------------------------------------------------------------------------------ reading


def find_account(connection: Connection, **by: str | None) -> Account | None:
    """Return the account with that id, email, session_key or oidc_subject; None where there is none."""
    wanted = {**by, "email": folded(str(by["email"]))} if "email" in by else by
    conditions = [t.staff.c[column] == value for column, value in wanted.items()]
    row = connection.execute(select(t.staff).where(*conditions)).mappings().first()
    return None if row is None else _account(row, passkeys_of(connection, row["id"]))


def get_staff(connection: Connection, staff_id: str, kommun: str | None) -> Staff:
    """Return a member of staff; raise NoSuchStaff where there is none, or she is another kommun's (None: of all)."""
    found = find_account(connection, id=staff_id)
    if found is None or kommun not in (None, found.staff.kommun):
        raise NoSuchStaff
    return found.staff


def list_staff(storage: Storage, kommun: str | None) -> tuple[Staff, ...]:
    """Return the staff of a kommun, or of the whole portal: those who can sign in first, then by e-mail."""
    with storage.database.reading() as connection:
        return list_all(connection) if kommun is None else list_within(connection, kommun)


def list_all(connection: Connection) -> tuple[Staff, ...]:
    """Return everybody of every kommun and of the whole portal."""
    return _listed(connection, select(t.staff))


def list_within(connection: Connection, kommun: str | None) -> tuple[Staff, ...]:
    """Return the staff of a kommun, or those of the whole portal alone (None)."""
    return _listed(connection, select(t.staff).where(t.staff.c.kommun == kommun))


def _listed(connection: Connection, query: Select[Any]) -> tuple[Staff, ...]:
    ordered = query.order_by(t.staff.c.is_active.desc(), t.staff.c.email)
    with_key = set(connection.execute(select(t.passkeys.c.staff_id)).scalars())
    return tuple(_staff(row, row["id"] in with_key) for row in connection.execute(ordered).mappings())


def names_of(storage: Storage, ids: Iterable[str]) -> dict[str, str]:
    """Return the e-mails of members of staff by id, for the audit trail."""
    query = select(t.staff.c.id, t.staff.c.email).where(t.staff.c.id.in_(sorted(set(ids))))
    with storage.database.reading() as connection:
        return {row.id: row.email for row in connection.execute(query)}


def passkeys_of(connection: Connection, staff_id: str) -> tuple[Passkey, ...]:
    """Return the passkeys of a member of staff, by name."""
    query = select(t.passkeys).where(t.passkeys.c.staff_id == staff_id).order_by(t.passkeys.c.name)
    return tuple(Passkey(**row) for row in connection.execute(query).mappings())


def find_passkey(connection: Connection, credential_id: bytes) -> Passkey | None:
    """Return a passkey by the id that its device gave it."""
    row = connection.execute(select(t.passkeys).where(t.passkeys.c.credential_id == credential_id)).mappings().first()
    return None if row is None else Passkey(**row)


def find_invited(connection: Connection, hashes: Iterable[str]) -> tuple[Staff, datetime] | None:
    """Return whom an invitation is for and when it was given, by the hashes of its code under every key."""
    row = connection.execute(select(t.staff).where(t.staff.c.invitation.in_(list(hashes)))).mappings().first()
    return None if row is None else (_staff(row, has_passkey=False), row["invited_at"])


def _staff(row: RowMapping, has_passkey: bool) -> Staff:
    return Staff(
        row["id"],
        row["email"],
        tuple(Role(role) for role in row["roles"]),
        row["kommun"],
        row["lang"],
        row["is_active"],
        has_password=row["password"] is not None,
        has_second_factor=row["sealed"] is not None or has_passkey,
    )


def _account(row: RowMapping, passkeys: tuple[Passkey, ...]) -> Account:
    kept = {column: row[column] for column in ("password", "sealed", "totp_counter", "session_key", "passkey_handle")}
    return Account(_staff(row, bool(passkeys)), passkeys=passkeys, **kept)


# ----------------------------------------------------------------------------------------------------- changing


def add_account(connection: Connection, staff: Staff, now: datetime) -> None:
    """Remember a new member of staff, who cannot sign in before she has used an invitation."""
    connection.execute(
        insert(t.staff).values(
            id=staff.id,
            email=folded(staff.email),
            roles=staff.roles,
            kommun=staff.kommun,
            lang=staff.lang,
            is_active=staff.is_active,
            session_key=new_key(),
            passkey_handle=new_key(),
            made_at=now,
        )
    )


def save_fields(connection: Connection, staff_id: str, **changed: Any) -> None:
    """Remember some columns of a member of staff."""
    connection.execute(update(t.staff).where(t.staff.c.id == staff_id).values(**changed))


def begin_anew(connection: Connection, staff_id: str, invitation: str | None, now: datetime) -> None:
    """Take away all she signs in with, end her sessions, and let an invitation (as a hash) open the account."""
    for kept in (t.passkeys, t.recovery_codes):
        connection.execute(delete(kept).where(kept.c.staff_id == staff_id))
    save_fields(
        connection,
        staff_id,
        password=None,
        sealed=None,
        totp_counter=None,
        oidc_subject=None,
        session_key=new_key(),
        invitation=invitation,
        invited_at=None if invitation is None else now,
    )


def seal_secret(vault: Vault, staff_id: str, secret: Any) -> str:
    """Return the secret of an app for codes as it is stored for a member of staff; for another it does not open."""
    return vault.seal_at(place_in(t.staff.c.sealed, staff_id), secret)


def open_secret(vault: Vault, staff_id: str, sealed: str) -> Any:
    """Return the secret that was stored for a member of staff; raise Unreadable."""
    return vault.open_at(place_in(t.staff.c.sealed, staff_id), sealed)


def use_totp_counter(connection: Connection, staff_id: str, counter: int) -> bool:
    """Remember the code that was used; return False when it, or a later one, was used before."""
    is_newer = t.staff.c.totp_counter.is_(None) | (t.staff.c.totp_counter < counter)
    used = update(t.staff).where(t.staff.c.id == staff_id, is_newer).values(totp_counter=counter)
    return connection.execute(used).rowcount == 1


def add_passkey(connection: Connection, passkey: Passkey) -> None:
    """Remember a new passkey."""
    connection.execute(insert(t.passkeys).values(_row(passkey)))


def save_passkey(connection: Connection, passkey: Passkey) -> None:
    """Remember that a passkey was used."""
    used = update(t.passkeys).where(t.passkeys.c.credential_id == passkey.credential_id)
    connection.execute(used.values(_row(passkey)))


def delete_passkey(connection: Connection, staff_id: str, credential_id: bytes) -> None:
    """Take away a passkey of a member of staff."""
    table = t.passkeys.c
    connection.execute(delete(t.passkeys).where(table.credential_id == credential_id, table.staff_id == staff_id))


def _row(passkey: Passkey) -> dict[str, Any]:
    return {column.name: getattr(passkey, column.name) for column in t.passkeys.columns}
