"""The tables of counters: nothing is counted as nobody, and a day is tallied once."""

import pytest
from sqlalchemy import exc, insert

from portal.store.counting.tables import counters, tallied_days
from portal.store.storage import Storage
from tests.domain.made_up import NOW

COUNT = {"kommun": "k", "counted_on": NOW.date(), "key": "visits", "value": "", "number": 1}


def test_a_count_of_nobody_is_none(storage: Storage) -> None:
    with pytest.raises(exc.IntegrityError), storage.database.transaction() as connection:
        connection.execute(insert(counters), {**COUNT, "number": 0})


def test_a_day_counts_each_thing_in_one_row_and_is_tallied_once(storage: Storage) -> None:
    for table, row in ((counters, COUNT), (tallied_days, {"day": NOW.date()})):
        with pytest.raises(exc.IntegrityError), storage.database.transaction() as connection:
            connection.execute(insert(table), [row, row])
