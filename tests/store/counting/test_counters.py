"""Counters on both databases: they add up, by kommun and day, and keep no trace of what was counted together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import insert, inspect, text
from sqlalchemy.exc import IntegrityError

from portal.domain.counting.counters import Count, self_check_done
from portal.domain.counting.periods import month
from portal.domain.counting.statistics import Row
from portal.store import schema
from portal.store.counting import tables as m
from portal.store.counting.counters import add_counts, list_rows
from portal.store.storage import Storage

JANUARY = month(2027, 1)
MONDAY, TUESDAY = date(2027, 1, 4), date(2027, 1, 5)
SELF_CHECK = Count("self_checks")
SWEDISH, TIGRINYA = Count("self_checks_by_language", "sv"), Count("self_checks_by_language", "ti")


def count(storage: Storage, counts: dict[Count, int], *, kommun: str = "solbacka", day: date = MONDAY) -> None:
    """Count up in a transaction of its own."""
    with storage.database.transaction() as connection:
        add_counts(connection, kommun, day, counts)


def rows(storage: Storage, kommun: str = "solbacka") -> tuple[Row, ...]:
    """Return what is kept of January."""
    with storage.database.reading() as connection:
        return list_rows(connection, kommun, JANUARY)


def test_counts_add_up(storage: Storage) -> None:
    count(storage, {SWEDISH: 2, TIGRINYA: 1})
    count(storage, {SWEDISH: 3})
    count(storage, {SELF_CHECK: 3})
    count(storage, {SELF_CHECK: 1}, day=TUESDAY)
    assert rows(storage) == (
        Row(MONDAY, "self_checks", "", 3),
        Row(TUESDAY, "self_checks", "", 1),
        Row(MONDAY, "self_checks_by_language", "sv", 5),
        Row(MONDAY, "self_checks_by_language", "ti", 1),
    )


def test_no_day_is_kept_of_what_divides_a_counter(storage: Storage) -> None:
    count(storage, {SWEDISH: 1}, day=TUESDAY)
    count(storage, {SWEDISH: 1}, day=date(2027, 4, 30))
    assert rows(storage) == (Row(MONDAY, "self_checks_by_language", "sv", 2),)


def test_a_kommun_sees_its_own_counts_of_the_period(storage: Storage) -> None:
    count(storage, {SELF_CHECK: 2}, kommun="granby")
    count(storage, {SELF_CHECK: 4}, day=date(2027, 2, 1))
    count(storage, {SELF_CHECK: 1}, day=date(2027, 1, 31))
    assert rows(storage) == (Row(date(2027, 1, 31), "self_checks", "", 1),)


def test_nothing_leaves_no_row(storage: Storage) -> None:
    count(storage, {})
    count(storage, {SWEDISH: 0})
    assert rows(storage) == ()


def test_those_who_count_at_once_lose_nothing(storage: Storage) -> None:
    counts = dict.fromkeys(self_check_done("sv", has_direct=True, topics=["money"]), 1)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: count(storage, counts), range(40)))
    assert {row.number for row in rows(storage)} == {40}


def test_a_row_knows_a_kommun_a_day_and_nothing_else_of_when(storage: Storage) -> None:
    with storage.database.reading() as connection:
        columns = {column["name"] for column in inspect(connection).get_columns("counters")}
    assert columns == {"kommun", "counted_on", "key", "value", "number"}


def test_sqlite_keeps_no_order_of_the_rows(storage: Storage) -> None:
    if storage.database.is_sqlite:
        with storage.database.reading() as connection:
            made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'counters'")).scalar_one()
        assert made.split()[-2:] == ["WITHOUT", "ROWID"]


def test_a_number_is_never_under_one(storage: Storage) -> None:
    row = {"kommun": "solbacka", "counted_on": MONDAY, "key": "groups", "value": "", "number": 0}
    with pytest.raises(IntegrityError), storage.database.transaction() as connection:
        connection.execute(insert(m.counters).values(row))


def test_the_step_of_the_counters_goes_up_and_down(storage: Storage) -> None:
    assert schema.differences(storage.database) == []
    try:
        schema.downgrade(storage.database, "0002")
        with storage.database.reading() as connection:
            tables = inspect(connection).get_table_names()
    finally:
        schema.upgrade(storage.database)
    assert not {"counters", "tallied_days"} & set(tables)
    assert "groups" in tables
    assert schema.differences(storage.database) == []
