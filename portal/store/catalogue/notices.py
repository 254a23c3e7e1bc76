"""What editors say of contacts, in the database; and the board that every page reads it from."""

from collections.abc import Callable, Mapping
from datetime import date, time
from threading import Lock, Thread

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.exc import SQLAlchemyError

from portal.domain.catalogue.contacts import Confirmation
from portal.domain.catalogue.notices import NO_NOTICES, Edited, Notices
from portal.domain.catalogue.opening import Closure, Hours
from portal.store.catalogue import tables as t
from portal.store.database import DatabaseIsDown
from portal.store.storage import Storage

LOOKED_AT = 1.0
"""Seconds between two looks at the versions, in each process."""

TRIED_AGAIN = 30.0
"""Seconds before a database that is down is asked again: no public page waits for it."""

WAITED = 0.5
"""Seconds that a page waits for a look; a database that is slower than that is looked at beside the pages."""


def read_notices(connection: Connection, kommun: str) -> Notices:
    """Return all that editors of a kommun have said."""
    version = _versions(connection).get(kommun, 0)
    edits = connection.execute(select(t.contact_edits).where(t.contact_edits.c.kommun == kommun))
    edited = {
        row.contact: Edited(
            row.unit, row.phone, row.email, _hours(row.hours), Confirmation(row.confirmed_on, row.confirmed_by)
        )
        for row in edits
    }
    closed: dict[str, tuple[Closure, ...]] = {}
    query = select(t.closures).where(t.closures.c.kommun == kommun)
    for row in connection.execute(query.order_by(t.closures.c.first_on, t.closures.c.id)):
        closed[row.contact] = (*closed.get(row.contact, ()), Closure(row.id, row.first_on, row.last_on, row.reason))
    return Notices(version, edited, closed)


def lock(connection: Connection, kommun: str) -> None:
    """Let nobody else change the notices of a kommun until the transaction ends."""
    _grow(connection, kommun)


def save_edited(connection: Connection, kommun: str, contact: str, edited: Edited) -> None:
    """Remember what stands in place of the catalogue's words for a contact."""
    values = {
        "unit": edited.unit,
        "phone": edited.phone,
        "email": edited.email,
        "hours": ";".join(f"{one.weekday} {one.opens:%H:%M} {one.closes:%H:%M}" for one in edited.hours),
        "confirmed_on": edited.confirmed.on,
        "confirmed_by": edited.confirmed.by,
    }
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    added = make(t.contact_edits).values(kommun=kommun, contact=contact, **values)
    connection.execute(added.on_conflict_do_update(index_elements=["kommun", "contact"], set_=values))
    _grow(connection, kommun)


def forget_edited(connection: Connection, kommun: str, contact: str) -> None:
    """Let the catalogue's own words stand again for a contact."""
    table = t.contact_edits.c
    connection.execute(delete(t.contact_edits).where(table.kommun == kommun, table.contact == contact))
    _grow(connection, kommun)


def add_closure(connection: Connection, kommun: str, contact: str, closure: Closure) -> None:
    """Remember that a unit is closed."""
    connection.execute(
        insert(t.closures).values(
            id=closure.id,
            kommun=kommun,
            contact=contact,
            first_on=closure.first_on,
            last_on=closure.last_on,
            reason=closure.reason,
        )
    )
    _grow(connection, kommun)


def remove_closure(connection: Connection, kommun: str, closure_id: str) -> bool:
    """Take a closure away; return False when the kommun has none of that id."""
    table = t.closures.c
    removed = connection.execute(delete(t.closures).where(table.kommun == kommun, table.id == closure_id))
    _grow(connection, kommun)
    return removed.rowcount == 1


def forget_past_closures(connection: Connection, today: date) -> int:
    """Take away the closures that are over; no page shows them."""
    return connection.execute(delete(t.closures).where(t.closures.c.last_on < today)).rowcount


def _grow(connection: Connection, kommun: str) -> None:
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    connection.execute(make(t.contact_versions).values(kommun=kommun).on_conflict_do_nothing())
    table = t.contact_versions.c
    connection.execute(update(t.contact_versions).where(table.kommun == kommun).values(version=table.version + 1))


def _versions(connection: Connection) -> dict[str, int]:
    return {row.kommun: row.version for row in connection.execute(select(t.contact_versions))}


def _hours(text: str) -> tuple[Hours, ...]:
    spans = (span.split() for span in text.split(";") if span)
    return tuple(Hours(int(day), time.fromisoformat(opens), time.fromisoformat(closes)) for day, opens, closes in spans)


class NoticeBoard:
    """The notices of every kommun in memory; new ones are seen within a second, and a database that is down is no stop.

    `ticks` counts seconds from anywhere, and never backwards.
    """

    def __init__(self, storage: Storage, ticks: Callable[[], float]) -> None:
        self._storage = storage
        self._ticks = ticks
        self._lock = Lock()
        self._next_look = float("-inf")
        self._known: Mapping[str, Notices] = {}

    def of(self, kommun: str) -> Notices:
        """Return the notices of a kommun as they were at the last look."""
        # Only one looks; the others do not wait for it, and while it is not back nobody looks again.
        if self._ticks() >= self._next_look and self._lock.acquire(blocking=False):
            look = Thread(target=self._look, daemon=True)
            look.start()
            look.join(WAITED)
        return self._known.get(kommun, NO_NOTICES)

    def look_now(self) -> None:
        """Let the next page look: this process itself has changed something."""
        self._next_look = float("-inf")

    def _look(self) -> None:
        """Look, and let the next one look; the lock was taken by who started it."""
        wait = TRIED_AGAIN
        try:
            with self._storage.database.reading() as connection:
                versions = _versions(connection)
                self._known = {kommun: self._current(connection, kommun, versions[kommun]) for kommun in versions}
            wait = LOOKED_AT
        except (DatabaseIsDown, SQLAlchemyError):
            self._known = {}
        finally:
            self._next_look = self._ticks() + wait
            self._lock.release()

    def _current(self, connection: Connection, kommun: str, version: int) -> Notices:
        known = self._known.get(kommun, NO_NOTICES)
        return known if known.version == version else read_notices(connection, kommun)
