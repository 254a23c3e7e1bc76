"""What slows: each brake counts for itself."""

from portal.domain.people import brakes
from portal.domain.people.brakes import Brake

ALL = [one for one in vars(brakes).values() if isinstance(one, Brake)]


def test_no_brake_fills_another() -> None:
    assert len({one.name for one in ALL}) == len(ALL) > 3


def test_every_brake_lets_something_by_and_ends() -> None:
    assert all(one.most > 0 and one.within.total_seconds() > 0 for one in ALL)
