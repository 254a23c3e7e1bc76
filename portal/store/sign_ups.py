"""Sign-ups: what the domain decides about a group's line becomes rows in one atomic step, or nothing does.

A step reads the line, lets a pure function decide, and writes only if nobody has changed the group since. On SQLite the
whole step has its turn of the file. On PostgreSQL the write is one statement that hinges on the group's `version`; who
loses the race decides anew, and after a few lost races waits for the group's row.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from portal.domain.letters import Mail
from portal.domain.refusals import NoSuchGroup
from portal.domain.sign_ups import ACTIVE, Decision, GroupState, OfferPolicy, SignUp, State, Terms
from portal.store import models as m
from portal.store.at_once import write_at_once
from portal.store.database import run
from portal.store.outbox import post, rows_of
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
    alerted is now met.
    """

    decision: Decision
    person: Person | None = None
    mails: tuple[Mail, ...] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()


Decide = Callable[[Line, Connection], Step]


def take_step(
    storage: Storage, group_id: str, decide: Decide, now: datetime, *, form_keys: Iterable[str] = (), also: str = ""
) -> Step:
    """Read a group's line, decide and write; raise NoSuchGroup. `decide` may be called again, with a newer line.

    The line holds the active sign-ups, the one of that form (its hash under each key), and the one with the id `also`.
    """
    keys = tuple(form_keys)
    if not storage.database.is_sqlite:
        for _ in range(RACES):
            with storage.database.reading() as connection:
                line = read_line(connection, group_id, keys, also)
                step = decide(line, connection)
                if write_step(storage, connection, line, step, now):
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
    rows: Sequence[Row[Any]] = ()
    for form_key in form_keys or ("",):
        rows = run(connection, _LINE, {"group_id": group_id, "form_key": form_key, "also": also}).all()
        if any(row[15] == form_key for row in rows):
            break
    if not rows:
        raise NoSuchGroup
    own = form_keys[0] if form_keys else ""
    sign_ups = tuple(
        SignUp(
            row[10],
            _STATES[row[11]],
            row[12],
            row[13],
            None if row[14] is None else m.to_instant(row[14]),
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
        m.to_instant(first[8]),
        first[4],
        OfferPolicy(first[5]),
        first[6],
        bool(first[7]),
    )
    return Line(group_id, first[0], first[1], m.to_instant(first[9]), terms, sign_ups)


def write_step(storage: Storage, connection: Connection, line: Line, step: Step, now: datetime) -> bool:
    """Write a step; return False, with nothing written, when the group has changed since the line was read."""
    known = {one.id for one in line.sign_ups}
    changed = step.decision.changed
    if not (changed or step.mails or step.told):
        return True
    new = [_row(one, step) for one in changed if one.id not in known]
    moved = [_row(one, step) for one in changed if one.id in known and one.state is not State.RELEASED]
    gone = [one.id for one in changed if one.id in known and one.state is State.RELEASED]
    if not storage.database.is_sqlite:
        mails = [
            {name: row[name] for name in ("id", "letter", "kommun", "lang", "sealed", "once")}
            for row in rows_of(storage.vault, step.mails, now)
        ]
        codes = [{"code": code, "id": sign_up_id} for code, sign_up_id in step.codes.items()]
        parts: dict[str, Any] = {"new": new, "moved": moved, "gone": gone, "mails": mails, "codes": codes}
        parts["told"] = list(step.told)
        return write_at_once(connection, line.group_id, line.version, m.to_number(now), parts)
    _write_in_turn(storage, connection, line, step, now, new, moved, gone)
    return True


def write_locked(storage: Storage, connection: Connection, line: Line, step: Step, now: datetime) -> None:
    """Write a step on a line that was read after its group was locked, in the same transaction."""
    if not write_step(storage, connection, line, step, now):
        raise RuntimeError("a group changed while it was locked")


def _row(one: SignUp, step: Step) -> dict[str, Any]:
    person = step.person if step.decision.sign_up is not None and one.id == step.decision.sign_up.id else None
    return {
        "id": one.id,
        "state": str(one.state),
        "seats": one.seats,
        "line": one.line,
        "until_at": None if one.until_at is None else m.to_number(one.until_at),
        "form_key": one.form_key or None,
        "code": None if person is None else person.code,
        "lang": None if person is None else person.lang,
        "sealed": None if person is None else person.sealed,
    }


_BUMP = "UPDATE groups SET version = version + 1 WHERE id = %(group_id)s"
_MOVE = """UPDATE sign_ups SET state = %(state)s, seats = %(seats)s, line = %(line)s, until_at = %(until_at)s,
    code = COALESCE(%(code)s, code), lang = COALESCE(%(lang)s, lang), changed_at = %(now)s,
    sealed = CASE WHEN %(state)s = 'withdrawn' THEN NULL ELSE COALESCE(%(sealed)s, sealed) END WHERE id = %(id)s"""
_ADD = """INSERT INTO sign_ups
    (id, group_id, state, seats, line, until_at, form_key, code, lang, sealed, made_at, changed_at) VALUES
    (%(id)s, %(group_id)s, %(state)s, %(seats)s, %(line)s, %(until_at)s, %(form_key)s, %(code)s,
    COALESCE(%(lang)s, ''), %(sealed)s, %(now)s, %(now)s)"""


def _write_in_turn(
    storage: Storage,
    connection: Connection,
    line: Line,
    step: Step,
    now: datetime,
    new: list[dict[str, Any]],
    moved: list[dict[str, Any]],
    gone: list[str],
) -> None:
    always = {"group_id": line.group_id, "now": m.to_number(now)}
    run(connection, _BUMP, always)
    if gone:
        connection.execute(delete(m.sign_ups).where(m.sign_ups.c.id.in_(gone)))
    if moved:
        run(connection, _MOVE, [row | always for row in moved])
    if new:
        run(connection, _ADD, [row | always for row in new])
    post(connection, storage.vault, step.mails, now)
    add_codes(connection, step.codes)
    if step.told:
        table = m.alerts.c
        connection.execute(delete(m.alerts).where(table.group_id == line.group_id, table.email.in_(step.told)))


# ------------------------------------------------------------------------------------------------- single sign-ups


@dataclass(frozen=True, slots=True)
class Kept:
    """One sign-up as it is stored, with its group and its person."""

    sign_up: SignUp
    group_id: str
    person: Person


def find_by_code(storage: Storage, connection: Connection, code: str) -> Kept | None:
    """Return the sign-up that a code opens, its own or one that was mailed."""
    hashes = code_hashes(storage, code)
    chosen = select(m.mailed_codes.c.sign_up_id).where(m.mailed_codes.c.code.in_(hashes))
    rows = _kept(connection, m.sign_ups.c.code.in_(hashes) | m.sign_ups.c.id.in_(chosen))
    return next(iter(rows), None)


def find_kept(connection: Connection, sign_up_id: str) -> Kept | None:
    """Return a sign-up by its id."""
    return next(iter(_kept(connection, m.sign_ups.c.id == sign_up_id)), None)


def lock_kept(connection: Connection, sign_up_id: str) -> Kept | None:
    """Return a sign-up that nobody else changes until the transaction ends."""
    connection.execute(select(m.sign_ups.c.id).where(m.sign_ups.c.id == sign_up_id).with_for_update())
    return find_kept(connection, sign_up_id)


def take_code(connection: Connection, sign_up_id: str) -> None:
    """Let the code of a sign-up open it no longer."""
    connection.execute(update(m.sign_ups).where(m.sign_ups.c.id == sign_up_id).values(code=None))


def hand_over_codes(connection: Connection, from_id: str, to_id: str) -> None:
    """Let the codes that were mailed for one sign-up open another: its person has moved there."""
    chosen = update(m.mailed_codes).where(m.mailed_codes.c.sign_up_id == from_id)
    connection.execute(chosen.values(sign_up_id=to_id))


def add_codes(connection: Connection, codes: Mapping[str, str]) -> None:
    """Remember the hashes of codes that mails carry, and whose sign-up each opens."""
    if codes:
        rows = [{"code": code, "sign_up_id": sign_up_id} for code, sign_up_id in codes.items()]
        connection.execute(insert(m.mailed_codes), rows)


def list_of_group(connection: Connection, group_id: str) -> tuple[Kept, ...]:
    """Return the sign-ups of a group that somebody filled in, in the order they came."""
    table = m.sign_ups.c
    return _kept(connection, (table.group_id == group_id) & table.state.not_in((State.HELD, State.RELEASED)))


def people(connection: Connection, sign_up_ids: Iterable[str]) -> dict[str, Person]:
    """Return what is kept of the persons of some sign-ups, by sign-up."""
    return {one.sign_up.id: one.person for one in _kept(connection, m.sign_ups.c.id.in_(list(sign_up_ids)))}


def save_sealed(connection: Connection, sign_up_id: str, sealed: str, now: datetime) -> bool:
    """Remember new details of a person; return False when her sign-up is no longer active."""
    table = m.sign_ups.c
    chosen = update(m.sign_ups).where(table.id == sign_up_id, table.state.in_(ACTIVE))
    return connection.execute(chosen.values(sealed=sealed, changed_at=now)).rowcount == 1


def code_hashes(storage: Storage, code: str) -> tuple[str, ...]:
    """Return what is stored in place of a code, under each key."""
    return storage.vault.digests("code", code)


def _kept(connection: Connection, chosen: Any) -> tuple[Kept, ...]:
    rows = connection.execute(select(m.sign_ups).where(chosen).order_by(m.sign_ups.c.line, m.sign_ups.c.id)).all()
    return tuple(
        Kept(
            SignUp(row.id, State(row.state), row.seats, row.line, row.until_at, row.form_key or ""),
            row.group_id,
            Person(row.lang, row.sealed, row.code),
        )
        for row in rows
    )
