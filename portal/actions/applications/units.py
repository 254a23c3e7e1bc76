"""Who handles the applications of which unit: given by an administrator, read at each sign-in to the staff room."""

from collections.abc import Collection, Mapping
from datetime import datetime

from portal.domain.applications.kinds import UNITS
from portal.domain.applications.states import ALIVE
from portal.domain.audit import Actor, AuditEvent
from portal.domain.refusals import BadMessage, NotOneself
from portal.domain.versions import check_version
from portal.store import audit
from portal.store.applications import units as store
from portal.store.applications.stored import list_places
from portal.store.storage import Storage


def units_of(storage: Storage, staff_id: str, kommun: str) -> frozenset[str]:
    """Return the units whose applications a member of staff handles in a kommun."""
    with storage.database.reading() as connection:
        return frozenset(store.list_units(connection, staff_id, kommun))


def give_units(
    storage: Storage, by: Actor, staff_id: str, units: Collection[str], now: datetime, *, seen: str | None = None
) -> None:
    """Let a member of staff of her kommun handle these units and no other.

    Raise BadMessage for one that is none, NotOneself or ChangedMeanwhile.
    """
    if not set(units) <= set(UNITS):
        raise BadMessage(("units",))
    if staff_id == by.id:
        raise NotOneself
    with storage.database.transaction() as connection:
        check_version(seen, frozenset(store.list_units(connection, staff_id, by.kommun)))
        store.save_units(connection, staff_id, by.kommun, units)
        audit.record(connection, AuditEvent(now, by.id, by.kommun, "give_units", f"staff:{staff_id}"))


def list_empty_units(storage: Storage, kommun: str) -> tuple[str, ...]:
    """Return the units of a kommun whose applications nobody handles."""
    with storage.database.reading() as connection:
        attended = store.list_attended(connection)
    return tuple(unit for unit in UNITS if (kommun, unit) not in attended)


def count_unattended(storage: Storage, kommun: str | None = None) -> Mapping[tuple[str, str], int]:
    """Return how many applications lie in units that nobody handles, by kommun and unit: they would be overlooked."""
    with storage.database.reading() as connection:
        attended = store.list_attended(connection)
        found = list_places(connection, ALIVE)
    return {place: n for place, n in found.items() if place not in attended and kommun in (None, place[0])}
