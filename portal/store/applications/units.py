"""Which units a member of staff handles the applications of."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from portal.store.applications import tables as t


def list_units(connection: Connection, staff_id: str, kommun: str) -> tuple[str, ...]:
    """Return the units of a member of staff in a kommun."""
    table = t.staff_units.c
    chosen = select(table.unit).where(table.staff_id == staff_id, table.kommun == kommun).order_by(table.unit)
    return tuple(connection.execute(chosen).scalars())


def save_units(connection: Connection, staff_id: str, kommun: str, units: Collection[str]) -> None:
    """Remember the units of a member of staff in a kommun, in place of those before."""
    table = t.staff_units.c
    connection.execute(delete(t.staff_units).where(table.staff_id == staff_id, table.kommun == kommun))
    rows = [{"staff_id": staff_id, "kommun": kommun, "unit": unit} for unit in sorted(units)]
    if rows:
        connection.execute(insert(t.staff_units), rows)


def list_attended(connection: Connection) -> frozenset[tuple[str, str]]:
    """Return the kommuner and units that somebody handles."""
    table = t.staff_units.c
    return frozenset((kommun, unit) for kommun, unit in connection.execute(select(table.kommun, table.unit).distinct()))
