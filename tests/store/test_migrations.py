"""The steps of the database: up, down, and equal to the tables that the code knows, on both."""

from sqlalchemy import inspect

from portal.store.database import Database
from portal.store.schema import differences, downgrade, is_current, metadata, upgrade


def tables(database: Database) -> set[str]:
    """Return the names of the tables there are."""
    with database.reading() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_the_steps_up_and_down_meet_the_tables_of_the_code(database_url: str) -> None:
    database = Database(database_url)
    try:
        assert is_current(database)
        assert differences(database) == []
        downgrade(database)
        assert not is_current(database)
        assert tables(database) == set()
        upgrade(database)
        assert tables(database) == {table.name for table in metadata.sorted_tables}
        assert differences(database) == []
    finally:
        upgrade(database)
        database.close()
