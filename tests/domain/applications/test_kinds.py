"""Units and the doors they are behind."""

import pytest

from portal.domain.applications.kinds import DOORS, FAMILY_COUNSELLING, SHARED, UNITS, door_of
from tests.domain.applications.made_up import kind


@pytest.mark.parametrize("unit", UNITS)
def test_only_family_counselling_is_behind_a_door_of_its_own(unit: str) -> None:
    assert door_of(unit) == (FAMILY_COUNSELLING if unit == "family_counselling" else SHARED)
    assert kind(unit=unit).door in DOORS
