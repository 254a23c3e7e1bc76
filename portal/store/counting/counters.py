"""Counters in the database: so many of something in a kommun on a day, or in a tertial. No row knows who, or when."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from portal.domain.counting.counters import Count
from portal.domain.counting.periods import Period
from portal.domain.counting.statistics import Row, kept_on
from portal.store.counting import tables as m


def add_counts(connection: Connection, kommun: str, counted_on: date, counts: Mapping[Count, int]) -> None:
    """Count up. Rows are written in the order of their names: not even their order shows what came together."""
    # The same order everywhere: two that count the same at once never wait for each other for ever.
    rows = [
        {
            "kommun": kommun,
            "counted_on": kept_on(count.key, counted_on),
            "key": count.key,
            "value": count.value,
            "number": number,
        }
        for count, number in sorted(counts.items())
        if number
    ]
    if not rows:
        return
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    new = make(m.counters)
    connection.execute(
        new.on_conflict_do_update(
            index_elements=list(m.counters.primary_key),
            set_={"number": m.counters.c.number + new.excluded.number},
        ),
        rows,
    )


def list_rows(connection: Connection, kommun: str, period: Period) -> tuple[Row, ...]:
    """Return what was counted in a kommun in a period, by key, value and day."""
    table = m.counters.c
    query = (
        select(table.counted_on, table.key, table.value, table.number)
        .where(table.kommun == kommun, table.counted_on.between(period.first_on, period.last_on))
        .order_by(table.key, table.value, table.counted_on)
    )
    return tuple(Row(*row) for row in connection.execute(query))
