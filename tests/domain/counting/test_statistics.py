"""What is shown of a tertial: part by part as it passes, divided by one thing at a time, small numbers hidden."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.domain.counting.counters import (
    COUNTERS,
    GENDER,
    LANGUAGE,
    OTHER,
    OUTCOME,
    RESULT,
    TOPIC,
    Counter,
    Dimension,
)
from portal.domain.counting.periods import Period
from portal.domain.counting.statistics import Division, Part, Row, Told, kept_on, told_of, year_of
from portal.domain.counting.suppression import Shown, Sum
from tests.domain.counting.tertials import AFTER, SELF_CHECKS, TERTIAL, VALUES, Truth, shown_of, told

# ------------------------------------------------------------------------------------------- part by part

MANY = Truth(((9, 9, 9, 9), (8, 8, 8, 8), (7, 7, 7, 7), (6, 6, 6, 6, 6)), (60, 50, 12, 4), (96, 30), (7, 3))


def test_a_month_is_shown_when_it_is_over_and_the_whole_when_all_are() -> None:
    (january, *later), after = TERTIAL.parts, timedelta(days=2)
    first = told(MANY, january.last_on + after)
    assert [part.number for part in first.whole.parts] == [36, None, None, None]
    assert [part.is_over for part in first.whole.parts] == [True, False, False, False]
    assert (first.whole.number, first.whole.is_over, first.at_least) == (None, False, Sum(36, False))
    assert {division.numbers for division in first.divisions} == {()}
    assert [part.number for part in told(MANY, later[-1].last_on + timedelta(days=1)).whole.parts] == [36, 32, 28, None]
    last = told(MANY)
    assert ([part.number for part in last.whole.parts], last.whole.number) == ([36, 32, 28, 30], 126)
    assert (last.whole.is_over, last.at_least) == (True, Sum(126, True))


def test_the_weeks_of_a_month_come_with_it() -> None:
    weeks = told(MANY, TERTIAL.parts[0].last_on + timedelta(days=2)).whole.parts[0].parts
    assert [week.number for week in weeks] == [9, 9, 9, 9]
    small = replace(MANY, weeks=((9, 1, 9, 9), *MANY.weeks[1:]))
    assert [week.number for week in told(small).whole.parts[0].parts] == [9, None, 9, None]


def test_a_hidden_month_hides_its_weeks() -> None:
    quiet = replace(MANY, weeks=((1, 0, 2, 0), *MANY.weeks[1:]))
    months = told(quiet).whole.parts
    assert [month.number for month in months] == [None, 32, 28, None]
    assert {week.number for month in (months[0], months[3]) for week in month.parts} == {None}


def test_it_is_divided_by_one_thing_at_a_time() -> None:
    results, languages, topics = told(MANY).divisions
    assert results == Division(RESULT, (("no_direct", 96), ("direct", 30)))
    assert languages == Division(LANGUAGE, (("sv", 60), ("en", 50), ("ti", None), (OTHER, None)))
    # Of topics one may have several or none, so that they make no sum.
    assert topics == Division(TOPIC, (("money", 7), ("violence", None), (OTHER, None)))


def test_a_whole_that_is_hidden_hides_what_divides_it() -> None:
    alone = replace(MANY, weeks=(*MANY.weeks[:3], (3, 0, 0, 0, 0)))
    seen = told(alone)
    assert (seen.whole.number, seen.whole.is_over, seen.at_least) == (None, True, Sum(96, False))
    assert {division.numbers for division in seen.divisions} == {()}


def test_of_a_tertial_before_its_first_day_nothing_is_shown() -> None:
    assert shown_of(told(MANY, TERTIAL.first_on)) == {}


# -------------------------------------------------------------------------------------------- other counters


def rows_of(counter: Counter, numbers: dict[date, int]) -> list[Row]:
    """Return rows of a whole on some days."""
    return [Row(day, counter.id, "", number) for day, number in numbers.items()]


def test_of_what_is_not_about_people_small_numbers_are_shown() -> None:
    groups = COUNTERS["groups"]
    rows = rows_of(groups, {TERTIAL.first_on: 1, TERTIAL.parts[1].parts[2].last_on: 2})
    seen = told_of(groups, rows, TERTIAL, {}, AFTER)
    assert [part.number for part in seen.whole.parts] == [1, 2, 0, 0]
    assert [week.number for week in seen.whole.parts[1].parts] == [0, 0, 2, 0]
    assert (seen.whole.number, seen.at_least) == (3, Sum(3, True))
    early = told_of(groups, rows, TERTIAL, {}, TERTIAL.parts[1].last_on)
    assert [part.number for part in early.whole.parts] == [1, None, None, None]
    assert early.whole.number is None


def test_what_is_written_down_later_is_shown_later() -> None:
    attendance = COUNTERS["attendance"]
    first = TERTIAL.parts[0]
    rows = rows_of(attendance, {first.first_on: 12})
    for days, shown in ((15, None), (16, 12)):
        seen = told_of(attendance, rows, TERTIAL, {}, first.last_on + timedelta(days=days))
        assert seen.whole.parts[0].number == shown


def test_only_the_days_of_the_tertial_are_counted() -> None:
    sign_ups = COUNTERS["sign_ups"]
    outside = rows_of(sign_ups, {TERTIAL.first_on - timedelta(days=1): 50, TERTIAL.last_on + timedelta(days=1): 50})
    seen = told_of(sign_ups, [*outside, *rows_of(sign_ups, {TERTIAL.last_on: 7})], TERTIAL, VALUES, AFTER)
    # Three months without anybody are hidden, and the last beside them.
    assert ([part.number for part in seen.whole.parts], seen.whole.number) == ([None] * 4, 7)


@pytest.mark.parametrize(
    ("dimension", "value", "place"), [(OUTCOME, "unheard of", 3), (GENDER, "unheard of", 3), (LANGUAGE, "xx", 3)]
)
def test_a_value_that_is_not_in_the_list_any_more_is_something_else(
    dimension: Dimension, value: str, place: int
) -> None:
    counter = next(one for one in COUNTERS.values() if dimension in one.dimensions)
    day = TERTIAL.first_on
    known = [*(dimension.values or VALUES[dimension.id])]
    rows = [
        *(Row(month.first_on, counter.id, "", 10) for month in TERTIAL.parts),
        Row(day, counter.key_of(dimension), value, 10),
        *(Row(day, counter.key_of(dimension), one, 10) for one in known),
    ]
    seen = told_of(counter, rows, TERTIAL, VALUES, AFTER + timedelta(days=20))
    division = next(one for one in seen.divisions if one.dimension == dimension)
    assert division.numbers == (*((one, 10) for one in known), (OTHER, 10))
    assert division.numbers[place][0] == OTHER


def test_a_year_is_no_more_than_its_tertials() -> None:
    def one(number: Shown, at_least: Sum) -> Told:
        period: Period = TERTIAL
        return Told(SELF_CHECKS, Part(period, True, number), at_least, ())

    assert year_of([one(20, Sum(20, True)), one(30, Sum(30, True))]) == Sum(50, True)
    assert year_of([one(20, Sum(20, True)), one(None, Sum(7, False))]) == Sum(27, False)
    assert year_of([]) == Sum(0, True)


def test_nothing_is_kept_finer_than_it_is_shown() -> None:
    day = TERTIAL.parts[2].parts[1].first_on + timedelta(days=3)
    assert kept_on("self_checks", day) == day
    assert {kept_on(SELF_CHECKS.key_of(one), day) for one in SELF_CHECKS.dimensions} == {TERTIAL.first_on}
