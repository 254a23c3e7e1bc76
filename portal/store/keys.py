"""Changing the keys of what is sealed: with a new first key, everything is sealed anew, a few rows at a time."""

from sqlalchemy import func, select, update

from portal.store.groups.tables import alerts, sign_ups
from portal.store.officials.tables import survey_answers
from portal.store.people.tables import outbox
from portal.store.staff.tables import staff
from portal.store.storage import Storage

AT_ONCE = 100
"""Rows of one transaction: nobody who signs up waits for long."""

SEALED = (
    (sign_ups, sign_ups.c.id),
    (outbox, outbox.c.id),
    (alerts, alerts.c.email),
    (staff, staff.c.id),
    (survey_answers, survey_answers.c.id),
)
"""The tables with something sealed, and what their rows are ordered by."""


def rotate(storage: Storage) -> int:
    """Seal everything anew with the first key; return how many rows. Raise Unreadable when a key is missing.

    Hashes of codes cannot be made anew without the codes: an older key stays in the settings until the places whose
    codes it hashed are past keeping.
    """
    total = 0
    for table, key in SEALED:
        after = ""
        while True:
            with storage.database.transaction() as connection:
                chosen = select(key, table.c.sealed).where(table.c.sealed.is_not(None), key > after)
                rows = connection.execute(chosen.order_by(key).limit(AT_ONCE).with_for_update()).all()
                for row in rows:
                    sealed = storage.vault.rotate(row.sealed)
                    connection.execute(update(table).where(key == row[0]).values(sealed=sealed))
            if not rows:
                break
            total += len(rows)
            after = rows[-1][0]
    return total


def count_sealed(storage: Storage) -> int:
    """Return how many rows hold something sealed."""
    with storage.database.reading() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table).where(table.c.sealed.is_not(None))).scalar_one()
            for table, _ in SEALED
        ]
    return sum(int(count) for count in counts)
