"""What slows: each brake counts for itself."""

from datetime import timedelta

import pytest

from portal.domain.people import brakes
from portal.domain.people.brakes import PLACES, PLACES_FOR, PLACES_IN_GROUP, Brake

ALL = [one for one in vars(brakes).values() if isinstance(one, Brake)]


def test_no_brake_fills_another() -> None:
    assert len({one.name for one in ALL}) == len(ALL) > 3


def test_every_brake_lets_something_by_and_ends() -> None:
    assert all(one.most > 0 and one.within.total_seconds() > 0 for one in ALL)


@pytest.mark.parametrize(
    ("brake", "most", "within"),
    [
        (brakes.ALERTS, 5, timedelta(days=1)),
        (brakes.APPLICATIONS, 60, timedelta(minutes=1)),
        (brakes.CODES_ALIKE, 5, timedelta(minutes=10)),
        (brakes.CODES, 100, timedelta(minutes=1)),
        (brakes.PASSWORDS, 5, timedelta(minutes=15)),
        (brakes.SECOND_FACTORS, 5, timedelta(minutes=15)),
        (brakes.SECOND_FACTORS_OF_A_DAY, 30, timedelta(days=1)),
    ],
    ids=lambda value: value.name if isinstance(value, Brake) else "",
)
def test_a_brake_lets_as_much_by_as_the_documents_say(brake: Brake, most: int, within: timedelta) -> None:
    # docs/operations.md, docs/security.md and docs/privacy.md tell it; guessing is hopeless at these numbers alone.
    assert (brake.most, brake.within) == (most, within)


def test_one_address_holds_three_places_of_a_group_and_ten_of_all_for_a_day() -> None:
    assert (3, 10, timedelta(days=1)) == (PLACES_IN_GROUP, PLACES, PLACES_FOR)
