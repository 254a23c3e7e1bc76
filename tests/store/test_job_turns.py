"""Turns of jobs: one run at a time for each kind, and one that was killed keeps none."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import select

from portal.store.crypto import Vault
from portal.store.database import DatabaseIsDown
from portal.store.installation_tables import job_turns
from portal.store.job_turns import LONGEST, PAUSES, JobEnd, held_turn, list_ends, remember_end, turn_of
from portal.store.storage import Storage
from tests.groups import KEY
from tests.made_up_groups import NOW
from tests.store.test_patience import copied
from tests.store.test_turns import locked


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


def test_work_that_takes_long_keeps_its_turn_and_one_that_was_killed_keeps_it_for_seconds(storage: Storage) -> None:
    lease, soon = timedelta(seconds=0.06), NOW + timedelta(seconds=0.07)

    def is_free() -> bool:
        with held_turn(storage, "papers", soon) as is_mine:
            return is_mine

    with held_turn(storage, "papers", NOW, lease) as is_mine:
        assert is_mine
        # It is lent anew in the meantime: who comes when the first loan is over finds it taken.
        assert any(not is_lent_until(storage, soon) for _ in range(2000))
        assert not is_free()
    assert is_free()
    killed = turn_of(storage, "papers", NOW, lease)
    assert killed.__enter__()
    assert is_free()


def is_lent_until(storage: Storage, moment: datetime) -> bool:
    """Return whether the turn of papers is lent until that moment and no longer."""
    with storage.database.reading() as connection:
        until: datetime = connection.execute(select(job_turns.c.until_at)).scalar_one()
    return until <= moment


def test_a_turn_is_given_back_also_when_the_database_is_down_for_a_moment(sqlite_file: Path, tmp_path: Path) -> None:
    database = copied(sqlite_file, tmp_path)
    storage = Storage(database, Vault([KEY]))
    paused = list[float]()
    with ExitStack() as other:

        def pause(seconds: float) -> None:
            paused.append(seconds)
            other.close()

        with turn_of(storage, "papers", NOW, pause=pause) as is_mine:
            other.enter_context(locked(str(database.url.database)))
            assert is_mine
    assert paused == [PAUSES[0]]
    with turn_of(storage, "papers", NOW) as is_mine:
        assert is_mine
    paused.clear()
    with pytest.raises(DatabaseIsDown), ExitStack() as still, turn_of(storage, "papers", NOW, pause=paused.append):
        still.enter_context(locked(str(database.url.database)))
    assert paused == [*PAUSES]
    database.close()


def test_how_a_kind_of_job_ended_is_remembered_and_its_turn_stays_free(storage: Storage) -> None:
    remember_end(storage, "mails", NOW, failed=True)
    assert list_ends(storage) == [JobEnd("mails", None, 1)]
    remember_end(storage, "mails", NOW, failed=False)
    remember_end(storage, "mails", NOW + timedelta(minutes=1), failed=True)
    assert list_ends(storage) == [JobEnd("mails", NOW, 2)]
    with turn_of(storage, "mails", NOW) as is_mine:
        assert is_mine
