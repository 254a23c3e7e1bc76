"""The shape of the database: brought up to date, and compared with what the code knows."""

import pytest
from sqlalchemy import text

from portal.store.database import Database
from portal.store.schema import Standing, differences, downgrade, is_current, newest_step, standing, upgrade


@pytest.fixture
def database(database_url: str) -> Database:
    """Return a database that is up to date."""
    return Database(database_url)


def test_a_database_knows_whether_it_is_up_to_date(database: Database) -> None:
    try:
        downgrade(database)
        assert not is_current(database)
    finally:
        upgrade(database)
    assert is_current(database)
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


def test_a_later_version_s_database_is_worked_on_unless_its_letters_say_no(database: Database) -> None:
    def put(step: str) -> None:
        with database.transaction() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :step"), {"step": step})

    newest = newest_step()
    try:
        for step, stands in (("9999", Standing.NEWER), ("b9999", Standing.OTHER), ("0001", Standing.OTHER)):
            put(step)
            assert standing(database) is stands, step
            assert not is_current(database)
    finally:
        put(newest)
        database.close()
