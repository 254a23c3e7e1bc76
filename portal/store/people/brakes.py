"""Brakes in the database, so that they hold for every process and host. A key is a keyed hash, and tells nobody."""

from datetime import datetime

from sqlalchemy import Connection, case, delete, or_, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from portal.domain.people.brakes import Brake
from portal.store.people import tables as m
from portal.store.storage import Storage


def is_full(storage: Storage, brake: Brake, value: str, now: datetime) -> bool:
    """Return whether no more of this value are let by now."""
    with storage.database.reading() as connection:
        return _is_full(connection, brake, _key(storage, brake, value), now)


def press(storage: Storage, brake: Brake, value: str, now: datetime) -> bool:
    """Count one more; return False, and count nothing, when the brake is full."""
    if is_full(storage, brake, value, now):
        return False  # a flood is only read: it must not stand in the way of those who write
    with storage.database.transaction() as connection:
        return press_within(storage, connection, brake, value, now)


def press_within(storage: Storage, connection: Connection, brake: Brake, value: str, now: datetime) -> bool:
    """Do the same in a transaction that goes on with something else."""
    table = m.brakes.c
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    new = make(m.brakes).values(key=_key(storage, brake, value), count=1, ends_at=now + brake.within)
    has_ended = table.ends_at <= now
    counted = new.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": case((has_ended, 1), else_=table.count + 1),
            "ends_at": case((has_ended, new.excluded.ends_at), else_=table.ends_at),
        },
        where=or_(has_ended, table.count < brake.most),
    )
    return connection.execute(counted.returning(table.count)).first() is not None


def let_go(storage: Storage, brake: Brake, value: str) -> None:
    """Forget what was counted of a value: it was right at last."""
    with storage.database.transaction() as connection:
        connection.execute(delete(m.brakes).where(m.brakes.c.key == _key(storage, brake, value)))


def forget_ended(connection: Connection, now: datetime) -> int:
    """Take away what counts no more; return how many rows."""
    return connection.execute(delete(m.brakes).where(m.brakes.c.ends_at <= now)).rowcount


def _is_full(connection: Connection, brake: Brake, key: str, now: datetime) -> bool:
    table = m.brakes.c
    query = select(table.count).where(table.key == key, table.ends_at > now)
    return (connection.execute(query).scalar() or 0) >= brake.most


def _key(storage: Storage, brake: Brake, value: str) -> str:
    return storage.vault.digests("brake", f"{brake.name}\0{value}")[0]
