"""Finding what is due, and taking away what is past keeping. Counts remain."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, delete, func, or_, select, update

from portal.domain.groups.sign_ups import ACTIVE, State
from portal.domain.groups.terms import GroupState
from portal.store.groups import tables as m
from portal.store.people.tables import outbox


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody with a place in a meeting that is near."""

    group_id: str
    kommun: str
    session_id: str
    starts_at: datetime
    sequence: int
    sign_up_id: str


def list_unsettled(connection: Connection, now: datetime) -> tuple[str, ...]:
    """Return the groups where a hold or an offer has ended, or where somebody waits and could be next."""
    group, one = m.groups.c, m.sign_ups.c
    has_ended = and_(one.state.in_((State.HELD, State.OFFERED)), one.until_at <= now)
    can_be_next = and_(one.state == State.WAITING, group.state == GroupState.PUBLISHED, group.begins_at > now)
    query = select(one.group_id).distinct().join(m.groups, group.id == one.group_id)
    return tuple(connection.execute(query.where(or_(has_ended, can_be_next)).order_by(one.group_id)).scalars())


def list_due(connection: Connection, now: datetime, ahead: timedelta) -> tuple[Due, ...]:
    """Return who has a place in a meeting that begins within so long."""
    group, session, one = m.groups.c, m.sessions.c, m.sign_ups.c
    query = (
        select(group.id, group.kommun, session.id, session.starts_at, session.sequence, one.id)
        .join(m.sessions, session.group_id == group.id)
        .join(m.sign_ups, one.group_id == group.id)
        .where(
            group.state == GroupState.PUBLISHED,
            session.is_cancelled.is_(False),
            session.starts_at > now,
            session.starts_at <= now + ahead,
            one.state == State.PLACED,
            one.sealed.is_not(None),
        )
        .order_by(group.id, session.starts_at, one.line)
    )
    return tuple(Due(*row) for row in connection.execute(query))


def is_told(connection: Connection, once: str) -> bool:
    """Return whether a mail of that name was written before."""
    return connection.execute(select(outbox.c.id).where(outbox.c.once == once)).first() is not None


def forget_persons(connection: Connection, ended_before: datetime) -> int:
    """Take away what is known of persons in groups whose last meeting ended before an instant; return of how many.

    Their codes open nothing any more. What remains is that there was a sign-up, its state and its language.
    """
    ended = select(m.groups.c.id).where(m.groups.c.ends_at <= ended_before)
    one = m.sign_ups.c
    is_person = and_(one.group_id.in_(ended), or_(one.sealed.is_not(None), one.code.is_not(None)))
    mailed = m.mailed_codes.c.sign_up_id.in_(select(one.id).where(one.group_id.in_(ended)))
    connection.execute(delete(m.mailed_codes).where(mailed))
    return connection.execute(
        update(m.sign_ups).where(is_person).values(sealed=None, code=None, code_mark=None, form_key=None)
    ).rowcount


def count_persons(connection: Connection) -> int:
    """Return of how many persons something is kept."""
    chosen = select(func.count()).select_from(m.sign_ups).where(m.sign_ups.c.sealed.is_not(None))
    return int(connection.execute(chosen).scalar_one())


def count_active(connection: Connection, group_id: str) -> int:
    """Return how many sign-ups of a group are active."""
    one = m.sign_ups.c
    chosen = select(func.count()).select_from(m.sign_ups).where(one.group_id == group_id, one.state.in_(ACTIVE))
    return int(connection.execute(chosen).scalar_one())
