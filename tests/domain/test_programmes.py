"""From a template and a first meeting to a group."""

from datetime import datetime, timedelta

from portal.domain.groups import wrong_fields
from portal.domain.programmes import Programme, draft_from, sessions_from
from tests.domain.made_up import FIRST, STOCKHOLM

COURSE = Programme(
    "kurs", "Kursen", meetings=4, minutes=150, days_between=7, fewest=10, most=14, never_both_parents=True
)


def test_meetings_are_a_week_apart_and_as_long_as_the_template_says() -> None:
    found = sessions_from(COURSE, FIRST)
    assert [one.number for one in found] == [1, 2, 3, 4]
    assert [one.starts_at - FIRST for one in found] == [timedelta(weeks=week) for week in range(4)]
    assert {one.ends_at - one.starts_at for one in found} == {timedelta(minutes=150)}


def test_meetings_keep_their_time_by_the_clock_when_the_clocks_change() -> None:
    before = datetime(2027, 3, 23, 18, 0, tzinfo=STOCKHOLM)  # the clocks change on the 28th
    first, second, *_ = sessions_from(COURSE, before)
    assert (second.starts_at.hour, second.ends_at.hour, second.ends_at.minute) == (18, 20, 30)
    assert second.starts_at.timestamp() - first.starts_at.timestamp() == 7 * 24 * 3600 - 3600


def test_a_draft_takes_everything_from_its_template() -> None:
    found = draft_from(COURSE, "insats", "unit", FIRST, "Exempelgatan 1")
    assert (found.name, found.programme, found.insats, found.contact) == ("Kursen", "kurs", "insats", "unit")
    assert (found.capacity, found.fewest, found.never_both_parents) == (14, 10, True)
    assert wrong_fields(found) == ()
