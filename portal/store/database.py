"""The database: one engine from an address, transactions that are durable, and a clear word when it is down."""

import os
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any
from weakref import ref

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import URL, Dialect, make_url

from portal.store.patience import OF_A_REQUEST, Patience
from portal.store.turns import NoTurn, Turns
from portal.store.watched import watched

LONG = 1.0
"""Seconds after which a failure has made somebody wait."""

REST = 2.0
"""Seconds in which nobody else is made to wait for a database that did not answer."""

NOT_WRITABLE, NO_PRIVILEGE, NO_TABLE, NO_COLUMN = "25006", "42501", "42P01", "42703"
"""What PostgreSQL says of a server that only reads, an account that may not, and a shape that is not up to date."""

_UNUSABLE = (NOT_WRITABLE, NO_PRIVILEGE, NO_TABLE, NO_COLUMN)
_BROKEN = ("58", "XX")
"""Kinds of error: of the system (no file can grow), and of the server itself."""

_OLD_SHAPE = re.compile("no such (table|column)|has no column|relation .* does not exist|column .* does not exist")


class DatabaseIsDown(Exception):
    """The database cannot be used now; says which, without its password. What was not confirmed may be sent again."""


POOLER = "pooler"
"""Of a PostgreSQL address: `?pooler=transaction` says that PgBouncer or the like lends it for a transaction."""


class BadDatabaseUrl(ValueError):
    """An address that names neither a file of SQLite nor a PostgreSQL server."""


class Database:
    """One database, for every thread of a process and for the processes it forks."""

    def __init__(self, address: str, patience: Patience = OF_A_REQUEST) -> None:
        self.url = _checked(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.is_pooled = POOLER in self.url.query
        self._deed = patience.deed
        self._turns = Turns(f"{self.url.database}.lock", patience.turn)
        make = _sqlite if self.is_sqlite else _postgresql
        self._writing, self._reading = (make(self.url, patience, is_writing=one) for one in (True, False))
        self._rests_until = {self._writing: 0.0, self._reading: 0.0}
        for engine in (self._writing, self._reading):
            _forget_after_fork(engine)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Open a transaction that writes: all of it is durable when the block ends, none of it when it raises."""
        turn = self._turns.turn() if self.is_sqlite else nullcontext()
        with self._told(self._writing), turn, self._writing.begin() as connection:
            _give(connection, self._deed)
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection on which each statement stands for itself."""
        with self._told(self._reading), self._reading.connect() as connection:
            _give(connection, self._deed)
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Open a connection that sees the database as it is now, however long it reads; others go on writing."""
        begin = "BEGIN" if self.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        with self._told(self._reading), self._reading.connect() as connection:
            _give(connection, self._deed)
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
    def _told(self, engine: Engine) -> Iterator[None]:
        """Tell every way in which a database is down in one word; who comes right after a long wait waits no more."""
        began = monotonic()
        if began < self._rests_until[engine]:
            raise DatabaseIsDown(f"{self._name} did not answer a moment ago")
        driver: Any = engine.dialect.loaded_dbapi
        try:
            yield
        except NoTurn as error:
            self._rest(began, engine)
            raise DatabaseIsDown(f"{self._name} cannot be used: {error.says}") from None
        except exc.TimeoutError:
            raise DatabaseIsDown(f"{self._name} has more to do than it can") from None
        except (exc.OperationalError, sqlite3.OperationalError, driver.OperationalError) as error:
            said = getattr(error, "orig", error)
            if getattr(said, "sqlstate", None) is None and getattr(said, "is_of_the_server", True):
                # PostgreSQL itself said nothing, though it had its time.
                self._rest(began, *([engine] if self.is_sqlite else self._rests_until))
            raise DatabaseIsDown(self._says(error)) from error
        except (exc.DBAPIError, driver.Error) as error:
            if getattr(error, "connection_invalidated", False) or _is_unusable(error):
                raise DatabaseIsDown(self._says(error)) from error
            raise

    def _rest(self, began: float, *engines: Engine) -> None:
        now = monotonic()
        if now - began > LONG:
            for engine in engines:
                self._rests_until[engine] = now + REST

    @property
    def _name(self) -> str:
        return f"the database {self.url.render_as_string(hide_password=True)}"

    def _says(self, error: Exception) -> str:
        # Of the driver's words only the first line: the rest may hold what a person wrote.
        first = next(iter(str(getattr(error, "orig", error)).splitlines()), "")
        advice = ": run `portal database upgrade`" if _OLD_SHAPE.search(first) else ""
        return f"{self._name} cannot be used: {first}{advice}"


def _give(connection: Connection, seconds: float) -> None:
    """Give what is done on a connection so many seconds from now, where its driver can be stopped."""
    driver: Any = connection.connection.driver_connection
    if hasattr(driver, "ends_at"):
        driver.ends_at = monotonic() + seconds


def _lost(dialect: Dialect) -> type[Exception]:
    """Return what the driver raises when it cannot go on; a portal on SQLite never loads the other driver."""
    return dialect.loaded_dbapi.OperationalError


def _is_unusable(error: Exception) -> bool:
    """Return whether the database refuses everybody: it is broken or no database, only reads, or has another shape."""
    said = getattr(error, "orig", error)
    # SQLite's other kinds of error say what they are.
    state = getattr(said, "sqlstate", None) or ""
    return type(said) is sqlite3.DatabaseError or state in _UNUSABLE or state.startswith(_BROKEN)


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
        if url.query.get(POOLER, "transaction") != "transaction":
            raise BadDatabaseUrl("the database's address may say pooler=transaction, and nothing else of a pooler")
        return url.set(drivername="postgresql+psycopg")
    raise BadDatabaseUrl("the database's address must be sqlite:///FILE or postgresql://…")


def _sqlite(url: URL, patience: Patience, *, is_writing: bool) -> Engine:
    path = Path(str(url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # for nobody but the portal's own account
    except OSError:
        raise BadDatabaseUrl(f"the file {path} cannot be made or written") from None
    engine = create_engine(
        url, **patience.pool_options, hide_parameters=True, pool_reset_on_return="rollback" if is_writing else None
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, record: object) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late, and deferred
        connection.execute(f"PRAGMA busy_timeout = {int(patience.busy * 1000)}")
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


def server_settings(patience: Patience) -> dict[str, str | int]:
    """Return what a PostgreSQL server is told of each connection; times in milliseconds."""
    statement, deed = int(patience.statement * 1000), int(patience.deed * 1000)
    return {
        "timezone": "UTC",
        "synchronous_commit": "on",
        "lock_timeout": statement * 2 // 3,
        "statement_timeout": statement,
        "idle_in_transaction_session_timeout": deed * 2,
    }


def _postgresql(url: URL, patience: Patience, *, is_writing: bool) -> Engine:
    limits = " ".join(f"-c {name}={value}" for name, value in server_settings(patience).items())
    # A pooler lends any of its connections: it takes no settings for one of them (the role has them, `schema.upgrade`),
    # and what one has prepared another does not know.
    ours: dict[str, Any] = {"prepare_threshold": None} if POOLER in url.query else {"options": limits}
    url = url.difference_update_query([POOLER])
    engine = create_engine(
        url,
        **patience.pool_options,
        hide_parameters=True,
        isolation_level="READ COMMITTED" if is_writing else "AUTOCOMMIT",
        pool_reset_on_return="rollback" if is_writing else None,
        connect_args={"connect_timeout": patience.connect, **ours},
    )

    @event.listens_for(engine, "do_connect")
    def _connect(dialect: Dialect, record: object, given: list[Any], named: dict[str, Any]) -> Any:
        driver: Any = dialect.loaded_dbapi
        connection = watched(driver).connect(*given, **named)
        connection.longest = patience.statement + 1  # the server itself ends it sooner, where it can
        return connection

    return engine


def _forget_after_fork(engine: Engine) -> None:
    """Let a forked child make connections of its own: two processes on one would hear each other's answers."""
    known = ref(engine)

    def forget() -> None:
        found = known()
        if found is not None:
            found.dispose(close=False)

    os.register_at_fork(after_in_child=forget)
