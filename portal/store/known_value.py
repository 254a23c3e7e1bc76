"""A known value, sealed at the first start: whether the keys are those that this database was sealed with."""

from sqlalchemy import Connection, delete, insert, select

from portal.store.applications import tables as t
from portal.store.crypto import Unreadable
from portal.store.installation_tables import known_values
from portal.store.keys import SEALED
from portal.store.storage import Storage

_ID = 1
_KNOWN = "insatsportalen"


class WrongKeys(Exception):
    """No key that is set opens what this database holds; says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "PORTAL_ENCRYPTION_KEYS is not what this database was sealed with: put the right key back, as one of them. "
            "If it is lost for ever: `portal keys recover`, or `portal keys lost` without a recovery key"
        )


def check_keys(storage: Storage) -> None:
    """Open the known value, or seal it where the database has none yet. Raise WrongKeys."""
    with storage.database.reading() as connection:
        sealed = connection.execute(select(known_values.c.sealed)).scalar()
        held = [] if sealed is not None else _samples(connection)
    try:
        for one in (sealed, *held):
            if one is not None:
                storage.vault.open(one)
    except Unreadable:
        raise WrongKeys from None
    if sealed is None:
        seal_known(storage)


def seal_known(storage: Storage) -> None:
    """Seal the known value with the first key, whatever it was sealed with before."""
    with storage.database.transaction() as connection:
        connection.execute(delete(known_values))
        connection.execute(insert(known_values).values(id=_ID, sealed=storage.vault.seal(_KNOWN)))


def _samples(connection: Connection) -> list[str]:
    """Return something sealed of each table: a database of an older version has no known value, and may be full."""
    columns = [table.c.sealed for table, _ in SEALED] + [t.applications.c.sealed_key]
    found = [connection.execute(select(one).where(one.is_not(None)).limit(1)).scalar() for one in columns]
    return [one for one in found if one is not None]
