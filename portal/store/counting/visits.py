"""Today's visits in the database: so many of a kind to an insats. No row knows who, or when."""

from datetime import date

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from portal.store.counting import tables as m

Visits = dict[tuple[str, str], int]
"""How many, by insats and kind."""


def read_visits(connection: Connection, kommun: str, day: date) -> Visits:
    """Return what was counted on a day that the night has not taken yet."""
    table = m.visits.c
    query = select(table.insats, table.kind, table.number).where(table.kommun == kommun, table.counted_on == day)
    return {(insats, kind): number for insats, kind, number in connection.execute(query)}


def add_visit(connection: Connection, kommun: str, insats: str, kind: str, day: date) -> None:
    """Count up by one."""
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    new = make(m.visits).values(kommun=kommun, counted_on=day, insats=insats, kind=kind, number=1)
    connection.execute(
        new.on_conflict_do_update(index_elements=list(m.visits.primary_key), set_={"number": m.visits.c.number + 1})
    )


def remove_visit(connection: Connection, kommun: str, insats: str, kind: str, day: date) -> bool:
    """Count down by one; return False where nothing was counted."""
    table = m.visits.c
    this = (table.kommun == kommun, table.counted_on == day, table.insats == insats, table.kind == kind)
    fewer = update(m.visits).where(*this, table.number > 1).values(number=table.number - 1)
    if connection.execute(fewer).rowcount:
        return True
    return connection.execute(delete(m.visits).where(*this)).rowcount == 1
