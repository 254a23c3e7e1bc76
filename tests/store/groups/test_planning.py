"""Groups as residents see them: what comes, in order, with the places left at this instant."""

from datetime import timedelta

import pytest

from portal.actions.groups import leading
from portal.actions.groups.places import withdraw
from portal.actions.groups.signing_up import hold, sign_up
from portal.domain.groups.deciding import HOLD
from portal.domain.groups.terms import GroupState
from portal.domain.refusals import NoSuchGroup
from portal.store.groups.planning import find_seen, get_group, list_coming, list_of_kommun, lock_group
from portal.store.storage import Storage
from tests.made_up_groups import FIRST, LEADER, NOW, STRANGER, draft, published, request, sessions

DAY = timedelta(days=1)


def test_coming_groups_are_listed_by_their_first_meeting(storage: Storage) -> None:
    later = published(storage, sessions=sessions(FIRST + DAY))
    sooner = published(storage, insats="annan")
    leading.create_group(storage, LEADER, draft(), NOW)
    assert [seen.group for seen in list_coming(storage, "solbacka", NOW)] == [sooner, later]
    assert [seen.group for seen in list_coming(storage, "solbacka", NOW, insats="kurs")] == [later]
    assert [seen.group for seen in list_coming(storage, "solbacka", FIRST)] == [later]
    assert list_coming(storage, "granby", NOW) == ()


def test_a_group_can_be_seen_also_when_cancelled_but_not_by_another_kommun(storage: Storage) -> None:
    group = published(storage)
    leading.cancel_group(storage, LEADER, group.id, NOW)
    seen = find_seen(storage, "solbacka", group.id, NOW)
    assert seen is not None
    assert seen.group.state is GroupState.CANCELLED
    assert find_seen(storage, "granby", group.id, NOW) is None
    assert find_seen(storage, "solbacka", "nothing", NOW) is None


def seen(storage: Storage, group_id: str, at: timedelta = timedelta(0)) -> tuple[int, int, bool]:
    """Return the places left, the seats waited for, and whether one can wait."""
    found = find_seen(storage, "solbacka", group_id, NOW + at)
    assert found is not None
    return found.left, found.waiting, found.can_wait


def test_the_places_left_follow_every_move_and_the_clock(storage: Storage) -> None:
    group = published(storage, capacity=3, waiting_capacity=1)
    assert seen(storage, group.id) == (3, 0, True)
    first = sign_up(storage, group.id, request(1, seats=2), NOW)
    hold(storage, group.id, "a form", 1, NOW)
    assert seen(storage, group.id) == (0, 0, True)
    assert seen(storage, group.id, HOLD) == (1, 0, True)
    sign_up(storage, group.id, request(2), NOW)
    assert seen(storage, group.id) == (0, 1, False)
    withdraw(storage, first.code, NOW)
    assert seen(storage, group.id) == (1, 0, True)
    # The offer ends tomorrow: then its seat is free, tidied away or not.
    assert seen(storage, group.id, 2 * DAY) == (3, 0, True)


def test_a_free_seat_that_the_first_in_line_waits_for_is_not_left_for_others(storage: Storage) -> None:
    group = published(storage, capacity=2)
    sign_up(storage, group.id, request(1), NOW)
    sign_up(storage, group.id, request(2, seats=2), NOW)
    assert seen(storage, group.id) == (0, 2, True)
    passing = published(storage, capacity=2, let_smaller_pass=True, waiting_capacity=None)
    sign_up(storage, passing.id, request(1), NOW)
    sign_up(storage, passing.id, request(2, seats=2), NOW)
    assert seen(storage, passing.id) == (1, 2, True)


def test_a_group_is_got_for_its_own_kommun_only(storage: Storage) -> None:
    group = published(storage)
    with storage.database.transaction() as connection:
        assert get_group(connection, group.id) == lock_group(connection, group.id, "solbacka") == group
        for deed in (get_group, lock_group):
            with pytest.raises(NoSuchGroup):
                deed(connection, group.id, STRANGER.kommun)
            with pytest.raises(NoSuchGroup):
                deed(connection, "nothing")
        assert [one.group for one in list_of_kommun(connection, "solbacka", NOW)] == [group]


def test_times_come_back_in_swedish_time(storage: Storage) -> None:
    (one,) = list_coming(storage, published(storage).kommun, NOW)
    assert one.group.begins_at.isoformat() == "2027-01-12T18:00:00+01:00"
    assert one.group.time_of_day == "evening"
