"""Staff count visits with a tap: one row a day, taken into the counters at night, and nobody's moment anywhere."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.actions.counting.counters import NotCounted, report, tally
from portal.actions.counting.visits import count_visit, undo_visit, visits_today
from portal.domain.counting.counters import COUNTERS
from portal.domain.counting.periods import tertial_of, thursday_of, year_of
from portal.domain.counting.statistics import Row
from portal.store.audit import list_events
from portal.store.counting.counters import list_rows
from portal.store.counting.tables import visits as table
from portal.store.storage import Storage
from tests.domain.build import insats, kommun
from tests.domain.made_up import NOW

CAFE = replace(insats("cafe"), follow_up=("visits",))
KOMMUN = kommun(CAFE, insats("uncounted"), replace(CAFE, id="grupp", in_groups=True))
DAY = timedelta(days=1)
TODAY = NOW.date()


def kept(storage: Storage) -> list[Row]:
    """Return what the counters hold of the year."""
    with storage.database.reading() as connection:
        return list(list_rows(connection, "lillby", year_of(thursday_of(TODAY).year)))


def test_a_tap_counts_one_and_can_be_taken_back(storage: Storage) -> None:
    for kind in ("visit", "visit", "call"):
        count_visit(storage, KOMMUN, "cafe", kind, NOW)
    assert visits_today(storage, KOMMUN, NOW) == {("cafe", "visit"): 2, ("cafe", "call"): 1}
    assert undo_visit(storage, KOMMUN, "cafe", "visit", NOW)
    assert visits_today(storage, KOMMUN, NOW) == {("cafe", "visit"): 1, ("cafe", "call"): 1}
    assert undo_visit(storage, KOMMUN, "cafe", "visit", NOW)
    assert not undo_visit(storage, KOMMUN, "cafe", "visit", NOW)


@pytest.mark.parametrize(
    ("insats_id", "kind"), [("uncounted", "visit"), ("grupp", "visit"), ("x", "visit"), ("cafe", "x")]
)
def test_what_is_not_counted_by_a_tap_is_refused(storage: Storage, insats_id: str, kind: str) -> None:
    for deed in (count_visit, undo_visit):
        with pytest.raises(NotCounted):
            deed(storage, KOMMUN, insats_id, kind, NOW)
    assert visits_today(storage, KOMMUN, NOW) == {}


def test_the_trail_does_not_tell_when_somebody_came(storage: Storage) -> None:
    count_visit(storage, KOMMUN, "cafe", "visit", NOW)
    assert list_events(storage, None) == ()


def test_the_night_takes_the_day_into_the_counters_once(storage: Storage) -> None:
    tally(storage, NOW)
    for kind in ("visit", "visit", "call"):
        count_visit(storage, KOMMUN, "cafe", kind, NOW)
    tally(storage, NOW)
    assert kept(storage) == []
    tomorrow = NOW + DAY
    count_visit(storage, KOMMUN, "cafe", "visit", tomorrow)
    tally(storage, tomorrow)
    tally(storage, tomorrow)
    on = tertial_of(TODAY).first_on
    assert kept(storage) == [
        Row(TODAY, "visits", "", 3),
        Row(on, "visits_by_visit_kind", "call", 1),
        Row(on, "visits_by_visit_kind", "visit", 2),
        Row(on, "visits_by_visited", "cafe", 3),
    ]
    # Which day what was visited stands nowhere any more; tomorrow's tap waits for its own night.
    with storage.database.reading() as connection:
        assert connection.execute(select(table.c.counted_on, table.c.number)).all() == [(TODAY + DAY, 1)]
    assert not undo_visit(storage, KOMMUN, "cafe", "call", tomorrow)


def test_days_before_the_first_night_are_counted_under_their_own_day(storage: Storage) -> None:
    count_visit(storage, KOMMUN, "cafe", "visit", NOW - 3 * DAY)
    count_visit(storage, KOMMUN, "cafe", "visit", NOW - DAY)
    tally(storage, NOW)
    days = [row.counted_on for row in kept(storage) if row.key == "visits"]
    assert days == [TODAY - 3 * DAY, TODAY - DAY]


@pytest.mark.parametrize(("taps", "shown"), [(4, None), (5, 5)])
def test_few_visits_are_hidden_as_all_small_numbers_are(storage: Storage, taps: int, shown: int | None) -> None:
    period = tertial_of(TODAY)
    month = next(part for part in period.parts if part.holds(TODAY))
    for _ in range(taps):
        count_visit(storage, KOMMUN, "cafe", "visit", NOW)
    tally(storage, NOW + DAY)
    values = {"language": (), "topic": (), "insats": (), "kind": (), "visited": ("cafe",)}
    when = NOW + (month.last_on + 2 * DAY - TODAY)
    told = {one.counter.id: one for one in report(storage, "lillby", period, values, when)}
    assert COUNTERS["visits"].is_about_people
    assert [one.number for one in told["visits"].whole.parts if one.period == month] == [shown]
