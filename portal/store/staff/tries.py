"""Wrong tries to sign in, by account and by minute; what stands there of an account is a keyed hash."""

from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from portal.domain.staff.throttle import FORGOTTEN_AFTER, Tries, after_wrong_try, counted_in_minute, may_try
from portal.store.staff import tables as t
from portal.store.storage import Storage

EVERYBODY = "everybody"


def may_sign_in(storage: Storage, account: str, now: datetime) -> bool:
    """Return whether a try for an account (its e-mail) is looked at now."""
    with storage.database.reading() as connection:
        own = _find(connection, _key(storage, account))
        return may_try(own, _find(connection, EVERYBODY), now)


def note_wrong_try(storage: Storage, account: str, now: datetime) -> None:
    """Count a wrong try for an account, and in this minute; forget those that count no more."""
    key = _key(storage, account)
    with storage.database.transaction() as connection:
        connection.execute(delete(t.tries).where(t.tries.c.last_at <= now - FORGOTTEN_AFTER))
        _save(connection, key, after_wrong_try(_find(connection, key), now))
        _save(connection, EVERYBODY, counted_in_minute(_find(connection, EVERYBODY), now))


def forget_tries(storage: Storage, account: str) -> None:
    """Let an account begin anew: somebody has signed in to it."""
    with storage.database.transaction() as connection:
        connection.execute(delete(t.tries).where(t.tries.c.key == _key(storage, account)))


def _key(storage: Storage, account: str) -> str:
    return storage.vault.digests("tries", account.strip().casefold())[0]


def _find(connection: Connection, key: str) -> Tries | None:
    row = connection.execute(select(t.tries).where(t.tries.c.key == key)).mappings().first()
    return None if row is None else Tries(row["count"], row["last_at"])


def _save(connection: Connection, key: str, tries: Tries) -> None:
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    values = {"count": tries.count, "last_at": tries.last_at}
    added = make(t.tries).values(key=key, **values)
    connection.execute(added.on_conflict_do_update(index_elements=["key"], set_=values))
