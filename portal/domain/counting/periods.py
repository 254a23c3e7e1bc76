"""The periods of the statistics: whole weeks, and months, tertials and years that are made of whole weeks.

A week belongs to the month in which its Thursday lies, as it does to a year in ISO 8601. So no period cuts another in
two: of two periods one holds the other, or they share no day. A month less its weeks is then nothing, and never the
number of a few single days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONTHS_OF_TERTIAL = 4
TERTIALS = (1, 2, 3)
_THURSDAY = 3


class Span(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    TERTIAL = "tertial"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from the first to the last, both within; `number` is its place in its year, `parts` what makes it."""

    span: Span
    year: int
    number: int
    first_on: date
    last_on: date
    parts: tuple["Period", ...] = ()

    @property
    def id(self) -> str:
        """Return its name in an address or a table, such as 2027-2 for the second tertial, or 2027-w05."""
        sign = {Span.WEEK: "w", Span.MONTH: "m"}.get(self.span, "")
        number = f"{self.number:02}" if sign else str(self.number)
        return str(self.year) if self.span is Span.YEAR else f"{self.year}-{sign}{number}"

    def holds(self, day: date) -> bool:
        """Return whether a day is within it."""
        return self.first_on <= day <= self.last_on

    def is_over_at(self, today: date, settles_after: int) -> bool:
        """Return whether nothing can be added to it any more: so many whole days have passed since its last one."""
        return today > self.last_on + timedelta(days=settles_after)


def thursday_of(day: date) -> date:
    """Return the Thursday of a day's week, which says to which month and year the week belongs."""
    return day + timedelta(days=_THURSDAY - day.weekday())


def month(year: int, number: int) -> Period:
    """Return a month: the four or five weeks whose Thursday lies in it."""
    first = thursday_of(date(year, number, 1))
    days = (first + timedelta(weeks=weeks) for weeks in range(6))
    return _joined(Span.MONTH, year, number, [_week(day) for day in days if (day.year, day.month) == (year, number)])


def tertial(year: int, number: int) -> Period:
    """Return a third of a year, 1 to 3: the four months that a kommun follows up together."""
    first = (number - 1) * MONTHS_OF_TERTIAL + 1
    return _joined(Span.TERTIAL, year, number, [month(year, first + place) for place in range(MONTHS_OF_TERTIAL)])


def year_of(year: int) -> Period:
    """Return a year, as ISO 8601 has it: 52 or 53 whole weeks."""
    return _joined(Span.YEAR, year, 1, [tertial(year, number) for number in TERTIALS])


def tertial_of(day: date) -> Period:
    """Return the tertial that a day is counted in."""
    thursday = thursday_of(day)
    return tertial(thursday.year, (thursday.month - 1) // MONTHS_OF_TERTIAL + 1)


def find_tertial(name: str) -> Period | None:
    """Return the tertial of a name such as 2027-2, or None."""
    year, _, number = name.partition("-")
    is_name = len(year) == 4 and year.isascii() and year.isdigit() and number in map(str, TERTIALS)
    return tertial(int(year), int(number)) if is_name and 2000 <= int(year) < 3000 else None


def _week(thursday: date) -> Period:
    monday = thursday - timedelta(days=_THURSDAY)
    year, number, _ = thursday.isocalendar()
    return Period(Span.WEEK, year, number, monday, monday + timedelta(days=6))


def _joined(span: Span, year: int, number: int, parts: Iterable[Period]) -> Period:
    found = tuple(parts)
    return Period(span, year, number, found[0].first_on, found[-1].last_on, found)
