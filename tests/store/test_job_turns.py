"""Turns of jobs: one run at a time for each kind, and one that was killed keeps none."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from portal.store.job_turns import LONGEST, turn_of
from portal.store.storage import Storage
from tests.made_up_groups import NOW


def test_only_one_of_many_has_its_turn_and_other_kinds_do_not_wait(storage: Storage) -> None:
    together = Barrier(6)

    def one(_: int) -> bool:
        together.wait()
        with turn_of(storage, "mails", NOW) as is_mine:
            with turn_of(storage, "groups", NOW + timedelta(days=1)):
                pass
            together.wait()
            return is_mine

    with ThreadPoolExecutor(6) as runs:
        assert sum(runs.map(one, range(6))) == 1


def test_a_turn_that_ended_is_free_and_one_that_was_killed_is_free_in_time(storage: Storage) -> None:
    for _ in range(2):
        with turn_of(storage, "mails", NOW) as is_mine:
            assert is_mine
    killed = turn_of(storage, "mails", NOW)
    assert killed.__enter__()
    with turn_of(storage, "mails", NOW + LONGEST - timedelta(seconds=1)) as is_mine:
        assert not is_mine
    with turn_of(storage, "mails", NOW + LONGEST) as is_mine:
        assert is_mine


def test_who_says_how_long_its_work_takes_at_most_keeps_others_waiting_no_longer(storage: Storage) -> None:
    minute = timedelta(minutes=1)
    killed = turn_of(storage, "files", NOW, minute)
    assert killed.__enter__()
    with turn_of(storage, "files", NOW + minute - timedelta(seconds=1), minute) as is_mine:
        assert not is_mine
    with turn_of(storage, "files", NOW + minute, minute) as is_mine:
        assert is_mine
