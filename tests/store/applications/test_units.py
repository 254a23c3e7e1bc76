"""Units of staff, in one kommun at a time."""

from portal.store.applications.units import list_attended, list_units, save_units
from portal.store.storage import Storage


def test_units_are_kept_in_place_of_those_before(storage: Storage) -> None:
    with storage.database.transaction() as connection:
        save_units(connection, "w", "lekeberg", {"elderly", "adults"})
        save_units(connection, "w", "mellerud", {"children"})
        save_units(connection, "w", "lekeberg", {"adults"})
        assert list_units(connection, "w", "lekeberg") == ("adults",)
        assert list_attended(connection) == {("lekeberg", "adults"), ("mellerud", "children")}
        save_units(connection, "w", "lekeberg", ())
        assert list_units(connection, "w", "lekeberg") == ()
