"""Whose turn it is to do a kind of job: one run at a time, on every host, and one that was killed keeps no turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from portal.store.installation_tables import job_turns
from portal.store.storage import Storage

LONGEST = timedelta(minutes=10)
"""That a run has its turn; its time-outs end it long before."""


@contextmanager
def turn_of(storage: Storage, kind: str, now: datetime) -> Iterator[bool]:
    """Give whether it is one's turn; it is, until the block ends, unless another run is at it."""
    is_mine = _take(storage, kind, now)
    try:
        yield is_mine
    finally:
        if is_mine:
            with storage.database.transaction() as connection:
                connection.execute(update(job_turns).where(job_turns.c.kind == kind).values(until_at=now))


def _take(storage: Storage, kind: str, now: datetime) -> bool:
    table = job_turns.c
    taken = update(job_turns).where(table.kind == kind, table.until_at <= now).values(until_at=now + LONGEST)
    with storage.database.transaction() as connection:
        if connection.execute(taken).rowcount:
            return True
    try:
        with storage.database.transaction() as connection:
            connection.execute(insert(job_turns).values(kind=kind, until_at=now + LONGEST))
    except IntegrityError:
        return False
    return True
