"""What the groups' own rows say of a day, on both databases."""

from datetime import date, datetime, timedelta
from typing import Any

from portal.actions.groups import leading
from portal.actions.groups.attendance import take_attendance
from portal.actions.groups.places import withdraw
from portal.actions.groups.signing_up import hold, sign_up
from portal.domain.counting.counters import Count
from portal.store.counting.tallies import find_days, take_day, tally_attendance, tally_groups, tally_sign_ups
from portal.store.storage import Storage
from tests.made_up_groups import FIRST, LEADER, NOW, STRANGER, draft, published, request

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)


def told(storage: Storage, tally: Any, day: date) -> dict[str, dict[Count, int]]:
    """Return what is counted of a day."""
    with storage.database.reading() as connection:
        found: dict[str, dict[Count, int]] = tally(connection, day)
        return found


def test_a_day_is_taken_once(storage: Storage) -> None:
    with storage.database.reading() as connection:
        assert find_days(connection) is None
    for day, is_ours in ((YESTERDAY, True), (YESTERDAY, False), (TODAY, True)):
        with storage.database.transaction() as connection:
            assert take_day(connection, day) is is_ours
    with storage.database.reading() as connection:
        assert find_days(connection) == (YESTERDAY, TODAY)


def test_a_group_is_counted_on_the_day_of_its_first_meeting(storage: Storage) -> None:
    published(storage)
    published(storage)
    published(storage, is_sample=True)
    leading.create_group(storage, LEADER, draft(), NOW)
    assert told(storage, tally_groups, FIRST.date()) == {"solbacka": {Count("groups"): 2}}
    assert told(storage, tally_groups, FIRST.date() + timedelta(days=7)) == {}


def test_sign_ups_are_counted_by_what_has_become_of_them_and_by_insats(storage: Storage) -> None:
    group = published(storage, capacity=2)
    receipts = [sign_up(storage, group.id, request(number), NOW) for number in range(4)]
    withdraw(storage, receipts[3].code, NOW)
    other = published(storage, insats="stodet")
    sign_up(storage, other.id, request("other"), NOW)
    sign_up(storage, other.id, request("earlier"), NOW - timedelta(days=1))
    hold(storage, other.id, "the key of a form that is only held", 1, NOW)
    assert told(storage, tally_sign_ups, TODAY) == {
        "solbacka": {
            Count("sign_ups"): 5,
            Count("sign_ups_by_outcome", "place"): 3,
            Count("sign_ups_by_outcome", "in_line"): 1,
            Count("sign_ups_by_outcome", "left"): 1,
            Count("sign_ups_by_insats", "kurs"): 4,
            Count("sign_ups_by_insats", "stodet"): 1,
        }
    }


def test_sign_ups_for_samples_are_not_counted(storage: Storage) -> None:
    sign_up(storage, published(storage, is_sample=True).id, request(), NOW)
    assert told(storage, tally_sign_ups, TODAY) == {}


def test_a_day_is_one_in_sweden(storage: Storage) -> None:
    group = published(storage)
    sign_up(storage, group.id, request(1), datetime.fromisoformat("2026-11-24T22:59:00+00:00"))
    sign_up(storage, group.id, request(2), datetime.fromisoformat("2026-11-24T23:00:00+00:00"))
    assert told(storage, tally_sign_ups, TODAY)["solbacka"][Count("sign_ups")] == 1
    assert told(storage, tally_sign_ups, TODAY + timedelta(days=1))["solbacka"][Count("sign_ups")] == 1


def test_who_came_is_counted_by_age_and_by_gender_and_never_by_both(storage: Storage) -> None:
    group = published(storage)
    other = leading.publish_group(storage, STRANGER, leading.create_group(storage, STRANGER, draft(), NOW).id, NOW)
    met_at = FIRST + timedelta(days=15)
    counts = {("25-44", "woman"): 6, ("25-44", "man"): 2, ("45-64", "man"): 1}
    take_attendance(storage, LEADER, group.id, group.sessions[0].id, counts, met_at)
    take_attendance(storage, LEADER, group.id, group.sessions[1].id, {("25-44", "woman"): 1}, met_at)
    take_attendance(storage, STRANGER, other.id, other.sessions[0].id, {("unknown", "other"): 3}, met_at)
    assert told(storage, tally_attendance, FIRST.date()) == {
        "solbacka": {
            Count("attendance"): 9,
            Count("attendance_by_age_band", "25-44"): 8,
            Count("attendance_by_age_band", "45-64"): 1,
            Count("attendance_by_gender", "woman"): 6,
            Count("attendance_by_gender", "man"): 3,
        },
        "granby": {
            Count("attendance"): 3,
            Count("attendance_by_age_band", "unknown"): 3,
            Count("attendance_by_gender", "other"): 3,
        },
    }
