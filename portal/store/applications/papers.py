"""Papers in the line to be drawn, and those that are ready: sealed with the application's key, gone within the hour."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update

from portal.store.applications import tables as t
from portal.store.applications.stored import Stored

_PLACE = "paper"


class State(StrEnum):
    """Where a paper is: in the line, ready to be fetched, or not possible to draw."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


def find_paper(connection: Connection, stored: Stored, mark: str) -> tuple[State, bytes] | None:
    """Return the paper of an application as it is now (`mark` tells), with its content where it is ready."""
    table = t.papers.c
    chosen = select(table.state, table.sealed).where(table.application_id == stored.application.id, table.mark == mark)
    row = connection.execute(chosen).first()
    if row is None:
        return None
    content = b"" if row.sealed is None else stored.seal.open_bytes(_PLACE, row.sealed)
    return State(row.state), content


def order_paper(connection: Connection, application_id: str, mark: str, now: datetime) -> None:
    """Put a paper in the line; what was drawn of the application before is gone."""
    connection.execute(delete(t.papers).where(t.papers.c.application_id == application_id))
    values = {"application_id": application_id, "mark": mark, "state": str(State.WAITING), "at": now}
    connection.execute(insert(t.papers).values(values))


def first_in_line(connection: Connection) -> str | None:
    """Return the id of the application whose paper is to be drawn next."""
    table = t.papers.c
    chosen = select(table.application_id).where(table.state == State.WAITING).order_by(table.at, table.application_id)
    found: str | None = connection.execute(chosen.limit(1)).scalar()
    return found


def keep_paper(connection: Connection, stored: Stored, mark: str, content: bytes | None) -> None:
    """Keep what was drawn, or that it could not be: unless the application has changed, and waits again."""
    table = t.papers.c
    sealed = None if content is None else stored.seal.seal_bytes(_PLACE, content)
    values = {"state": str(State.FAILED if sealed is None else State.READY), "sealed": sealed}
    chosen = update(t.papers).where(table.application_id == stored.application.id, table.mark == mark)
    connection.execute(chosen.values(values))


def drop_paper(connection: Connection, application_id: str) -> None:
    """Take a paper out of the line, or away."""
    connection.execute(delete(t.papers).where(t.papers.c.application_id == application_id))


def forget_papers(connection: Connection, before: datetime) -> int:
    """Take away the papers that were asked for before an instant; return how many."""
    return connection.execute(delete(t.papers).where(t.papers.c.at < before)).rowcount
