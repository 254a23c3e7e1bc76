"""The tables of staff, and of what editors say, are those that the migrations make, and go with them."""

from pathlib import Path

from sqlalchemy import Table, inspect

from portal.store import schema
from portal.store.catalogue import tables as catalogue_tables
from portal.store.database import Database
from portal.store.staff import tables as staff_tables

OF_STAFF = (*vars(staff_tables).values(), *vars(catalogue_tables).values())
TABLES = {table.name for table in OF_STAFF if isinstance(table, Table)}


def tables_of(database: Database) -> set[str]:
    """Return the names of the tables that are there."""
    with database.reading() as connection:
        return set(inspect(connection).get_table_names())


def test_the_migrations_make_the_tables_as_the_code_knows_them(database_url: str) -> None:
    database = Database(database_url)
    assert len(TABLES) == 9
    assert tables_of(database) >= TABLES
    assert schema.is_current(database)
    assert schema.differences(database) == []
    database.close()


def test_a_step_back_takes_them_away_and_a_step_on_brings_them_again(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/steps.sqlite")
    schema.upgrade(database)
    schema.downgrade(database, "0001")
    assert not TABLES & tables_of(database)
    schema.upgrade(database)
    assert schema.differences(database) == []
    database.close()
