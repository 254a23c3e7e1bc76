"""Papers in the line to be drawn, and those that are ready: sealed with the application's key, gone within the hour."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update

from portal.store.applications import tables as t
from portal.store.applications.stored import Stored

PART = 2 * 1024 * 1024
"""Bytes of a paper that are one value: a database takes and gives it well before anybody waits too long for it."""


class State(StrEnum):
    """Where a paper is: in the line, ready to be fetched, or not possible to draw."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


def find_paper(connection: Connection, application_id: str, mark: str) -> tuple[State, int] | None:
    """Return where the paper of an application as it is now (`mark` tells) is, and its bytes when it is ready."""
    table = t.papers.c
    chosen = select(table.state, table.length).where(table.application_id == application_id, table.mark == mark)
    row = connection.execute(chosen).first()
    return None if row is None else (State(row.state), row.length or 0)


def find_part(connection: Connection, stored: Stored, mark: str, number: int) -> bytes | None:
    """Return a part of a paper that is ready, from 0 on."""
    table = t.paper_parts.c
    is_it = t.papers.c.mark == mark, t.papers.c.state == State.READY
    chosen = select(table.sealed).where(table.application_id == stored.application.id, table.number == number, *is_it)
    of_it = t.papers.c.application_id == table.application_id
    sealed = connection.execute(chosen.select_from(t.paper_parts.join(t.papers, of_it))).scalar()
    return None if sealed is None else stored.seal.open_bytes(_place(number), sealed)


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


def keep_part(connection: Connection, stored: Stored, mark: str, number: int, content: bytes) -> bool:
    """Keep a part of what was drawn; return False where the application has changed, and the paper waits again."""
    if not _change(connection, stored, mark, {"state": str(State.WAITING)}):
        return False
    table = t.paper_parts.c
    one = {"application_id": stored.application.id, "number": number}
    # A run that was killed may have left some.
    connection.execute(delete(t.paper_parts).where(*(table[name] == value for name, value in one.items())))
    connection.execute(insert(t.paper_parts).values(one | {"sealed": stored.seal.seal_bytes(_place(number), content)}))
    return True


def keep_paper(connection: Connection, stored: Stored, mark: str, length: int | None) -> None:
    """Say that all parts are kept, and how many bytes; None: it could not be drawn. Unless the application changed."""
    state = State.FAILED if length is None else State.READY
    _change(connection, stored, mark, {"state": str(state), "length": length})


def _change(connection: Connection, stored: Stored, mark: str, values: Mapping[str, object]) -> bool:
    table = t.papers.c
    chosen = update(t.papers).where(table.application_id == stored.application.id, table.mark == mark)
    return bool(connection.execute(chosen.values(values)).rowcount)


def _place(number: int) -> str:
    return f"paper {number}"


def drop_paper(connection: Connection, application_id: str) -> None:
    """Take a paper out of the line, or away."""
    connection.execute(delete(t.papers).where(t.papers.c.application_id == application_id))


def forget_papers(connection: Connection, before: datetime) -> int:
    """Take away the papers that were asked for before an instant; return how many."""
    return connection.execute(delete(t.papers).where(t.papers.c.at < before)).rowcount
