"""What has to happen by when after an application, and how long it has waited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.domain.applications.states import ALIVE, State
from portal.domain.sentences import Sentence

UNTIL = (State.RECEIVED, State.IN_HAND, State.CLOSED)
"""The states that can meet a limit."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit from the day it was sent, in days or months, or without a day of its own; is_law: no mere goal.

    is_after: what it gives begins when the day has passed. `says` is told to who applies; `says_to_staff`, where those
    words would not do, to who handles.
    """

    id: str
    says: Sentence
    paragraph: str
    until: State
    days: int | None = None
    months: int | None = None
    is_law: bool = True
    says_to_staff: Sentence | None = None
    is_after: bool = False

    @property
    def staff_says(self) -> Sentence:
        """Return what it says to who handles the application."""
        return self.says_to_staff or self.says


@dataclass(frozen=True, slots=True)
class Wait:
    """A limit that is not met yet; days_left is below 0 when it has passed, None where it has no day."""

    limit: Limit
    due_on: date | None = None
    days_left: int | None = None

    @property
    def is_over(self) -> bool:
        """Return whether the day has passed."""
        return self.days_left is not None and self.days_left < 0


def waits(limits: Iterable[Limit], sent_at: datetime | None, state: State, now: datetime) -> tuple[Wait, ...]:
    """Return the limits that an application still waits for, the first due first, those without a day last."""
    if sent_at is None or state not in ALIVE:
        return ()
    found = [_wait(limit, sent_at.date(), now.date()) for limit in limits if not _is_met(limit, state)]
    return tuple(sorted(found, key=lambda wait: (wait.due_on is None, wait.due_on or date.max)))


def due_on(limit: Limit, sent_on: date) -> date | None:
    """Return the last day; a month that is too short ends on its last day."""
    if limit.days is not None:
        return sent_on + timedelta(days=limit.days)
    return None if limit.months is None else months_after(sent_on, limit.months)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))


def _wait(limit: Limit, sent_on: date, today: date) -> Wait:
    due = due_on(limit, sent_on)
    return Wait(limit, due, None if due is None else (due - today).days)


def _is_met(limit: Limit, state: State) -> bool:
    if limit.until is State.RECEIVED:
        return state is not State.SENT
    # When more is needed somebody has begun: that meets the limit until it is in hand.
    return limit.until is State.IN_HAND and state in (State.IN_HAND, State.NEEDS_MORE, State.ANSWERED)
