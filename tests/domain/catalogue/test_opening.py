"""When somebody answers: lunch, the day before a holiday, a holiday, a long closing, the night when clocks change."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from portal.domain.catalogue.opening import Closure, Hours, Opening, ShortDay, opening_at

STOCKHOLM = ZoneInfo("Europe/Stockholm")
OFFICE = tuple(
    Hours(weekday, opens, closes)
    for weekday in range(5)
    for opens, closes in ((time(12, 45), time(16)), (time(8), time(11, 45)))
)
UNTIL_NOON = ShortDay(time(8), time(12))
HOLIDAYS = {date(2026, 5, 1), date(2026, 5, 14), date(2026, 12, 25)}


def at(text: str) -> datetime:
    """Return a time of the wall clock in Stockholm, as in "2026-11-24 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def opening(now: str, short_day: ShortDay | None = UNTIL_NOON, hours: tuple[Hours, ...] = OFFICE) -> Opening | None:
    """Return the opening of the office."""
    return opening_at(at(now), hours, short_day, HOLIDAYS.__contains__)


@pytest.mark.parametrize(
    ("now", "is_open", "changes_at"),
    [
        ("2026-11-24 07:59", False, "2026-11-24 08:00"),
        ("2026-11-24 08:00", True, "2026-11-24 11:45"),
        ("2026-11-24 11:44", True, "2026-11-24 11:45"),
        ("2026-11-24 11:45", False, "2026-11-24 12:45"),
        ("2026-11-24 12:45", True, "2026-11-24 16:00"),
        ("2026-11-24 16:00", False, "2026-11-25 08:00"),
        ("2026-11-27 16:00", False, "2026-11-30 08:00"),
        ("2026-11-28 10:00", False, "2026-11-30 08:00"),
    ],
    ids=["before", "opens", "last-minute", "lunch", "after-lunch", "evening", "friday-evening", "saturday"],
)
def test_an_office_opens_closes_for_lunch_and_rests_at_the_weekend(now: str, is_open: bool, changes_at: str) -> None:
    assert opening(now) == Opening(is_open, at(changes_at))


@pytest.mark.parametrize(
    ("now", "is_open", "changes_at"),
    [
        ("2026-05-13 11:50", True, "2026-05-13 12:00"),
        ("2026-05-13 12:00", False, "2026-05-15 08:00"),
        ("2026-05-13 13:00", False, "2026-05-15 08:00"),
    ],
)
def test_the_day_before_a_holiday_has_hours_of_its_own(now: str, is_open: bool, changes_at: str) -> None:
    assert opening(now) == Opening(is_open, at(changes_at))


def test_without_such_hours_the_day_before_a_holiday_is_like_any_other() -> None:
    assert opening("2026-05-13 13:00", short_day=None) == Opening(True, at("2026-05-13 16:00"))


def test_a_closed_day_before_a_holiday_stays_closed() -> None:
    only_mondays = (Hours(0, time(8), time(16)),)
    assert opening("2026-05-13 09:00", hours=only_mondays) == Opening(False, at("2026-05-18 08:00"))


def test_on_a_holiday_nobody_answers() -> None:
    assert opening("2026-05-14 10:00") == Opening(False, at("2026-05-15 08:00"))


def test_a_holiday_on_a_friday_closes_until_monday() -> None:
    assert opening("2026-05-01 10:00") == Opening(False, at("2026-05-04 08:00"))


def test_the_last_day_of_two_weeks_still_counts() -> None:
    reopens = date(2026, 7, 21)
    found = opening_at(at("2026-07-07 17:00"), OFFICE, None, lambda day: day < reopens)
    assert found == Opening(False, at("2026-07-21 08:00"))


def test_closed_for_more_than_two_weeks_has_no_next_time() -> None:
    reopens = date(2026, 7, 22)
    found = opening_at(at("2026-07-07 17:00"), OFFICE, None, lambda day: day < reopens)
    assert found == Opening(False, None)


def test_without_known_hours_nothing_is_said() -> None:
    assert opening_at(at("2026-11-24 10:00"), (), UNTIL_NOON, HOLIDAYS.__contains__) is None


NIGHT = (Hours(6, time(1), time(5)),)


@pytest.mark.parametrize(("sunday", "real_hours"), [("2026-03-29", 3), ("2026-10-25", 5)])
def test_on_the_night_when_clocks_change_the_wall_clock_counts(sunday: str, real_hours: int) -> None:
    assert opening(f"{sunday} 00:59", hours=NIGHT) == Opening(False, at(f"{sunday} 01:00"))
    found = opening(f"{sunday} 01:00", hours=NIGHT)
    assert found == Opening(True, at(f"{sunday} 05:00"))
    assert found is not None
    assert found.changes_at is not None
    assert (found.changes_at.timestamp() - at(f"{sunday} 01:00").timestamp()) / 3600 == real_hours


def test_the_monday_after_the_clocks_changed_opens_by_the_new_time() -> None:
    found = opening("2026-03-27 17:00")
    assert found == Opening(False, at("2026-03-30 08:00"))
    assert found is not None
    assert found.changes_at is not None
    assert found.changes_at.isoformat() == "2026-03-30T08:00:00+02:00"


def closed(first_on: str, last_on: str) -> Closure:
    """Return a closure of those days."""
    return Closure("1", date.fromisoformat(first_on), date.fromisoformat(last_on), "Utbildning")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23 09:00", Opening(True, at("2026-11-23 11:45"))),
        ("2026-11-23 17:00", Opening(False, at("2026-11-26 08:00"))),
        ("2026-11-24 09:00", Opening(False, at("2026-11-26 08:00"))),
        ("2026-11-25 23:59", Opening(False, at("2026-11-26 08:00"))),
        ("2026-11-26 09:00", Opening(True, at("2026-11-26 11:45"))),
    ],
    ids=["before", "the-evening-before", "the-first-day", "the-last-day", "after"],
)
def test_on_the_days_of_a_closure_nobody_answers(now: str, expected: Opening) -> None:
    closure = closed("2026-11-24", "2026-11-25")
    assert opening_at(at(now), OFFICE, None, HOLIDAYS.__contains__, (closure,)) == expected


def test_a_closure_longer_than_the_look_ahead_says_no_day() -> None:
    closure = closed("2026-11-24", "2027-01-31")
    found = opening_at(at("2026-11-24 09:00"), OFFICE, None, HOLIDAYS.__contains__, (closure,))
    assert found == Opening(False, None)
