"""Single sign-ups: found by code or id, with what is kept of their person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from portal.domain.groups.sign_ups import ACTIVE, SignUp, State
from portal.store.groups import tables as m
from portal.store.groups.codes import find_opened
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
    sign_up_id = find_opened(storage, connection, code)
    return None if sign_up_id is None else find_kept(connection, sign_up_id)


def find_kept(connection: Connection, sign_up_id: str) -> Kept | None:
    """Return a sign-up by its id."""
    return next(iter(_kept(connection, m.sign_ups.c.id == sign_up_id)), None)


def lock_kept(connection: Connection, sign_up_id: str) -> Kept | None:
    """Return a sign-up that nobody else changes until the transaction ends."""
    connection.execute(select(m.sign_ups.c.id).where(m.sign_ups.c.id == sign_up_id).with_for_update())
    return find_kept(connection, sign_up_id)


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
