"""Codes on paper for who has lost her second factor: made by herself, each used once, and told of."""

from datetime import datetime

from portal.actions.staff.accounts import note_use_of_recovery_code, note_within
from portal.domain.references import new_code, read_code
from portal.store.staff import recovery_codes as store
from portal.store.storage import Storage

HOW_MANY = 10


def make_codes(storage: Storage, staff_id: str, now: datetime) -> tuple[str, ...]:
    """Return new codes, which are told this once; those that somebody had are worth nothing from now on."""
    codes = tuple(new_code() for _ in range(HOW_MANY))
    hashes = store.hashes_of(codes)
    with storage.database.transaction() as connection:
        store.replace_codes(connection, staff_id, hashes, now)
        note_within(storage, connection, staff_id, "make_recovery_codes", now)
    return codes


def use_code(storage: Storage, staff_id: str, typed: str, now: datetime) -> bool:
    """Use up the code that somebody typed; return False where it is none of hers, or is used."""
    code = read_code(typed)
    if code is None:
        return False
    with storage.database.reading() as connection:
        found = store.find_code(connection, staff_id, code)
    if found is None:
        return False
    with storage.database.transaction() as connection:
        if not store.take_code(connection, found):
            return False
        left = store.count_codes(connection, staff_id)
        note_use_of_recovery_code(storage, connection, staff_id, left, now)
    return True


def count_left(storage: Storage, staff_id: str) -> int:
    """Return how many codes somebody has left."""
    with storage.database.reading() as connection:
        return store.count_codes(connection, staff_id)
