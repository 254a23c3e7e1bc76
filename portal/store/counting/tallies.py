"""What groups and taps say of a day: sign-ups, meetings, who came, visits. Counted once, when the day has settled."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from portal.domain.counting.counters import (
    AGE_BAND,
    COUNTERS,
    GENDER,
    IN_LINE,
    INSATS,
    LEFT,
    OUTCOME,
    PLACE,
    VISIT_KIND,
    VISITED,
    Count,
)
from portal.domain.groups.sign_ups import State
from portal.domain.groups.terms import GroupState
from portal.domain.instants import STOCKHOLM
from portal.store.counting import tables as m
from portal.store.groups import tables as g

ByKommun = dict[str, dict[Count, int]]

_OUTCOMES: Mapping[State, str] = {
    State.PLACED: PLACE,
    State.WAITING: IN_LINE,
    State.OFFERED: IN_LINE,
    State.LAPSED: LEFT,
    State.WITHDRAWN: LEFT,
    State.CANCELLED: LEFT,
}
"""What has become of a sign-up when it is counted. A form that only held a seat is none."""


def find_days(connection: Connection) -> tuple[date, date] | None:
    """Return the first and the last day that has been counted, or None before the first run."""
    table = m.tallied_days.c
    first, last = connection.execute(select(func.min(table.day), func.max(table.day))).one()
    return None if first is None else (first, last)


def take_day(connection: Connection, day: date) -> bool:
    """Return whether a day is ours to count: of two that ask at once, only one gets it."""
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    new = make(m.tallied_days).values(day=day).on_conflict_do_nothing()
    return connection.execute(new.returning(m.tallied_days.c.day)).first() is not None


def tally_groups(connection: Connection, day: date) -> ByKommun:
    """Return how many groups had their first meeting on a day. Samples are no groups."""
    group = g.groups.c
    query = select(group.kommun, func.count()).where(
        group.state == GroupState.PUBLISHED, group.is_sample.is_(False), *_within(group.begins_at, day)
    )
    key = Count(COUNTERS["groups"].id)
    return {kommun: {key: int(number)} for kommun, number in connection.execute(query.group_by(group.kommun))}


def tally_sign_ups(connection: Connection, day: date) -> ByKommun:
    """Return how many sign-ups were made on a day, by what has become of them, and by insats."""
    group, one, counter = g.groups.c, g.sign_ups.c, COUNTERS["sign_ups"]
    query = (
        select(group.kommun, group.insats, one.state, func.count())
        .join(g.groups, group.id == one.group_id)
        .where(group.is_sample.is_(False), one.state.in_(list(_OUTCOMES)), *_within(one.made_at, day))
        .group_by(group.kommun, group.insats, one.state)
    )
    found: ByKommun = {}
    for kommun, insats, state, number in connection.execute(query):
        divided = (
            Count(counter.id),
            Count(counter.key_of(OUTCOME), _OUTCOMES[State(state)]),
            Count(counter.key_of(INSATS), insats),
        )
        _add(found, kommun, divided, number)
    return found


def tally_attendance(connection: Connection, day: date) -> ByKommun:
    """Return how many came to the meetings of a day, by age band, and by gender."""
    group, session, came, counter = (
        g.groups.c,
        g.sessions.c,
        g.attendance.c,
        COUNTERS["attendance"],
    )
    query = (
        select(group.kommun, came.age_band, came.gender, func.sum(came.came))
        .join(g.sessions, session.id == came.session_id)
        .join(g.groups, group.id == session.group_id)
        .where(group.is_sample.is_(False), *_within(session.starts_at, day))
        .group_by(group.kommun, came.age_band, came.gender)
    )
    found: ByKommun = {}
    for kommun, band, gender, number in connection.execute(query):
        divided = (
            Count(counter.id),
            Count(counter.key_of(AGE_BAND), band),
            Count(counter.key_of(GENDER), gender),
        )
        _add(found, kommun, divided, int(number))
    return found


def take_visits(connection: Connection, day: date) -> dict[date, ByKommun]:
    """Take the visits up to a day out of their table, and return them by the day they were counted on.

    What stays is as fine as it is ever shown: of a visit nobody can read any more on which day what was visited.
    """
    visit, counter = m.visits.c, COUNTERS["visits"]
    taken = connection.execute(delete(m.visits).where(visit.counted_on <= day).returning(*visit))
    found: dict[date, ByKommun] = {}
    for kommun, counted_on, insats, kind, number in taken:
        divided = (Count(counter.id), Count(counter.key_of(VISIT_KIND), kind), Count(counter.key_of(VISITED), insats))
        _add(found.setdefault(counted_on, {}), kommun, divided, number)
    return found


def _add(found: ByKommun, kommun: str, divided: tuple[Count, ...], number: int) -> None:
    counts = found.setdefault(kommun, {})
    for count in divided:
        counts[count] = counts.get(count, 0) + number


def _within(column: Any, day: date) -> tuple[Any, Any]:
    """Return that an instant is on a day, by the clock in Sweden."""
    begins = datetime.combine(day, time(), STOCKHOLM)
    ends = datetime.combine(day + timedelta(days=1), time(), STOCKHOLM)
    return column >= begins, column < ends
