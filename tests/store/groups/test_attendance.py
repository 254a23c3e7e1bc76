"""Counts of who came, in the database."""

from portal.store.groups.attendance import counts_of, save_counts
from portal.store.storage import Storage
from tests.made_up_groups import published


def test_new_counts_stand_in_place_of_old_and_zero_is_no_row(storage: Storage) -> None:
    group = published(storage)
    first, second, *_ = (one.id for one in group.sessions)
    with storage.database.transaction() as connection:
        save_counts(connection, first, {("18-24", "woman"): 2, ("18-24", "man"): 1})
        save_counts(connection, first, {("18-24", "woman"): 3, ("18-24", "man"): 0})
        save_counts(connection, second, {("65-", "other"): 1})
        assert counts_of(connection, group.id) == {first: {("18-24", "woman"): 3}, second: {("65-", "other"): 1}}
        assert counts_of(connection, "nothing") == {}
