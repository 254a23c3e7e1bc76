"""Turns to write to an SQLite file: each gets hers, and a turn that does not come in time leaves nothing locked."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import text

from portal.store.patience import OF_A_REQUEST
from tests.store.test_patience import ADD, copied, down_within


@contextmanager
def locked(path: str) -> Iterator[None]:
    """Hold the lock of an SQLite file as another program that writes does."""
    with Path(f"{path}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def test_a_turn_that_does_not_come_is_told_and_leaves_nothing_locked(sqlite_file: Path, tmp_path: Path) -> None:
    database = copied(sqlite_file, tmp_path)
    with locked(str(database.url.database)):
        for _ in range(3):
            with down_within(1) as said, database.transaction():
                raise AssertionError
        assert "held the database's lock" in said[0]
        with database.reading() as connection:
            connection.execute(text("SELECT 1 FROM wishes"))
    with database.transaction() as connection:
        connection.execute(ADD)
    database.close()


def test_many_writers_each_get_their_turn(sqlite_file: Path, tmp_path: Path) -> None:
    database = copied(sqlite_file, tmp_path, OF_A_REQUEST)

    def write(number: int) -> None:
        with database.transaction() as connection:
            row = {"key": str(number)}
            connection.execute(text("INSERT INTO wishes VALUES (:key, 'a', 'b', 'ti', 'day', '2026-11-24')"), row)

    threads = [Thread(target=write, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM wishes")).scalar_one() == 50
    database.close()


def test_a_child_that_is_forked_during_a_turn_does_not_keep_it(sqlite_file: Path, tmp_path: Path) -> None:
    database = copied(sqlite_file, tmp_path)
    begun, go_on = Event(), Event()

    def write() -> None:
        with database.transaction() as connection:
            connection.execute(ADD)
            begun.set()
            go_on.wait(10)

    writer = Thread(target=write)
    writer.start()
    assert begun.wait(10)
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:  # it lives on until it is told, and must not run the rest of the tests
        os.close(theirs)
        os.read(ours, 1)
        os._exit(0)
    go_on.set()
    writer.join()
    with database.transaction():
        pass
    os.close(theirs)
    os.close(ours)
    assert os.waitpid(child, 0)[1] == 0
    database.close()
