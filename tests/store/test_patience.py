"""A database that is stuck is told to be down in time; whoever comes right after is told at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic

import psycopg
import pytest
from sqlalchemy import text

from portal.store import schema
from portal.store.database import Database, DatabaseIsDown
from portal.store.patience import CONNECTIONS, OF_A_COMMAND, OF_A_REQUEST, Patience

SHORT = Patience(pool=0.2, turn=0.2, busy=0.2, connect=2, statement=0.3, deed=0.5)
ADD = text("INSERT INTO wishes VALUES ('one', 'solbacka', 'kurs', 'ti', 'day', '2026-11-24')")


@contextmanager
def down_within(seconds: float) -> Iterator[list[str]]:
    """Assert that a database is told to be down, and how soon; give what it says."""
    began, said = monotonic(), list[str]()
    with pytest.raises(DatabaseIsDown) as told:
        yield said
    assert monotonic() - began < seconds
    said.append(str(told.value))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Return a fresh database for whom nobody waits long, once of each kind."""
    found = Database(database_url, SHORT)
    yield found
    found.close()


@pytest.mark.parametrize("patience", [OF_A_REQUEST, OF_A_COMMAND])
def test_time_outs_nest(patience: Patience) -> None:
    assert patience.busy < patience.deed
    assert patience.statement < patience.deed


def test_the_longest_way_to_an_answer_of_a_request_is_under_ten_seconds() -> None:
    one = OF_A_REQUEST
    assert one.turn + one.pool + one.busy < 10
    assert max(one.pool, one.connect) + one.deed < 10
    assert one.statement + 1 <= one.deed


def test_a_file_that_another_program_writes_to_is_down_to_write_and_still_read(
    sqlite_file: Path, tmp_path: Path
) -> None:
    database = copied(sqlite_file, tmp_path)
    other = sqlite3.connect(str(database.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with down_within(1.5) as said, database.transaction():
        raise AssertionError
    assert "locked" in said[0]
    with database.reading() as connection:
        connection.execute(text("SELECT 1 FROM wishes"))
    other.close()
    database.close()


def test_a_statement_that_takes_too_long_is_ended_by_the_server(postgresql: str) -> None:
    database = Database(postgresql.format(name="portal"), SHORT)
    with down_within(2) as said, database.reading() as connection:
        connection.execute(text("SELECT pg_sleep(20)"))
    assert "statement timeout" in said[0]
    with database.reading() as connection:  # a server that answers is not left alone
        connection.execute(text("SELECT 1"))
    database.close()


def test_a_pool_that_is_empty_is_told(database: Database) -> None:
    with ExitStack() as stack:
        for _ in range(CONNECTIONS):
            stack.enter_context(database.reading())
        with down_within(1) as said, database.reading():
            raise AssertionError
    assert "more to do than it can" in said[0]


def test_a_server_that_only_reads_is_down_to_write(postgresql: str) -> None:
    address = postgresql.format(name="portal")
    with psycopg.connect(address, autocommit=True) as other:
        other.execute("ALTER ROLE portal SET default_transaction_read_only = on")
        try:
            database = Database(address, SHORT)
            with down_within(1) as said, database.transaction() as connection:
                connection.execute(ADD)
        finally:
            other.execute("SET default_transaction_read_only = off")
            other.execute("ALTER ROLE portal RESET default_transaction_read_only")
    assert "read-only" in said[0]
    database.close()


def test_a_database_of_another_shape_says_what_to_do_and_never_what_was_asked(database_url: str) -> None:
    database = Database(database_url, OF_A_COMMAND)
    schema.downgrade(database, "0004")
    try:
        with down_within(2) as said, database.reading() as connection:
            connection.execute(text("SELECT id FROM applications WHERE id = :id"), {"id": "hemlig"})
    finally:
        schema.upgrade(database)
        database.close()
    assert "portal database upgrade" in said[0]
    assert "hemlig" not in said[0]


def test_an_error_of_the_database_never_shows_what_was_written(database: Database) -> None:
    row = {"key": "hemligt@example.se"}
    with pytest.raises(Exception) as told, database.transaction() as connection:  # noqa: PT011 - each database its own
        connection.execute(text("INSERT INTO wishes (form_key, kommun) VALUES (:key, NULL)"), row)
    assert "hemligt" not in str(told.value).partition("DETAIL")[0]


def copied(sqlite_file: Path, tmp_path: Path, patience: Patience = SHORT) -> Database:
    path = tmp_path / "portal.sqlite"
    path.write_bytes(sqlite_file.read_bytes())
    return Database(f"sqlite:///{path}", patience)
