"""What a code opens: an application of a resident, to change it or to look at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from portal.domain.applications.states import Application, Deed, move
from portal.domain.references import read_code
from portal.domain.refusals import NoSuchApplication
from portal.store.applications import stored as store
from portal.store.applications.stored import Stored
from portal.store.storage import Storage


@contextmanager
def opened(storage: Storage, code: str, now: datetime) -> Iterator[tuple[Connection, Stored]]:
    """Open what a code opens, to change it: nobody else does until the block ends. Raise NoSuchApplication."""
    with storage.database.transaction() as connection:
        yield connection, _found(storage, connection, code, now, lock=True)


@contextmanager
def looked_at(storage: Storage, code: str, now: datetime) -> Iterator[tuple[Connection, Stored]]:
    """Open what a code opens, to look at it as it is at one instant. Raise NoSuchApplication."""
    with storage.database.snapshot() as connection:
        yield connection, _found(storage, connection, code, now, lock=False)


def add_to(connection: Connection, stored: Stored, now: datetime) -> Application:
    """Let something that the applicant adds move a locked application. Raise ApplicationHasEnded or NotNow."""
    application = stored.application
    state = move(application.state, Deed.ADD)
    after = replace(application, state=state, version=application.version + 1, changed_at=now)
    store.save(connection, after)
    return after


def _found(storage: Storage, connection: Connection, code: str, now: datetime, *, lock: bool) -> Stored:
    # A code that cannot be one is looked up too: every wrong answer takes the same way.
    written = read_code(code) or ""
    stored = store.find_by_code(storage, connection, written, lock=lock)
    if stored is None or stored.application.is_past(now):
        raise NoSuchApplication
    return stored
