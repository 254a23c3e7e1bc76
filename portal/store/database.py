"""The database: one engine from an address, transactions that are durable, and a clear word when it is down."""

import fcntl
import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from weakref import ref

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import URL, Dialect, make_url

CONNECTIONS = 10
"""Of one process, to read and to write each: more would only queue in the database instead of here."""

PATIENCE = 30
"""Seconds to wait for a connection, or for another program that writes to an SQLite file."""

_POOL: dict[str, Any] = {"pool_size": CONNECTIONS, "max_overflow": 0, "pool_timeout": PATIENCE}


class DatabaseIsDown(Exception):
    """The database cannot be used now; says which, without its password. What was not confirmed may be sent again."""


class BadDatabaseUrl(ValueError):
    """An address that names neither a file of SQLite nor a PostgreSQL server."""


class Database:
    """One database, for every thread of a process and for the processes it forks."""

    def __init__(self, address: str) -> None:
        self.url = _checked(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        make = _sqlite if self.is_sqlite else _postgresql
        self._writing, self._reading = make(self.url, is_writing=True), make(self.url, is_writing=False)
        for engine in (self._writing, self._reading):
            _forget_after_fork(engine)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Open a transaction that writes: all of it is durable when the block ends, none of it when it raises."""
        with self._turn(), self._told(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection on which each statement stands for itself."""
        with self._told(), self._reading.connect() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Open a connection that sees the database as it is now, however long it reads; others go on writing."""
        begin = "BEGIN" if self.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        with self._told(), self._reading.connect() as connection:
            connection.exec_driver_sql(begin)
            try:
                yield connection
            finally:
                connection.exec_driver_sql("ROLLBACK")

    def close(self) -> None:
        """Close every connection."""
        self._writing.dispose()
        self._reading.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for one's turn to write to an SQLite file.

        SQLite's own waiting is a lottery whose losers wait ten times longer. The kernel's queue is fair, holds for
        threads as for processes, and a process that is killed leaves it.
        """
        if not self.is_sqlite:
            yield
            return
        try:
            lock = os.open(f"{self.url.database}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise DatabaseIsDown(f"the database's folder cannot be used: {error.strerror}") from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except exc.TimeoutError:
            raise DatabaseIsDown("the database has more to do than it can") from None
        except (exc.OperationalError, sqlite3.OperationalError, _lost(self._writing.dialect)) as error:
            raise DatabaseIsDown(self._says(error)) from error
        except (exc.DBAPIError, sqlite3.DatabaseError) as error:
            if getattr(error, "connection_invalidated", False) or _is_no_database(error):
                raise DatabaseIsDown(self._says(error)) from error
            raise

    def _says(self, error: Exception) -> str:
        # Of the driver's words only the first line: the rest may hold what a person wrote.
        lines = str(getattr(error, "orig", error)).splitlines()
        return f"the database {self.url.render_as_string(hide_password=True)} cannot be used: {' '.join(lines[:1])}"


def _lost(dialect: Dialect) -> type[Exception]:
    """Return what the driver raises when it cannot go on; a portal on SQLite never loads the other driver."""
    return dialect.loaded_dbapi.OperationalError


def _is_no_database(error: Exception) -> bool:
    """Return whether SQLite says that the file is broken, or no database at all; its other kinds say what they are."""
    return type(getattr(error, "orig", error)) is sqlite3.DatabaseError


def run(connection: Connection, statement: str, values: Mapping[str, Any]) -> Any:
    """Run a fixed statement whose gaps are written `%(name)s`, and return the driver's cursor.

    It goes to the driver as it is: what SQLAlchemy does for a statement costs more than all else a sign-up does.
    """
    if connection.dialect.name == "sqlite":
        statement = _with_colons(statement)
    driver: Any = connection.connection.driver_connection
    try:
        return driver.execute(statement, values)
    except _lost(connection.dialect):
        connection.invalidate()  # the pool cannot know that it was lost
        raise


@cache
def _with_colons(statement: str) -> str:
    return re.sub(r"%\((\w+)\)s", r":\1", statement)


def _checked(address: str) -> URL:
    try:
        url = make_url(address)
    except exc.ArgumentError:
        raise BadDatabaseUrl("the database's address cannot be read") from None
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite+pysqlite")
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise BadDatabaseUrl("the database's address must be sqlite:///FILE or postgresql://…")


def _sqlite(url: URL, *, is_writing: bool) -> Engine:
    path = Path(str(url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # for nobody but the portal's own account
    except OSError:
        raise BadDatabaseUrl(f"the file {path} cannot be made or written") from None
    engine = create_engine(url, **_POOL, pool_reset_on_return="rollback" if is_writing else None)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late, and deferred
        connection.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is deleted is gone from the file too

    if is_writing:

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            driver: Any = connection.connection.driver_connection
            driver.execute("BEGIN IMMEDIATE")

    return engine


def _postgresql(url: URL, *, is_writing: bool) -> Engine:
    options = "-c timezone=UTC -c synchronous_commit=on -c lock_timeout=30s -c idle_in_transaction_session_timeout=60s"
    return create_engine(
        url,
        **_POOL,
        isolation_level="READ COMMITTED" if is_writing else "AUTOCOMMIT",
        pool_reset_on_return="rollback" if is_writing else None,
        connect_args={"connect_timeout": 5, "options": options},
    )


def _forget_after_fork(engine: Engine) -> None:
    """Let a forked child make connections of its own: two processes on one would hear each other's answers."""
    known = ref(engine)

    def forget() -> None:
        found = known()
        if found is not None:
            found.dispose(close=False)

    os.register_at_fork(after_in_child=forget)
