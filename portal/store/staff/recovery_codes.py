"""Recovery codes of staff: kept as hashes of a slow kind, which no key opens, each for one use."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, delete, func, insert, select

from portal.store.staff import tables as t

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""A code has over 50 bits, too few for a fast hash; what is enough for a password is more than enough here."""


def hashes_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Return codes as they are kept. It takes time: not for a transaction."""
    return tuple(_HASHER.hash(code) for code in codes)


def replace_codes(connection: Connection, staff_id: str, hashes: Iterable[str], now: datetime) -> None:
    """Remember new codes in place of all that somebody had."""
    connection.execute(delete(t.recovery_codes).where(t.recovery_codes.c.staff_id == staff_id))
    rows = [{"id": uuid4().hex, "staff_id": staff_id, "hash": one, "made_at": now} for one in hashes]
    connection.execute(insert(t.recovery_codes), rows)


def find_code(connection: Connection, staff_id: str, code: str) -> str | None:
    """Return which of somebody's codes it is, by its id. It takes time: not for a transaction."""
    query = select(t.recovery_codes.c.id, t.recovery_codes.c.hash).where(t.recovery_codes.c.staff_id == staff_id)
    return next((row.id for row in connection.execute(query).all() if _is_hash_of(row.hash, code)), None)


def take_code(connection: Connection, code_id: str) -> bool:
    """Take a code away; of two who use it at once only one is told that it was there."""
    return connection.execute(delete(t.recovery_codes).where(t.recovery_codes.c.id == code_id)).rowcount == 1


def count_codes(connection: Connection, staff_id: str) -> int:
    """Return how many codes somebody has left."""
    query = select(func.count()).where(t.recovery_codes.c.staff_id == staff_id)
    return connection.execute(query).scalar_one()


def _is_hash_of(kept: str, code: str) -> bool:
    try:
        return _HASHER.verify(kept, code)
    except VerifyMismatchError:
        return False
