"""A backup while the portal is in use, and the way back, also to the other kind of database (docs/backup.md).

One file of lines, compressed: a first line about it, then each table with its rows, then a last line with the count and
the checksum of all before. All rows are of one instant. What a person wrote is encrypted in it, as in the database.
"""

import gzip
import json
import os
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, func, select, text
from sqlalchemy.types import Boolean, Date, LargeBinary

from portal.store import schema
from portal.store.storage import Storage

FORMAT = "insatsportalen-backup-1"
OF_HERE = ("alembic_version", "application_papers", "application_paper_parts", "job_turns", "running")
"""Tables of no use elsewhere: the shape, who runs, and papers that are drawn again."""

_KNOWN = "known_values"
"""What is sealed at the first start."""

_AT_ONCE = 100
"""Rows."""


class BadBackup(Exception):
    """The file is not a whole backup, cannot be written or read, or there is no room for it; says which."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a file holds: how many rows, the checksum of its lines, and which shape the database had."""

    rows: int
    sha256: str
    revision: str


def back_up(storage: Storage, path: Path, now: datetime) -> Backup:
    """Write everything to a new file, whole or not at all; raise BadBackup. Nobody waits for it."""
    if path.exists():
        raise BadBackup(f"{path} is there already")
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with storage.database.snapshot() as connection, _new_file(unfinished) as file:
            made = _write(connection, file, now)
        _check(unfinished)
        unfinished.rename(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise BadBackup(f"{path} cannot be written: {error.strerror or error}") from None
    return made


def restore(storage: Storage, path: Path) -> Backup:
    """Bring everything back to an empty database, then up to date; raise BadBackup, with nothing written."""
    made = _check(path)
    with storage.database.transaction() as connection:
        _refuse_used(connection, made.revision)
        schema.upgrade_within(connection, made.revision)
        _read_in(connection, path)
    schema.upgrade(storage.database)
    return made


# ------------------------------------------------------------------------------------------------- writing


@contextmanager
def _new_file(path: Path) -> Iterator[gzip.GzipFile]:
    """Open a file for nobody but this account; what is written is on disk when the block ends."""
    with suppress(FileNotFoundError):
        path.unlink()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as raw:
        with gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0, compresslevel=6) as file:
            yield file
        raw.flush()
        os.fsync(raw.fileno())


def _write(connection: Connection, file: gzip.GzipFile, now: datetime) -> Backup:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise BadBackup("the database is empty: there is nothing to back up")
    checksum, rows = sha256(), 0

    def line(content: object) -> None:
        raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        checksum.update(raw)
        file.write(raw)

    line({"format": FORMAT, "revision": revision, "made_at": now.isoformat()})
    for table in _tables(connection):
        line({"table": table.name, "columns": [column.name for column in table.columns]})
        chosen = select(table).order_by(*table.primary_key.columns)
        for row in connection.execute(chosen, execution_options={"stream_results": True, "yield_per": _AT_ONCE}):
            line([_written(value) for value in row])
            rows += 1
    made = Backup(rows, checksum.hexdigest(), revision)
    file.write(json.dumps({"rows": made.rows, "sha256": made.sha256}).encode() + b"\n")
    return made


def _tables(connection: Connection) -> list[Table]:
    """Return the tables that there are, each after those it points at; what the code knows of them does not matter."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in OF_HERE]


def _written(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return {"bytes": b64encode(bytes(value)).decode()}
    return value.isoformat() if isinstance(value, date) else value


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# ------------------------------------------------------------------------------------------------- reading


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path, "rb") as file:
            yield from file
    except (OSError, EOFError, zlib.error) as error:
        raise BadBackup(f"{path} cannot be read: {error}") from None


def _check(path: Path) -> Backup:
    """Read a whole file through; raise BadBackup unless it is exactly as it was written."""
    checksum, rows, revision, last = sha256(), -1, "", b""
    for line in _lines(path):
        if last:
            checksum.update(last)
            is_row = last.startswith(b"[")
            rows += is_row
        else:
            revision = _first(path, line)
            rows = 0
        last = line
    try:
        told = json.loads(last)
        is_whole = told == {"rows": rows, "sha256": checksum.hexdigest()}
    except ValueError:
        is_whole = False
    if not is_whole:
        raise BadBackup(f"{path} is not whole: its checksum is another")
    return Backup(rows, checksum.hexdigest(), revision)


def _first(path: Path, line: bytes) -> str:
    try:
        told = json.loads(line)
        if told["format"] == FORMAT:
            return str(told["revision"])
    except (ValueError, TypeError, KeyError):
        pass
    raise BadBackup(f"{path} is no backup of the portal, or of another version")


def _refuse_used(connection: Connection, revision: str) -> None:
    current = MigrationContext.configure(connection).get_current_revision()
    if current not in (None, revision):
        raise BadBackup("the database has another shape than the backup: take one without tables")
    for table in _tables(connection):
        if table.name == _KNOWN:
            connection.execute(table.delete())  # the portal has been started, and nothing more
        elif connection.execute(select(func.count()).select_from(table)).scalar_one():
            raise BadBackup(f"the database is not empty: {table.name} has rows")


def _read_in(connection: Connection, path: Path) -> None:
    tables = {table.name: table for table in _tables(connection)}
    table, columns, waiting = None, [], []
    for line in _lines(path):
        if line.startswith(b"["):
            waiting.append(json.loads(line))
            if len(waiting) < _AT_ONCE:
                continue
        if table is not None:
            _insert(connection, table, columns, waiting)
        waiting = []
        if line.startswith(b'{"table":'):
            told = json.loads(line)
            table, columns = tables.get(told["table"]), told["columns"]
            if table is None or not set(columns) <= set(table.columns.keys()):
                raise BadBackup(f"this version of the portal has no table {told['table']} of that shape")
    if connection.dialect.name == "postgresql":
        _go_on_counting(connection, tables.values())


def _insert(connection: Connection, table: Table, columns: list[str], rows: list[list[Any]]) -> None:
    if rows:
        read = [_reader(table, column) for column in columns]
        values = [{column: one(value) for column, one, value in zip(columns, read, row, strict=True)} for row in rows]
        connection.execute(table.insert(), values)


def _reader(table: Table, column: str) -> Callable[[Any], Any]:
    kind = table.columns[column].type
    if isinstance(kind, LargeBinary):
        return lambda value: None if value is None else b64decode(value["bytes"])
    if isinstance(kind, Boolean):
        return lambda value: None if value is None else bool(value)
    if isinstance(kind, Date):
        return lambda value: None if value is None else date.fromisoformat(value)
    return lambda value: value


def _go_on_counting(connection: Connection, tables: Iterable[Table]) -> None:
    """Let PostgreSQL number new rows after those that came with their numbers."""
    for table in tables:
        for column in table.primary_key.columns:
            place = {"table": table.name, "column": column.name}
            sequence = connection.execute(_SEQUENCE, place).scalar()
            if sequence is not None:
                last = connection.execute(select(func.max(column))).scalar()
                connection.execute(
                    _SET_SEQUENCE, {"sequence": sequence, "last": last or 1, "is_used": last is not None}
                )


_SEQUENCE = text("SELECT pg_get_serial_sequence(quote_ident(:table), :column)")
_SET_SEQUENCE = text("SELECT setval(CAST(:sequence AS regclass), :last, :is_used)")
