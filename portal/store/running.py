"""Which processes run with which keys, so that nothing is sealed with a key that one of them does not have."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from portal.store.installation_tables import running
from portal.store.storage import Storage

SEEN = timedelta(minutes=3)
"""A process that was not seen for so long runs no more."""


def tell_running(storage: Storage, process: str, now: datetime) -> None:
    """Remember that a process runs, and by which names its keys go; forget those that run no more."""
    table = running.c
    with storage.database.transaction() as connection:
        connection.execute(delete(running).where((table.id == process) | (table.seen_at < now - SEEN)))
        connection.execute(insert(running).values(id=process, keys=storage.vault.key_names, seen_at=now))


def forget_running(storage: Storage, process: str) -> None:
    """Forget a process that ends."""
    with storage.database.transaction() as connection:
        connection.execute(delete(running).where(running.c.id == process))


def count_without_first_key(storage: Storage, now: datetime) -> int:
    """Return how many processes run that could not open what the first key seals."""
    with storage.database.reading() as connection:
        found = connection.execute(select(running.c["keys"]).where(running.c.seen_at >= now - SEEN)).scalars().all()
    return sum(storage.vault.key_names[0] not in names for names in found)
