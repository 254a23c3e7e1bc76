"""Wrong tries: some are free, then each waits longer, and all together are few in a minute."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.staff.throttle import (
    FORGOTTEN_AFTER,
    FREE_TRIES,
    LONGEST_WAIT,
    MOST_A_MINUTE,
    Tries,
    after_wrong_try,
    counted_in_minute,
    may_try,
    opens_at,
)

NOW = datetime(2026, 11, 24, 10, 0, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("count", "wait"),
    [
        (1, timedelta(0)),
        (FREE_TRIES - 1, timedelta(0)),
        (FREE_TRIES, MINUTE),
        (FREE_TRIES + 1, 2 * MINUTE),
        (FREE_TRIES + 3, 8 * MINUTE),
        (FREE_TRIES + 4, LONGEST_WAIT),
        (10_000, LONGEST_WAIT),
    ],
)
def test_each_wrong_try_past_the_free_ones_doubles_the_wait(count: int, wait: timedelta) -> None:
    tries = Tries(count, NOW)
    assert opens_at(tries) - NOW == wait
    assert may_try(tries, None, NOW + wait)
    if wait:
        assert not may_try(tries, None, NOW + wait - timedelta(microseconds=1))


def test_an_account_that_nobody_tried_is_open() -> None:
    assert may_try(None, None, NOW)


def test_tries_are_counted_and_forgotten_after_a_day() -> None:
    first = after_wrong_try(None, NOW)
    second = after_wrong_try(first, NOW + MINUTE)
    assert (first, second) == (Tries(1, NOW), Tries(2, NOW + MINUTE))
    later = NOW + MINUTE + FORGOTTEN_AFTER
    assert after_wrong_try(second, later) == Tries(1, later)
    assert may_try(Tries(10_000, NOW), None, NOW + FORGOTTEN_AFTER)


def test_all_together_wait_for_the_next_minute() -> None:
    everybody = None
    for _ in range(MOST_A_MINUTE):
        assert may_try(None, everybody, NOW)
        everybody = counted_in_minute(everybody, NOW)
    assert everybody == Tries(MOST_A_MINUTE, NOW)
    assert not may_try(None, everybody, NOW)
    assert may_try(None, everybody, NOW + MINUTE)
    assert counted_in_minute(everybody, NOW + MINUTE) == Tries(1, NOW + MINUTE)
