"""Groups and their meetings in the database, and how many places are left."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, case, delete, func, insert, or_, select, update

from portal.domain.groups.planning import Draft, Group, Seen, Session
from portal.domain.groups.sign_ups import State
from portal.domain.groups.terms import GroupState, OfferPolicy
from portal.domain.refusals import NoSuchGroup
from portal.store.groups import tables as m
from portal.store.storage import Storage

_COLUMNS = tuple(field.name for field in fields(Draft) if field.name != "sessions")
_OF_SESSION = tuple(field.name for field in fields(Session) if field.name != "number")


def list_coming(storage: Storage, kommun: str, now: datetime, *, insats: str | None = None) -> tuple[Seen, ...]:
    """Return the published groups of a kommun that have not begun, the first to begin first."""
    table = m.groups.c
    chosen = and_(table.kommun == kommun, table.state == GroupState.PUBLISHED, table.begins_at > now)
    if insats is not None:
        chosen = and_(chosen, table.insats == insats)
    with storage.database.reading() as connection:
        return _seen(connection, chosen, now)


def find_seen(storage: Storage, kommun: str, group_id: str, now: datetime) -> Seen | None:
    """Return a group that residents may see, published or cancelled; None where there is none."""
    table = m.groups.c
    chosen = and_(table.id == group_id, table.kommun == kommun, table.state != GroupState.DRAFT)
    with storage.database.reading() as connection:
        return next(iter(_seen(connection, chosen, now)), None)


def list_of_kommun(connection: Connection, kommun: str, now: datetime) -> tuple[Seen, ...]:
    """Return every group of a kommun, drafts and past ones too, for those who lead them."""
    return _seen(connection, m.groups.c.kommun == kommun, now)


def get_group(connection: Connection, group_id: str, kommun: str | None = None) -> Group:
    """Return a group; raise NoSuchGroup where there is none, or it is another kommun's."""
    row = connection.execute(select(m.groups).where(m.groups.c.id == group_id)).mappings().first()
    if row is None or kommun not in (None, row["kommun"]):
        raise NoSuchGroup
    return _group(row, _sessions(connection, [group_id]).get(group_id, ()))


def names_of_groups(connection: Connection, group_ids: Iterable[str], sign_up_ids: Iterable[str]) -> dict[str, str]:
    """Return what groups are called, by their own ids and by those of sign-ups to them, for the audit trail."""
    table, one = m.groups.c, m.sign_ups.c
    named = select(table.id, table.name).where(table.id.in_(sorted(set(group_ids))))
    of_sign_ups = select(one.id, table.name).join(m.groups, table.id == one.group_id)
    chosen = of_sign_ups.where(one.id.in_(sorted(set(sign_up_ids))))
    return {row.id: row.name for query in (named, chosen) for row in connection.execute(query)}


def lock_group(connection: Connection, group_id: str, kommun: str | None = None) -> Group:
    """Return a group that nobody else changes until the transaction ends; raise NoSuchGroup as get_group does."""
    connection.execute(update(m.groups).where(m.groups.c.id == group_id).values(version=m.groups.c.version + 1))
    return get_group(connection, group_id, kommun)


def add_group(connection: Connection, group: Group, now: datetime) -> None:
    """Remember a new group."""
    connection.execute(insert(m.groups).values(**_values(group, now)))
    _write_sessions(connection, group, group.sessions)


def save_group(connection: Connection, group: Group, now: datetime) -> None:
    """Remember a group as it is now."""
    connection.execute(update(m.groups).where(m.groups.c.id == group.id).values(**_values(group, now)))
    table = m.sessions.c
    of_group = table.group_id == group.id
    # A meeting stays the row it is: what was counted for it hangs on it.
    connection.execute(delete(m.sessions).where(of_group, table.id.not_in([one.id for one in group.sessions])))
    known = set(connection.execute(select(table.id).where(of_group)).scalars())
    for one in group.sessions:
        if one.id in known:
            connection.execute(update(m.sessions).where(table.id == one.id).values(**_row(group, one)))
    _write_sessions(connection, group, [one for one in group.sessions if one.id not in known])


def _values(group: Group, now: datetime) -> dict[str, Any]:
    return {
        **{name: getattr(group, name) for name in _COLUMNS},
        "id": group.id,
        "kommun": group.kommun,
        "state": group.state,
        "begins_at": group.begins_at,
        "ends_at": group.ends_at,
        "changed_at": now,
    }


def _write_sessions(connection: Connection, group: Group, sessions: Sequence[Session]) -> None:
    if sessions:
        connection.execute(insert(m.sessions), [_row(group, one) for one in sessions])


def _row(group: Group, one: Session) -> dict[str, Any]:
    return {"group_id": group.id, **{name: getattr(one, name) for name in _OF_SESSION}}


def _group(row: RowMapping, sessions: tuple[Session, ...]) -> Group:
    values = {name: row[name] for name in _COLUMNS}
    values["offer_policy"] = OfferPolicy(row["offer_policy"])
    return Group(id=row["id"], kommun=row["kommun"], state=GroupState(row["state"]), sessions=sessions, **values)


def _sessions(connection: Connection, group_ids: Iterable[str]) -> dict[str, tuple[Session, ...]]:
    chosen = select(m.sessions).where(m.sessions.c.group_id.in_(list(group_ids)))
    found: dict[str, list[Session]] = {}
    for row in connection.execute(chosen.order_by(m.sessions.c.starts_at, m.sessions.c.id)).mappings():
        of_group = found.setdefault(row["group_id"], [])
        of_group.append(Session(number=len(of_group) + 1, **{name: row[name] for name in _OF_SESSION}))
    return {group_id: tuple(listed) for group_id, listed in found.items()}


def _seen(connection: Connection, chosen: Any, now: datetime) -> tuple[Seen, ...]:
    """Return groups with the seats left; a hold or an offer that has ended takes none, tidied away or not."""
    table = m.sign_ups.c
    has_ended = and_(table.until_at.is_not(None), table.until_at <= now)
    is_taking = or_(table.state == State.PLACED, and_(table.state.in_((State.HELD, State.OFFERED)), ~has_ended))
    counts = (
        select(
            table.group_id,
            func.sum(case((is_taking, table.seats), else_=0)).label("taken"),
            func.sum(case((table.state == State.WAITING, table.seats), else_=0)).label("waiting"),
        )
        .where(table.state.in_((State.HELD, State.PLACED, State.OFFERED, State.WAITING)))
        .group_by(table.group_id)
        .subquery()
    )
    query = (
        select(m.groups, func.coalesce(counts.c.taken, 0), func.coalesce(counts.c.waiting, 0))
        .outerjoin(counts, counts.c.group_id == m.groups.c.id)
        .where(chosen)
        .order_by(m.groups.c.begins_at, m.groups.c.id)
    )
    rows = connection.execute(query).all()
    sessions = _sessions(connection, [row.id for row in rows])
    return tuple(_one_seen(_group(row._mapping, sessions.get(row.id, ())), int(row[-2]), int(row[-1])) for row in rows)


def _one_seen(group: Group, taken: int, waiting: int) -> Seen:
    is_line_first = bool(waiting) and not group.let_smaller_pass
    left = 0 if is_line_first else max(0, group.capacity - taken)
    return Seen(group, left, waiting, group.waiting_capacity is None or waiting < group.waiting_capacity)
