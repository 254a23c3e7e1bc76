"""Files of applications in the database, sealed in pieces: one backup holds all; no piece can be moved or left out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from portal.store.applications import tables as t
from portal.store.applications.stored import Stored
from portal.store.crypto import Unreadable

PIECE = 256 * 1024
"""Bytes."""


@dataclass(frozen=True, slots=True)
class FileInfo:
    """A file without its content: what the applicant called it, its media type, and its size in bytes."""

    id: str
    name: str
    type: str
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class File:
    """A file with its content."""

    info: FileInfo
    content: bytes


def add(connection: Connection, stored: Stored, file: File) -> None:
    """Remember a file of an application that is locked."""
    info = file.info
    said = json.dumps({"name": info.name, "type": info.type, "size": info.size}, ensure_ascii=False)
    row = {"id": info.id, "application_id": stored.application.id, "at": info.at}
    connection.execute(insert(t.files).values(row | {"sealed": stored.seal.seal(f"file {info.id}", said)}))
    for number, piece in enumerate(_pieces(file.content)):
        place = _place(info.id, number, is_last=(number + 1) * PIECE >= info.size)
        connection.execute(
            insert(t.chunks).values(file_id=info.id, number=number, sealed=stored.seal.seal_bytes(place, piece))
        )


def list_infos(connection: Connection, stored: Stored) -> tuple[FileInfo, ...]:
    """Return the files of an application, the first first, without their content."""
    table = t.files.c
    chosen = select(t.files).where(table.application_id == stored.application.id).order_by(table.at, table.id)
    return tuple(
        FileInfo(row.id, at=row.at, **json.loads(stored.seal.open(f"file {row.id}", row.sealed)))
        for row in connection.execute(chosen)
    )


def find(connection: Connection, stored: Stored, file_id: str) -> File | None:
    """Return a file of an application; raise Unreadable when a piece of it is not whole."""
    info = next((info for info in list_infos(connection, stored) if info.id == file_id), None)
    if info is None:
        return None
    chosen = select(t.chunks.c.sealed).where(t.chunks.c.file_id == file_id).order_by(t.chunks.c.number)
    pieces = list(connection.execute(chosen).scalars())
    content = b"".join(
        stored.seal.open_bytes(_place(file_id, number, is_last=number == len(pieces) - 1), piece)
        for number, piece in enumerate(pieces)
    )
    if len(content) != info.size:
        raise Unreadable("a file of an application is not whole")
    return File(info, content)


def remove(connection: Connection, stored: Stored, file_id: str) -> bool:
    """Take away a file; return whether there was one."""
    table = t.files.c
    chosen = delete(t.files).where(table.id == file_id, table.application_id == stored.application.id)
    return connection.execute(chosen).rowcount == 1


def count(connection: Connection, application_id: str) -> int:
    """Return how many files an application has."""
    chosen = select(func.count()).select_from(t.files).where(t.files.c.application_id == application_id)
    return int(connection.execute(chosen).scalar_one())


def _pieces(content: bytes) -> Iterator[bytes]:
    for place in range(0, len(content), PIECE):
        yield content[place : place + PIECE]


def _place(file_id: str, number: int, *, is_last: bool) -> str:
    return f"file {file_id} piece {number}{' last' if is_last else ''}"
