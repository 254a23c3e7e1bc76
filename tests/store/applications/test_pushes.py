"""What the case systems do not have yet, whose turn it is, and longer waits each time."""

from datetime import timedelta

from portal.domain.applications.kinds import SHARED
from portal.domain.applications.rules import ApplicationRules
from portal.store.applications import pushes
from portal.store.applications.stored import find_application
from portal.store.storage import Storage
from tests.made_up_applicants import KOMMUN, NOW, begun, id_of, sent


def test_a_push_that_fails_waits_longer_each_time_and_is_kept(storage: Storage, rules: ApplicationRules) -> None:
    begun(storage, rules, "draft")
    mine = id_of(storage, rules, sent(storage, rules))
    now = NOW
    for minutes in (*pushes.WAITS, pushes.WAITS[-1]):
        assert pushes.list_due(storage, KOMMUN, SHARED, now) == (mine,)
        pushes.put_off(storage, mine, now)
        now += timedelta(minutes=minutes)
        assert pushes.list_due(storage, KOMMUN, SHARED, now - timedelta(seconds=1)) == ()
    assert pushes.list_due(storage, KOMMUN, SHARED, now) == (mine,)
    pushes.put_off(storage, "nothing", now)


def test_an_older_version_never_takes_the_place_of_a_newer(storage: Storage, rules: ApplicationRules) -> None:
    mine = id_of(storage, rules, sent(storage, rules))
    with storage.database.transaction() as connection:
        found = find_application(connection, mine)
        assert found is not None
        pushes.mark_exported(connection, found, 3, NOW)
        pushes.mark_exported(connection, found, 2, NOW)
        after = find_application(connection, mine)
        assert after is not None
        assert (after.exported_version, after.exported_at) == (3, NOW)
    assert pushes.list_due(storage, KOMMUN, SHARED, NOW) == ()
    assert pushes.list_due(storage, KOMMUN, "family_counselling", NOW) == ()
