"""A group's line: what the domain decides about it becomes rows in one atomic step, or nothing does.

A step reads the line, lets a pure function decide, and writes only if nobody has changed the group since, which its
`version` tells. Who loses the race decides anew; after a few lost races she waits until the group is hers alone.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from portal.domain.groups.deciding import Decision
from portal.domain.groups.sign_ups import SignUp, State
from portal.domain.groups.terms import GroupState, OfferPolicy, Terms
from portal.domain.people.letters import Mail
from portal.domain.refusals import NoSuchGroup
from portal.store.columns import to_instant, to_number
from portal.store.crypto import Vault
from portal.store.database import run
from portal.store.groups import tables as m
from portal.store.groups.codes import mark_of
from portal.store.groups.writing import Rows, write_rows
from portal.store.people.outbox import rows_of
from portal.store.storage import Storage

RACES = 3
"""Lost races after which a step waits for the group's row."""


@dataclass(frozen=True, slots=True)
class Line:
    """A group's sign-ups at one instant, and what of the group decides about them."""

    group_id: str
    kommun: str
    version: int
    ends_at: datetime
    terms: Terms
    sign_ups: tuple[SignUp, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """What a sign-up keeps of a person: her language, her details sealed, the hash of her code."""

    lang: str
    sealed: str | None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What is written at once: a decision, the person it was about, and what others are told of it.

    codes: hashes of codes that the mails carry, and whose sign-up each opens; told: hashes of e-mails whose wish to be
    alerted is now met; ways: hashes of how the person is reached.
    """

    decision: Decision
    person: Person | None = None
    mails: tuple[Mail, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


Decide = Callable[[Line, Connection], Step]


def take_step(
    storage: Storage, group_id: str, decide: Decide, now: datetime, *, form_keys: Iterable[str] = (), also: str = ""
) -> Step:
    """Read a group's line, decide and write; raise NoSuchGroup. `decide` may be called again, with a newer line.

    The line holds the active sign-ups, the one of that form (its hash under each key), and the one with the id `also`.
    """
    keys = tuple(form_keys)
    for _ in range(RACES):
        with storage.database.reading() as connection:
            line = read_line(connection, group_id, keys, also)
            step = decide(line, connection)
            rows = _rows(storage, line, step)
            if rows is None:
                return step
            if not storage.database.is_sqlite and _write(connection, line, rows, now):
                return step
        if storage.database.is_sqlite:
            # Waiting for one's turn of the file with a connection in hand would keep readers from theirs.
            with storage.database.transaction() as connection:
                if _write(connection, line, rows, now):
                    return step
    with storage.database.transaction() as connection:
        if not storage.database.is_sqlite:
            connection.execute(_WAIT_FOR_GROUP, {"group_id": group_id})
        line = read_line(connection, group_id, keys, also)
        step = decide(line, connection)
        write_locked(storage, connection, line, step, now)
        return step


_WAIT_FOR_GROUP = select(m.groups.c.version).where(m.groups.c.id == bindparam("group_id")).with_for_update()

_LINE = """SELECT g.kommun, g.version, g.state, g.capacity, g.waiting_capacity, g.offer_policy, g.offer_hours,
    g.let_smaller_pass, g.begins_at, g.ends_at, s.id, s.state, s.seats, s.line, s.until_at, s.form_key
    FROM groups g LEFT JOIN sign_ups s ON s.group_id = g.id
    AND (s.state IN ('held', 'placed', 'waiting', 'offered') OR s.form_key = %(form_key)s OR s.id = %(also)s)
    WHERE g.id = %(group_id)s"""

_STATES = {str(state): state for state in State}


def read_line(connection: Connection, group_id: str, form_keys: tuple[str, ...] = (), also: str = "") -> Line:
    """Return a group's line as one statement sees it; raise NoSuchGroup."""
    rows = _find_rows(connection, group_id, form_keys, also)
    if not rows:
        raise NoSuchGroup
    own = form_keys[0] if form_keys else ""
    sign_ups = tuple(
        SignUp(
            row[10],
            _STATES[row[11]],
            row[12],
            row[13],
            None if row[14] is None else to_instant(row[14]),
            # Of all hashes of the form's key the domain meets the first one only.
            own if row[15] in form_keys else row[15] or "",
        )
        for row in rows
        if row[10] is not None
    )
    first = rows[0]
    terms = Terms(
        GroupState(first[2]),
        first[3],
        to_instant(first[8]),
        first[4],
        OfferPolicy(first[5]),
        first[6],
        bool(first[7]),
    )
    return Line(group_id, first[0], first[1], to_instant(first[9]), terms, sign_ups)


def _find_rows(connection: Connection, group_id: str, form_keys: tuple[str, ...], also: str) -> list[Any]:
    rows: list[Any] = []
    for form_key in form_keys or ("",):
        rows = run(connection, _LINE, {"group_id": group_id, "form_key": form_key, "also": also}).fetchall()
        if any(row[15] == form_key for row in rows):
            break
    return rows


def write_locked(storage: Storage, connection: Connection, line: Line, step: Step, now: datetime) -> None:
    """Write a step on a line that was read after its group was locked, in the same transaction."""
    rows = _rows(storage, line, step)
    if rows is not None and not _write(connection, line, rows, now):
        raise RuntimeError("a group changed while it was locked")


def _write(connection: Connection, line: Line, rows: Rows, now: datetime) -> bool:
    return write_rows(connection, line.group_id, line.version, to_number(now), rows)


def _rows(storage: Storage, line: Line, step: Step) -> Rows | None:
    """Return the rows of a step; None where it changes nothing."""
    known = {one.id for one in line.sign_ups}
    changed, vault = step.decision.changed, storage.vault
    if not (changed or step.mails or step.told):
        return None
    return Rows(
        new=tuple(_row(vault, one, step) for one in changed if one.id not in known),
        moved=tuple(_row(vault, one, step) for one in changed if one.id in known and one.state is not State.RELEASED),
        gone=tuple(one.id for one in changed if one.id in known and one.state is State.RELEASED),
        mails=tuple(rows_of(vault, step.mails)),
        codes=tuple({"code": code, "id": one, "mark": mark_of(vault, code, one)} for code, one in step.codes.items()),
        told=step.told,
        ways=_ways(step),
    )


def _ways(step: Step) -> tuple[dict[str, str], ...]:
    one = step.decision.sign_up
    is_written = one is not None and step.decision.changed
    return tuple({"way": way, "id": one.id} for way in step.ways) if one is not None and is_written else ()


def _row(vault: Vault, one: SignUp, step: Step) -> dict[str, Any]:
    person = step.person if step.decision.sign_up is not None and one.id == step.decision.sign_up.id else None
    code = None if person is None else person.code
    return {
        "id": one.id,
        "state": str(one.state),
        "seats": one.seats,
        "line": one.line,
        "until_at": None if one.until_at is None else to_number(one.until_at),
        "form_key": one.form_key or None,
        "code": code,
        "mark": None if code is None else mark_of(vault, code, one.id),
        "lang": None if person is None else person.lang,
        "sealed": None if person is None else person.sealed,
    }
