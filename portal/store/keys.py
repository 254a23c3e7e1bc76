"""Changing the keys of what is sealed: with a new first key everything is sealed anew for its row, a few at a time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Column, Connection, Table, func, select, tuple_, update

from portal.store.columns import place_in
from portal.store.crypto import Unreadable, Vault
from portal.store.groups.codes import mark_anew
from portal.store.groups.tables import alerts, sign_ups, wish_alerts
from portal.store.officials.tables import survey_answers
from portal.store.people.tables import outbox
from portal.store.staff.tables import staff
from portal.store.storage import Storage

Row = tuple[str, ...]
"""The key of a row, and last what is sealed in it."""

AT_ONCE = 100
"""Rows of one transaction: nobody who signs up waits for long."""

SEALED = (sign_ups, outbox, alerts, wish_alerts, staff, survey_answers)
"""The tables with something sealed for a row, in their column `sealed`."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many rows were sealed anew, and how many of each table did not open or were not bound, and are as they were.

    A sign-up may be counted twice: for its details, and for its code.
    """

    rows: int
    unreadable: Mapping[str, int] = field(default_factory=dict)


def rotate(storage: Storage) -> Rotated:
    """Seal everything anew with the first key, each value for its own row. What does not open stays as it is.

    Hashes of codes cannot be made anew without the codes: an older key stays in the settings until the places whose
    codes it hashed are past keeping.
    """
    total, unreadable = 0, Counter[str]()
    for table in SEALED:
        after: Row | None = None
        while True:
            with storage.database.transaction() as connection:
                rows = _next(connection, table, after)
                lost = sum(not _seal_anew(connection, storage.vault, table, row) for row in rows)
            if not rows:
                break
            total += len(rows) - lost
            unreadable[table.name] += lost
            after = rows[-1]
    unreadable.update(mark_anew(storage))
    return Rotated(total, {name: number for name, number in unreadable.items() if number})


def _next(connection: Connection, table: Table, after: Row | None) -> list[Row]:
    key = _key(table)
    chosen = select(*key, table.c.sealed).where(table.c.sealed.is_not(None))
    if after is not None:
        chosen = chosen.where(tuple_(*key) > after[:-1])
    found = connection.execute(chosen.order_by(*key).limit(AT_ONCE).with_for_update())
    return [tuple(row) for row in found]


def _seal_anew(connection: Connection, vault: Vault, table: Table, row: Row) -> bool:
    place = place_in(table.c.sealed, *row[:-1])
    try:
        sealed = vault.seal_at(place, vault.open_at(place, row[-1]))
    except Unreadable:
        return False
    is_row = [column == value for column, value in zip(_key(table), row[:-1], strict=True)]
    connection.execute(update(table).where(*is_row).values(sealed=sealed))
    return True


def _key(table: Table) -> tuple[Column[str], ...]:
    return tuple(table.primary_key.columns)


def count_sealed(storage: Storage) -> int:
    """Return how many rows hold something sealed."""
    with storage.database.reading() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table).where(table.c.sealed.is_not(None))).scalar_one()
            for table in SEALED
        ]
    return sum(int(count) for count in counts)
