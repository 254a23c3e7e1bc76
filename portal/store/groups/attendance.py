"""How many came to each meeting, by age band and gender."""

from sqlalchemy import Connection, delete, insert, select

from portal.domain.groups.attendance import Counts
from portal.store.groups import tables as m


def save_counts(connection: Connection, session_id: str, counts: Counts) -> None:
    """Remember how many came to a meeting, in place of what was counted before."""
    connection.execute(delete(m.attendance).where(m.attendance.c.session_id == session_id))
    rows = [
        {"session_id": session_id, "age_band": band, "gender": gender, "came": came}
        for (band, gender), came in counts.items()
        if came
    ]
    if rows:
        connection.execute(insert(m.attendance), rows)


def counts_of(connection: Connection, group_id: str) -> dict[str, dict[tuple[str, str], int]]:
    """Return how many came to the meetings of a group, by the id of the meeting and then by age band and gender."""
    found: dict[str, dict[tuple[str, str], int]] = {}
    query = select(m.attendance).join(m.sessions).where(m.sessions.c.group_id == group_id)
    for row in connection.execute(query):
        found.setdefault(row.session_id, {})[(row.age_band, row.gender)] = row.came
    return found
