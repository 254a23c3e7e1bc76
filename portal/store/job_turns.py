"""Whose turn it is to do a kind of job: one run at a time, on every host, and one that was killed keeps no turn.

How each kind ended stands beside: an operator sees on every host what failed on another.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic, sleep

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from portal.store.database import REST, DatabaseIsDown
from portal.store.installation_tables import job_turns
from portal.store.storage import Storage

LONGEST = timedelta(minutes=10)
"""That a run has its turn where nothing else is said; its time-outs end it long before."""

LEASE = timedelta(seconds=15)
"""That work which may take long has its turn at a time: so long others wait for one that was killed."""

PAUSES = (REST, 2 * REST, 4 * REST)
"""Seconds between the tries to give a turn back."""


@contextmanager
def turn_of(
    storage: Storage,
    kind: str,
    now: datetime,
    longest: timedelta = LONGEST,
    *,
    pause: Callable[[float], object] = sleep,
) -> Iterator[bool]:
    """Give whether it is one's turn; it is, until the block ends, unless another run is at it.

    After `longest` it is anybody's: who was killed in the middle keeps others waiting so long, and no longer.
    """
    is_mine = _take(storage, kind, now, longest)
    try:
        yield is_mine
    finally:
        if is_mine:
            _give_back(storage, kind, now - longest, pause)


@contextmanager
def held_turn(storage: Storage, kind: str, now: datetime, lease: timedelta = LEASE) -> Iterator[bool]:
    """Give whether it is one's turn; it is as long as the block runs, and others have it soon after one was killed.

    For work that may take long: the turn is only lent, and lent anew while the work goes on. `now` is when it began.
    """
    with turn_of(storage, kind, now, lease) as is_mine:
        if not is_mine:
            yield False
            return
        ended = Event()
        renewing = Thread(target=_renew, args=(storage, kind, now, lease, ended), daemon=True)
        renewing.start()
        try:
            yield True
        finally:
            ended.set()
            renewing.join()


def _renew(storage: Storage, kind: str, now: datetime, lease: timedelta, ended: Event) -> None:
    began = monotonic()
    while not ended.wait(lease.total_seconds() / 3):
        until = now + timedelta(seconds=monotonic() - began) + lease
        with suppress(DatabaseIsDown), storage.database.transaction() as connection:
            connection.execute(update(job_turns).where(job_turns.c.kind == kind).values(until_at=until))


@dataclass(frozen=True, slots=True)
class JobEnd:
    """When a kind of job last ended well, if it ever did, and how often it has failed."""

    kind: str
    ended_at: datetime | None
    failures: int


def remember_end(storage: Storage, kind: str, now: datetime, *, failed: bool) -> None:
    """Remember how a run of a kind of job ended; a kind that had no turn yet gets one that is free."""
    table = job_turns.c
    ended = {"failures": table.failures + 1} if failed else {"ended_at": now}
    changed = update(job_turns).where(table.kind == kind).values(ended)
    with storage.database.transaction() as connection:
        if connection.execute(changed).rowcount:
            return
    _take(storage, kind, now, timedelta())
    with storage.database.transaction() as connection:
        connection.execute(changed)


def list_ends(storage: Storage) -> list[JobEnd]:
    """Return how each kind of job ended, by its name."""
    table = job_turns.c
    with storage.database.reading() as connection:
        found = connection.execute(select(table.kind, table.ended_at, table.failures).order_by(table.kind))
        return [JobEnd(*row) for row in found]


def _give_back(storage: Storage, kind: str, until: datetime, pause: Callable[[float], object]) -> None:
    """Free the turn for everybody, also for who looks at a clock that is a little behind this one.

    No request does this, so it may wait for a database that is down for a moment; else the work would rest for long.
    """
    freed = update(job_turns).where(job_turns.c.kind == kind).values(until_at=until)
    for seconds in PAUSES:
        try:
            with storage.database.transaction() as connection:
                connection.execute(freed)
        except DatabaseIsDown:
            pause(seconds)
        else:
            return
    with storage.database.transaction() as connection:
        connection.execute(freed)


def _take(storage: Storage, kind: str, now: datetime, longest: timedelta) -> bool:
    table = job_turns.c
    taken = update(job_turns).where(table.kind == kind, table.until_at <= now).values(until_at=now + longest)
    with storage.database.transaction() as connection:
        if connection.execute(taken).rowcount:
            return True
    try:
        with storage.database.transaction() as connection:
            connection.execute(insert(job_turns).values(kind=kind, until_at=now + longest))
    except IntegrityError:
        return False
    return True
