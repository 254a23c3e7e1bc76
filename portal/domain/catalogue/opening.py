"""When somebody answers: opening hours of a contact, in the local time of the kommun."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.domain.instants import STOCKHOLM

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Hours:
    """Open from `opens` to `closes` on one weekday (0 is Monday)."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class ShortDay:
    """The hours of a day before a public holiday."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a contact answers at an instant: open until, or closed until (None: not in the next two weeks)."""

    is_open: bool
    changes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Closure:
    """Closed on these days, both included, for a reason in the kommun's own Swedish words."""

    id: str
    first_on: date
    last_on: date
    reason: str

    def is_on(self, day: date) -> bool:
        """Return whether it is closed that day."""
        return self.first_on <= day <= self.last_on


IsHoliday = Callable[[date], bool]


def opening_at(
    now: datetime,
    hours: Sequence[Hours],
    short_day: ShortDay | None,
    is_holiday: IsHoliday,
    closures: Sequence[Closure] = (),
) -> Opening | None:
    """Return the opening at `now` (local time), or None when no hours are known."""
    if not hours:
        return None
    for ahead in range(15):
        day = now.date() + timedelta(days=ahead)
        if any(closure.is_on(day) for closure in closures):
            continue
        for opens, closes in _spans(day, hours, short_day, is_holiday):
            start = datetime.combine(day, opens, STOCKHOLM)
            end = datetime.combine(day, closes, STOCKHOLM)
            if start <= now < end:
                return Opening(True, end)
            if now < start:
                return Opening(False, start)
    return Opening(False, None)


def _spans(
    day: date, hours: Sequence[Hours], short_day: ShortDay | None, is_holiday: IsHoliday
) -> list[tuple[time, time]]:
    if is_holiday(day):
        return []
    spans = sorted((span.opens, span.closes) for span in hours if span.weekday == day.weekday())
    if short_day is not None and spans and is_holiday(day + timedelta(days=1)):
        return [(short_day.opens, short_day.closes)]
    return spans
