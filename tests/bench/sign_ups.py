"""Durable sign-ups of 32 clients, as a share of the bare database doing the same row changes in the same run.

Bare: the driver alone, one connection for each client, one transaction for each sign-up that counts the group up, adds
the row of the sign-up and that of its mail; on SQLite under the same lock of the file. The portal checks the form,
encrypts, decides and writes. A third, deliberately wrong way reads and writes apart, to prove that overbooking is seen.
"""

import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from uuid import uuid4

import psycopg

from portal.actions.groups.signing_up import sign_up
from portal.domain.groups.deciding import Decision
from portal.domain.groups.sign_ups import SignUp, State, taken
from portal.store import schema
from portal.store.groups.lines import Person, Step, read_line, write_locked
from portal.store.groups.planning import lock_group
from portal.store.kept_key import new_key
from portal.store.storage import Storage, open_storage
from tests.made_up_groups import NOW, published, request
from tests.postgres import served

CLIENTS = 32
GROUPS, PLACES = 200, 30
SIGN_UPS = 1600
"""Of each way in each round, by all clients together."""

ROUNDS = 3
BUYERS = 8
"""Of the one seat that the wrong way sells."""

GOALS = {"SQLite": 0.5, "PostgreSQL": 0.45}
KEY = new_key()
FORK = get_context("fork")

Deed = Callable[[int], None]


def measure(folder: Path) -> dict[str, str]:
    """Return the share for each database, and what the wrong way was seen to do."""
    with served() as address:
        with psycopg.connect(address.format(name="postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE portal")
        urls = {"SQLite": f"sqlite:///{folder / 'bench.sqlite'}", "PostgreSQL": address.format(name="portal")}
        found: dict[str, str] = {}
        for name, url in urls.items():
            shares, overbooked = _measure_one(url)
            found[f"{name}: share of the bare database (goal {GOALS[name]})"] = f"{median(shares):.2f}"
            found[f"{name}: of 1 seat, the wrong way sold"] = str(overbooked)
        return found


def _measure_one(url: str) -> tuple[list[float], int]:
    storage = open_storage(url, [KEY])
    schema.upgrade(storage.database)
    groups, others = ([published(storage, capacity=PLACES).id for _ in range(GROUPS)] for _ in range(2))
    sealed = storage.vault.seal_at("sign_ups.sealed", {"nickname": "Exempel 12345", "email": "exempel12345@example.se"})
    shares = []
    for round_ in range(ROUNDS):
        storage.close()  # what forks has no connection
        bare = _rate(partial(_bare, url, others, sealed))
        ours = _rate(partial(_ours, url, groups, round_))
        shares.append(ours / bare)
    _check(storage, groups)
    overbooked = _sell_wrongly(storage)
    storage.close()
    return shares, overbooked


def _rate(make: Callable[[], Deed]) -> float:
    """Return sign-ups a second of all clients together; each process makes its own way to the database first."""
    pipes = []
    share = SIGN_UPS // CLIENTS
    for number in range(CLIENTS):
        ours, theirs = FORK.Pipe()
        process = FORK.Process(target=_work, args=(make, range(number * share, (number + 1) * share), theirs))
        process.daemon = True  # where one fails, the others do not wait for ever
        process.start()
        pipes.append((process, ours))
    for _, pipe in pipes:
        pipe.recv()
    started = time.perf_counter()
    for _, pipe in pipes:
        pipe.send("go")
    for _, pipe in pipes:
        pipe.recv()
    taken_time = time.perf_counter() - started
    for process, _ in pipes:
        process.join()
        if process.exitcode:
            raise AssertionError("a client failed")
    return SIGN_UPS / taken_time


def _work(make: Callable[[], Deed], numbers: range, pipe: Connection) -> None:
    deed = make()
    deed(-numbers.stop // len(numbers))  # connects; statements are prepared; each client's in a group of its own
    pipe.send("ready")
    pipe.recv()
    for number in numbers:
        deed(number)
    pipe.send("done")


def _ours(url: str, groups: list[str], round_: int) -> Deed:
    storage = open_storage(url, [KEY])

    def deed(number: int) -> None:
        sign_up(storage, groups[number % len(groups)], request(f"{round_}-{number}"), NOW)

    return deed


# ------------------------------------------------------------------------------------------------- the bare database

_COUNT = "UPDATE groups SET version = version + 1 WHERE id = ?"
_ADD = """INSERT INTO sign_ups (id, group_id, state, seats, line, form_key, code, lang, sealed, made_at, changed_at)
    VALUES (?, ?, 'placed', 1, ?, ?, ?, 'sv', ?, 0, 0)"""
_MAIL = """INSERT INTO outbox (id, letter, kommun, lang, sealed, tries, next_try_at, made_at)
    VALUES (?, 'placed', 'solbacka', 'sv', ?, 0, 0, 0)"""


def _bare(url: str, groups: list[str], sealed: str) -> Deed:
    if url.startswith("sqlite"):
        return _bare_sqlite(url.removeprefix("sqlite:///"), groups, sealed)
    return _bare_postgresql(url, groups, sealed)


def _rows(group_id: str, number: int, sealed: str) -> tuple[tuple[object, ...], tuple[object, ...], tuple[object, ...]]:
    one, mail, form, code = (uuid4().hex for _ in range(4))
    return (group_id,), (one, group_id, number, form * 2, code * 2, sealed), (mail, sealed)


def _bare_sqlite(path: str, groups: list[str], sealed: str) -> Deed:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    lock = os.open(f"{path}.lock", os.O_RDWR)

    def deed(number: int) -> None:
        count, add, mail = _rows(groups[number % len(groups)], number, sealed)
        fcntl.flock(lock, fcntl.LOCK_EX)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_COUNT, count)
        connection.execute(_ADD, add)
        connection.execute(_MAIL, mail)
        connection.execute("COMMIT")
        fcntl.flock(lock, fcntl.LOCK_UN)

    return deed


def _bare_postgresql(url: str, groups: list[str], sealed: str) -> Deed:
    connection = psycopg.connect(url, autocommit=True)
    count_up, add_one, add_mail = (statement.replace("?", "%s").encode() for statement in (_COUNT, _ADD, _MAIL))

    def deed(number: int) -> None:
        count, add, mail = _rows(groups[number % len(groups)], number, sealed)
        with connection.transaction():
            connection.execute(count_up, count)
            connection.execute(add_one, add)
            connection.execute(add_mail, mail)

    return deed


# ------------------------------------------------------------------------------------------------------ the checks


def _check(storage: Storage, groups: list[str]) -> None:
    """Raise AssertionError when a group is over its capacity or a sign-up is lost."""
    with storage.database.reading() as connection:
        lines = [read_line(connection, group_id) for group_id in groups]
    assert all(taken(line.sign_ups) <= PLACES for line in lines)
    assert sum(len(line.sign_ups) for line in lines) == ROUNDS * (SIGN_UPS + CLIENTS)


def _sell_wrongly(storage: Storage) -> int:
    """Return how many got the one seat of a group when reading and writing are apart."""
    group_id = published(storage, capacity=1).id
    together = threading.Barrier(BUYERS)

    def deed(number: int) -> None:
        with storage.database.reading() as connection:
            line = read_line(connection, group_id)
        together.wait()
        new = SignUp(f"wrong {number}", State.PLACED, 1, number, None, f"wrong {number}")
        if taken(line.sign_ups) < line.terms.capacity:
            with storage.database.transaction() as connection:
                lock_group(connection, group_id)
                step = Step(Decision((new,), new), Person("sv", None))
                write_locked(storage, connection, read_line(connection, group_id), step, NOW)

    with ThreadPoolExecutor(BUYERS) as threads:
        list(threads.map(deed, range(BUYERS)))
    with storage.database.reading() as connection:
        sold = taken(read_line(connection, group_id).sign_ups)
    assert sold > 1, "the wrong way was not seen to overbook: then nothing would be"
    return sold
