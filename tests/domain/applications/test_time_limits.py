"""What has to happen by when: to the day, by months of every length, and only while it is not done."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.domain.applications.states import ALIVE, ENDED, State
from portal.domain.applications.time_limits import Limit, due_on, months_after, waits
from portal.domain.sentences import sentence
from tests.domain.made_up import NOW

SOON = Limit("soon", sentence("Snart"), "9 §", State.RECEIVED, days=3, is_law=False)
BEGUN = Limit("begun", sentence("Börjat"), "20 kap. 2 §", State.IN_HAND, days=14)
DONE = Limit("done", sentence("Klart"), "20 kap. 3 §", State.CLOSED, months=4)
TOLD = Limit("told", sentence("Sagt"), "11 §", State.CLOSED)
ALL = (TOLD, DONE, BEGUN, SOON)


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 10, 31), 4, date(2027, 2, 28)),
        (date(2027, 10, 31), 4, date(2028, 2, 29)),
        (date(2026, 11, 24), 1, date(2026, 12, 24)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 8, 31), 4, date(2026, 12, 31)),
        (date(2024, 2, 29), 60, date(2029, 2, 28)),
    ],
)
def test_a_month_that_is_too_short_ends_on_its_last_day(day: date, months: int, after: date) -> None:
    assert months_after(day, months) == after


def test_the_first_due_stands_first_and_what_has_no_day_last() -> None:
    found = waits(ALL, NOW, State.SENT, NOW)
    assert [wait.limit.id for wait in found] == ["soon", "begun", "done", "told"]
    assert [wait.days_left for wait in found] == [3, 14, (months_after(NOW.date(), 4) - NOW.date()).days, None]
    assert not any(wait.is_over for wait in found)
    assert due_on(TOLD, NOW.date()) is None


@pytest.mark.parametrize(("days", "is_over"), [(3, False), (4, True)])
def test_the_last_day_is_still_in_time(days: int, is_over: bool) -> None:
    (wait, *_) = waits(ALL, NOW, State.SENT, NOW + timedelta(days=days))
    assert wait.is_over is is_over


@pytest.mark.parametrize(
    ("state", "left"),
    [
        (State.SENT, 4),
        (State.RECEIVED, 3),
        (State.IN_HAND, 2),
        (State.NEEDS_MORE, 2),
        (State.ANSWERED, 2),
    ],
)
def test_what_is_done_is_waited_for_no_more(state: State, left: int) -> None:
    assert state in ALIVE
    assert len(waits(ALL, NOW, state, NOW)) == left


@pytest.mark.parametrize("state", [State.DRAFT, *sorted(ENDED)])
def test_what_has_not_begun_or_has_ended_waits_for_nothing(state: State) -> None:
    assert waits(ALL, NOW, state, NOW) == ()
    assert waits(ALL, None, State.SENT, NOW) == ()


def test_staff_read_words_of_their_own_where_there_are_some() -> None:
    assert SOON.staff_says == sentence("Snart")
    assert replace(SOON, says_to_staff=sentence("Öppna")).staff_says == sentence("Öppna")
