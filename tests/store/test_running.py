"""Which processes run with which keys."""

from datetime import timedelta

from portal.store.kept_key import new_key
from portal.store.running import SEEN, count_without_first_key, forget_running, tell_running
from portal.store.storage import Storage, open_storage
from tests.conftest import KEY
from tests.made_up_groups import NOW


def test_a_process_without_the_first_key_is_seen_until_it_ends(storage: Storage, database_url: str) -> None:
    changed = open_storage(database_url, [new_key(), KEY])
    for process in ("one", "two", "one"):
        tell_running(storage, process, NOW)
    assert count_without_first_key(changed, NOW) == 2
    assert count_without_first_key(storage, NOW) == 0
    tell_running(changed, "new", NOW)
    forget_running(storage, "one")
    assert count_without_first_key(changed, NOW) == 1
    changed.close()


def test_a_process_that_was_killed_is_forgotten(storage: Storage, database_url: str) -> None:
    changed = open_storage(database_url, [new_key(), KEY])
    tell_running(storage, "killed", NOW)
    assert count_without_first_key(changed, NOW + SEEN) == 1
    tell_running(storage, "other", NOW + SEEN)
    assert count_without_first_key(changed, NOW + SEEN) == 2  # who was seen just now enough is not forgotten
    assert count_without_first_key(changed, NOW + SEEN + timedelta(seconds=1)) == 1
    changed.close()
