"""The shape of the database: up, down, and equal to the tables that the code knows, on both."""

import pytest
from sqlalchemy import inspect, text

from portal.store import models as m
from portal.store.database import Database
from portal.store.schema import differences, downgrade, is_current, upgrade


@pytest.fixture
def database(database_url: str) -> Database:
    """Return a database that is up to date."""
    return Database(database_url)


def tables(database: Database) -> set[str]:
    """Return the names of the tables there are."""
    with database.reading() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_the_steps_up_and_down_meet_the_tables_of_the_code(database: Database) -> None:
    try:
        assert is_current(database)
        assert differences(database) == []
        downgrade(database)
        assert not is_current(database)
        assert tables(database) == set()
        upgrade(database)
        assert tables(database) == {table.name for table in m.metadata.sorted_tables}
        assert differences(database) == []
    finally:
        upgrade(database)
        database.close()


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(database: Database) -> None:
    upgrade(database)
    assert is_current(database)
    database.close()


def test_a_table_that_the_steps_forgot_is_seen(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(text("ALTER TABLE wishes ADD COLUMN forgotten INTEGER"))
    try:
        assert [found[0] for found in differences(database)] == ["remove_column"]
    finally:
        with database.transaction() as connection:
            connection.execute(text("ALTER TABLE wishes DROP COLUMN forgotten"))
        database.close()
