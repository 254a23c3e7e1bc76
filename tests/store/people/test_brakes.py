"""Brakes in the database: each value for itself, until its time is over, for every process, and telling nobody."""

from datetime import timedelta

from sqlalchemy import text

from portal.domain.people.brakes import Brake
from portal.store.people.brakes import forget_ended, is_full, let_go, press
from portal.store.storage import Storage, open_storage
from tests.domain.made_up import NOW
from tests.groups import KEY

BRAKE = Brake("tried", 3, timedelta(minutes=5))
LATER = NOW + BRAKE.within


def test_a_value_is_full_after_so_many_and_another_is_not(storage: Storage) -> None:
    assert [press(storage, BRAKE, "lea@example.se", NOW) for _ in range(5)] == [True, True, True, False, False]
    assert is_full(storage, BRAKE, "lea@example.se", LATER - timedelta(seconds=1))
    assert press(storage, BRAKE, "ola@example.se", NOW)
    assert press(storage, Brake("else", 3, BRAKE.within), "lea@example.se", NOW)


def test_what_was_never_tried_is_not_full_even_where_one_is_the_most(storage: Storage) -> None:
    once = Brake("once", 1, BRAKE.within)
    assert not is_full(storage, once, "lea@example.se", NOW)
    assert press(storage, once, "lea@example.se", NOW)
    assert is_full(storage, once, "lea@example.se", NOW)


def test_its_time_begins_with_the_first_and_then_it_begins_anew(storage: Storage) -> None:
    for minutes in (0, 2, 4):
        assert press(storage, BRAKE, "x", NOW + timedelta(minutes=minutes))
    assert not is_full(storage, BRAKE, "x", LATER)
    assert [press(storage, BRAKE, "x", LATER) for _ in range(4)] == [True, True, True, False]
    let_go(storage, BRAKE, "x")
    assert press(storage, BRAKE, "x", LATER)


def test_every_process_counts_together(storage: Storage) -> None:
    address = storage.database.url.render_as_string(hide_password=False)
    other = open_storage(address, [KEY])
    assert [press(each, BRAKE, "x", NOW) for each in (storage, other) * 2] == [True, True, True, False]
    other.close()


def test_what_is_stored_names_nobody_and_goes(storage: Storage) -> None:
    press(storage, BRAKE, "lea@example.se", NOW)
    with storage.database.transaction() as connection:
        rows = connection.execute(text("SELECT * FROM brakes")).all()
        assert len(rows) == 1
        assert "lea" not in str(rows)
        assert forget_ended(connection, LATER - timedelta(seconds=1)) == 0
        assert forget_ended(connection, LATER) == 1
