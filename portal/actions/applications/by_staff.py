"""What a case worker may see: an application, locked, with what she does written in the audit trail.

An application of another kommun, of a unit that is not hers, or that is still a draft is NoSuchApplication.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from portal.domain.applications.handling import Handler, may_see
from portal.domain.applications.states import Application, Deed, move
from portal.domain.audit import AuditEvent
from portal.domain.refusals import ChangedMeanwhile, NoSuchApplication
from portal.domain.versions import version_of
from portal.store import audit
from portal.store.applications import stored as store
from portal.store.applications.stored import Stored
from portal.store.storage import Storage


@contextmanager
def hers(
    storage: Storage, by: Handler, application_id: str, did: str, now: datetime, *, seen: str | None = None
) -> Iterator[tuple[Connection, Stored]]:
    """Open an application that she may see, to read or change it, in one transaction.

    seen: the mark of what her page showed of it. Raise NoSuchApplication or ChangedMeanwhile.
    """
    with storage.database.transaction() as connection:
        stored = get_hers(storage, connection, by, application_id, did, now)
        if seen is not None and seen != mark_of(stored.application):
            raise ChangedMeanwhile
        yield connection, stored


def mark_of(application: Application) -> str:
    """Return the mark of what a page shows of an application: another when anybody has done anything with it."""
    return version_of(application.state, application.version, application.changed_at, application.taken_by)


def get_hers(
    storage: Storage, connection: Connection, by: Handler, application_id: str, did: str | None, now: datetime
) -> Stored:
    """Return an application that she may see, locked, and write down what she does, if anything.

    Raise NoSuchApplication.
    """
    stored = look_at_hers(storage, connection, by, application_id, lock=True)
    if did is not None:
        record(connection, by, did, f"application:{application_id}", now)
    return stored


def look_at_hers(
    storage: Storage, connection: Connection, by: Handler, application_id: str, *, lock: bool = False
) -> Stored:
    """Return an application that she may see; nobody waits for who only looks. Raise NoSuchApplication."""
    # Who may see it is settled before anything of it is opened.
    application = store.find_application(connection, application_id)
    if application is None or not may_see(by, application):
        raise NoSuchApplication
    stored = store.find_by_id(storage, connection, application_id, lock=lock)
    if stored is None or not may_see(by, stored.application):
        raise NoSuchApplication
    return stored


def moved(
    connection: Connection, stored: Stored, deed: Deed, now: datetime, *, is_news: bool = False, **changes: object
) -> Application:
    """Let a deed move an application; is_news: the case system should have it. Raise ApplicationHasEnded or NotNow."""
    application = stored.application
    state = move(application.state, deed)
    version = application.version + is_news
    after = replace(application, state=state, version=version, changed_at=now, **changes)  # type: ignore[arg-type]
    store.save(connection, after)
    return after


def record(connection: Connection, by: Handler, did: str, subject: str, now: datetime) -> None:
    """Write down what she does."""
    audit.record(connection, AuditEvent(now, by.id, by.kommun, did, subject))
