"""What is shown of a tertial. Behind all of it together, on every day it was read, each hidden number can be others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.domain.counters import COUNTERS, GENDER, LANGUAGE, OTHER, OUTCOME, RESULT, TOPIC, Counter, Dimension
from portal.domain.periods import Period, tertial
from portal.domain.statistics import Division, Part, Row, Told, kept_on, told_of, year_of
from portal.domain.suppression import Shown, Sum

TERTIAL = tertial(2027, 1)
VALUES = {"language": ("sv", "en", "ti"), "topic": ("money", "violence"), "insats": ("abc", "fos")}
SELF_CHECKS = COUNTERS["self_checks"]
AFTER = TERTIAL.last_on + timedelta(days=2)
"""The first day when all of the tertial is shown."""

WEEKS = tuple(len(month.parts) for month in TERTIAL.parts)

Weeks = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Truth:
    """What has happened in a tertial: self-checks by month and week, and divided in two ways that everybody is in."""

    weeks: Weeks
    languages: tuple[int, ...]
    results: tuple[int, ...]
    topics: tuple[int, int] = (0, 0)

    @property
    def total(self) -> int:
        """Return how many self-checks there were."""
        return sum(map(sum, self.weeks))

    def rows(self) -> Iterator[Row]:
        """Yield the rows that are kept."""
        for month, weeks in zip(TERTIAL.parts, self.weeks, strict=True):
            for week, number in zip(month.parts, weeks, strict=True):
                yield Row(week.first_on, "self_checks", "", number)
        divided: Sequence[tuple[Dimension, Sequence[str], Sequence[int]]] = (
            (LANGUAGE, (*VALUES["language"], "gone"), self.languages),
            (RESULT, tuple(RESULT.values or ()), self.results),
            (TOPIC, VALUES["topic"], self.topics),
        )
        for dimension, values, numbers in divided:
            for value, number in zip(values, numbers, strict=True):
                yield Row(TERTIAL.first_on, SELF_CHECKS.key_of(dimension), value, number)


def told(truth: Truth, today: date = AFTER) -> Told:
    """Return what is shown."""
    return told_of(SELF_CHECKS, truth.rows(), TERTIAL, VALUES, today)


DAYS = tuple(month.last_on + timedelta(days=2) for month in TERTIAL.parts)
"""When something new is shown."""


def told_as_it_passes(truth: Truth) -> list[Told]:
    """Return what somebody has seen who looks each time something is new."""
    return [told(truth, day) for day in DAYS]


def split(total: int, size: int) -> st.SearchStrategy[tuple[int, ...]]:
    """Return a strategy of numbers that make a sum, often with small ones among them."""
    cuts = st.lists(st.integers(0, total) | st.integers(0, min(total, 6)), min_size=size - 1, max_size=size - 1)
    return cuts.map(lambda found: _between([0, *sorted(found), total]))


def _between(cuts: Sequence[int]) -> tuple[int, ...]:
    return tuple(after - before for before, after in zip(cuts, cuts[1:], strict=False))


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    """Draw what may have happened."""
    numbers = st.integers(0, 6) | st.integers(0, 30)
    weeks = tuple(tuple(draw(numbers) for _ in range(count)) for count in WEEKS)
    if draw(st.booleans()):
        weeks = tuple(tuple(number // 6 for number in month) for month in weeks)
    total = sum(map(sum, weeks))
    topics = (draw(st.integers(0, total)), draw(st.integers(0, total)))
    return Truth(weeks, draw(split(total, 4)), draw(split(total, 2)), topics)


# --------------------------------------------------------------------------- what else may have happened


def others(parts: Sequence[int], shown: Sequence[Shown]) -> Iterator[tuple[int, ...]]:
    """Yield parts with the same sum of which the same are shown: each hidden one in turn is other numbers."""
    hidden = [place for place, number in enumerate(shown) if number is None]
    rest = sum(parts[place] for place in hidden)
    for place in hidden:
        for wanted in sorted({*range(min(rest, 4) + 1), *range(max(0, rest - 4), rest + 1)}):
            found = list(parts)
            left = rest - wanted
            for other in hidden:
                # The last part may be any number; each of the others was hidden because it is small.
                found[other] = wanted if other == place else (left if other == hidden[-1] else min(4, left))
                left -= 0 if other == place else found[other]
            if left == 0:
                yield tuple(found)


def in_one_week(number: int, weeks: tuple[int, ...], place: int) -> tuple[int, ...]:
    """Return the weeks of a month when all came in that one."""
    return tuple(number if week == place % len(weeks) else 0 for week in range(len(weeks)))


def other_months(truth: Truth, seen: Told) -> Iterator[Weeks]:
    """Yield other months, and so other weeks, behind those that are hidden."""
    months = [part.number for part in seen.whole.parts]
    totals = [sum(month) for month in truth.weeks]
    if seen.whole.number is not None:
        found = list(others(totals, months))
    else:
        # Nobody knows the sum: one of the hidden is any small number, and the others as they are or none.
        hidden = [place for place, number in enumerate(months) if number is None]
        found = [
            tuple(
                wanted if place == one else (0 if place in hidden and is_alone else number)
                for place, number in enumerate(totals)
            )
            for one in hidden
            for wanted in range(5)
            for is_alone in (False, True)
        ]
    for numbers in found:
        for place in range(max(WEEKS)):
            yield tuple(
                weeks if shown is not None else in_one_week(number, weeks, place)
                for number, shown, weeks in zip(numbers, months, truth.weeks, strict=True)
            )


def other_weeks(truth: Truth, seen: Told) -> Iterator[Weeks]:
    """Yield other weeks of the months that are shown."""
    for place, part in enumerate(seen.whole.parts):
        if part.number is not None:
            for weeks in others(truth.weeks[place], [week.number for week in part.parts]):
                yield (*truth.weeks[:place], weeks, *truth.weeks[place + 1 :])


def other_divisions(truth: Truth, seen: Told) -> Iterator[Truth]:
    """Yield others behind what divides a tertial whose number is shown."""
    results, languages, topics = (division.numbers for division in seen.divisions)
    for found in others(truth.results, [number for _, number in results]):
        yield replace(truth, results=found)
    for found in others(truth.languages, [number for _, number in languages]):
        yield replace(truth, languages=found)
    for wanted in range(5):
        yield replace(truth, topics=tuple(  # type: ignore[arg-type] - two as before
            wanted if shown is None else number
            for number, (_, shown) in zip(truth.topics, topics, strict=False)
        ))  # fmt: skip


def anything_of(total: int) -> Iterator[tuple[tuple[int, ...], tuple[int, ...], tuple[int, int]]]:
    """Yield what may divide a tertial when nothing of that is shown: any language, any result, any topic."""
    for number in range(min(total, 4) + 1):
        for place in range(4):
            languages = [0, 0, 0, 0]
            languages[place] = number
            languages[place - 1] = total - number
            results = (number, total - number) if place % 2 else (total - number, number)
            yield tuple(languages), results, (number, number)


def alternatives(truth: Truth) -> Iterator[Truth]:
    """Yield what else may have happened, for all that somebody knows who has read everything that is shown."""
    seen = told(truth)
    found = [replace(truth, weeks=weeks) for weeks in (*other_months(truth, seen), *other_weeks(truth, seen))]
    if seen.whole.number is not None:
        yield from found
        yield from other_divisions(truth, seen)
        return
    for other in found:
        yield Truth(other.weeks, *next(anything_of(other.total)))
    most = max(found, key=lambda other: other.total)
    for divided in anything_of(most.total):
        yield Truth(most.weeks, *divided)


def numbers_of(truth: Truth) -> dict[str, int]:
    """Return every number that may be shown, as it is in truth."""
    found = {"tertial": truth.total}
    for month, weeks in zip(TERTIAL.parts, truth.weeks, strict=True):
        found[month.id] = sum(weeks)
        found |= {week.id: number for week, number in zip(month.parts, weeks, strict=True)}
    for name, numbers in (("language", truth.languages), ("result", truth.results), ("topic", truth.topics)):
        found |= {f"{name} {place}": number for place, number in enumerate(numbers)}
    return found


def hidden_of(seen: Told) -> set[str]:
    """Return the names of the numbers that are hidden."""
    found = {"tertial"} if seen.whole.number is None else set()
    for month in seen.whole.parts:
        found |= {part.period.id for part in (month, *month.parts) if part.number is None}
    for name, division, size in zip(("result", "language", "topic"), seen.divisions, (2, 4, 2), strict=True):
        shown = [number for _, number in division.numbers] or [None] * size
        found |= {f"{name} {place}" for place, number in enumerate(shown[:size]) if number is None}
    return found


@given(truths())
@example(Truth(((9, 9, 9, 9), (9, 9, 9, 9), (9, 9, 9, 9), (0, 0, 0, 0, 3)), (111, 0, 0, 0), (111, 0)))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_hidden_number_can_be_five_others_behind_all_that_is_shown(truth: Truth) -> None:
    seen = told_as_it_passes(truth)
    possible: dict[str, set[int]] = {name: {number} for name, number in numbers_of(truth).items()}
    for other in alternatives(truth):
        if told(other) == seen[-1] and told_as_it_passes(other) == seen:
            for name, number in numbers_of(other).items():
                possible[name].add(number)
    hidden = hidden_of(seen[-1])
    # What divides a hidden whole is hidden with it; of a hidden month so are the weeks.
    assert {name: numbers for name, numbers in possible.items() if name in hidden and len(numbers) < 5} == {}
    assert {name for name in possible if name not in hidden and len(possible[name]) > 1} == set()


@given(truths())
@settings(max_examples=30, deadline=None, derandomize=True)
def test_what_is_shown_once_never_changes(truth: Truth) -> None:
    before: dict[str, int] = {}
    for day in (TERTIAL.first_on + timedelta(days=days) for days in range(0, 130, 7)):
        now = shown_of(told(truth, day))
        assert before.items() <= now.items()
        before = now


def shown_of(seen: Told) -> dict[str, int]:
    """Return every number that is shown, by its name."""
    parts = [seen.whole, *seen.whole.parts, *(week for month in seen.whole.parts for week in month.parts)]
    found = {part.period.id: part.number for part in parts}
    for division in seen.divisions:
        found |= {f"{division.dimension.id} {value}": number for value, number in division.numbers}
    return {name: number for name, number in found.items() if number is not None}


@given(truths())
@settings(max_examples=30, deadline=None, derandomize=True)
def test_what_is_shown_is_true_and_never_small(truth: Truth) -> None:
    seen = shown_of(told(truth))
    assert min(seen.values(), default=5) >= 5
    names = dict(zip((f"language {value}" for value in (*VALUES["language"], OTHER)), truth.languages, strict=True))
    true = numbers_of(truth) | names | {TERTIAL.id: truth.total}
    assert {name: number for name, number in seen.items() if true.get(name, number) != number} == {}


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
