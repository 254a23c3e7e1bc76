"""Taking away applications whose time has passed, with a log of what was deleted that only grows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, update

from portal.domain.applications.states import ENDED, State
from portal.store.applications import files as application_files
from portal.store.applications import tables as t
from portal.store.storage import Storage


@dataclass(frozen=True, slots=True)
class Deletion:
    """What was deleted, by whom and by which rule; of who it was about there is nothing."""

    at: datetime
    by: str
    kommun: str
    reference: str | None
    kind: str
    rule: str
    paragraph: str
    files: int


def list_past_drafts(connection: Connection, changed_before: datetime) -> tuple[str, ...]:
    """Return the ids of the drafts that nobody has changed since an instant."""
    table = t.applications.c
    chosen = select(table.id).where(table.state == State.DRAFT, table.changed_at <= changed_before)
    return tuple(connection.execute(chosen.order_by(table.id)).scalars())


def list_ended(connection: Connection, now: datetime) -> tuple[str, ...]:
    """Return the ids of the applications that have ended and are to be looked at, the first to end first."""
    table = t.applications.c
    is_turn = or_(table.look_again_at.is_(None), table.look_again_at <= now)
    chosen = select(table.id).where(table.state.in_(ENDED), is_turn).order_by(table.ended_at, table.id)
    return tuple(connection.execute(chosen).scalars())


def look_again(connection: Connection, application_id: str, at: datetime) -> None:
    """Remember that an application is still kept, and when to look at it again."""
    chosen = update(t.applications).where(t.applications.c.id == application_id)
    connection.execute(chosen.values(look_again_at=at))


def delete_application(connection: Connection, application_id: str, deletion: Deletion) -> None:
    """Take away an application that is locked, with everything in it, and write that down in the same transaction."""
    forget(connection, application_id)
    connection.execute(insert(t.deletions).values({name: getattr(deletion, name) for name in Deletion.__slots__}))


def forget(connection: Connection, application_id: str) -> None:
    """Take away an application with everything in it."""
    connection.execute(delete(t.applications).where(t.applications.c.id == application_id))


def count_files(connection: Connection, application_id: str) -> int:
    """Return how many files go with an application."""
    return application_files.count(connection, application_id)


def list_deletions(storage: Storage, kommun: str, *, most: int = 200) -> tuple[Deletion, ...]:
    """Return what was deleted in a kommun, the newest first."""
    table = t.deletions.c
    chosen = select(t.deletions).where(table.kommun == kommun).order_by(table.id.desc()).limit(most)
    with storage.database.reading() as connection:
        rows = connection.execute(chosen).all()
    return tuple(
        Deletion(row.at, row.by, row.kommun, row.reference, row.kind, row.rule, row.paragraph, row.files)
        for row in rows
    )
