"""What of the counts is shown of a kommun's tertial: whole, by month and week, and by one thing at a time.

A tertial is shown part by part as it passes: a month when it is over, with its weeks; the whole, the last month and
what it is divided by when all four are over. What is shown once never changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.domain.counting.counters import COUNTERS, OTHER, Counter, Dimension
from portal.domain.counting.periods import Period, tertial_of
from portal.domain.counting.suppression import Shown, Sum, alone, as_they_end, beside_sum, sum_of


@dataclass(frozen=True, slots=True)
class Row:
    """So many of something on a day, as it is kept."""

    counted_on: date
    key: str
    value: str
    number: int


def kept_on(key: str, day: date) -> date:
    """Return under which day something is kept that was counted on a day: no finer than it is ever shown.

    What divides a counter is shown for a whole tertial only, and stands under its first day. On a day when one person
    was counted nobody can then read which language and which topics came together, not in the database either.
    """
    return day if key in COUNTERS else tertial_of(day).first_on


@dataclass(frozen=True, slots=True)
class Part:
    """A period and its number. `is_over` is false while it can still grow: then nothing of it is shown."""

    period: Period
    is_over: bool
    number: Shown = None
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Division:
    """The numbers of a tertial by one thing; empty while nothing of it may be shown."""

    dimension: Dimension
    numbers: tuple[tuple[str, Shown], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One counter in one tertial. at_least: the sum of what is shown, which is exact when nothing is hidden."""

    counter: Counter
    whole: Part
    at_least: Sum
    divisions: tuple[Division, ...]


Values = Mapping[str, Sequence[str]]
"""The values of each dimension whose list is not closed, in their order."""


def told_of(counter: Counter, rows: Iterable[Row], tertial: Period, values: Values, today: date) -> Told:
    """Return what may be shown of a counter in a tertial."""
    within = [row for row in rows if tertial.holds(row.counted_on)]
    whole = _whole(counter, [row for row in within if row.key == counter.id], tertial, today)
    divisions = tuple(
        _division(counter, dimension, within, values, is_shown=whole.number is not None)
        for dimension in counter.dimensions
    )
    months = [part.number for part in whole.parts]
    return Told(counter, whole, Sum(whole.number, True) if whole.number is not None else sum_of(months), divisions)


def year_of(tertials: Iterable[Told]) -> Sum:
    """Return what is shown of a year: no more than its tertials tell."""
    sums = [one.at_least for one in tertials]
    return Sum(sum(one.number for one in sums), all(one.is_exact for one in sums))


def _whole(counter: Counter, rows: Sequence[Row], tertial: Period, today: date) -> Part:
    over = [month.is_over_at(today, counter.settles_after) for month in tertial.parts]
    numbers = [_sum(rows, month) for month in tertial.parts]
    total: Shown = None
    if not counter.is_about_people:
        months: tuple[Shown, ...] = tuple(numbers)
        total = sum(numbers)
    elif all(over):
        months, total = as_they_end(numbers)
    else:
        months = tuple(map(alone, numbers))
    parts = tuple(
        _month(counter, rows, month, number if is_over else None, is_over=is_over)
        for month, number, is_over in zip(tertial.parts, months, over, strict=True)
    )
    return Part(tertial, all(over), total if all(over) else None, parts)


def _month(counter: Counter, rows: Sequence[Row], month: Period, number: Shown, *, is_over: bool) -> Part:
    weeks = [_sum(rows, week) for week in month.parts]
    shown: Sequence[Shown] = [None] * len(weeks)
    if number is not None:
        shown = beside_sum(weeks) if counter.is_about_people else weeks
    parts = tuple(Part(week, is_over, one) for week, one in zip(month.parts, shown, strict=True))
    return Part(month, is_over, number, parts)


def _division(
    counter: Counter, dimension: Dimension, rows: Iterable[Row], values: Values, *, is_shown: bool
) -> Division:
    if not is_shown:
        return Division(dimension)
    key = counter.key_of(dimension)
    known = tuple(values[dimension.id]) if dimension.values is None else tuple(dimension.values)
    sums = dict.fromkeys((*known, OTHER) if dimension.values is None else known, 0)
    for row in rows:
        if row.key == key:
            value = row.value if row.value in sums else OTHER
            sums[value] = sums.get(value, 0) + row.number
    numbers = list(sums.values())
    shown = beside_sum(numbers) if dimension.is_partition else tuple(map(alone, numbers))
    return Division(dimension, tuple(zip(sums, shown, strict=True)))


def _sum(rows: Iterable[Row], period: Period) -> int:
    return sum(row.number for row in rows if period.holds(row.counted_on))
