"""Files in the line to be cleaned, sealed as they came; and, until somebody is told, why one cannot come along."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from portal.store.applications import tables as t
from portal.store.applications.stored import Stored


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that is not clean yet: what the applicant called it, and why it was refused, where it was."""

    id: str
    name: str
    refused: str | None


def add_waiting(connection: Connection, stored: Stored, file_id: str, name: str, content: bytes, at: datetime) -> None:
    """Put a file of an application that is locked in the line."""
    values = {
        "id": file_id,
        "application_id": stored.application.id,
        "at": at,
        "name": stored.seal.seal(f"waiting {file_id}", json.dumps(name)),
        "sealed": stored.seal.seal_bytes(f"waiting {file_id} content", content),
    }
    connection.execute(insert(t.waiting_files).values(values))


def first_waiting(connection: Connection) -> tuple[str, str] | None:
    """Return the id of the file that is next, and of its application."""
    table = t.waiting_files.c
    chosen = select(table.id, table.application_id).where(table.refused.is_(None)).order_by(table.at, table.id)
    row = connection.execute(chosen.limit(1)).first()
    return None if row is None else (row.id, row.application_id)


def list_waiting(connection: Connection, stored: Stored) -> tuple[WaitingFile, ...]:
    """Return the files of an application that are not clean yet, the first first."""
    table = t.waiting_files.c
    chosen = select(table.id, table.name, table.refused).where(table.application_id == stored.application.id)
    return tuple(
        WaitingFile(row.id, json.loads(stored.seal.open(f"waiting {row.id}", row.name)), row.refused)
        for row in connection.execute(chosen.order_by(table.at, table.id))
    )


def read_waiting(connection: Connection, stored: Stored, file_id: str) -> bytes | None:
    """Return a file as it came; None where it is in the line no more."""
    table = t.waiting_files.c
    sealed = connection.execute(select(table.sealed).where(table.id == file_id, table.refused.is_(None))).scalar()
    return None if sealed is None else stored.seal.open_bytes(f"waiting {file_id} content", sealed)


def refuse_waiting(connection: Connection, file_id: str, reason: str) -> None:
    """Remember why a file cannot come along, and nothing of what it held."""
    chosen = update(t.waiting_files).where(t.waiting_files.c.id == file_id)
    connection.execute(chosen.values(refused=reason, sealed=None))


def drop_waiting(connection: Connection, file_id: str) -> bool:
    """Take a file out of the line; return whether it was there."""
    return connection.execute(delete(t.waiting_files).where(t.waiting_files.c.id == file_id)).rowcount == 1


def count_waiting(connection: Connection, application_id: str) -> int:
    """Return how many files of an application are not clean yet, or refused and not told."""
    chosen = select(func.count()).select_from(t.waiting_files).where(t.waiting_files.c.application_id == application_id)
    return int(connection.execute(chosen).scalar_one())
