"""Slowing those who guess codes."""

from datetime import timedelta

from portal.web.people.slowing import PER_PROCESS, PER_START, PER_START_FOR, Attempts
from tests.conftest import TUESDAY


def test_codes_that_begin_alike_wait_after_some_wrong_ones() -> None:
    attempts = Attempts()
    for _ in range(PER_START):
        assert not attempts.is_too_many("KX4-7TM-9PR-2HC", TUESDAY)
        attempts.note("KX4-7TM-9PR-2HC", TUESDAY)
    assert attempts.is_too_many("KX4-222-222-222", TUESDAY)
    assert not attempts.is_too_many("AAA-7TM-9PR-2HC", TUESDAY)
    assert not attempts.is_too_many("KX4-7TM-9PR-2HC", TUESDAY + PER_START_FOR)


def test_all_wait_after_many() -> None:
    attempts = Attempts()
    for place in range(PER_PROCESS):
        attempts.note(f"{place:03}", TUESDAY)
    assert attempts.is_too_many("AAA", TUESDAY)
    assert not attempts.is_too_many("AAA", TUESDAY + timedelta(minutes=1))
