"""Today's visits, on both databases: counted up, counted down, and never below nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from portal.store.counting.visits import Visits, add_visit, read_visits, remove_visit
from portal.store.storage import Storage
from tests.domain.made_up import NOW

TODAY = NOW.date()


def add(storage: Storage, insats: str = "cafe", kind: str = "visit", day: date = TODAY, kommun: str = "k") -> None:
    """Count one."""
    with storage.database.transaction() as connection:
        add_visit(connection, kommun, insats, kind, day)


def remove(storage: Storage, insats: str = "cafe", kind: str = "visit") -> bool:
    """Take one of today's away."""
    with storage.database.transaction() as connection:
        return remove_visit(connection, "k", insats, kind, TODAY)


def read(storage: Storage) -> Visits:
    """Return today's."""
    with storage.database.reading() as connection:
        return read_visits(connection, "k", TODAY)


def test_each_thing_is_counted_for_itself(storage: Storage) -> None:
    for _ in range(3):
        add(storage)
    add(storage, kind="call")
    add(storage, insats="rad")
    add(storage, day=TODAY - timedelta(days=1))
    add(storage, kommun="granby")
    assert read(storage) == {("cafe", "visit"): 3, ("cafe", "call"): 1, ("rad", "visit"): 1}


def test_what_is_taken_back_is_gone_and_there_is_never_less_than_nothing(storage: Storage) -> None:
    add(storage)
    add(storage)
    assert remove(storage)
    assert read(storage) == {("cafe", "visit"): 1}
    assert not remove(storage, kind="call")
    assert remove(storage)
    assert read(storage) == {}
    assert not remove(storage)


def test_those_who_tap_at_once_are_all_counted(storage: Storage) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: add(storage), range(40)))
    assert read(storage) == {("cafe", "visit"): 40}
