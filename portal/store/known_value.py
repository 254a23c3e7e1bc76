"""A known value, sealed at the first start: whether the keys are those that this database was sealed with.

How it is sealed says one thing more. Where it is bound to its place, so is all that is sealed: rows that are not, as an
older version wrote them, are then refused. `portal keys rotate` binds them all, and this last.
"""

from sqlalchemy import Connection, delete, insert, select

from portal.store.applications import tables as t
from portal.store.columns import place_in
from portal.store.crypto import BOUND, Unreadable
from portal.store.installation_tables import known_values
from portal.store.keys import SEALED
from portal.store.storage import Storage

_ID = 1
_KNOWN = "insatsportalen"
_PLACE = place_in(known_values.c.sealed, str(_ID))


class WrongKeys(Exception):
    """No key that is set opens what this database holds; says what to do."""

    def __init__(self) -> None:
        super().__init__(
            "PORTAL_ENCRYPTION_KEYS is not what this database was sealed with: put the right key back, as one of them. "
            "If it is lost for ever: `portal keys recover`, or `portal keys lost` without a recovery key"
        )


def check_keys(storage: Storage) -> None:
    """Open the known value, or seal it where the database has none yet; know from then on what is bound.

    Raise WrongKeys.
    """
    with storage.database.reading() as connection:
        known = _find_known(connection)
        held = [] if known is not None else _samples(connection)
    _learn(storage, known, held)
    vault = storage.vault
    try:
        if known is not None:
            vault.open_at(_PLACE, known)
        for place, sealed in held:
            vault.open_at(place, sealed)
    except Unreadable:
        raise WrongKeys from None
    if known is None:
        seal_known(storage, is_bound=not vault.takes_unbound)


def learn_binding(storage: Storage, *, with_lost_keys: bool = False) -> bool:
    """Find out whether all that is sealed is bound to its row, and refuse from then on what is not; return it.

    with_lost_keys: no key may open the known value, so that its look says by which version it was sealed.
    """
    with storage.database.reading() as connection:
        known = _find_known(connection)
        held = [] if known is not None else _samples(connection)
    if with_lost_keys and known is not None and not known.startswith(BOUND):
        storage.vault.learn(is_bound=False)
    else:
        _learn(storage, known, held)
    return not storage.vault.takes_unbound


def seal_known(storage: Storage, *, is_bound: bool = True) -> None:
    """Seal the known value with the first key, whatever it was sealed with before."""
    vault = storage.vault
    with storage.database.transaction() as connection:
        sealed = vault.seal_at(_PLACE, _KNOWN) if is_bound else vault.seal(_KNOWN)
        connection.execute(delete(known_values))
        connection.execute(insert(known_values).values(id=_ID, sealed=sealed))
    vault.learn(is_bound=is_bound)


def _find_known(connection: Connection) -> str | None:
    found: str | None = connection.execute(select(known_values.c.sealed)).scalar()
    return found


def _learn(storage: Storage, known: str | None, held: list[tuple[str, str]]) -> None:
    if known is not None:
        storage.vault.learn(is_bound=not _is_of_older_version(storage, known))
    else:
        storage.vault.learn(is_bound=all(sealed.startswith(BOUND) for _, sealed in held))


def _is_of_older_version(storage: Storage, known: str) -> bool:
    if known.startswith(BOUND):
        return False
    try:
        return bool(storage.vault.open(known) == _KNOWN)
    except Unreadable:
        return False  # of other keys, or of somebody who has none


def _samples(connection: Connection) -> list[tuple[str, str]]:
    """Return something sealed of each table, with its place; what is not bound first.

    A database of an older version has no known value, and may be full.
    """
    columns = [*(table.c.sealed for table in SEALED), t.applications.c.sealed_key]
    found = []
    for one in columns:
        key = tuple(one.table.primary_key.columns)
        chosen = select(*key, one).where(one.is_not(None)).order_by(one.startswith(BOUND)).limit(1)
        row = connection.execute(chosen).first()
        if row is not None:
            found.append((place_in(one, *row[:-1]), str(row[-1])))
    return found
