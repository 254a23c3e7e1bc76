"""Periods of whole weeks: each holds another or shares no day with it, and none leaves a day out."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.counting.periods import Period, Span, find_tertial, month, tertial, tertial_of, thursday_of, year_of

YEARS = st.integers(2000, 2200)
DAYS = st.dates(date(2000, 1, 3), date(2199, 12, 28))


def every(period: Period) -> list[Period]:
    """Return a period and all that it is made of."""
    return [period, *(found for part in period.parts for found in every(part))]


@given(YEARS)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_the_parts_of_a_period_follow_each_other_and_fill_it(year: int) -> None:
    for period in every(year_of(year)):
        if period.parts:
            assert (period.parts[0].first_on, period.parts[-1].last_on) == (period.first_on, period.last_on)
            for before, after in pairwise(period.parts):
                assert after.first_on == before.last_on + timedelta(days=1)
        else:
            assert period.span is Span.WEEK
            assert (period.last_on - period.first_on).days == 6
            assert period.first_on.isocalendar() == (year, period.number, 1)


@given(YEARS)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_one_year_follows_another(year: int) -> None:
    assert year_of(year + 1).first_on == year_of(year).last_on + timedelta(days=1)


@given(st.lists(DAYS, min_size=2, max_size=2))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_of_two_periods_one_holds_the_other_or_they_share_no_day(days: list[date]) -> None:
    first, second = (every(year_of(thursday_of(day).year)) for day in days)
    for one in first:
        for other in second:
            is_apart = one.last_on < other.first_on or other.last_on < one.first_on
            is_within = one.first_on <= other.first_on and other.last_on <= one.last_on
            is_around = other.first_on <= one.first_on and one.last_on <= other.last_on
            assert is_apart or is_within or is_around


@given(DAYS)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_day_is_in_the_tertial_that_is_named(day: date) -> None:
    found = tertial_of(day)
    assert found.holds(day)
    assert not found.holds(found.first_on - timedelta(days=1))
    assert not found.holds(found.last_on + timedelta(days=1))
    assert find_tertial(found.id) == found


@pytest.mark.parametrize(
    ("period", "first", "last", "weeks"),
    [
        # 1 January 2027 is a Friday: its week belongs to December.
        (month(2027, 1), date(2027, 1, 4), date(2027, 1, 31), 4),
        (month(2026, 12), date(2026, 11, 30), date(2027, 1, 3), 5),
        (month(2026, 1), date(2025, 12, 29), date(2026, 2, 1), 5),
    ],
)
def test_a_week_belongs_to_the_month_of_its_thursday(period: Period, first: date, last: date, weeks: int) -> None:
    assert (period.first_on, period.last_on, len(period.parts)) == (first, last, weeks)


def test_periods_have_names() -> None:
    first = tertial(2027, 1)
    assert [first.id, first.parts[1].id, first.parts[1].parts[0].id] == ["2027-1", "2027-m02", "2027-w05"]
    assert year_of(2027).id == "2027"


@pytest.mark.parametrize(
    "name",
    ["", "2027", "2027-0", "2027-4", "2027-11", "27-1", "1999-1", "3000-1", "²027-1", "2027-m01", "-", "2027-1-1"],
)
def test_what_is_no_name_finds_no_tertial(name: str) -> None:
    assert find_tertial(name) is None


def test_a_period_is_over_when_so_many_days_have_passed_since_its_last() -> None:
    found = month(2027, 1)
    assert not found.is_over_at(found.last_on + timedelta(days=1), 1)
    assert found.is_over_at(found.last_on + timedelta(days=2), 1)
    assert not found.is_over_at(found.last_on, 0)
    assert found.is_over_at(found.last_on + timedelta(days=1), 0)
