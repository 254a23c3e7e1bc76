"""How many came to each meeting, by age band and gender."""

from sqlalchemy import Connection, delete, insert, select

from portal.domain.groups.attendance import Counts
from portal.store.groups import tables as m


def save_counts(connection: Connection, group_id: str, number: int, counts: Counts) -> None:
    """Remember how many came to a meeting, in place of what was counted before."""
    table = m.attendance.c
    connection.execute(delete(m.attendance).where(table.group_id == group_id, table.number == number))
    rows = [
        {"group_id": group_id, "number": number, "age_band": band, "gender": gender, "came": came}
        for (band, gender), came in counts.items()
        if came
    ]
    if rows:
        connection.execute(insert(m.attendance), rows)


def counts_of(connection: Connection, group_id: str) -> dict[int, dict[tuple[str, str], int]]:
    """Return how many came, by meeting and then by age band and gender."""
    found: dict[int, dict[tuple[str, str], int]] = {}
    for row in connection.execute(select(m.attendance).where(m.attendance.c.group_id == group_id)):
        found.setdefault(row.number, {})[(row.age_band, row.gender)] = row.came
    return found
