"""Who may see it is settled before anything of it is opened, and what is not done is not written down."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.actions.applications.by_staff import get_hers, hers, mark_of, moved, record
from portal.domain.applications.rules import ApplicationRules
from portal.domain.applications.states import Deed, State
from portal.domain.refusals import NoSuchApplication
from portal.store.audit import list_events
from portal.store.kept_key import new_key
from portal.store.storage import Storage
from tests.conftest import open_storage
from tests.made_up_applicants import ELSEWHERE, KOMMUN, NOW, WORKER, id_of, sent


def test_without_the_right_nothing_is_even_unlocked(
    storage: Storage, rules: ApplicationRules, database_url: str
) -> None:
    mine = id_of(storage, rules, sent(storage, rules))
    keyless = open_storage(database_url, [new_key()])
    with keyless.database.transaction() as connection, pytest.raises(NoSuchApplication):
        get_hers(keyless, connection, ELSEWHERE, mine, "open_application", NOW)
    keyless.close()


def test_what_goes_wrong_is_neither_done_nor_written_down(storage: Storage, rules: ApplicationRules) -> None:
    mine = id_of(storage, rules, sent(storage, rules))

    def fail() -> None:
        with hers(storage, WORKER, mine, "take_in_hand", NOW) as (connection, stored):
            moved(connection, stored, Deed.TAKE, NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list_events(storage, KOMMUN) == ()
    with hers(storage, WORKER, mine, "look", NOW) as (connection, stored):
        assert stored.application.state is State.SENT
        record(connection, WORKER, "look", "twice", NOW)
    assert [event.did for event in list_events(storage, KOMMUN)] == ["look", "look"]


def test_the_mark_of_what_a_page_shows_changes_with_all_that_anybody_does(
    storage: Storage, rules: ApplicationRules
) -> None:
    mine = id_of(storage, rules, sent(storage, rules))
    with storage.database.transaction() as connection:
        seen = get_hers(storage, connection, WORKER, mine, None, NOW).application
    others = (
        replace(seen, state=State.CLOSED),
        replace(seen, version=seen.version + 1),
        replace(seen, changed_at=NOW + timedelta(seconds=1)),
        replace(seen, taken_by="worker-9"),
    )
    assert mark_of(seen) == mark_of(replace(seen))
    assert len({mark_of(one) for one in (seen, *others)}) == 5
