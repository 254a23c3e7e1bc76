"""Single sign-ups: found by code or id, with what is kept of their person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from portal.domain.groups.sign_ups import ACTIVE, SignUp, State
from portal.store.groups import tables as m
from portal.store.groups.lines import Person
from portal.store.storage import Storage


@dataclass(frozen=True, slots=True)
class Kept:
    """One sign-up as it is stored, with its group and its person."""

    sign_up: SignUp
    group_id: str
    person: Person


def find_by_code(storage: Storage, connection: Connection, code: str) -> Kept | None:
    """Return the sign-up that a code opens, its own or one that was mailed."""
    hashes = code_hashes(storage, code)
    chosen = select(m.mailed_codes.c.sign_up_id).where(m.mailed_codes.c.code.in_(hashes))
    rows = _kept(connection, m.sign_ups.c.code.in_(hashes) | m.sign_ups.c.id.in_(chosen))
    return next(iter(rows), None)


def find_kept(connection: Connection, sign_up_id: str) -> Kept | None:
    """Return a sign-up by its id."""
    return next(iter(_kept(connection, m.sign_ups.c.id == sign_up_id)), None)


def lock_kept(connection: Connection, sign_up_id: str) -> Kept | None:
    """Return a sign-up that nobody else changes until the transaction ends."""
    connection.execute(select(m.sign_ups.c.id).where(m.sign_ups.c.id == sign_up_id).with_for_update())
    return find_kept(connection, sign_up_id)


def take_code(connection: Connection, sign_up_id: str) -> None:
    """Let the code of a sign-up open it no longer."""
    connection.execute(update(m.sign_ups).where(m.sign_ups.c.id == sign_up_id).values(code=None))


def hand_over_codes(connection: Connection, from_id: str, to_id: str) -> None:
    """Let the codes that were mailed for one sign-up open another: its person has moved there."""
    chosen = update(m.mailed_codes).where(m.mailed_codes.c.sign_up_id == from_id)
    connection.execute(chosen.values(sign_up_id=to_id))


def add_codes(connection: Connection, codes: Mapping[str, str]) -> None:
    """Remember the hashes of codes that mails carry, and whose sign-up each opens."""
    if codes:
        rows = [{"code": code, "sign_up_id": sign_up_id} for code, sign_up_id in codes.items()]
        connection.execute(insert(m.mailed_codes), rows)


def list_of_group(connection: Connection, group_id: str) -> tuple[Kept, ...]:
    """Return the sign-ups of a group that somebody filled in, in the order they came."""
    table = m.sign_ups.c
    return _kept(connection, (table.group_id == group_id) & table.state.not_in((State.HELD, State.RELEASED)))


def people(connection: Connection, sign_up_ids: Iterable[str]) -> dict[str, Person]:
    """Return what is kept of the persons of some sign-ups, by sign-up."""
    return {one.sign_up.id: one.person for one in _kept(connection, m.sign_ups.c.id.in_(list(sign_up_ids)))}


def save_sealed(connection: Connection, sign_up_id: str, sealed: str, now: datetime) -> bool:
    """Remember new details of a person; return False when her sign-up is no longer active."""
    table = m.sign_ups.c
    chosen = update(m.sign_ups).where(table.id == sign_up_id, table.state.in_(ACTIVE))
    return connection.execute(chosen.values(sealed=sealed, changed_at=now)).rowcount == 1


def code_hashes(storage: Storage, code: str) -> tuple[str, ...]:
    """Return what is stored in place of a code, under each key."""
    return storage.vault.digests("code", code)


def _kept(connection: Connection, chosen: Any) -> tuple[Kept, ...]:
    rows = connection.execute(select(m.sign_ups).where(chosen).order_by(m.sign_ups.c.line, m.sign_ups.c.id)).all()
    return tuple(
        Kept(
            SignUp(row.id, State(row.state), row.seats, row.line, row.until_at, row.form_key or ""),
            row.group_id,
            Person(row.lang, row.sealed, row.code),
        )
        for row in rows
    )
