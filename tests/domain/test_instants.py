"""Instants over the two nights of a year when the clocks in Sweden change."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.instants import STOCKHOLM, in_sweden, later

QUARTER = timedelta(minutes=15)
BACK = datetime(2026, 10, 25, 2, 50, tzinfo=STOCKHOLM)
"""Ten minutes before three o'clock becomes two."""


def test_an_instant_has_the_day_and_time_in_sweden() -> None:
    assert in_sweden(datetime(2026, 11, 24, 23, 30, tzinfo=UTC)).isoformat() == "2026-11-25T00:30:00+01:00"
    assert in_sweden(datetime(2026, 6, 24, 9, 0, tzinfo=UTC)).isoformat() == "2026-06-24T11:00:00+02:00"


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (BACK, "2026-10-25T02:05:00+01:00"),
        (BACK.replace(minute=10, fold=1), "2026-10-25T02:25:00+01:00"),
        (datetime(2027, 3, 28, 1, 50, tzinfo=STOCKHOLM), "2027-03-28T03:05:00+02:00"),
    ],
)
def test_a_quarter_is_a_quarter_in_the_night_when_the_clocks_change(begins: datetime, ends: str) -> None:
    found = later(begins, QUARTER)
    assert found.isoformat() == ends
    assert found - in_sweden(begins) == QUARTER


def test_the_hour_that_comes_twice_is_in_order() -> None:
    first, second = in_sweden(BACK), in_sweden(BACK.replace(minute=10, fold=1))
    assert first < second
    assert second - first == timedelta(minutes=20)
