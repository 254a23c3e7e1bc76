"""The database: all or nothing, a clear word when it is down, its own connections after a fork."""

import os
import shutil
import sqlite3
import stat
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from portal.store import schema
from portal.store.database import BadDatabaseUrl, Database, DatabaseIsDown, run
from portal.store.patience import CONNECTIONS, OF_A_REQUEST
from portal.store.storage import Storage

ADD = "INSERT INTO wishes VALUES (%(form_key)s, 'solbacka', 'kurs', 'ti', 'day', '2026-11-24')"


def count(storage: Storage) -> int:
    """Return how many rows there are."""
    with storage.database.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM wishes")).scalar_one())


def test_a_transaction_is_kept_whole(storage: Storage) -> None:
    with storage.database.transaction() as connection:
        run(connection, ADD, {"form_key": "one"})
        run(connection, ADD, {"form_key": "two"})
    assert count(storage) == 2


def test_a_transaction_that_raises_leaves_nothing(storage: Storage) -> None:
    def fails() -> None:
        with storage.database.transaction() as connection:
            run(connection, ADD, {"form_key": "one"})
            raise KeyError

    with pytest.raises(KeyError):
        fails()
    assert count(storage) == 0


def test_what_the_database_refuses_is_not_called_down(storage: Storage) -> None:
    def twice() -> None:
        with storage.database.transaction() as connection:
            for _ in range(2):
                run(connection, ADD, {"form_key": "one"})

    with pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        twice()
    assert count(storage) == 0


def test_a_child_after_a_fork_has_connections_of_its_own(storage: Storage) -> None:
    assert count(storage) == 0
    child = os.fork()
    if child == 0:  # nothing but the deed: the child must not run the rest of the tests
        try:
            with storage.database.transaction() as connection:
                run(connection, ADD, {"form_key": "of the child"})
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    assert count(storage) == 1


def test_more_readers_than_connections_wait_for_their_turn(storage: Storage) -> None:
    assert sum(count(storage) for _ in range(3 * CONNECTIONS)) == 0


# ------------------------------------------------------------------------------------------------------------- down


def word_of(database: Database) -> str:
    """Return what a database that is down says."""
    with pytest.raises(DatabaseIsDown) as told, database.reading() as connection:
        connection.execute(text("SELECT 1 FROM wishes"))
    return str(told.value)


def test_a_server_that_is_down_is_named_without_its_password() -> None:
    says = word_of(Database("postgresql://portal:hemligt@127.0.0.1:9/portal"))
    assert "127.0.0.1:9/portal" in says
    assert "hemligt" not in says


def test_a_file_that_is_no_database_is_down_whatever_one_does_with_it(tmp_path: Path) -> None:
    path = tmp_path / "portal.sqlite"
    path.write_bytes(b"a letter, not a database " * 200)
    assert "portal.sqlite" in word_of(Database(f"sqlite:///{path}"))
    with pytest.raises(DatabaseIsDown), Database(f"sqlite:///{path}").transaction() as connection:
        run(connection, "SELECT 1", {})


def test_a_database_without_tables_says_which_is_missing(tmp_path: Path) -> None:
    assert "wishes" in word_of(Database(f"sqlite:///{tmp_path / 'new.sqlite'}"))


def test_a_server_that_closes_the_connection_is_down_and_then_up_again(storage: Storage) -> None:
    if storage.database.is_sqlite:
        return  # a file closes no connection
    ends = "SELECT pg_terminate_backend(pg_backend_pid())"
    for opened in (storage.database.reading, storage.database.transaction):
        with pytest.raises(DatabaseIsDown), opened() as connection:
            connection.execute(text(ends))
        with pytest.raises(DatabaseIsDown), opened() as connection:
            run(connection, ends, {})
        assert count(storage) == 0


@pytest.mark.parametrize("address", ["", "nonsense", "mysql://127.0.0.1/portal", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_cannot_be_used_is_refused(address: str) -> None:
    with pytest.raises(BadDatabaseUrl):
        Database(address)


def test_a_file_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadDatabaseUrl, match=r"portal\.sqlite"):
        Database(f"sqlite:///{tmp_path / 'file' / 'portal.sqlite'}")


# ----------------------------------------------------------------------------------------------------------- SQLite


def test_a_file_is_durable_for_the_portal_s_own_eyes_and_holds_its_keys(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "portal.sqlite"
    database = Database(f"sqlite:///{path}")
    with database.reading() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    database.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_program_that_reads_does_not_stop_a_writer(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'portal.sqlite'}")
    with database.transaction() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
    reader = sqlite3.connect(tmp_path / "portal.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM t").fetchone() == (0,)
    with database.transaction() as connection:
        connection.execute(text("INSERT INTO t VALUES (1)"))
    assert reader.execute("SELECT count(*) FROM t").fetchone() == (0,)
    reader.close()
    database.close()


def test_a_snapshot_stays_as_it_was_while_others_write_and_leaves_nothing_behind(storage: Storage) -> None:
    how_many = text("SELECT count(*) FROM wishes")
    for turn in range(CONNECTIONS + 2):
        with storage.database.snapshot() as connection:
            assert connection.execute(how_many).scalar_one() == turn
            with storage.database.transaction() as other:
                run(other, ADD, {"form_key": f"turn {turn}"})
            assert connection.execute(how_many).scalar_one() == turn
    with pytest.raises(ZeroDivisionError), storage.database.snapshot():
        raise ZeroDivisionError
    assert count(storage) == CONNECTIONS + 2


def test_a_folder_that_is_gone_is_a_database_that_is_down(tmp_path: Path) -> None:
    gone = Database(f"sqlite:///{tmp_path / 'disk' / 'portal.sqlite'}")
    shutil.rmtree(tmp_path / "disk")
    with pytest.raises(DatabaseIsDown, match="folder"), gone.transaction():
        raise AssertionError


def test_a_server_gives_a_lock_up_before_the_statement_that_waits_for_it_and_a_silent_deed_last(
    postgresql: str,
) -> None:
    database = Database(postgresql.format(name="portal"))
    try:
        with database.reading() as connection:
            names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout", "TimeZone")
            shown = [connection.execute(text(f"SHOW {name}")).scalar_one() for name in names]
    finally:
        database.close()
    assert (OF_A_REQUEST.statement, OF_A_REQUEST.deed) == (3, 5)
    assert shown == ["2s", "3s", "10s", "UTC"]


def test_behind_a_pooler_the_account_knows_the_time_outs_and_nothing_is_prepared(postgresql: str) -> None:
    address = postgresql.format(name="portal") + "&pooler=transaction"
    pooled = Database(address)
    schema.upgrade(pooled)
    pooled.close()
    again = Database(address)
    with again.transaction() as connection:
        for _ in range(8):  # the driver would prepare what comes so often
            assert connection.execute(text("SELECT current_setting('statement_timeout')")).scalar() == "3s"
        assert connection.execute(text("SELECT count(*) FROM pg_prepared_statements")).scalar() == 0
    with again.reading() as connection:
        connection.execute(text("ALTER ROLE CURRENT_USER IN DATABASE portal RESET ALL"))
    again.close()
    with pytest.raises(BadDatabaseUrl, match="pooler=transaction"):
        Database(postgresql.format(name="portal") + "&pooler=session")
