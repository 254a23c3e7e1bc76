"""Which applications the case systems do not have yet: the application itself is what waits, nothing is forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, or_, select, update

from portal.domain.applications.kinds import UNITS, door_of
from portal.domain.applications.states import Application, State
from portal.store.applications import tables as t
from portal.store.storage import Storage

WAITS = (1, 5, 15, 60, 180, 720, 1440)
"""Minutes to the next try, after each that failed; the last for every one after it."""

MOST_AT_ONCE = 50


def list_due(storage: Storage, kommun: str, door: str, now: datetime) -> tuple[str, ...]:
    """Return the ids of applications behind a door whose newest version is not exported and whose turn has come."""
    table = t.applications.c
    units = [unit for unit in UNITS if door_of(unit) == door]
    chosen = select(table.id).where(
        table.kommun == kommun,
        table.unit.in_(units),
        table.state != State.DRAFT,
        table.exported_version < table.version,
        or_(table.push_next_at.is_(None), table.push_next_at <= now),
    )
    with storage.database.reading() as connection:
        return tuple(connection.execute(chosen.order_by(table.sent_at, table.id).limit(MOST_AT_ONCE)).scalars())


def mark_exported(connection: Connection, application: Application, version: int, now: datetime) -> None:
    """Remember that the case system of its kommun has a version; an older one never takes the place of a newer.

    One that has gone to another kommun in the meantime is not marked: that kommun has nothing yet.
    """
    table = t.applications.c
    chosen = update(t.applications).where(
        table.id == application.id, table.kommun == application.kommun, table.exported_version <= version
    )
    connection.execute(chosen.values(exported_version=version, exported_at=now, push_tries=0, push_next_at=None))


def put_off(storage: Storage, application_id: str, now: datetime) -> None:
    """Let a push that failed wait, longer each time."""
    table = t.applications.c
    with storage.database.transaction() as connection:
        tries = connection.execute(select(table.push_tries).where(table.id == application_id)).scalar() or 0
        wait = timedelta(minutes=WAITS[min(tries, len(WAITS) - 1)])
        values = {"push_tries": tries + 1, "push_next_at": now + wait}
        connection.execute(update(t.applications).where(table.id == application_id).values(values))
