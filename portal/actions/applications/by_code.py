"""What a code opens: an application of a resident, to change it or to look at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from portal.domain.applications.forms import Form, to_texts
from portal.domain.applications.states import Application, Deed, move
from portal.domain.references import read_code
from portal.domain.refusals import NoSuchApplication
from portal.domain.versions import check_version, version_of
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


def check_seen(connection: Connection, stored: Stored, seen: str | None, form: Form | None = None) -> None:
    """Raise ChangedMeanwhile where a draft is newer than the page that is sent; the same text twice is no change."""
    kept = store.read_form(connection, stored)
    if kept != form:
        check_version(seen, to_texts(kept))


def version_of_form(form: Form) -> str:
    """Return the mark of what the page of a draft is made from."""
    return version_of(to_texts(form))


def _found(storage: Storage, connection: Connection, code: str, now: datetime, *, lock: bool) -> Stored:
    # A code that cannot be one is looked up too: every wrong answer takes the same way.
    written = read_code(code) or ""
    stored = store.find_by_code(storage, connection, written, lock=lock)
    if stored is None or stored.application.is_past(now):
        raise NoSuchApplication
    return stored
