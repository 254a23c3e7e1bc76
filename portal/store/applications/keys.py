"""Changing the keys of applications, and opening them again with the recovery key when the running keys are lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, func, select, update

from portal.store.applications import tables as t
from portal.store.applications.index import COMPARED, write_index
from portal.store.applications.stored import (
    CASE_NUMBER,
    CODE,
    Stored,
    code_hashes,
    find_application,
    read_form,
    read_own,
)
from portal.store.crypto import Unreadable
from portal.store.recovery import RecoverySecret
from portal.store.sealing import Seal, open_seal, recover_seal
from portal.store.storage import Storage

AT_ONCE = 50
"""Applications of one transaction: nobody who applies waits for long."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """How many applications were opened again, needed nothing, and could not be opened."""

    opened: int = 0
    untouched: int = 0
    lost: int = 0


def rotate_applications(storage: Storage) -> tuple[int, int]:
    """Seal every data key anew with the first key and the recovery key of now, and make the hashes anew.

    Return how many, and how many do not open and stay as they are. After it none of the others needs an older key.
    """
    lost = 0

    def one(connection: Connection, row: RowMapping) -> None:
        nonlocal lost
        try:
            _write(storage, connection, row, _opened(storage, row))
        except Unreadable:
            lost += 1

    total = _each(storage, one)
    return total - lost, lost


def recover(storage: Storage, secret: RecoverySecret) -> Recovered:
    """Open with the recovery key what no running key opens, and seal it for the running keys. Codes open again too."""
    counts = {"opened": 0, "untouched": 0, "lost": 0}

    def one(connection: Connection, row: RowMapping) -> None:
        try:
            _opened(storage, row)
            counts["untouched"] += 1
        except Unreadable:
            seal = _recovered(secret, row)
            counts["lost" if seal is None else "opened"] += 1
            if seal is not None:
                _write(storage, connection, row, seal)

    _each(storage, one)
    return Recovered(**counts)


def reindex(storage: Storage, at_once: int = AT_ONCE) -> tuple[int, int]:
    """Make anew by what each application is found that an older version made findable.

    Return how many, and how many do not open and stay as they are; they are tried again the next time. Until then
    a search may miss what is spelt another way. Safe to stop, and to run in two places at once.
    """
    lost = total = 0
    after = ""
    while True:
        with storage.database.transaction() as connection:
            rows = _next_of_older(connection, after, at_once)
            for row in rows:
                try:
                    _index_anew(storage, connection, row)
                except Unreadable:
                    lost += 1
        if not rows:
            return total - lost, lost
        total += len(rows)
        after = rows[-1]["id"]


def _next_of_older(connection: Connection, after: str, at_once: int) -> Sequence[RowMapping]:
    table = t.applications.c
    chosen = select(t.applications).where(table.compared < COMPARED, table.reference.is_not(None), table.id > after)
    return connection.execute(chosen.order_by(table.id).limit(at_once).with_for_update()).mappings().all()


def _index_anew(storage: Storage, connection: Connection, row: RowMapping) -> None:
    application = find_application(connection, row["id"])
    assert application is not None  # noqa: S101 - its row is locked
    stored = Stored(application, _opened(storage, row))
    form, case_number = read_form(connection, stored), read_own(connection, stored, CASE_NUMBER)
    write_index(storage, connection, application, form, case_number)


def count_without_recovery(storage: Storage) -> int:
    """Return how many applications the recovery key of now would not open."""
    wanted = "" if storage.recovery is None else storage.recovery.id
    table = t.applications.c
    chosen = select(func.count()).select_from(t.applications)
    with storage.database.reading() as connection:
        return int(connection.execute(chosen.where(func.coalesce(table.recovery_id, "-") != wanted)).scalar_one())


def _each(storage: Storage, do: Callable[[Connection, RowMapping], None]) -> int:
    table = t.applications.c
    total, after = 0, ""
    while True:
        with storage.database.transaction() as connection:
            chosen = select(t.applications).where(table.id > after).order_by(table.id).limit(AT_ONCE)
            rows = connection.execute(chosen.with_for_update()).mappings().all()
            for row in rows:
                do(connection, row)
        if not rows:
            return total
        total += len(rows)
        after = rows[-1]["id"]


def _opened(storage: Storage, row: RowMapping) -> Seal:
    return open_seal(storage, row["id"], row["sealed_key"])


def _recovered(secret: RecoverySecret, row: RowMapping) -> Seal | None:
    if row["recovery_id"] != secret.id:
        return None
    try:
        return recover_seal(secret, row["id"], row["recovery_sealed"])
    except Unreadable:
        return None


def _write(storage: Storage, connection: Connection, row: RowMapping, seal: Seal) -> None:
    application = find_application(connection, row["id"])
    assert application is not None  # noqa: S101 - its row is locked
    stored = Stored(application, seal)
    # Everything is read before anything is written: what does not open stays as it is.
    code = read_own(connection, stored, CODE) or ""
    form = read_form(connection, stored)
    case_number = read_own(connection, stored, CASE_NUMBER)
    recovery_sealed, recovery_id = seal.for_recovery(storage)
    values: dict[str, str | None] = {"sealed_key": seal.for_vault(storage), "code": code_hashes(storage, code)[0]}
    if recovery_id is not None:
        values |= {"recovery_sealed": recovery_sealed, "recovery_id": recovery_id}
    connection.execute(update(t.applications).where(t.applications.c.id == row["id"]).values(values))
    if application.reference is not None:
        write_index(storage, connection, application, form, case_number)
